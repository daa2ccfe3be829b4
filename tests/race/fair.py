"""One published campaign with all five ways to win, what people do in it at once, and what may never come of it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import chain
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import GIVEN_UP, RULED_WITHIN, Award, Way
from prizes.claim import Contact, claim_code
from prizes.give_up import expire_awards
from prizes.import_codes import store_codes
from prizes.keepsake import Keepsake
from prizes.planned import TakenMoment
from prizes.prize import Prize, PrizeKind, SharedLife
from prizes.slots import slots_of
from prizes.stock import Stock, add_prize, restock
from prizes.vouchers import VoucherCode, unseal
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.publish import publish_within
from server.db import Database, transaction
from server.errors import Problem
from server.fairplay.signs import Sign
from server.play.claim_prize import claim_prize
from server.play.close_campaign import close_campaign
from server.play.close_round import Judgement, close_overdue, close_round
from server.play.open_round import CameBy, open_round
from server.play.round import Ending, Round, RoundState, Verdict, find_open_round
from server.play.rule_on_round import reject_round, release_round
from server.play.secret import round_secret
from server.players.player import add_player
from server.simulation.replay import Replay
from server.simulation.rules import Rules
from tests.prizes.counted import passed_caps
from tests.prizes.voucher_scene import code_number, sealed_codes
from tests.rig.app import PLAY_TERMS, terms_of
from tests.rig.clock import NOON
from tests.rig.themes import TOYS

OPENS, CLOSES = NOON - timedelta(days=30), NOON + timedelta(days=10)
OVER = CLOSES + RULED_WITHIN + timedelta(days=1)
PLAYERS, NETWORKS, PEOPLE = 40, 3, 20
PRIZES: dict[str, tuple[PrizeKind, int, dict[str, int]]] = {  # kind, units, caps; each is wanted more often
    "plush": (PrizeKind.PARCEL, 30, {"per_player": 2}), "coupon": (PrizeKind.VOUCHER, 25, {"per_player": 2}),
    "cap": (PrizeKind.PARCEL, 20, {"per_player": 2, "per_day": 15}), "trip": (PrizeKind.PARCEL, 3, {}),
    "bike": (PrizeKind.PARCEL, 5, {}), "badge": (PrizeKind.BADGE, 0, {"is_unlimited": True}),
}  # fmt: skip
WAYS_TO_WIN = {
    Way.INSTANT_WIN: {"one_in": 1, "prizes": ["plush"]},
    Way.LADDER: [{"score": 100, "prize": "coupon"}, {"score": 500, "prize": "cap"}],
    Way.STANDINGS: [{"from": 1, "to": 3, "prize": "trip"}],
    Way.DRAW: {"prizes": [{"prize": "bike", "units": 5}], "most_entries": 3, "reserves": 9, "seed": "secret"},
    Way.COMMUNITY: {"life": 2_000, "steps": [{"at": 100, "prize": "badge"}]},
}
LOCK_TIMEOUT, BUSY = "55P03", "not_ready"
PLAYING = ("play", "play", "play", "play", "play", "claim", "review", "expire")
CLOSING = ("close", "end_overdue", "claim", "review", "play_late", "expire_late", "play_late", "close")


def stock_up(session: Session, campaign_id: str) -> None:
    for prize_id, (kind, units, choices) in PRIZES.items():
        add_prize(session, Prize(id=prize_id, campaign_id=campaign_id, names={"en": prize_id}, kind=kind,
                                 value_cents=100 * min(units, 1), created_at=OPENS, **choices))
        if kind == PrizeKind.VOUCHER:
            with sealed_codes(session, prize_id, map(code_number, range(units)), PLAY_TERMS.voucher_key) as sealed:
                store_codes(session, sealed, sealed, OPENS)
        elif units:
            restock(session, prize_id, units, OPENS, "delivered")
    for way, settings in WAYS_TO_WIN.items():
        WAYS[way].set_up(session, campaign_id, settings, {prize_id: prize_id for prize_id in PRIZES})


def seen_in(round_id: str) -> tuple[Replay, Verdict]:
    """What a round comes to: it follows from its id, so that whoever ends it says the same."""
    chance = hashlib.sha256(round_id.encode()).digest()
    gifts = ((3, 0),) if chance[2] % 2 else ()
    seen = Replay(score=(0, 150, 600, 950)[chance[0] % 4], shots=9, hits=chance[1] % 10, best_combo=1, knock_outs=0,
                  spawn_hits=0, gifts=gifts, hit_list=(), events_hash=0, illegal=None)
    return seen, Verdict.HELD if chance[3] % 8 == 0 else Verdict.ACCEPTED


class Fair:
    """The campaign with its players; each deed is one try of somebody, and may come too late."""

    def __init__(self, database: Database) -> None:
        self.database, self.lock, self.tries = database, Lock(), 0
        self.awards, self.held, self.outcomes = list[str](), list[str](), Counter[str]()
        with database.sessions() as session, transaction(session):
            self.campaign = Campaign(
                slug="fair", brand="Zapp & Co", titles={"en": "Fair"}, state=CampaignState.DRAFT, opens_at=OPENS,
                closes_at=CLOSES, timezone="Europe/Paris", theme=TOYS, rules=Rules(gift_waves=(3,)).as_json(),
                liability_limit_cents=10**6, per_network=22, per_person=4, per_household=6)
            session.add(self.campaign)
            session.flush()
            stock_up(session, self.campaign.id)
            report = publish_within(session, self.campaign, terms_of, OPENS - timedelta(days=1))
            assert report.flaws == []
            self.players = [add_player(session, OPENS)[0] for _ in range(PLAYERS)]

    def attempt(self, course: Sequence[str]) -> Callable[[Session], None]:
        """A try for the race: the deeds of the course in turn, each by the next one of the players."""

        def attempt(session: Session) -> None:
            with self.lock:
                number, self.tries = self.tries, self.tries + 1
            while (outcome := self._once(session, course[number % len(course)], number)) == BUSY:
                self._count(outcome)
            self._count(outcome)

        return attempt

    def _once(self, session: Session, deed: str, number: int) -> str:
        """What came of it. Who is told that the database is busy sends the same again, as a browser does."""
        try:
            outcome: str = getattr(self, f"_{deed}")(session, number)
        except Problem as problem:
            return problem.code
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_TIMEOUT:  # two that wait in a circle are no such case
                raise
            return BUSY
        return outcome

    def _count(self, outcome: str) -> None:
        with self.lock:
            self.outcomes[outcome] += 1

    def _play(self, session: Session, number: int) -> str:
        """Two tries in a row are the same player's: both may open a round, and both may end it."""
        who = number // 2 % PLAYERS
        return self.end(session, find_open_round(session, self.players[who].id) or self.open(session, who))

    def open(self, session: Session, who: int) -> Round:
        """Raises Problem when the player has opened one at the same moment."""
        network = f"network {who % NETWORKS}"
        return open_round(session, self.players[who], self.campaign, PLAY_TERMS, NOON, CameBy(network)).round

    def open_for_all(self) -> None:
        """Before the close: a round is open for everybody, and the end has to wait for all of them."""
        with self.database.sessions() as session:
            for who, player in enumerate(self.players):
                if find_open_round(session, player.id) is None:
                    self.open(session, who)

    def end(self, session: Session, round_: Round) -> str:
        seen, verdict = seen_in(round_.id)
        signs = (Sign.SCORE_ABOVE_LINE,) if verdict == Verdict.HELD else ()
        judgement = Judgement(Ending.FINISHED, NOON, round_.submitted, 0, False, seen, signs, verdict, None,
                              round_secret(PLAY_TERMS.round_key, round_.id))
        with transaction(session):
            if close_round(session, round_, self.campaign, judgement, PLAY_TERMS) is None:
                return "ended by another"
            won = session.scalars(select(Award.id).where(Award.round_id == round_.id)).all()
        with self.lock:
            self.awards += won
            self.held += [round_.id] if signs else []
        return "ended"

    def _play_late(self, session: Session, number: int) -> str:
        """A round that was open at the close is ended by its player, while the runner ends it too."""
        round_ = session.scalar(select(Round).where(Round.state == RoundState.OPEN).order_by(Round.id).limit(1))
        return self.end(session, round_) if round_ else "nothing open"

    def _end_overdue(self, session: Session, number: int) -> str:
        return f"ended {close_overdue(session, PLAY_TERMS, OVER, 2)} for their players"

    def _claim(self, session: Session, number: int) -> str:
        """An award in three is claimed again, by somebody else."""
        if not self.awards:
            return "nothing to claim"
        award_id = self.awards[number * 2 // 3 % len(self.awards)]
        who = f"{number % PEOPLE}"
        contact = Contact(f"{who}@example.org", who, f"{who} street 1")
        claim_prize(session, claim_code(PLAY_TERMS.claim_key, award_id), contact, PLAY_TERMS, "en", NOON)
        return "claimed"

    def _review(self, session: Session, number: int) -> str:
        if not self.held:
            return "nothing held"
        round_id = self.held[number // 2 % len(self.held)]
        if number % 16 < 8:
            reject_round(session, round_id, "bot", "mona", NOON)
        else:
            release_round(session, round_id, "mona", PLAY_TERMS, NOON)
        return "ruled"

    def _expire(self, session: Session, number: int) -> str:
        """An instant win is held for 48 hours."""
        with transaction(session):
            return f"expired {expire_awards(session, NOON + timedelta(days=3), 2)}"

    def _expire_late(self, session: Session, number: int) -> str:
        """What was given at the close, too: the next in line follows."""
        with transaction(session):
            return f"expired {expire_awards(session, OVER + timedelta(days=40), 1)}"

    def _close(self, session: Session, number: int) -> str:
        return f"gave {close_campaign(session, self.campaign, PLAY_TERMS, OVER)} at the close"

    def finish(self) -> None:
        """After the race: whatever is left to be given at the end."""
        with self.database.sessions() as session:
            close_overdue(session, PLAY_TERMS, OVER)
            while close_campaign(session, self.campaign, PLAY_TERMS, OVER):
                pass

    def faults(self) -> list[str]:
        """Everything that may never come of it, one sentence each."""
        with self.database.sessions() as session:
            networks = {round_.id: round_.network or "" for round_ in session.scalars(select(Round))}
            terms, claim_terms = terms_of(self.campaign), PLAY_TERMS.claim_terms(self.campaign)
            caps = passed_caps(session, networks, terms, claim_terms)
            return [*(f"{odd.subject_id}: {odd.what}, {odd.found} for {odd.expected}" for odd in audit(session)),
                    *(f"the cap of {' '.join(key)} is passed" for key in caps),
                    *_oversold(session), *_doubled(session, self.campaign.id), *_miscounted(session)]


def _oversold(session: Session) -> Iterable[str]:
    standing = Counter(session.scalars(select(Award.prize_id).where(Award.state.not_in(GIVEN_UP))))
    for stock in session.scalars(select(Stock)):
        units = PRIZES[stock.prize_id][1] or stock.received
        if standing[stock.prize_id] > units - stock.withdrawn:
            yield f"{standing[stock.prize_id]} have {stock.prize_id}, of which there are {units - stock.withdrawn}"


def _doubled(session: Session, campaign_id: str) -> Iterable[str]:
    """What only one may have, by what it is called."""
    awards = session.scalars(select(Award)).all()
    codes = [unseal(PLAY_TERMS.voucher_key, row.prize_id, row.sealed) for row in session.scalars(select(VoucherCode))
             if row.award_id]
    holders = [(way, given.award.player_id) for way in (Way.STANDINGS, Way.DRAW)
               for given in slots_of(session, campaign_id, way) if given.award]
    had = chain(((one.way, one.cause) for one in awards), codes, holders,
                (f"the ladder's award of round {one.round_id}" for one in awards if one.way == Way.LADDER),
                ((one.prize_id, one.number) for one in session.scalars(select(TakenMoment)) if one.number is not None))
    return [f"{what} was given {times} times" for what, times in Counter(had).items() if times > 1]


def _miscounted(session: Session) -> Iterable[str]:
    """Hits that were lost or counted twice; moments that were taken before they were due."""
    accepted = select(func.sum(Round.hits)).join(Keepsake, Keepsake.round_id == Round.id)
    hits, drained = session.scalar(accepted) or 0, session.scalar(select(SharedLife.drained))
    if hits != drained:
        yield f"{hits} hits were accepted, {drained} drained"
    early = session.scalars(select(TakenMoment.award_id).where(TakenMoment.moment > TakenMoment.at))
    yield from (f"award {award_id} took a moment that was not due" for award_id in early)
