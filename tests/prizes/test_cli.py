"""`popshot prize` and `popshot award`, as an operator types them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, AwardState, Way
from prizes.claim import Contact, claim, claim_code
from prizes.give_up import expire_awards
from prizes.ledger import StockEntry
from prizes.planned import PlannedPrize, WinningPlan
from prizes.prize import Prize
from prizes.staff_word import Sending
from prizes.stock import Stock
from prizes.way import Win
from prizes.ways.ladder import climb
from server import cli
from server.campaigns.campaign import find_campaign
from server.db import Database, transaction
from tests.prizes.scene import TERMS
from tests.rig.app import add_campaign
from tests.rig.clock import NOON

Popshot = Callable[..., Result]
STICKER = ("--campaign", "boss", "--name", "en=Sticker", "--name", "fr=Autocollant", "--value-cents", "150")


@dataclass
class Shell:
    """What server/cli.py hands to commands."""

    database: Database

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.database.sessions() as session:
            yield session

    def now(self) -> datetime:
        return NOON


@pytest.fixture
def popshot(database: Database) -> Popshot:
    """Run a command line on a database with the campaigns boss and other."""
    add_campaign(database, "boss")
    add_campaign(database, "other")
    command = click.Group("popshot", commands={name: cli.popshot.commands[name] for name in ("prize", "award")})
    return lambda *words: CliRunner().invoke(command, words, obj=Shell(database), prog_name="popshot")


def is_refused(result: Result) -> bool:
    """Exit code 2, one sentence, nothing else."""
    return result.exit_code == 2 and result.stdout == "" and result.stderr.rstrip().endswith(".")


def test_a_prize_is_added_with_stock_and_step_and_listed(popshot: Popshot) -> None:
    added = popshot("prize", "add", *STICKER, "--units", "40", "--score", "150")
    assert added.exit_code == 0
    prize_id = added.stdout.strip()
    listed = popshot("prize", "list", "--campaign", "boss").stdout
    assert f"{prize_id}  Sticker, 1.50 EUR, from 150 points: 40 received = 40 free + 0 reserved" in listed
    assert "0 listed" in popshot("prize", "list", "--campaign", "other").stdout


def test_a_restocked_prize_has_more(popshot: Popshot, session: Session) -> None:
    prize_id = popshot("prize", "add", *STICKER, "--units", "40").stdout.strip()
    assert popshot("prize", "restock", prize_id, "2").stdout == "42 received in all, 42 free\n"
    assert session.get_one(Stock, prize_id).free == 42


@pytest.mark.parametrize("words", [
    ("add", "--campaign", "no-such", "--name", "en=Sticker", "--value-cents", "1"),
    ("add", "--campaign", "boss", "--name", "Sticker", "--value-cents", "1"),
    ("add", "--campaign", "boss", "--name", "en= ", "--value-cents", "1"),
    ("restock", "no-such", "5"),
    ("restock", "no-such", "5", "--reason", "Alice Martin, 3 rue des Lilas"),
    ("list", "--campaign", "no-such"),
])
def test_what_cannot_be_is_refused_in_one_sentence(popshot: Popshot, session: Session, words: tuple[str]) -> None:
    assert is_refused(popshot("prize", *words))
    assert session.scalars(select(Prize)).all() == []


@pytest.mark.parametrize("units", ["0", "1000001", "many", "1.5"])
def test_a_number_of_units_that_is_none_is_refused(popshot: Popshot, session: Session, units: str) -> None:
    prize_id = popshot("prize", "add", *STICKER).stdout.strip()
    assert popshot("prize", "restock", prize_id, units).exit_code == 2
    assert session.get_one(Stock, prize_id).received == 0


def test_awards_are_listed_by_campaign_and_state(popshot: Popshot, session: Session) -> None:
    popshot("prize", "add", *STICKER, "--units", "1", "--score", "150")
    boss = find_campaign(session, "boss")
    assert boss is not None
    with transaction(session):
        award = climb(session, Win(boss.id, Way.LADDER, "round", "alice", "round"), 150, NOON, TERMS)
    assert award is not None
    line = f"{award.id}  2026-12-01 12:00  open       ladder  round round  Sticker\n1 listed\n"
    assert popshot("award", "list", "--campaign", "boss", "--state", "open").stdout == line
    assert popshot("award", "list", "--state", "claimed").stdout == "0 listed\n"
    assert popshot("award", "list", "--campaign", "other").stdout == "0 listed\n"


def test_the_audit_says_that_the_books_agree_or_where_they_do_not(popshot: Popshot, session: Session) -> None:
    prize_id = popshot("prize", "add", *STICKER, "--units", "3").stdout.strip()
    assert popshot("prize", "audit").stdout == "the books agree\n"
    with transaction(session):
        session.execute(update(Stock).values(free=2, withdrawn=1))
    spoilt = popshot("prize", "audit")
    assert spoilt.exit_code == 1
    assert f"{prize_id}  stock free, by the ledger: 3 expected, 2 found" in spoilt.stdout


def test_the_stock_of_a_prize_whose_units_have_winning_moments_does_not_grow(popshot: Popshot,
                                                                            database: Database) -> None:
    prize_id = popshot("prize", "add", *STICKER, "--units", "5").output.strip()
    with database.sessions() as session, transaction(session):
        plan = WinningPlan(campaign_id="boss", one_in=10, hours=[1] * 24)
        session.add(plan)
        session.flush()
        session.add(PlannedPrize(campaign_id="boss", prize_id=prize_id, units=5))
    assert popshot("prize", "restock", prize_id, "1").exit_code == 0  # not yet published
    with database.sessions() as session, transaction(session):
        session.get_one(WinningPlan, "boss").nonce = "a nonce"
    refused = popshot("prize", "restock", prize_id, "1")
    assert refused.exit_code != 0
    assert "can neither grow nor shrink" in refused.output
    with database.sessions() as session:
        assert session.get_one(Stock, prize_id).received == 6


def test_a_recount_and_a_delivery_say_who_and_why(popshot: Popshot, database: Database) -> None:
    prize_id = popshot("prize", "add", *STICKER, "--units", "10").stdout.strip()
    assert popshot("prize", "restock", prize_id, "5", "--by", "bob").stdout == "15 received in all, 15 free\n"
    assert popshot("prize", "correct", prize_id, "-3", "--by", "bob").stdout == "12 received in all, 12 free\n"
    assert popshot("prize", "correct", prize_id, "1", "--reason", "found").stdout == "13 received in all, 13 free\n"
    assert is_refused(popshot("prize", "correct", prize_id, "-14"))
    assert is_refused(popshot("prize", "correct", prize_id, "0"))
    with database.sessions() as session:
        lines = session.scalars(select(StockEntry).where(StockEntry.reason != "opening_stock")).all()
        told = {(line.reason, line.by, line.units) for line in lines}
        assert told == {("delivered", "bob", 5), ("recounted", "bob", 3), ("found", "operator", 1)}
        assert audit(session) == []


@pytest.fixture
def award(popshot: Popshot, session: Session) -> Award:
    """An open award of a sticker."""
    popshot("prize", "add", *STICKER, "--units", "2", "--score", "150")
    boss = find_campaign(session, "boss")
    assert boss is not None
    with transaction(session):
        won = climb(session, Win(boss.id, Way.LADDER, "round", "alice", "round"), 150, NOON, TERMS)
    assert won is not None
    return won


def claim_it(session: Session, award: Award) -> None:
    with transaction(session):
        claim(session, claim_code(TERMS.claim_key, award.id), Contact(), NOON)


def test_an_award_is_sent_once_and_a_repeat_tells_by_whom(popshot: Popshot, session: Session, award: Award) -> None:
    assert is_refused(popshot("award", "sent", award.id, "--by", "bob"))  # it is not claimed
    claim_it(session, award)
    assert popshot("award", "sent", award.id, "--by", "bob").stdout == "sent\n"
    again = popshot("award", "sent", award.id, "--by", "mona")
    assert (again.exit_code, again.stdout) == (0, "sent before by bob at 2026-12-01 12:00 UTC; nothing has changed\n")
    with transaction(session):
        assert [(line.by, line.at) for line in session.scalars(select(Sending))] == [("bob", NOON)]
    assert audit(session) == []


@pytest.mark.parametrize("is_claimed", [False, True])
def test_an_award_is_revoked_once_and_a_repeat_tells_by_whom(popshot: Popshot, session: Session, award: Award,
                                                             is_claimed: bool) -> None:
    if is_claimed:
        claim_it(session, award)
    words = ("award", "revoke", award.id, "--reason", "fraud", "--by")
    assert popshot(*words, "bob").stdout == "revoked\n"
    again = popshot(*words, "mona")
    told = "revoked before by bob at 2026-12-01 12:00 UTC; nothing has changed\n"
    assert (again.exit_code, again.stdout) == (0, told)
    assert is_refused(popshot("award", "sent", award.id))
    assert audit(session) == []


def test_an_award_that_went_back_or_is_not_there_is_neither_sent_nor_revoked(popshot: Popshot, session: Session,
                                                                             award: Award) -> None:
    with transaction(session):
        expire_awards(session, award.claim_before, 9)
    for award_id, sentence in ((award.id, "is expired"), ("nobody", "There is no award nobody.")):
        for words in (("sent",), ("revoke", "--reason", "fraud")):
            refused = popshot("award", *words, award_id)
            assert is_refused(refused)
            assert sentence in refused.stderr


def test_what_was_sent_before_its_sender_was_written_down_is_told_without(popshot: Popshot, session: Session,
                                                                          award: Award) -> None:
    claim_it(session, award)
    with transaction(session):
        session.execute(update(Award).values(state=AwardState.SENT))
    assert popshot("award", "sent", award.id).stdout == "sent before; nothing has changed\n"
