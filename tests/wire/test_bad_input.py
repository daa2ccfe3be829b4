"""What bad input gets: a problem with its code; nothing is stored, nothing is lost."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from server.campaigns.campaign import CampaignState
from server.db import Database
from server.wire import MAX_BODY_BYTES
from tests.rig.app import add_campaign
from tests.rig.clock import NOON, FakeClock
from tests.rig.dump import dump
from tests.rig.play import Play, Player, json_of, problem_of


def wave(shots: Any, number: Any = 1) -> bytes:
    return json.dumps({"wave": number, "shots": shots}).encode()


LEGAL = [[20, 360, 640], [40, 360, 640]]
FULL_MAGAZINE = [[20 + 12 * dart, 360, 640] for dart in range(8)]

MALFORMED = {
    "nothing": b"",
    "spaces": b"   ",
    "half an object": b'{"wave": 1, "shots": [',
    "two objects": wave([]) * 2,
    "bytes that are no text": b"\xff\xfe\x00",
    "a mark before the text": b"\xef\xbb\xbf" + wave([]),
    "a NUL after the text": wave([]) + b"\x00",
    "a list": b"[]",
    "a text": b'"wave"',
    "a number": b"1",
    "null": b"null",
    "not a number": b'{"wave": NaN, "shots": []}',
    "infinity": b'{"wave": Infinity, "shots": []}',
    "lists in lists, 20,000 deep": b"[" * 20_000,
    "objects in objects, 5,000 deep": b'{"wave":' * 5_000,
    "half a character": b'{"wave": "\\ud800", "shots": []}',
    "half a character's bytes": b'{"wave": "\xed\xa0\x80", "shots": []}',
    "no wave": b'{"shots": []}',
    "no shots": b'{"wave": 1}',
    "wave 0": wave([], 0),
    "wave 10": wave([], 10),
    "wave -1": wave([], -1),
    "a text as wave": wave([], "1"),
    "true as wave": wave([], True),
    "a fraction as wave": wave([], 1.0),
    "null as wave": wave([], None),
    "a huge wave": wave([], 10**30),
    "a wave of 400 digits": wave([], 10**400),
    "an object as shots": wave({}),
    "a text as shots": wave("20,360,640"),
    "null as shots": wave(None),
    "a shot of two numbers": wave([[20, 360]]),
    "a shot of four numbers": wave([[20, 360, 640, 1]]),
    "an object as shot": wave([{"tick": 20, "x": 360, "y": 640}]),
    "a fraction as tick": wave([[20.5, 360, 640]]),
    "a whole fraction as tick": wave([[20.0, 360, 640]]),
    "a text as tick": wave([["20", 360, 640]]),
    "true as tick": wave([[True, 360, 640]]),
    "null as x": wave([[20, None, 640]]),
    "a list as y": wave([[20, 360, [640]]]),
    "a tick of 400 digits": wave([[10**400, 360, 640]]),
    "a tick beyond 2^53": wave([[2**53, 360, 640]]),
    "a form": b"wave=1&shots=",
}
TOO_LARGE = {
    "10,000 shots": wave([[20, 360, 640]] * 10_000),
    "65 shots": wave([[20, 360, 640]] * 65),
    "a megabyte of spaces": b" " * 2**20,
    "one byte too many": b" " * (MAX_BODY_BYTES + 1),
}
ILLEGAL = {
    "a negative tick": ([[-1, 360, 640]], 0),
    "a tick of the next submission": ([*LEGAL, [264, 360, 640]], 2),
    "a tick after the round": ([[2_700, 360, 640]], 0),
    "a shot to the left of the world": ([[20, -1, 640]], 0),
    "a shot to the right of the world": ([[20, 720, 640]], 0),
    "a shot above the world": ([*LEGAL, [60, 360, -1]], 2),
    "a shot below the world": ([[20, 360, 1_280]], 0),
    "a shot far outside": ([[20, 2**53 - 1, -(2**53) + 1]], 0),
    "two shots in one tick": ([[20, 360, 640], [20, 361, 640]], 1),
    "two shots within the cooldown": ([[20, 360, 640], [31, 360, 640]], 1),
    "a shot before the one before": ([[40, 360, 640], [20, 360, 640]], 1),
    "a ninth dart before the reload": ([*FULL_MAGAZINE, [20 + 12 * 7 + 44, 360, 640]], 8),
}


@pytest.fixture
def play(alice: Player) -> Play:
    return alice.open().wait()


@pytest.fixture
def nothing_stored(database: Database, play: Play) -> Iterator[None]:
    """A refusal leaves every table as it was, and the round goes on."""
    before = dump(database)
    yield
    assert dump(database) == before
    assert json_of(play.submit(LEGAL), 200)["wave"]["number"] == 2
    assert dump(database) != before


def send_chunks(play: Play, body: bytes) -> TestResponse:
    """Submit a body of no told length, as a server hands it on that has decoded its chunks."""
    how: dict[str, Any] = {"input_stream": BytesIO(body), "environ_overrides": {"wsgi.input_terminated": True}}
    return play.player.call("POST", f"{play.path}/waves", content_type="application/json", **how)


def send(play: Play, body: bytes, **how: Any) -> tuple[int, str]:
    """(status, code) of a refused submission."""
    how.setdefault("content_type", "application/json")
    response = play.player.call("POST", f"{play.path}/waves", data=body, **how)
    return response.status_code, problem_of(response)


@pytest.mark.usefixtures("nothing_stored")
def test_what_is_not_the_form_asked_for_is_malformed(play: Play) -> None:
    answers = {name: send(play, body) for name, body in MALFORMED.items()}
    assert answers == dict.fromkeys(MALFORMED, (400, "malformed"))


@pytest.mark.usefixtures("nothing_stored")
def test_what_is_more_than_is_read_is_too_large(play: Play) -> None:
    answers = {name: send(play, body) for name, body in TOO_LARGE.items()}
    assert answers == dict.fromkeys(TOO_LARGE, (413, "too_large"))


@pytest.mark.usefixtures("nothing_stored")
def test_shots_against_the_rules_are_refused_with_the_first_one_named(play: Play) -> None:
    answers = {name: play.submit(shots) for name, (shots, _) in ILLEGAL.items()}
    told = {name: (problem_of(answer), answer.get_json()["index"]) for name, answer in answers.items()}
    assert told == {name: ("illegal_shots", index) for name, (_, index) in ILLEGAL.items()}


@pytest.mark.usefixtures("nothing_stored")
def test_a_body_in_chunks_is_bounded_too(play: Play) -> None:
    response = send_chunks(play, b" " * (MAX_BODY_BYTES + 1))
    assert (response.status_code, problem_of(response)) == (413, "too_large")


def test_a_small_body_in_chunks_is_read(play: Play) -> None:
    assert json_of(send_chunks(play, wave(LEGAL)), 200)["wave"]["number"] == 2


def test_json_is_read_whatever_it_is_called(play: Play) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x", ""):
        response = play.player.call("POST", f"{play.path}/waves", data=wave(LEGAL), content_type=kind)
        assert json_of(response, 200)["wave"]["number"] == 2


def test_of_a_member_named_twice_the_last_one_counts(play: Play) -> None:
    body = b'{"wave": 7, "shots": "x", "wave": 1, "shots": []}'
    assert json_of(play.player.call("POST", f"{play.path}/waves", data=body), 200)["wave"]["number"] == 2


def test_a_shot_of_a_wave_before_is_refused(play: Play, database: Database) -> None:
    play.pass_waves(1).wait()
    before = dump(database)
    response = play.submit([[263, 360, 640]])
    assert (response.status_code, problem_of(response)) == (422, "illegal_shots")
    assert dump(database) == before
    assert json_of(play.submit([[264, 360, 640]]), 200)["wave"]["number"] == 3


@pytest.mark.usefixtures("nothing_stored")
def test_a_wave_of_the_future_is_out_of_order(play: Play) -> None:
    assert send(play, wave([], 2)) == send(play, wave([], 9)) == (409, "wave_out_of_order")


def test_another_players_round_is_not_found(play: Play, charlie: Player, database: Database) -> None:
    before = dump(database)
    for method, path in (("POST", f"{play.path}/waves"), ("GET", play.path), ("GET", f"{play.path}/replay")):
        response = charlie.call(method, path, data=wave(LEGAL) if method == "POST" else b"")
        assert (response.status_code, problem_of(response)) == (404, "round_not_found")
    assert dump(database) == before


@pytest.mark.usefixtures("nothing_stored")
def test_a_truncated_token_is_nobodys(play: Play) -> None:
    token = play.player.token
    cut_or_long = [f"Bearer {said}" for said in ("", token[:1], token[:42], f"{token}a", "a" * 43, "\xff")]
    for said in (*cut_or_long, "Bearer", "Basic YTpi", "bearer\t", "\x00", f"Basic {token}", token):
        how: dict[str, Any] = {"headers": {"Authorization": said}}
        answers = [play.player.post(f"{play.path}/waves", {"wave": 1, "shots": []}, **how),
                   play.player.get(play.path, **how), play.player.post("/campaigns/boss/rounds", **how)]  # fmt: skip
        assert [problem_of(answer) for answer in answers] == ["unknown_player"] * 3


def test_a_round_of_one_campaign_counts_in_no_other(alice: Player, database: Database) -> None:
    add_campaign(database, "other")
    alice.play(1, enough=200)
    other = json_of(alice.get("/campaigns/other/standings"), 200)
    assert (other["top"], other["me"], other["players"]) == ([], None, 0)
    assert json_of(alice.get("/campaigns/boss/standings"), 200)["players"] == 1


def test_an_ended_round_takes_no_more_shots(alice: Player, database: Database) -> None:
    play = alice.play(1, enough=200)
    before = dump(database)
    response = alice.post(f"{play.path}/waves", {"wave": 9, "shots": [[2_699, 1, 1]]})
    assert (response.status_code, problem_of(response)) == (409, "already_submitted")
    assert dump(database) == before


def test_a_round_that_ran_out_takes_no_more_shots(play: Play, clock: FakeClock) -> None:
    clock.advance(hours=1)
    response = play.submit(LEGAL)
    assert (response.status_code, problem_of(response)) == (409, "round_over")


CLOSED = {
    "ended": ({"state": CampaignState.ENDED}, 410, "campaign_closed"),
    "past its window": ({"closes_at": NOON}, 410, "campaign_closed"),
    "before its window": ({"opens_at": NOON.replace(year=2027)}, 423, "campaign_not_open"),
    "paused": ({"state": CampaignState.PAUSED}, 423, "campaign_paused"),
    "a draft": ({"state": CampaignState.DRAFT}, 404, "campaign_not_found"),
}


@pytest.mark.parametrize(("choices", "status", "code"), CLOSED.values(), ids=CLOSED.keys())
def test_a_campaign_that_is_not_open_opens_no_round(
    alice: Player, database: Database, choices: dict[str, Any], status: int, code: str
) -> None:
    add_campaign(database, "shut", **({"closes_at": NOON.replace(year=2028)} | choices))
    before = dump(database)
    response = alice.post("/campaigns/shut/rounds")
    assert (response.status_code, problem_of(response)) == (status, code)
    assert dump(database) == before


def test_a_round_that_began_in_time_may_end_after_the_campaign(alice: Player, database: Database) -> None:
    add_campaign(database, "short", closes_at=NOON.replace(second=1))
    assert alice.play(1, slug="short", enough=200).outcome["verdict"] == "accepted"
