"""A campaign with instant wins, and rounds that open gifts, in few words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, Way
from prizes.claim import Contact, claim, claim_code
from prizes.db import new_id
from prizes.give_up import expire_awards
from prizes.moments import EPOCH, MILLISECOND, moments_key, moments_of
from prizes.plan_moments import recipe_of
from prizes.planned import WinningPlan
from prizes.prize import Prize, PrizeKind, Release
from prizes.stock import Stock, add_prize, restock
from prizes.way import AwardTerms, CampaignFacts, FinishedRound, Flaw
from prizes.ways import WAYS
from server.db import Database, transaction
from tests.rig.clock import NOON

OPENS, CLOSES = NOON, NOON + timedelta(days=10)
LAST = CLOSES - MILLISECOND
FACTS = CampaignFacts("campaign", OPENS, CLOSES, "Europe/Paris", gift_waves=(3,))
TERMS = AwardTerms(claim_key=b"k" * 32, claim_days=30, value_limit_cents=None, keep_back=False, plan_key=b"p" * 32,
                   timezone="Europe/Paris")
INSTANT_WIN = WAYS[Way.INSTANT_WIN]
AT_ONCE = 1
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class InstantScene:
    """Each deed is a transaction of its own. `now` starts when every planned moment has come."""

    database: Database
    now: datetime = LAST
    terms: AwardTerms = field(default=TERMS)
    facts: CampaignFacts = field(default=FACTS)

    def add_prize(self, units: int = 1, *, releases: Sequence[Release] = (), **choices: Any) -> str:
        usual: dict[str, Any] = {"names": {"en": "Plush"}, "kind": PrizeKind.PARCEL, "value_cents": 500,
                                 "per_player": 1_000}
        prize = Prize(id=new_id(), campaign_id=self.facts.id, created_at=OPENS, **{**usual, **choices})
        with self.database.sessions() as session, transaction(session):
            add_prize(session, prize)
            if units:
                restock(session, prize.id, units, OPENS, "delivered")
            for release in releases:
                release.prize_id = prize.id
                session.add(release)
            return prize.id

    def plan(self, *prize_ids: str, one_in: int = AT_ONCE, seal: bool = True) -> None:
        """Make these prizes instant wins, and publish."""
        with self.database.sessions() as session, transaction(session):
            INSTANT_WIN.set_up(session, self.facts.id, {"one_in": one_in, "prizes": list(prize_ids)},
                               dict(zip(prize_ids, prize_ids, strict=True)))
            session.flush()
            if seal:
                INSTANT_WIN.seal(session, self.facts, self.terms, OPENS - timedelta(days=1))

    def plan_one(self, units: int = 1, **choices: Any) -> str:
        """A prize whose every unit has its moment; its id."""
        prize_id = self.add_prize(units, **choices)
        self.plan(prize_id)
        return prize_id

    def open_gift(self, player: str = "alice", round_id: str | None = None, *, gifts: Sequence[str] = ("3.0",),
                  terms: AwardTerms | None = None) -> list[Award]:
        with self.database.sessions() as session:
            return open_gift(session, player, round_id, now=self.now, gifts=gifts, terms=terms or self.terms,
                             facts=self.facts)

    def flaws(self) -> list[Flaw]:
        with self.database.sessions() as session:
            return list(INSTANT_WIN.flaws(session, self.facts))

    def moments(self, prize_id: str) -> list[datetime]:
        """What only who has the key knows."""
        with self.database.sessions() as session:
            plan = session.get_one(WinningPlan, self.facts.id)
            key = moments_key(self.terms.plan_key, self.facts.id, plan.nonce or "")
            times = moments_of(key, recipe_of(session, plan, self.facts.timezone))[prize_id]
        return [EPOCH + time * MILLISECOND for time in times.tolist()]

    def claim(self, award: Award) -> None:
        with self.database.sessions() as session, transaction(session):
            claim(session, claim_code(self.terms.claim_key, award.id), Contact("alice@example.org", "Alice"), self.now)

    def expire(self) -> int:
        with self.database.sessions() as session, transaction(session):
            return expire_awards(session, self.now, 1_000)

    def stock(self, prize_id: str) -> Stock:
        with self.database.sessions() as session:
            return session.get_one(Stock, prize_id)

    def awards(self) -> list[Award]:
        with self.database.sessions() as session:
            return list(session.scalars(select(Award)))

    def audit(self) -> None:
        with self.database.sessions() as session:
            assert audit(session) == []


def won_early(scene: InstantScene, terms: AwardTerms = TERMS, units: int = 1) -> Award:
    """All the moments that there are, on the first day, taken when the last one came; the first award."""
    first_day = Release(number=1, units=units, opens_at=OPENS, closes_at=OPENS + DAY)
    scene.now = scene.moments(scene.plan_one(units=units, releases=[first_day]))[-1]
    awards = [award for _ in range(units) for award in scene.open_gift(round_id=new_id(), terms=terms)]
    assert len(awards) == units
    return awards[0]


def won_and_expired(scene: InstantScene, units: int = 1) -> Award:
    award = won_early(scene, units=units)
    scene.now += timedelta(hours=48)
    assert scene.expire() == units
    return award


def finished(player: str, round_id: str | None, gifts: Sequence[str], now: datetime) -> FinishedRound:
    """A round that is over; of an id of its own unless it is named."""
    return FinishedRound(id=round_id or new_id(), player_id=player, network=None, score=0, hits=1, gifts=tuple(gifts),
                         secret=b"s" * 32, closed_at=now, may_win=True)


def open_gift(session: Session, player: str | None = None, round_id: str | None = None, *, now: datetime,
              gifts: Sequence[str] = ("3.0",), terms: AwardTerms = TERMS,
              facts: CampaignFacts = FACTS) -> list[Award]:
    with transaction(session):
        round_ = finished(player or new_id(), round_id, gifts, now)
        return list(INSTANT_WIN.award_round(session, facts, round_, terms, now))


def kept_back(terms: AwardTerms = TERMS) -> AwardTerms:
    return replace(terms, keep_back=True)
