"""What each address of this desk asks for."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from prizes.award import Way
from prizes.db import new_id
from prizes.slots import InLine, fill_slots, open_slots
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign, find_campaign
from server.db import transaction
from server.fairplay.review import ReviewRuling, ask_review, rule_on_review
from server.fairplay.signs import Sign
from server.play.round import Ending, Round, RoundState, Verdict
from server.players.player import add_player
from server.simulation.rules import Rules
from tests.rig.app import terms_of

if TYPE_CHECKING:
    from tests.office.walls.scene import Scene

ROWS = {
    "rounds.overview": Right.SEE,
    "rounds.places": Right.SEE,
    "rounds.ruled": Right.SEE,
    "rounds.look": Right.SEE,
    "rounds.release": Right.REVIEW,
    "rounds.reject": Right.REVIEW,
    "rounds.reject_again": Right.REVIEW,
    "rounds.confirm": Right.REVIEW,
    "rounds.refuse_place": Right.REVIEW,
}
WHY = {"reason": "script", "why": "Because zounds"}
BODIES = {"rounds.release": {}, "rounds.reject": WHY, "rounds.reject_again": WHY, "rounds.confirm": {},
          "rounds.refuse_place": WHY}
ARGUMENTS = {"rounds.reject_again": {"round_id": "$released_round_id"},
             "rounds.confirm": {"round_id": "$place_round_id"},
             "rounds.refuse_place": {"round_id": "$place_round_id"}}


def prepare(scene: "Scene") -> None:
    """A round that was released, and one in a place with a prize."""
    now = scene.office.clock()
    with scene.office.database.sessions() as session, transaction(session):
        live = find_campaign(session, scene.names["slug"])
        assert live is not None
        released, placed = _round(session, live, now), _round(session, live, now)
        ask_review(session, released.id, live.id, [Sign.SAME_LOG], now)
        assert rule_on_review(session, released.id, ReviewRuling.RELEASE, "", "bob", now)
        open_slots(session, live.id, Way.STANDINGS, [scene.names["prize_id"]], [InLine(placed.player_id, placed.id)])
        assert fill_slots(session, live.id, Way.STANDINGS, terms_of(live).kept_back(), now)
        scene.name(released_round_id=released.id, place_round_id=placed.id)


def _round(session: Session, campaign: Campaign, now: datetime) -> Round:
    player, _ = add_player(session, now)
    round_ = Round(id=new_id(), campaign_id=campaign.id, player_id=player.id, rules=Rules().as_json(), opened_at=now,
                   wave_starts_at=now, closes_by=now, closed_at=now, state=RoundState.CLOSED, score=150, shots=0,
                   ending=Ending.FINISHED, verdict=Verdict.ACCEPTED, hits=0, best_combo=0, submitted=9, gifts=0,
                   secret="0" * 64)
    session.add(round_)
    session.flush()
    return round_
