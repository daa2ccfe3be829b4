"""Rounds and awards without playing for each."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from server.campaigns.campaign import find_campaign
from server.db import Database, transaction
from server.play.round import Ending, Round, RoundState, Verdict
from server.players.player import add_player
from server.simulation.rules import Rules


def put_rounds(database: Database, slug: str, *opened: datetime, alias: str = "Sunny Otter 482") -> list[str]:
    """The ids of finished rounds of one player, opened at these moments."""
    with database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        with transaction(session):
            player, _ = add_player(session, opened[0])
            player.alias = alias
            rounds = [_round(campaign.id, player.id, at) for at in opened]
            session.add_all(rounds)
        return [round_.id for round_ in rounds]


def put_awards(database: Database, slug: str, *won: datetime, way: Way = Way.LADDER) -> list[str]:
    """The ids of awards of one prize of one player, won at these moments."""
    rounds = put_rounds(database, slug, *(at - timedelta(days=20) for at in won))
    with database.sessions() as session:
        found = session.get_one(Round, rounds[0])
        campaign_id, player_id = found.campaign_id, found.player_id
        with transaction(session):
            prize_id = session.scalar(select(Prize.id).where(Prize.campaign_id == campaign_id).limit(1))
            if prize_id is None:
                prize_id = _add_prize(session, campaign_id, won[0])
            awards = [Award(id=new_id(), campaign_id=campaign_id, prize_id=prize_id, player_id=player_id,
                            round_id=round_id, way=way, cause=round_id, state=AwardState.OPEN, awarded_at=at,
                            claim_before=at + timedelta(days=9), code_hash=new_id())
                      for round_id, at in zip(rounds, won, strict=True)]
            session.add_all(awards)
        return [award.id for award in awards]


def _add_prize(session: Session, campaign_id: str, at: datetime) -> str:
    prize = Prize(id=new_id(), campaign_id=campaign_id, kind=PrizeKind.PARCEL, value_cents=1000, created_at=at,
                  names={"en": "Garden blaster", "fr": "Pistolet de jardin"})
    session.add(prize)
    session.flush()
    return prize.id


def _round(campaign_id: str, player_id: str, at: datetime) -> Round:
    return Round(id=new_id(), campaign_id=campaign_id, player_id=player_id, rules=Rules().as_json(), opened_at=at,
                 wave_starts_at=at, closes_by=at, state=RoundState.CLOSED, ending=Ending.FINISHED, submitted=9,
                 verdict=Verdict.ACCEPTED, score=100)
