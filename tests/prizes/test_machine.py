"""Anything in any order, crashes among it: after every step the books agree, and every cap, stock and release holds."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import strategies as some
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, Award, Way, release_awards
from prizes.claim import AboveCap, Claim, ClaimRefused, Contact, claim, claim_code
from prizes.draw import DrawEntry
from prizes.forget import forget_winner
from prizes.give_up import expire_awards, lock_desks, return_awards
from prizes.prize import Prize, PrizeKind, Release
from prizes.slots import slots_of
from prizes.staff_word import mark_sent, revoke_award
from prizes.stock import Stock, add_prize, correct, restock, withdraw
from prizes.way import AwardTerms, CampaignFacts, ClaimTerms, FinishedRound, Ranked
from prizes.ways import WAYS
from prizes.ways.ladder import add_step
from tests.prizes.counted import passed_caps
from tests.rig.clock import NOON
from tests.rig.databases import fresh_postgres, fresh_sqlite
from tests.rig.machine import PATIENCE_S, Books, run

TERMS = AwardTerms(b"k" * 32, 3, 900, keep_back=False, plan_key=b"p" * 32, timezone="Europe/Paris", per_network=4)
CLAIM_TERMS = ClaimTerms(b"h" * 32, b"v" * 32, per_person=3, per_household=4)
FACTS = CampaignFacts("c", NOON - timedelta(days=1), NOON + timedelta(days=60), "Europe/Paris")
PLAYERS, NETWORKS = ("alice", "bob", "charlie", "mona"), ("school", "home")
PRIZES = {  # id: (units, value in cents, score, per_player, per_day, per_hour, unlimited)
    "badge": (0, 0, 0, 9, None, None, True), "dart": (6, 100, 100, 2, 5, 3, False),
    "cap": (4, 500, 500, 1, None, None, False), "blaster": (2, 1_000, 900, 1, 1, None, False),
}  # fmt: skip
OPENS = NOON + timedelta(hours=30)
Deed = Callable[[Session], Any]


class Try(NamedTuple):
    """How somebody plays."""

    player: str
    network: str
    score: int
    held: bool


TRIES = some.builds(Try, some.sampled_from(PLAYERS), some.sampled_from(NETWORKS), some.sampled_from([0, 150, 600, 950]),
                    some.booleans())


class Giving(Books):
    """Ladder, draw and standings of one campaign."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds, self.first = list[tuple[FinishedRound, AwardTerms]](), dict[str, str]()

    @initialize(tries=some.lists(TRIES, min_size=3, max_size=8))
    def stock_up(self, tries: list[Try]) -> None:
        """With rounds that have been played, since Hypothesis leaves some of the rules out of each run."""
        self.do(self._stock)
        for one in tries:
            self.finish_a_round(one, None)

    def _stock(self, session: Session) -> None:
        for prize_id, (units, value, score, per_player, per_day, per_hour, unlimited) in PRIZES.items():
            add_prize(session, Prize(id=prize_id, campaign_id="c", names={"en": prize_id}, value_cents=value,
                                     kind=PrizeKind.BADGE if unlimited else PrizeKind.PARCEL, created_at=NOON,
                                     per_player=per_player, per_day=per_day, per_hour=per_hour,
                                     is_unlimited=unlimited))
            if units:
                restock(session, prize_id, units, NOON, "delivered")
            add_step(session, "c", score, prize_id)
        session.add(Release(prize_id="dart", number=1, units=4, opens_at=OPENS))
        WAYS[Way.DRAW].set_up(session, "c", {"prizes": [{"prize": "cap", "units": 1}], "most_entries": 2,
                                             "reserves": 3, "seed": "secret"}, {"cap": "cap"})
        WAYS[Way.STANDINGS].set_up(session, "c", [{"from": 1, "to": 1, "prize": "blaster"}], {"blaster": "blaster"})

    @rule(one=TRIES, crash=some.none() | some.integers(0, 25))
    def finish_a_round(self, one: Try, crash: int | None) -> None:
        played = FinishedRound(f"r{len(self.rounds)}", one.player, one.network, one.score, 5, (), b"s" * 32, self.now,
                               may_win=True)
        terms = TERMS.kept_back() if one.held else TERMS
        self.rounds.append((played, terms))
        self.do(lambda session: self._finish(session, played, terms), crash)
        self.note(self.do(lambda session: self._finish(session, played, terms)), played.id)
        self.see_the_release(played.id)

    def _finish(self, session: Session, played: FinishedRound, terms: AwardTerms) -> list[str]:
        for way in WAYS.values():
            way.award_round(session, FACTS, played, terms, self.now)
        if not terms.keep_back and session.get(DrawEntry, ("c", played.id)) is None:
            WAYS[Way.DRAW].accept_round(session, FACTS, played, terms, self.now)
        own = select(Award.id).where(Award.round_id == played.id, Award.way == Way.LADDER)
        return list(session.scalars(own))

    def see_the_release(self, round_id: str) -> None:
        """Before its release the last four darts are nobody's: whoever wins one leaves four free."""
        with self.database.sessions() as session:
            won = session.scalars(select(Award.prize_id).where(Award.round_id == round_id)).all()
            assert "dart" not in won or self.now >= OPENS or session.get_one(Stock, "dart").free >= 4

    def note(self, awards: list[str], round_id: str) -> None:
        """What a round won first is what it won, however often it is finished."""
        assert len(awards) <= 1
        assert self.first.setdefault(round_id, ",".join(awards)) in ("", ",".join(awards))

    @rule(data=some.data())
    def finish_a_round_again(self, data: some.DataObject) -> None:
        if self.rounds:
            played, terms = data.draw(some.sampled_from(self.rounds))
            if self.first.get(played.id):
                self.note(self.do(lambda session: self._finish(session, played, terms)), played.id)

    def any_award(self, data: some.DataObject) -> str | None:
        ids = self.do(lambda session: session.scalars(select(Award.id).order_by(Award.id)).all())
        return data.draw(some.sampled_from(ids)) if ids else None

    @rule(data=some.data(), who=some.sampled_from(PLAYERS), crash=some.none() | some.integers(0, 20))
    def claim_one(self, data: some.DataObject, who: str, crash: int | None) -> None:
        award_id = self.any_award(data)
        if award_id is None:
            return
        code, contact = claim_code(TERMS.claim_key, award_id), Contact(f"{who}@example.org", who, f"{who} street 1")
        self.do(lambda session: self._claim(session, code, contact), crash)
        first = self.do(lambda session: self._claim(session, code, contact))
        if isinstance(first, Claim):
            again = self.do(lambda session: self._claim(session, code, contact))
            assert isinstance(again, Claim)
            assert (again.award_id, again.claimed_at) == (first.award_id, first.claimed_at)

    def _claim(self, session: Session, code: str, contact: Contact) -> Claim | AboveCap | None:
        try:
            return claim(session, code, contact, self.now, CLAIM_TERMS)
        except ClaimRefused:
            return None

    @rule(code=some.text(max_size=30))
    def claim_with_a_wrong_code(self, code: str) -> None:
        assert self.do(lambda session: self._claim(session, code, Contact("a@example.org"))) is None

    @rule(hours=some.sampled_from([1, 11, 12, 30, 80]), crash=some.none() | some.integers(0, 20))
    def let_time_pass(self, hours: int, crash: int | None) -> None:
        self.now += timedelta(hours=hours)
        self.do(lambda session: expire_awards(session, self.now, 100), crash)
        self.do(lambda session: expire_awards(session, self.now, 100))

    @rule(data=some.data(), deed=some.sampled_from(["return", "release", "revoke", "sent", "erase"]),
          crash=some.none() | some.integers(0, 15))
    def say_a_word_on_an_award(self, data: some.DataObject, deed: str, crash: int | None) -> None:
        award_id = self.any_award(data)
        if award_id is None:
            return

        def do_it(session: Session) -> None:
            round_id = session.get_one(Award, award_id).round_id
            if deed == "return":
                return_awards(session, round_id, self.now, "round_rejected")
                for way in WAYS.values():
                    way.reject_round(session, FACTS, round_id, self.now)
            elif deed == "release":
                release_awards(session, round_id, self.now, TERMS.claim_days)
            elif deed == "erase":
                forget_winner(session, session.get_one(Award, award_id).player_id)
            elif deed == "revoke":
                revoke_award(session, award_id, "fraud", "bob", self.now)
            else:
                mark_sent(session, award_id, "bob", self.now)

        self.do(do_it, crash)

    @rule(prize_id=some.sampled_from(["dart", "cap", "blaster"]), units=some.integers(1, 3),
          move=some.sampled_from(["restock", "withdraw", "more", "fewer"]), crash=some.none() | some.integers(0, 3))
    def move_stock(self, prize_id: str, units: int, move: str, crash: int | None) -> None:
        deeds: dict[str, Deed] = {
            "restock": lambda session: restock(session, prize_id, units, self.now, "delivered"),
            "withdraw": lambda session: withdraw(session, prize_id, units, self.now, "damaged"),
            "more": lambda session: correct(session, prize_id, units, self.now, "recounted"),
            "fewer": lambda session: correct(session, prize_id, -units, self.now, "recounted"),
        }
        self.do(deeds[move], crash)

    @rule(crash=some.none() | some.integers(0, 40))
    def close(self, crash: int | None) -> None:
        """The places and the draw; again and again it passes on what was given up."""
        best = sorted(self.rounds, key=lambda one: (-one[0].score, one[0].id))
        places = {one.player_id: Ranked(one.player_id, one.id, one.score, NOON) for one, _ in reversed(best)}
        ranked = sorted(places.values(), key=lambda one: -one.score)

        def deed(session: Session) -> None:
            lock_desks(session, ["c"])
            for way in WAYS.values():
                way.close(session, FACTS, lambda most: ranked[:most], TERMS, self.now)

        self.do(deed, crash)

    @invariant()
    def nothing_is_promised_twice_or_beyond_what_there_is(self) -> None:
        with self.database.sessions() as session:
            standing = session.scalars(select(Award).where(Award.state.not_in(GIVEN_UP))).all()
            stock = {row.prize_id: row for row in session.scalars(select(Stock))}
            for prize_id, count in Counter(award.prize_id for award in standing).items():
                assert count <= stock[prize_id].received - stock[prize_id].withdrawn
            for way in (Way.STANDINGS, Way.DRAW):
                holders = [given.award.player_id for given in slots_of(session, "c", way) if given.award]
                assert len(holders) == len(set(holders))

    @invariant()
    def no_cap_is_passed(self) -> None:
        networks = {played.id: played.network or "" for played, _ in self.rounds}
        with self.database.sessions() as session:
            assert passed_caps(session, networks, TERMS, CLAIM_TERMS) == []


@pytest.mark.timeout(PATIENCE_S)
def test_anything_in_any_order_keeps_the_books_on_sqlite(prepared_sqlite: Path, tmp_path: Path) -> None:
    run(Giving, lambda: fresh_sqlite(prepared_sqlite, tmp_path), 15)


@pytest.mark.timeout(PATIENCE_S)
def test_anything_in_any_order_keeps_the_books_on_postgresql(prepared_postgres: str) -> None:
    run(Giving, lambda: fresh_postgres(prepared_postgres), 5)


def test_the_same_run_gives_the_same_awards_again(prepared_sqlite: Path, tmp_path: Path) -> None:
    """What a run found is found again: nothing in it is left to chance that nobody can call back."""
    given = list[list[tuple[str, str, str]]]()

    class Noting(Giving):
        def teardown(self) -> None:
            given.append([(award.id, award.prize_id, award.state) for award in self.do(_awards)])
            super().teardown()

    for _ in range(2):
        run(Noting, lambda: fresh_sqlite(prepared_sqlite, tmp_path), 3, is_long=False)
    assert given[:len(given) // 2] == given[len(given) // 2:]
    assert any(given)


def _awards(session: Session) -> list[Award]:
    return list(session.scalars(select(Award).order_by(Award.awarded_at, Award.id)))
