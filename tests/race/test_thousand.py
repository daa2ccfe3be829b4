"""A thousand tries and more at each thing that only one may have; nothing oversold, nothing doubled, books agree."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from threading import Barrier, Lock

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import GIVEN_UP, Award, AwardState, Way
from prizes.award_prize import award_prize
from prizes.claim import AboveCap, Claim, ClaimRefused, Contact, claim, claim_code
from prizes.give_up import expire_awards, lock_desks
from prizes.prize import Prize, PrizeKind
from prizes.stock import Stock, add_prize, restock
from prizes.way import AwardTerms, ClaimTerms, Win
from prizes.ways.ladder import add_step, climb
from server.db import Database, transaction
from tests.prizes.scene import CAMPAIGN, TERMS, Scene
from tests.rig.clock import NOON
from tests.rig.race import Race

PLAYERS, ATTEMPTS = 16, 63  # 1,008 tries
FREE = ClaimTerms()


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


class Numbers:
    """Numbers for many threads, each once."""

    def __init__(self) -> None:
        self._numbers, self._lock = count(), Lock()

    def __call__(self) -> int:
        with self._lock:
            return next(self._numbers)


def win(session: Session, cause: str, player: str, *, network: str | None = None,
        terms: AwardTerms = TERMS) -> Award | None:
    with transaction(session):
        return climb(session, Win(CAMPAIGN, Way.LADDER, cause, player, cause, network), 100, NOON, terms)


def books_agree(database: Database) -> bool:
    with database.sessions() as session:
        return audit(session) == []


def test_a_hundred_units_are_won_a_hundred_times(scene: Scene, race: Race) -> None:
    prize_id, number = scene.add_prize(units=100), Numbers()

    def attempt(session: Session) -> bool:
        own = number()
        return win(session, f"r{own}", f"p{own}") is not None

    assert sum(race(attempt, players=PLAYERS, attempts=ATTEMPTS)) == 100
    assert (scene.stock(prize_id).free, scene.stock(prize_id).reserved) == (0, 100)
    assert books_agree(scene.database)


def test_a_round_that_many_finish_at_once_has_one_award(scene: Scene, race: Race) -> None:
    """Every round of sixty-three is finished by all sixteen."""
    scene.add_prize(units=1_000)
    todo = Numbers()

    def attempt(session: Session) -> str | None:
        cause = f"r{todo() // PLAYERS}"
        award = win(session, cause, cause)
        return None if award is None else award.id

    won = race(attempt, players=PLAYERS, attempts=ATTEMPTS)
    assert None not in won
    assert len(set(won)) == len(scene.awards()) == ATTEMPTS
    assert books_agree(scene.database)


def claims(scene: Scene, units: int) -> list[str]:
    scene.add_prize(units=units)
    awards = [scene.win(player=f"p{number}") for number in range(units)]
    return [claim_code(TERMS.claim_key, award.id) for award in awards if award is not None]


def test_a_code_that_many_claim_at_once_is_claimed_once(scene: Scene, race: Race) -> None:
    codes, todo = claims(scene, ATTEMPTS), Numbers()

    def attempt(session: Session) -> bool:
        """Each code by sixteen who say different things: one of them passes."""
        own = todo()
        try:
            with transaction(session):
                code, who = codes[own // PLAYERS], Contact(f"{own}@example.org")
                return isinstance(claim(session, code, who, NOON, FREE), Claim)
        except ClaimRefused:
            return False

    assert sum(race(attempt, players=PLAYERS, attempts=ATTEMPTS)) == ATTEMPTS
    assert scene.count(Claim) == ATTEMPTS
    assert books_agree(scene.database)


def test_a_claim_that_reads_first_and_writes_then_is_granted_twice(scene: Scene, race: Race) -> None:
    """The control: on PostgreSQL two read the same open award; SQLite's one writer makes it read before it begins."""
    claims(scene, 1)

    def naive(session: Session) -> bool:
        session.rollback()
        is_open = session.scalar(select(Award.state)) == AwardState.OPEN
        both_have_read.wait()
        session.rollback()
        with transaction(session):
            session.execute(update(Award).values(state=AwardState.CLAIMED))
        return is_open

    both_have_read = Barrier(2, timeout=30)
    assert sum(race(naive, players=2)) == 2


def test_claims_in_time_and_expiries_at_once_share_the_awards(scene: Scene, race: Race) -> None:
    codes, todo = claims(scene, 500), Numbers()
    deadline = scene.awards()[0].claim_before

    def attempt(session: Session) -> int:
        own = todo()
        with transaction(session):
            if own % 2:
                return expire_awards(session, deadline, 2)
            try:
                return isinstance(claim(session, codes[own // 2 % 500], Contact(f"{own}@a.org"), NOON, FREE), Claim)
            except ClaimRefused:
                return 0

    race(attempt, players=PLAYERS, attempts=ATTEMPTS)
    states = [award.state for award in scene.awards()]
    stock = scene.stock(scene.awards()[0].prize_id)
    assert stock.awarded == states.count(AwardState.CLAIMED)
    assert stock.free == states.count(AwardState.EXPIRED)
    assert books_agree(scene.database)


def test_units_that_arrive_while_they_are_won_are_each_won_once(scene: Scene, race: Race) -> None:
    prize_id, todo = scene.add_prize(units=1), Numbers()

    def attempt(session: Session) -> int:
        own = todo()
        if own % 3 == 0:
            with transaction(session):
                return -restock(session, prize_id, 1, NOON, "delivered")
        return win(session, f"r{own}", f"p{own}") is not None

    moved = race(attempt, players=PLAYERS, attempts=ATTEMPTS)
    stock, arrived = scene.stock(prize_id), 1 + moved.count(-1)
    assert stock.received == arrived == stock.free + stock.reserved
    assert stock.reserved == moved.count(1) == len(scene.awards())
    assert books_agree(scene.database)


@pytest.mark.parametrize(("prize", "terms", "most"), [
    ({"per_player": 5}, {}, 5), ({"per_player": 5_000, "per_hour": 7}, {}, 7),
    ({"per_player": 5_000, "per_day": 9}, {}, 9), ({"per_player": 5_000}, {"per_network": 11}, 11),
])  # fmt: skip
def test_no_cap_is_passed(scene: Scene, race: Race, prize: dict[str, int], terms: dict[str, int], most: int) -> None:
    """One player on one network, in one hour of one day."""
    prize_id, todo = scene.add_prize(units=2_000, per_player=prize["per_player"]), Numbers()
    with scene.database.sessions() as session, transaction(session):
        caps = {name: value for name, value in prize.items() if name != "per_player"}
        session.execute(update(Prize).where(Prize.id == prize_id).values(per_player=prize["per_player"], **caps))
    own_terms = AwardTerms(TERMS.claim_key, 30, None, keep_back=False, **terms)  # type: ignore[arg-type]

    def attempt(session: Session) -> bool:
        return win(session, f"r{todo()}", "alice", network="school", terms=own_terms) is not None

    assert sum(race(attempt, players=PLAYERS, attempts=ATTEMPTS)) == most
    assert books_agree(scene.database)


def test_one_person_with_a_thousand_awards_claims_no_more_than_the_cap(scene: Scene, race: Race) -> None:
    prize_id = scene.add_prize(units=1_008, per_player=5_000)
    with scene.database.sessions() as session, transaction(session):
        for number in range(PLAYERS * ATTEMPTS):
            climb(session, Win(CAMPAIGN, Way.LADDER, f"r{number}", f"p{number}", f"r{number}"), 100, NOON, TERMS)
    codes, todo = [claim_code(TERMS.claim_key, award.id) for award in scene.awards()], Numbers()
    terms = ClaimTerms(b"p" * 32, per_person=3)

    def attempt(session: Session) -> bool:
        with transaction(session):
            return isinstance(claim(session, codes[todo()], Contact("alice@example.org"), NOON, terms), AboveCap)

    assert race(attempt, players=PLAYERS, attempts=ATTEMPTS).count(False) == 3
    assert (scene.stock(prize_id).awarded, scene.stock(prize_id).free) == (3, 1_005)
    assert books_agree(scene.database)


def several_prizes(scene: Scene) -> list[str]:
    """Four prizes, each on a ladder of its own campaign's step."""
    ids = ["a", "b", "c", "d"]
    with scene.database.sessions() as session, transaction(session):
        for prize_id in ids:
            add_prize(session, Prize(id=prize_id, campaign_id=CAMPAIGN, names={"en": prize_id}, value_cents=1,
                                     kind=PrizeKind.PARCEL, per_player=5_000, created_at=NOON))
            restock(session, prize_id, 3_000, NOON, "delivered")
            add_step(session, CAMPAIGN, 100, prize_id)
    return ids


def mixed(scene: Scene, ids: list[str], *, with_desk: bool) -> Callable[[Session], bool]:
    """Rounds that win two prizes in either order, and expiries of whatever there is, at once."""
    todo = Numbers()

    def attempt(session: Session) -> bool:
        own = todo()
        with transaction(session):
            if own % 5 == 4:
                return expire_awards(session, NOON + timedelta(days=99), 3) >= 0
            if with_desk:
                lock_desks(session, [CAMPAIGN])
            for prize_id in (ids if own % 2 else ids[::-1])[:2 + own % 3]:
                prize = session.get_one(Prize, prize_id)
                win_one = Win(CAMPAIGN, Way.LADDER, f"{own}/{prize_id}", f"p{own}", f"r{own}")
                award_prize(session, win_one, prize, NOON, TERMS)
        return True

    return attempt


def test_rounds_that_win_several_prizes_and_expiries_never_wait_in_a_circle(scene: Scene, race: Race) -> None:
    ids = several_prizes(scene)
    assert all(race(mixed(scene, ids, with_desk=True), players=PLAYERS, attempts=ATTEMPTS))
    with scene.database.sessions() as session:
        standing = session.scalar(select(func.count()).select_from(Award).where(Award.state.not_in(GIVEN_UP)))
        assert session.scalar(select(func.sum(Stock.reserved))) == standing
    assert books_agree(scene.database)


def test_without_the_desk_they_do_wait_in_a_circle_where_several_write_at_once(scene: Scene, race: Race) -> None:
    """The control: PostgreSQL ends such a circle by refusing one of them. SQLite has one writer, and no circle."""
    ids = several_prizes(scene)
    if scene.database.engine.dialect.name == "sqlite":
        assert all(race(mixed(scene, ids, with_desk=False), players=4, attempts=4))
        return
    with pytest.raises(Exception, match=r"deadlock|lock timeout"):  # the latter: behind it
        race(mixed(scene, ids, with_desk=False), players=PLAYERS, attempts=ATTEMPTS)
