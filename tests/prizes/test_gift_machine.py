"""Gifts, codes and a shared life in any order, crashes among it: no code twice, no moment too early, no unit lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import strategies as some
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award, release_awards
from prizes.claim import AboveCap, Claim, ClaimRefused, Contact, claim, claim_code
from prizes.give_up import expire_awards, lock_desks, return_awards
from prizes.import_codes import store_codes
from prizes.sheets.faults import BadSheet
from prizes.staff_word import mark_sent, revoke_award
from prizes.units import withdraw_units
from prizes.vouchers import code_of
from prizes.way import AwardTerms, CampaignFacts, ClaimTerms, FinishedRound
from prizes.ways import WAYS
from tests.prizes.counted import passed_caps
from tests.prizes.gift_model import CAMPAIGN, JACKETS, GiftModel, set_up
from tests.prizes.voucher_scene import KEY, sealed_codes
from tests.rig.clock import NOON
from tests.rig.databases import fresh_postgres, fresh_sqlite
from tests.rig.machine import PATIENCE_S, Books, run

FACTS = CampaignFacts(CAMPAIGN, NOON, NOON + timedelta(days=10), "Europe/Paris", gift_waves=(3, 5))
TERMS = AwardTerms(b"k" * 32, 3, 900, keep_back=False, timezone=FACTS.timezone, per_network=5)
CLAIM_TERMS = ClaimTerms(b"h" * 32, KEY, per_person=2, per_household=3)
PLAYERS, NETWORKS = ("alice", "bob", "charlie", "mona"), ("school", "home")
HOUSEHOLDS = {"alice": "Zapp", "bob": "Zapp", "charlie": "Pow", "mona": "Pow"}
PLUSH = 3
HOURS = some.sampled_from([0, 1, 7, 11, 26, 50])
CRASH = some.none() | some.integers(0, 20) | some.integers(0, 40)


class Try(NamedTuple):
    """How somebody plays, so many hours after whatever was before, and whether they claim at once what they win. A
    rejected round was accepted first. A crash comes in the end, and in the claims, after so many statements.
    """

    player: str
    network: str
    score: int
    hits: int
    gifts: tuple[str, ...]
    verdict: str
    hours: int
    claims: bool
    crash: int | None


TRIES = some.builds(Try, some.sampled_from(PLAYERS), some.sampled_from(NETWORKS), some.sampled_from([0, 150, 600, 600]),
                    some.sampled_from([0, 4, 20]), some.sampled_from([("3.0",), ("3.0", "5.1"), ()]),
                    some.sampled_from(["accepted", "accepted", "held", "rejected"]), HOURS, some.booleans(), CRASH)


class Played(NamedTuple):
    """A round with the terms it ended under. `verdict` is held, accepted or rejected."""

    round: FinishedRound
    terms: AwardTerms
    verdict: str


class Gifts(Books):
    """Instant wins, a ladder, a shared life and a draw of one campaign."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds = dict[str, Played]()

    @initialize(plan=some.integers(0, 255), tries=some.lists(TRIES, min_size=3, max_size=8))
    def publish(self, plan: int, tries: list[Try]) -> None:
        """With rounds that have been played, since Hypothesis leaves some of the rules out of each run."""
        self.terms = replace(TERMS, plan_key=bytes([plan]) * 32)
        self.model = GiftModel(FACTS, self.terms)
        self.model.received.update(plush=PLUSH, jacket=JACKETS)
        self.do(lambda session: set_up(session, FACTS, self.terms, lambda *codes: self._import(session, *codes), PLUSH))
        self._note_import("voucher", ["V1", "V2"])
        self._note_import("coupon", ["C1", "C2", "C3"])
        for one in tries:
            self.play(one)

    def _import(self, session: Session, prize_id: str, codes: list[str]) -> bool:
        with sealed_codes(session, prize_id, codes) as sealed:
            return store_codes(session, sealed, sealed, self.now) == len(codes)

    def _note_import(self, prize_id: str, codes: list[str]) -> None:
        self.model.received[prize_id] += len(codes)
        self.model.imported.setdefault(prize_id, set()).update(codes)

    @rule(one=TRIES)
    def play(self, one: Try) -> None:
        """A round ends; the answer may be lost, and then it is finished again."""
        self.now += timedelta(hours=one.hours)
        round_id, counts = f"r{len(self.rounds)}", one.verdict != "held"
        played = FinishedRound(round_id, one.player, one.network, one.score, one.hits, one.gifts, round_id.encode(),
                               self.now, may_win=True)
        terms = self.terms if counts else self.terms.kept_back()
        self.rounds[round_id] = Played(played, terms, "held")
        won = self.do(lambda session: self._finish(session, played, terms, count=counts), one.crash)
        again = self.do(lambda session: self._finish(session, played, terms, count=counts and won is None))
        assert won is None or won <= again  # its own hits may have released more
        if counts:
            self._note_accepted(round_id)
        for award_id in sorted(again) if one.claims else ():
            self.claim_award(award_id, one.player, one.crash)
        if one.verdict == "rejected":
            self._rule_on(self.rounds[round_id], accept=False, crash=one.crash)

    def _finish(self, session: Session, played: FinishedRound, terms: AwardTerms, *, count: bool) -> set[str]:
        """The awards that the round has won by itself; it counts once."""
        lock_desks(session, [CAMPAIGN])
        won = {award.id for way in WAYS.values() for award in way.award_round(session, FACTS, played, terms, self.now)}
        for way in WAYS.values() if count else ():
            way.accept_round(session, FACTS, played, terms, self.now)
        return won

    def _note_accepted(self, round_id: str) -> None:
        played = self.rounds[round_id]
        self.rounds[round_id] = played._replace(verdict="accepted")
        self.model.note_accepted(played.round.player_id, played.round.hits)

    @rule(data=some.data(), crash=CRASH)
    def open_gifts_again(self, data: some.DataObject, crash: int | None) -> None:
        """Later too: what a gift has won stays its own, what it did not win may be due now. Never by a rejected one."""
        played = data.draw(some.sampled_from(list(self.rounds.values())))
        if played.verdict != "rejected":
            self.do(lambda session: self._finish(session, played.round, played.terms, count=False), crash)

    @rule(data=some.data(), crash=CRASH)
    def look_again(self, data: some.DataObject, crash: int | None) -> None:
        """Somebody comes back to an accepted round: what all have opened meanwhile is given."""
        played = data.draw(some.sampled_from(list(self.rounds.values())))
        if played.verdict != "accepted":
            return

        def look(session: Session) -> None:
            lock_desks(session, [CAMPAIGN])
            for way in WAYS.values():
                way.catch_up(session, FACTS, played.round, self.terms, self.now)

        self.do(look, crash)
        self.do(look)
        self.model.note_look(played.round.player_id)

    @rule(data=some.data(), accept=some.booleans(), crash=CRASH)
    def review(self, data: some.DataObject, accept: bool, crash: int | None) -> None:
        """A person accepts a held round, or rejects any."""
        played = data.draw(some.sampled_from(list(self.rounds.values())))
        if played.verdict != "rejected" and not (accept and played.verdict == "accepted"):
            self._rule_on(played, accept=accept, crash=crash)

    def _rule_on(self, played: Played, *, accept: bool, crash: int | None) -> None:
        word = self._accept if accept else self._reject
        if self.do(lambda session: word(session, played.round), crash) is None:
            self.do(lambda session: word(session, played.round))
        if accept:
            self._note_accepted(played.round.id)
        else:
            self.rounds[played.round.id] = played._replace(verdict="rejected")

    def _accept(self, session: Session, round_: FinishedRound) -> bool:
        release_awards(session, round_.id, self.now, self.terms.claim_days)
        lock_desks(session, [CAMPAIGN])
        for way in WAYS.values():
            way.accept_round(session, FACTS, round_, self.terms, self.now)
        return True

    def _reject(self, session: Session, round_: FinishedRound) -> bool:
        return_awards(session, round_.id, self.now, "round_rejected")
        for way in WAYS.values():
            way.reject_round(session, FACTS, round_.id, self.now)
        return True

    def any_award(self, data: some.DataObject) -> str | None:
        ids = self.do(lambda session: session.scalars(select(Award.id).order_by(Award.id)).all())
        return data.draw(some.sampled_from(ids)) if ids else None

    @rule(data=some.data(), who=some.sampled_from(PLAYERS), crash=CRASH)
    def claim_one(self, data: some.DataObject, who: str, crash: int | None) -> None:
        award_id = self.any_award(data)
        if award_id is not None:
            self.claim_award(award_id, who, crash)

    def claim_award(self, award_id: str, who: str, crash: int | None) -> None:
        """However often it is claimed, its claim and its code are those of the first answer."""
        contact = Contact(f"{who}@example.org", HOUSEHOLDS[who], "1 rue du Tir")
        self.do(lambda session: self._claim(session, award_id, contact), crash)
        first = self.do(lambda session: self._claim(session, award_id, contact))
        if isinstance(first, Claim):
            again = self.do(lambda session: self._claim(session, award_id, contact))
            assert isinstance(again, Claim)
            assert (again.award_id, again.claimed_at) == (first.award_id, first.claimed_at)
            code = self.do(lambda session: code_of(session, award_id, KEY))
            if code is not None:
                self.model.note_code(award_id, code)

    def _claim(self, session: Session, award_id: str, contact: Contact) -> Claim | AboveCap | None:
        try:
            return claim(session, claim_code(self.terms.claim_key, award_id), contact, self.now, CLAIM_TERMS)
        except ClaimRefused:
            return None

    @rule(hours=HOURS, crash=CRASH)
    def let_time_pass(self, hours: int, crash: int | None) -> None:
        self.now += timedelta(hours=hours)
        self.do(lambda session: expire_awards(session, self.now, 100), crash)
        self.do(lambda session: expire_awards(session, self.now, 100))

    @rule(data=some.data(), is_sent=some.booleans(), crash=CRASH)
    def say_a_word_on_an_award(self, data: some.DataObject, is_sent: bool, crash: int | None) -> None:
        award_id = self.any_award(data)
        if award_id is not None:
            self.do(lambda session: mark_sent(session, award_id, "bob", self.now) if is_sent
                    else revoke_award(session, award_id, "fraud", "bob", self.now), crash)

    @rule(numbers=some.lists(some.integers(1, 20), min_size=1, max_size=3), crash=CRASH)
    def import_coupons(self, numbers: list[int], crash: int | None) -> None:
        """All codes of a file or none: one that is there, or stands in it twice, keeps the others out."""
        codes = [f"C{number}" for number in numbers]
        is_bad = len(set(codes)) < len(codes) or not self.model.imported["coupon"].isdisjoint(codes)
        try:
            stored = self.do(lambda session: self._import(session, "coupon", codes), crash)
        except BadSheet:
            assert is_bad
            return
        if stored:
            assert not is_bad
            self._note_import("coupon", codes)

    @rule(units=some.integers(1, 2), crash=CRASH)
    def withdraw_coupons(self, units: int, crash: int | None) -> None:
        if self.do(lambda session: withdraw_units(session, "coupon", units, self.now, "damaged"), crash):
            self.model.withdrawn["coupon"] += units

    @rule(crash=CRASH)
    def close(self, crash: int | None) -> None:
        """The campaign is over; again and again it passes on what was given up."""
        self.now = max(self.now, FACTS.closes_at)

        def deed(session: Session) -> None:
            lock_desks(session, [CAMPAIGN])
            for way in WAYS.values():
                way.close(session, FACTS, lambda most: [], self.terms, self.now)

        self.do(deed, crash)
        self.do(deed)

    @invariant()
    def what_was_done_is_what_is_there(self) -> None:
        with self.database.sessions() as session:
            self.model.check(session, self.now)

    @invariant()
    def no_cap_is_passed(self) -> None:
        networks = {played.round.id: played.round.network or "" for played in self.rounds.values()}
        with self.database.sessions() as session:
            assert passed_caps(session, networks, self.terms, CLAIM_TERMS) == []


@pytest.mark.timeout(PATIENCE_S)
def test_gifts_and_codes_in_any_order_keep_the_books_on_sqlite(prepared_sqlite: Path, tmp_path: Path) -> None:
    run(Gifts, lambda: fresh_sqlite(prepared_sqlite, tmp_path), 10)


@pytest.mark.timeout(PATIENCE_S)
def test_gifts_and_codes_in_any_order_keep_the_books_on_postgresql(prepared_postgres: str) -> None:
    run(Gifts, lambda: fresh_postgres(prepared_postgres), 4)
