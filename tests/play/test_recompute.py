"""Every slot and reserve of a draw follows from what is public, whatever became of those in line."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Way
from prizes.award_prize import award_prize
from prizes.draw import DrawEntry
from prizes.give_up import expire_awards, lock_desks, return_awards
from prizes.prize import Prize
from prizes.slots import slots_of
from prizes.staff_word import revoke_award
from prizes.stock import restock
from prizes.way import FinishedRound, Win
from prizes.ways import WAYS
from server.campaigns.campaign import get_campaign
from server.db import Database, transaction
from tests.play.later import OVER, later_campaign, popshot
from tests.play.verify_draw import WrongDraw, verify_draw
from tests.rig.app import terms_of
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import json_of

DRAW = WAYS[Way.DRAW]
PLAYERS = [f"player{number}" for number in range(12)]
Public = tuple[dict[str, Any], list[str]]


@pytest.fixture
def public(app: Flask, client: FlaskClient) -> Callable[[], Public]:
    """What anybody may know of the draw: its answer, and the lines of its entries."""
    path = "/api/v1/campaigns/later/draw"
    return lambda: (json_of(client.get(path), 200), client.get(f"{path}/entries").text.splitlines())


def enter(database: Database, rounds: dict[str, int]) -> None:
    """So many accepted rounds of each player; that they were played nobody asks here."""
    with database.sessions() as session, transaction(session):
        campaign = get_campaign(session, "later")
        for player, count in rounds.items():
            for number in range(count):
                round_ = FinishedRound(f"{player}-{number}", player, None, 9, 5, (), b"s" * 32, NOON, may_win=True)
                DRAW.accept_round(session, campaign.facts, round_, terms_of(campaign), NOON)


def on_campaign(database: Database, deed: Callable[[Session, str], object]) -> None:
    with database.sessions() as session, transaction(session):
        campaign_id = get_campaign(session, "later").id
        lock_desks(session, [campaign_id])
        deed(session, campaign_id)


def reject(database: Database, round_id: str, clock: FakeClock) -> None:
    def deed(session: Session, _campaign_id: str) -> None:
        return_awards(session, round_id, clock(), "round_rejected")
        DRAW.reject_round(session, get_campaign(session, "later").facts, round_id, clock())

    on_campaign(database, deed)


def fates(draw: dict[str, Any]) -> list[str]:
    return [one["fate"] for one in draw["line"]]


def test_who_has_many_entries_wins_one_slot_and_anybody_sees_why_the_next_went_on(
        public: Callable[[], Public], database: Database, clock: FakeClock) -> None:
    later_campaign(database, "secret", places=False, units=2, reserves=0)
    enter(database, {"alice": 5, "charlie": 1})
    clock.now = OVER
    draw, entries = public()
    held = verify_draw(draw, entries)
    assert {entry and entry.partition("-")[0] for entry in held.values()} == {"alice", "charlie"}
    assert set(fates(draw)) <= {"won", "same_player"}


def test_each_slot_follows_from_the_public_answer_whatever_became_of_those_in_line(
        public: Callable[[], Public], database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "witness", places=False, units=3, reserves=8, id="later")
    enter(database, dict.fromkeys(PLAYERS, 3))
    clock.now = OVER
    frozen, entries = public()
    assert (frozen["state"], frozen["line"]) == ("frozen", [])
    for player in PLAYERS:
        reject(database, f"{player}-1", clock)
    clock.advance(hours=1)
    assert popshot(database, clock, "draw", "witness", slug, "--name", "A notary", "--value", "4 2 6").exit_code == 0
    deeds: list[Callable[[dict[str, Any]], None]] = [
        lambda draw: reject(database, draw["slots"][1]["entry"], clock),
        lambda draw: fill_hands(database, next_reserve(draw).partition("-")[0]),
        lambda draw: revoke(database, draw["slots"][0], clock), lambda draw: expire(database, clock),
        lambda draw: reject(database, next_reserve(draw), clock)]
    for deed in deeds:
        draw, _ = public()
        assert None not in verify_draw(draw, entries).values()
        clock.advance(hours=1)
        deed(draw)
    draw, _ = public()
    verify_draw(draw, entries)
    assert set(fates(draw)) == {"won", "reserve", "same_player", "struck", "rejected", "revoked", "expired",
                                "has_enough"}


def next_reserve(draw: dict[str, Any]) -> str:
    return next(str(one["entry"]) for one in draw["line"] if one["fate"] == "reserve")


def fill_hands(database: Database, player: str) -> None:
    """The player has as many trips as one may have, by another way."""
    def deed(session: Session, campaign_id: str) -> None:
        prize = session.scalars(select(Prize).where(Prize.campaign_id == campaign_id)).one()
        restock(session, prize.id, prize.per_player, NOON, "delivered")
        for number in range(prize.per_player):
            win = Win(campaign_id, Way.LADDER, f"{player}:{number}", player, f"{player}:{number}")
            assert award_prize(session, win, prize, OVER + timedelta(days=60), terms_of(get_campaign(session, "later")))

    on_campaign(database, deed)


def revoke(database: Database, slot: dict[str, Any], clock: FakeClock) -> None:
    def deed(session: Session, campaign_id: str) -> None:
        (given,) = [given for given in slots_of(session, campaign_id, Way.DRAW) if given.slot.number == slot["slot"]]
        assert given.award is not None
        assert revoke_award(session, given.award.id, "fraud", "bob", clock())

    on_campaign(database, deed)


def expire(database: Database, clock: FakeClock) -> None:
    clock.advance(days=20)
    on_campaign(database, lambda session, _: expire_awards(session, clock(), 99))


def changed(draw: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    change(draw)
    return draw


@pytest.mark.parametrize("change", [
    lambda draw: draw["slots"].__getitem__(0).update(entry=draw["slots"][1]["entry"]),
    lambda draw: draw["line"].pop(),
    lambda draw: draw["line"].reverse(),
    lambda draw: draw["line"][0].update(fate="same_player"),
    lambda draw: draw["line"][0].update(player=draw["line"][1]["player"]),
    lambda draw: draw.update(value="00" * 32),
    lambda draw: draw.update(reserves=draw["reserves"] - 1),
])  # fmt: skip
def test_an_answer_that_tells_anything_else_is_found_out(public: Callable[[], Public], database: Database,
                                                         clock: FakeClock, change: Callable[..., object]) -> None:
    """The control: the check can fail."""
    later_campaign(database, "secret", places=False, units=2, reserves=4)
    enter(database, dict.fromkeys(PLAYERS, 1))
    clock.now = OVER
    draw, entries = public()
    verify_draw(draw, entries)
    with pytest.raises(WrongDraw):
        verify_draw(changed(draw, change), entries)


def test_a_players_mark_is_the_same_in_all_their_entries_and_nobody_elses_and_is_not_their_id(
        public: Callable[[], Public], database: Database, clock: FakeClock) -> None:
    later_campaign(database, "secret", places=False)
    enter(database, {"alice": 3, "charlie": 2})
    clock.now = OVER
    _, entries = public()
    marks = {entry.partition("-")[0]: set[str]() for entry in entries}
    for entry in entries:
        marks[entry.partition("-")[0]].add(entry.split(" ")[1])
    assert [len(of_player) for of_player in marks.values()] == [1, 1]
    assert marks["alice"].isdisjoint(marks["charlie"] | {"alice"})
    with database.sessions() as session:
        assert len(session.scalars(select(DrawEntry.round_id)).all()) == len(entries)


def test_the_page_shows_the_line_with_what_became_of_each(client: FlaskClient, public: Callable[[], Public],
                                                         database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret", places=False)
    enter(database, {"alice": 5, "charlie": 1})
    clock.now = OVER
    draw, _ = public()
    page = client.get(f"/c/{slug}/draw").text
    assert all(f"{one['drawn']}. {one['entry']}" in page for one in draw["line"])
    assert "won prize 1" in page
    shown = popshot(database, clock, "draw", "show", slug).output
    assert f"player {draw['line'][0]['player']}  won  slot 1" in shown
