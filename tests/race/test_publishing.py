"""A campaign is published while staff move its stock: each unit has its winning moment, whoever comes first."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.planned import PlannedPrize, is_planned
from prizes.prize import Prize
from prizes.stock import Stock, correct, restock, withdraw
from server.campaigns.load_draft import load_draft
from server.campaigns.publish import SealedCampaign, publish, require_movable
from server.db import Database, transaction
from tests.campaigns.drafts import TOYS_FILE, read
from tests.rig.app import terms_of
from tests.rig.clock import NOON
from tests.rig.race import PATIENCE_S, Race

GOLDEN = 300  # units of the fair's instant win
TRIES = 12
Move = Callable[[Session, str], bool]

MOVES: tuple[Move, ...] = (
    lambda session, prize_id: withdraw(session, prize_id, 1, NOON, "damaged"),
    lambda session, prize_id: restock(session, prize_id, 1, NOON, "delivered"),
    lambda session, prize_id: correct(session, prize_id, -2, NOON, "recounted"),
)


@pytest.fixture
def golden(database: Database) -> str:
    """The prize of a draft with instant wins."""
    return add_fair(database, "fair")


def add_fair(database: Database, slug: str) -> str:
    content = (TOYS_FILE.parent / "fair.toml").read_text("utf-8").replace('slug = "fair"', f'slug = "{slug}"')
    with database.sessions() as session:
        campaign = load_draft(session, read(content.encode()), NOON)
        return session.scalars(select(Prize.id).where(Prize.campaign_id == campaign.id, Prize.key == "golden")).one()


def counted(database: Database, prize_id: str) -> tuple[int, int]:
    """Winning moments, and units that may be won."""
    with database.sessions() as session:
        assert audit(session) == []
        stock = session.get_one(Stock, prize_id)
        return session.get_one(PlannedPrize, prize_id).units, stock.received - stock.withdrawn


def publish_fair(session: Session, slug: str = "fair") -> bool:
    return not publish(session, slug, terms_of, NOON).flaws


def move_safely(session: Session, prize_id: str, move: Move) -> bool:
    """False when the plan forbids it."""
    try:
        with transaction(session):
            require_movable(session, prize_id, 1)
            return move(session, prize_id)
    except SealedCampaign:
        return False


def test_a_move_that_asks_before_its_transaction_leaves_a_moment_without_a_unit(
        database: Database, golden: str, race: Race) -> None:
    has_asked, is_published = Event(), Event()

    def staff(session: Session) -> bool:
        assert not is_planned(session, golden)
        session.rollback()
        has_asked.set()
        assert is_published.wait(PATIENCE_S)
        with transaction(session):
            return withdraw(session, golden, 1, NOON, "damaged")

    def publisher(session: Session) -> bool:
        assert has_asked.wait(PATIENCE_S)
        done = publish_fair(session)
        is_published.set()
        return done

    assert all(run_both(race, staff, publisher))
    assert counted(database, golden) == (GOLDEN, GOLDEN - 1)


def run_both(race: Race, *deeds: Callable[[Session], bool]) -> list[bool]:
    todo: Iterator[Callable[[Session], bool]] = iter(deeds)

    def attempt(session: Session) -> bool:
        deed = next(todo)
        return deed(session)

    return race(attempt, players=len(deeds))


@pytest.mark.parametrize("move", MOVES, ids=("withdraw", "restock", "correct"))
def test_however_a_move_and_publishing_meet_there_are_as_many_moments_as_units(
        database: Database, race: Race, move: Move) -> None:
    for number in range(TRIES):
        slug = f"fair{number}"
        prize_id = add_fair(database, slug)
        done = run_both(race, partial(move_safely, prize_id=prize_id, move=move), partial(publish_fair, slug=slug))
        moments, units = counted(database, prize_id)
        assert moments == units
        assert sum(done) == (1 if units == GOLDEN else 2)


def test_who_moves_stock_holds_publishing_up_and_is_counted(database: Database, golden: str, race: Race) -> None:
    may_publish, order = Event(), []

    def staff(session: Session) -> bool:
        with transaction(session):
            require_movable(session, golden, 0)
            may_publish.set()
            order.append("moved")
            return withdraw(session, golden, 1, NOON, "damaged")

    def publisher(session: Session) -> bool:
        assert may_publish.wait(PATIENCE_S)
        done = publish_fair(session)
        order.append("published")
        return done

    assert all(run_both(race, staff, publisher))
    assert counted(database, golden) == (GOLDEN - 1, GOLDEN - 1)
    assert order == ["moved", "published"]
