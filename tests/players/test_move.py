"""A player moves to another device by a code that works once, for ten minutes, and is stored nowhere."""

from collections.abc import Callable
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.db import transaction
from server.errors import Problem
from server.keys import derive_keys
from server.players.move import CODE, make_move, redeem_move
from server.players.player import Player as PlayerRow
from server.players.player import hash_token
from tests.rig.app import MASTER
from tests.rig.clock import FakeClock
from tests.rig.play import Player, json_of, problem_of
from tests.rig.race import PATIENCE_S, Race

KEY = derive_keys(MASTER).move


def offer(player: Player) -> str:
    """The code of a move that the player has asked for."""
    address: str = json_of(player.post("/players/me/moves"), 201)["address"]
    return urlsplit(address).fragment.removeprefix("move=")


def test_the_address_is_our_own_and_its_code_is_behind_the_hash(app: Flask, alice: Player) -> None:
    move = json_of(alice.post("/players/me/moves", headers={"Host": "evil.example"}), 201)
    address = urlsplit(move["address"])
    assert move["address"].startswith(app.extensions["popshot_play_terms"].public_url + "/me#move=")
    assert (address.path, address.query) == ("/me", "")
    assert address.fragment.removeprefix("move=").startswith(alice.alias.replace(" ", "-"))
    assert CODE.fullmatch(address.fragment.removeprefix("move="))
    assert move["qr"].startswith("data:image/svg+xml")
    assert move["expires_at"] == "2026-12-01T12:10:00.000Z"


def test_the_new_device_is_the_player_and_the_old_one_nobody(alice: Player) -> None:
    taken = json_of(alice.post("/moves", {"code": offer(alice)}), 200)
    assert taken["player"] == {"id": alice.id, "alias": alice.alias}
    assert problem_of(alice.get("/players/me")) == "unknown_player"
    alice.token = taken["token"]
    assert json_of(alice.get("/players/me"), 200)["player"]["id"] == alice.id


def test_a_code_works_once(alice: Player, charlie: Player) -> None:
    code = offer(alice)
    json_of(charlie.post("/moves", {"code": code}), 200)
    assert problem_of(charlie.post("/moves", {"code": code})) == "move_not_found"


OWN = "n" * 43  # the token that a new device has made for itself


def test_a_device_that_made_its_own_token_may_ask_again_when_the_answer_was_lost(alice: Player) -> None:
    code = offer(alice)
    first, again = (json_of(alice.post("/moves", {"code": code, "token": OWN}), 200) for _ in range(2))
    assert first == again == {"player": {"id": alice.id, "alias": alice.alias}, "token": OWN}
    alice.token = OWN
    assert json_of(alice.get("/players/me"), 200)["player"]["id"] == alice.id


def test_another_token_with_a_used_code_gets_nothing(alice: Player, charlie: Player) -> None:
    code = offer(alice)
    json_of(alice.post("/moves", {"code": code, "token": OWN}), 200)
    assert problem_of(charlie.post("/moves", {"code": code, "token": "m" * 43})) == "move_not_found"


def test_a_token_must_be_a_new_one_of_its_own(alice: Player, charlie: Player) -> None:
    code = offer(alice)
    for token in ("weak", charlie.token):
        assert problem_of(charlie.post("/moves", {"code": code, "token": token})) == "malformed"
    json_of(charlie.post("/moves", {"code": code, "token": OWN}), 200)


def test_a_code_made_before_a_move_is_dead_after_it(alice: Player, charlie: Player) -> None:
    first, second = offer(alice), offer(alice)
    json_of(charlie.post("/moves", {"code": second}), 200)
    assert problem_of(charlie.post("/moves", {"code": first})) == "move_not_found"


def test_a_code_ends_after_ten_minutes(alice: Player, clock: FakeClock) -> None:
    code = offer(alice)
    clock.advance(minutes=9, seconds=59)
    early = offer(alice)
    clock.advance(seconds=1)
    assert problem_of(alice.post("/moves", {"code": code})) == "move_expired"
    json_of(alice.post("/moves", {"code": early}), 200)


def test_an_erased_player_cannot_be_taken_over(alice: Player, charlie: Player) -> None:
    code = offer(alice)
    assert alice.call("DELETE", "/players/me").status_code == 204
    assert problem_of(charlie.post("/moves", {"code": code})) == "move_not_found"


def test_a_code_with_any_part_changed_is_not_known(alice: Player, charlie: Player) -> None:
    alias, player_id, expiry, mark = offer(alice).split(".")
    for forged in (f"Other.{player_id}.{expiry}.{mark}", f"{alias}.{charlie.id}.{expiry}.{mark}",
                   f"{alias}.{player_id}.{int(expiry) + 60}.{mark}", f"{alias}.{player_id}.{expiry}.{mark[::-1]}",
                   f"{alias}.{player_id}.{expiry}", "", "é", "a" * 160):
        assert problem_of(charlie.post("/moves", {"code": forged})) == "move_not_found"
    assert problem_of(charlie.post("/moves", {"code": "a" * 161})) == "too_large"
    assert problem_of(charlie.post("/moves", {})) == "malformed"


def test_a_stranger_is_offered_no_code(app: Flask) -> None:
    response = app.test_client().post("/api/v1/players/me/moves")
    assert (response.status_code, response.get_json()["code"]) == (401, "unknown_player")


def naive_redeem(player_id: str, devices: int) -> Callable[[Session], bool]:
    """What not to do: read the token, then write by id alone. The barrier lets everybody read first."""
    everybody_has_read = Barrier(devices, timeout=PATIENCE_S)

    def attempt(session: Session) -> bool:
        seen = session.scalar(select(PlayerRow.token_hash).where(PlayerRow.id == player_id))
        session.rollback()
        everybody_has_read.wait()
        if seen is None:
            return False
        with transaction(session):
            session.execute(update(PlayerRow).where(PlayerRow.id == player_id).values(token_hash=hash_token("new")))
        return True

    return attempt


def test_two_devices_both_take_over_if_we_read_then_write(alice: Player, race: Race) -> None:
    assert sum(race(naive_redeem(alice.id, devices=2), players=2)) == 2


@pytest.mark.usefixtures("app")
def test_of_eight_devices_with_one_code_one_takes_over(alice: Player, race: Race, clock: FakeClock) -> None:
    with race.database.sessions() as session:
        code, _ = make_move(session.get_one(PlayerRow, alice.id), KEY, clock())

    def attempt(session: Session) -> str:
        try:
            return redeem_move(session, code, KEY, clock())[1]
        except Problem as problem:
            return problem.code

    token, *refused = sorted(race(attempt, players=8), key="move_not_found".__eq__)
    assert refused == ["move_not_found"] * 7
    with race.database.sessions() as session:
        assert session.get_one(PlayerRow, alice.id).token_hash == hash_token(token)
