"""Who guesses is slowed, told and written down; nobody is ever locked out by somebody else's guesses."""

import pytest
from sqlalchemy.orm import Session

from server.backoffice.rights import Role
from server.backoffice.staff.tries import FREE, FREE_ON_ALL, LONGEST_S, counts_of, forget_tries, take_turn
from server.db import Database, transaction
from server.errors import Problem
from tests.office.cast import Office
from tests.office.staff.door import Door, hire
from tests.rig.clock import NOON, FakeClock
from tests.rig.race import Race

GUESSES = counts_of("password", "bob", "network", None)


def wait(session: Session, clock: FakeClock) -> int:
    """A wrong try; the seconds to wait if it was refused, else 0."""
    try:
        take_turn(session, GUESSES, clock())
    except Problem as refused:
        return refused.retry_after or 0
    return 0


def test_ten_tries_are_free_then_each_waits_twice_as_long_up_to_a_minute(session: Session, clock: FakeClock) -> None:
    assert [wait(session, clock) for _ in range(FREE)] == [0] * FREE
    waits = []
    for _ in range(9):
        waits.append(wait(session, clock))
        clock.advance(seconds=waits[-1])
        assert wait(session, clock) == 0
    assert waits == [1, 2, 4, 8, 16, 32, LONGEST_S, LONGEST_S, LONGEST_S]


def test_a_right_one_or_an_hour_makes_the_next_ten_free(session: Session, clock: FakeClock) -> None:
    for _ in range(FREE):
        wait(session, clock)
    clock.advance(hours=1, seconds=1)
    assert wait(session, clock) == 0
    for _ in range(FREE - 1):
        wait(session, clock)
    assert wait(session, clock) > 0
    with transaction(session):
        forget_tries(session, GUESSES)
    assert wait(session, clock) == 0


def test_many_at_once_are_no_way_round(database: Database, race: Race) -> None:
    def attempt(session: Session) -> bool:
        try:
            take_turn(session, GUESSES, NOON)
        except Problem:
            return False
        return True

    assert sum(race(attempt, players=8, attempts=4)) == FREE


def test_guesses_at_the_door_are_slowed_told_and_written_down(office: Office, door: Door) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    for _ in range(FREE):
        assert door.sign_in(password="wrong").status_code == 422
    answer = door.sign_in()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert "10 tries were wrong. Wait 1 seconds" in answer.get_data(as_text=True)
    assert [(act.word, act.after, act.brand_id) for act in office.acts()] == [
        ("staff.wrong_tries", {"what": "password", "wrong": 10}, office.brand_id)]
    office.clock.advance(seconds=1)
    assert door.sign_in().status_code == 303


def test_who_was_guessed_at_is_told_at_the_next_sign_in(office: Office, door: Door) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    for _ in range(FREE):
        Door(office, "10.7.7.7").sign_in(password="wrong")
    office.clock.advance(seconds=1)
    door.sign_in()
    assert "at least 10 times" in door.get("/backoffice/account").get_data(as_text=True)
    door.post("/backoffice/sign-out")
    office.clock.advance(seconds=1)
    door.sign_in()
    assert "at least 10 times" not in door.get("/backoffice/account").get_data(as_text=True)


def test_a_stranger_never_keeps_a_colleague_out(office: Office) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    bob = Door(office, "10.0.0.7")
    bob.sign_in()
    bob.post("/backoffice/sign-out")
    stranger = Door(office, "10.0.0.9")  # of the same network
    for _ in range(FREE + 1):
        stranger.sign_in(password="wrong")
    assert stranger.sign_in().status_code == 429
    assert bob.sign_in().status_code == 303  # a browser that the account knows
    assert Door(office, "10.9.9.9").sign_in().status_code == 303  # another network
    assert Door(office, "10.0.0.8").sign_in().status_code == 429


def test_who_tries_codes_from_many_networks_is_slowed_too(session: Session, clock: FakeClock) -> None:
    for number in range(FREE_ON_ALL):
        take_turn(session, counts_of("code", "bob", f"network {number}", None), clock())
    with pytest.raises(Problem):
        take_turn(session, counts_of("code", "bob", "another", None), clock())
    take_turn(session, counts_of("code", "mona", "another", None), clock())
    take_turn(session, counts_of("code", "bob", "another", "a browser that is known"), clock())
    clock.advance(seconds=1)
    take_turn(session, counts_of("code", "bob", "another", None), clock())


def test_an_office_that_signs_in_all_day_is_not_slowed(session: Session, clock: FakeClock) -> None:
    for number in range(3 * FREE_ON_ALL):
        counts = counts_of("password", f"person {number % 60}", "the office", None)
        take_turn(session, counts, clock())
        with transaction(session):
            forget_tries(session, counts)
