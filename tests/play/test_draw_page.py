"""A draw as the public sees it, and as an operator and a witness make it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from prizes.award import Award, AwardState, Way
from prizes.lottery import drawn_order, seed_of
from prizes.merkle import merkle_root
from prizes.prize import Prize
from prizes.stock import restock, withdraw
from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.play import rule_on_round
from server.play.give_prizes import accept_round
from tests.play.later import CLOSES_AT, OVER, later_campaign, popshot
from tests.rig.app import PLAY_TERMS
from tests.rig.bot import BEGINNER, GOOD
from tests.rig.clock import FakeClock
from tests.rig.play import Player, json_of, problem_of


def test_a_secret_draw_is_recomputed_by_anyone_from_the_wire(app: Flask, alice: Player, charlie: Player,
                                                             database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    path = f"/campaigns/{slug}/draw"
    for number, player in enumerate((alice, charlie, alice), start=1):
        player.play(number, BEGINNER, slug=slug)
    before = alice.get(path).get_json()
    assert (before["state"], before["entries"], before["slots"]) == ("open", 3, [])
    assert problem_of(alice.get(f"{path}/entries")) == "not_found"
    clock.now = OVER
    after = alice.get(path).get_json()
    entries = alice.get(f"{path}/entries").text.splitlines()
    assert hashlib.sha256(bytes.fromhex(after["value"])).hexdigest() == before["commitment"] == after["commitment"]
    assert merkle_root(entry.encode() for entry in entries).hex() == after["root"]
    seed = seed_of(bytes.fromhex(after["root"]), bytes.fromhex(after["value"]))
    assert (after["state"], after["seed"]) == ("drawn", seed.hex())
    assert after["slots"][0]["entry"] == entries[next(drawn_order(seed, len(entries)))].split(" ")[0]
    assert after["slots"][0]["alias"] in (alice.alias, charlie.alias)


def test_the_page_tells_before_the_draw_what_is_drawn_and_afterwards_who_has_it(
        app: Flask, alice: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    alice.play(1, BEGINNER, slug=slug)
    client = app.test_client()
    assert "<li><b>Trip</b></li>" in client.get(f"/c/{slug}/draw").text
    clock.now = OVER
    drawn = client.get(f"/c/{slug}/draw").text
    assert "<li><b>Trip</b></li>" not in drawn
    assert f"<li><b>{alice.alias}</b><span>Trip</span></li>" in drawn


def test_a_witness_draws_before_everybody_and_the_page_tells_who(app: Flask, alice: Player, database: Database,
                                                                 clock: FakeClock) -> None:
    slug = later_campaign(database, "witness")
    alice.play(1, BEGINNER, slug=slug)
    words = ("draw", "witness", slug, "--name", "A notary", "--value", "4 2 6")
    assert "not frozen yet" in str(popshot(database, clock, *words).exception)
    clock.now = OVER
    assert alice.get(f"/campaigns/{slug}/draw").get_json()["state"] == "frozen"
    assert popshot(database, clock, *words).output == "drawn\n"
    assert "made before" in popshot(database, clock, *words[:-1], "1 1 1").output
    page = app.test_client().get(f"/c/{slug}/draw").text
    assert "A notary" in page
    assert "4 2 6" in page
    assert alice.alias in page
    assert "value: 4 2 6" in popshot(database, clock, "draw", "show", slug).output


def test_a_round_that_is_still_open_at_the_close_is_waited_for(app: Flask, alice: Player, charlie: Player,
                                                              database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    clock.now = CLOSES_AT - timedelta(seconds=1)
    play = alice.open(slug)
    clock.now = OVER
    assert charlie.get(f"/campaigns/{slug}/draw").get_json()["state"] == "open"
    play.finish(play.bot(1, GOOD))
    assert charlie.get(f"/campaigns/{slug}/draw").get_json()["slots"][0]["alias"] == alice.alias


def test_a_held_round_that_is_released_while_the_entries_are_frozen_does_not_change_them(
        app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock,
        monkeypatch: pytest.MonkeyPatch) -> None:
    """The close comes once the release has entered the round and before it commits; it has to wait for it. A week and
    a day later, since until then the held round is awaited and nothing is closed.
    """
    slug = later_campaign(database, "witness")
    alice.play(1, BEGINNER, slug=slug)
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == slug).values(review_line=0))
    held = charlie.play(2, BEGINNER, slug=slug)
    clock.now = CLOSES_AT + timedelta(days=8)
    close = Thread(target=lambda: charlie.get(f"/campaigns/{slug}/draw"))

    def accept_in_the_middle_of_a_close(*given: Any) -> list[Award]:
        awards = accept_round(*given)
        close.start()
        close.join(0.5)  # one that does not wait is through by then
        return awards

    monkeypatch.setattr(rule_on_round, "accept_round", accept_in_the_middle_of_a_close)
    with database.sessions() as session:
        rule_on_round.release_round(session, held.id, "Mona", PLAY_TERMS, clock())
    close.join()
    entries = alice.get(f"/campaigns/{slug}/draw/entries").text.splitlines()
    frozen = json_of(alice.get(f"/campaigns/{slug}/draw"), 200)
    assert merkle_root(entry.encode() for entry in entries).hex() == frozen["root"]
    assert len(entries) == 2


def test_a_place_is_provisional_until_a_person_confirms_it_and_falls_when_they_do_not(
        app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    alice.play(1, GOOD, slug=slug)
    charlie.play(2, BEGINNER, slug=slug)
    clock.now = OVER
    assert "kept_back" in popshot(database, clock, "standings", "show", slug).output
    assert alice.get(f"/campaigns/{slug}/standings").get_json()["top"][0]["provisional"]
    rejected = popshot(database, clock, "standings", "reject", slug, "1", "--reason", "a script played")
    assert rejected.output == "place 1 went to the next in line\n"
    assert popshot(database, clock, "standings", "confirm", slug).output.startswith("1 place(s) confirmed")
    assert popshot(database, clock, "standings", "reject", slug, "1", "--reason", "too late").exit_code == 1
    top = alice.get(f"/campaigns/{slug}/standings").get_json()["top"]
    assert [(place["alias"], place["provisional"]) for place in top] == [(charlie.alias, False)]
    with database.sessions() as session:
        mine = select(Award.state).where(Award.way == Way.STANDINGS, Award.player_id == charlie.id)
        assert session.scalars(mine).all() == [AwardState.OPEN]


@contextmanager
def writes_of(database: Database) -> Iterator[list[str]]:
    """The statements that change rows while it is open."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "WITH")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("seed", ["secret", "witness"])
def test_who_looks_at_a_draw_again_writes_nothing(app: Flask, alice: Player, charlie: Player, database: Database,
                                                  clock: FakeClock, seed: str) -> None:
    slug = later_campaign(database, seed)
    for number, player in enumerate((alice, charlie), start=1):
        player.play(number, BEGINNER, slug=slug)
    clock.now = OVER
    with writes_of(database) as first:
        json_of(alice.get(f"/campaigns/{slug}/draw"), 200)
    with writes_of(database) as second:
        json_of(alice.get(f"/campaigns/{slug}/draw"), 200)
        assert app.test_client().get(f"/c/{slug}/draw").status_code == 200
    assert any(statement.startswith("INSERT INTO draw_freeze") for statement in first)
    assert second == []


def test_a_slot_that_waits_for_a_unit_is_not_written_at_each_look_and_filled_once_there_is_one(
        app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    for number, player in enumerate((alice, charlie), start=1):
        player.play(number, BEGINNER, slug=slug)
    with database.sessions() as session, transaction(session):
        prize_id = session.scalars(select(Prize.id).where(Prize.names["en"].as_string() == "Trip")).one()
        assert withdraw(session, prize_id, 2, clock(), "lost")
    clock.now = OVER
    json_of(alice.get(f"/campaigns/{slug}/draw"), 200)
    with writes_of(database) as written:
        assert json_of(alice.get(f"/campaigns/{slug}/draw"), 200)["slots"][0]["state"] == "waiting"
    assert written == []
    with database.sessions() as session, transaction(session):
        restock(session, prize_id, 2, clock(), "delivered")
    assert json_of(alice.get(f"/campaigns/{slug}/draw"), 200)["slots"][0]["state"] == "drawn"


@pytest.mark.parametrize("path", ["/api/v1/campaigns/boss/draw", "/api/v1/campaigns/boss/draw/entries", "/c/boss/draw"])
def test_a_campaign_without_a_draw_has_no_page_of_one(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_a_round_that_waits_for_a_look_at_the_close_is_waited_for_a_week(
        app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == slug).values(review_line=9_000))
    held = charlie.play(2, GOOD, slug=slug)
    alice.play(1, BEGINNER, slug=slug)
    assert held.outcome["verdict"] == "held"
    clock.now = OVER
    assert alice.get(f"/campaigns/{slug}/draw").get_json()["state"] == "open"
    with database.sessions() as session:
        rule_on_round.release_round(session, held.id, "Mona", PLAY_TERMS, clock())
    assert alice.get(f"/campaigns/{slug}/draw").get_json()["entries"] == 2
    with database.sessions() as session:
        first = select(Award.player_id).where(Award.way == Way.STANDINGS)
        assert session.scalars(first).all() == [charlie.id]


def test_nobody_waits_for_a_look_for_ever(app: Flask, alice: Player, charlie: Player, database: Database,
                                          clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == slug).values(review_line=9_000))
    assert charlie.play(2, GOOD, slug=slug).outcome["verdict"] == "held"
    alice.play(1, BEGINNER, slug=slug)
    clock.now = CLOSES_AT + timedelta(days=8)
    assert alice.get(f"/campaigns/{slug}/draw").get_json()["state"] == "drawn"
