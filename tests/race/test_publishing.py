"""A campaign is published while staff move its stock: each unit has its winning moment, whoever comes first."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Barrier, Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.db import new_id
from prizes.planned import PlannedPrize, is_planned
from prizes.prize import Prize
from prizes.stock import Stock, correct, restock, withdraw
from server.campaigns.campaign import Campaign
from server.campaigns.load_draft import load_draft
from server.campaigns.publish import SealedCampaign, publish, require_movable
from server.db import Database, is_sqlite, transaction
from server.play.round import Round
from server.players.player import add_player
from server.simulation.rules import Rules
from tests.campaigns.drafts import TOYS_FILE, read
from tests.rig.app import terms_of
from tests.rig.clock import NOON
from tests.rig.race import PATIENCE_S, Race

GOLDEN = 300  # units of the fair's instant win
TRIES = 12
Move = Callable[[Session, str], bool]
Deed = Callable[[Session], bool]

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


def run_both(race: Race, *deeds: Deed) -> list[bool]:
    todo: Iterator[Deed] = iter(deeds)

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


def deliver_at_play(database: Database, prize_id: str, lock: Callable[[Session, str], object]) -> tuple[Deed, Deed]:
    """Staff hold the campaign and want the stock; a round holds the stock and names its campaign, by a foreign key."""
    is_alone = is_sqlite(database.engine)  # one writer at a time, and no circle
    both_hold_one = Barrier(1 if is_alone else 2, timeout=PATIENCE_S)

    def staff(session: Session) -> bool:
        with transaction(session):
            lock(session, prize_id)
            both_hold_one.wait()
            return restock(session, prize_id, 1, NOON, "delivered")

    def player(session: Session) -> bool:
        with transaction(session):
            campaign_id = session.get_one(Prize, prize_id).campaign_id
            alice, _ = add_player(session, NOON)
            session.flush()
            assert withdraw(session, prize_id, 1, NOON, "any_move")
            both_hold_one.wait()
            session.add(Round(id=new_id(), campaign_id=campaign_id, player_id=alice.id, rules=Rules().as_json(),
                              opened_at=NOON, wave_starts_at=NOON, closes_by=NOON))
        return True

    return staff, player


def lock_whole_row(session: Session, prize_id: str) -> None:
    """What not to do: a foreign key waits for it."""
    of_prize = select(Prize.campaign_id).where(Prize.id == prize_id).scalar_subquery()
    session.execute(select(Campaign.id).where(Campaign.id == of_prize).with_for_update())


def test_who_locks_the_whole_campaign_and_a_round_wait_in_a_circle(
        database: Database, golden: str, race: Race) -> None:
    deeds = deliver_at_play(database, golden, lock_whole_row)
    if is_sqlite(database.engine):
        assert all(run_both(race, *deeds))
        return
    with pytest.raises(Exception, match="deadlock"):
        run_both(race, *deeds)


def test_stock_is_delivered_while_rounds_are_played(database: Database, golden: str, race: Race) -> None:
    assert all(run_both(race, *deliver_at_play(database, golden, partial(require_movable, units=1))))
