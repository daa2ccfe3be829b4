"""What a code unlocks: once a player at a poster, once at all for a copy of a pack, in its window and day's limit."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.source import Source
from server.db import Database, transaction
from server.play.posters.figures import Figures, figures_of
from server.play.posters.make_poster import revoke_poster
from server.play.posters.poster import Poster
from tests.play.posters.scene import code, put_poster, uses_of
from tests.rig.app import add_campaign
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Player, json_of, problem_of

SCANS = "/campaigns/boss/scans"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def two_rounds_a_day(database: Database, client: object) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(rounds_per_day=2))


def send(player: Player, typed: str, slug: str = "boss") -> dict[str, object]:
    return json_of(player.post(f"/campaigns/{slug}/scans", {"code": typed}), 201)


def refused(player: Player, typed: str, slug: str = "boss") -> str:
    return problem_of(player.post(f"/campaigns/{slug}/scans", {"code": typed}))


def test_a_poster_gives_each_player_its_rounds_once(alice: Player, charlie: Player, database: Database) -> None:
    own = code(put_poster(database, bonus=2, scene="town/evening"))
    got = {"unlocked": {"bonus_rounds": 2, "scene": True}, "rounds_left": 4}
    assert send(alice, own) == got
    assert send(alice, own) == got  # the same again: the same answer, and no more rounds
    assert send(charlie, own.lower()) == got
    assert len(uses_of(database)) == 2


def test_a_bonus_round_is_played_after_the_days_own(alice: Player, database: Database) -> None:
    send(alice, code(put_poster(database, bonus=1)))
    for number in range(3):
        alice.play(number)
    assert problem_of(alice.post("/campaigns/boss/rounds")) == "no_rounds_left"


def test_a_copy_of_a_pack_counts_once_for_whoever_is_first(alice: Player, charlie: Player, database: Database) -> None:
    pack = put_poster(database, codes=10, bonus=1)
    assert send(alice, code(pack, 3))["rounds_left"] == 3
    assert refused(charlie, code(pack, 3)) == "code_used"
    assert send(charlie, code(pack, 4))["rounds_left"] == 3
    assert send(alice, code(pack, 3))["rounds_left"] == 3


def test_invented_altered_and_foreign_codes_are_not_found(alice: Player, database: Database) -> None:
    add_campaign(database, "other")
    own, foreign = code(put_poster(database, bonus=1)), code(put_poster(database, "other", bonus=1))
    pack = put_poster(database, codes=2, bonus=1)
    altered = own[:-1] + ("A" if own[-1] != "A" else "B")
    for typed in ("", "X" * 16, altered, f"{own}A", foreign, code(pack), code(pack, 3)):
        assert refused(alice, typed) == "code_not_found"
    assert uses_of(database) == []
    assert problem_of(alice.post(SCANS, {"code": 7})) == "malformed"
    assert problem_of(alice.post(SCANS, {"code": "A" * 41})) == "too_large"


def test_only_inside_the_window(alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    own = code(put_poster(database, bonus=1, from_at=NOON + HOUR, until_at=NOON + 2 * HOUR))
    assert refused(alice, own) == "code_not_yet"
    clock.advance(hours=1)
    got = send(alice, own)
    clock.advance(hours=1)
    assert refused(charlie, own) == "code_over"
    assert send(alice, own) == got  # what she had stays hers


def test_a_revoked_code_unlocks_nothing(alice: Player, database: Database, clock: FakeClock) -> None:
    poster = put_poster(database, bonus=1)
    with database.sessions() as session:
        revoke_poster(session, poster.id, clock())
    assert refused(alice, code(poster)) == "code_over"
    assert uses_of(database) == []


def test_the_days_limit_ends_at_midnight_of_the_campaigns_zone(
        join: Callable[[], Player], database: Database, clock: FakeClock) -> None:
    own = code(put_poster(database, bonus=1, per_day=2))
    for _ in range(2):
        send(join(), own)
    late = join()
    assert refused(late, own) == "cap_reached"
    clock.advance(hours=13)
    assert send(late, own)["unlocked"] == {"bonus_rounds": 1, "scene": False}


def test_one_network_cannot_use_up_a_posters_day(
        app: Flask, database: Database, clock: FakeClock) -> None:
    own, other = (code(put_poster(database, per_day=per_day)) for per_day in (500, None))
    crowd = [Player(app, clock, address=f"203.0.113.{host}") for host in range(11)]  # a script in one /24
    told = [player.post(SCANS, {"code": own}).status_code for player in crowd]
    assert told == [201] * 10 + [409]
    assert send(crowd[0], own)  # who has it keeps it
    assert send(crowd[10], other)  # without a day's limit there is nothing to use up
    assert send(Player(app, clock, address="198.51.100.7"), own)
    clock.advance(days=1)
    assert send(crowd[10], own)


def test_whoever_holds_a_carton_of_packs_gets_six_rounds_a_day_and_loses_no_code(
        alice: Player, database: Database, clock: FakeClock) -> None:
    pack = put_poster(database, codes=10, bonus=3)
    send(alice, code(pack, 1))
    send(alice, code(pack, 2))
    assert refused(alice, code(pack, 3)) == "cap_reached"
    clock.advance(days=1)
    assert send(alice, code(pack, 3))["unlocked"] == {"bonus_rounds": 3, "scene": False}


def test_a_campaign_that_is_not_open_unlocks_nothing(alice: Player, database: Database) -> None:
    own = code(put_poster(database, bonus=1))
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(state=CampaignState.PAUSED))
    assert refused(alice, own) == "campaign_paused"


def test_a_stranger_is_asked_to_become_a_player(alice: Player, database: Database) -> None:
    own = code(put_poster(database))
    alice.token = ""
    assert refused(alice, own) == "unknown_player"


def test_the_desk_counts_players_and_the_rounds_that_they_played_on(
        alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    poster, other = put_poster(database), put_poster(database)
    alice.play(1)
    clock.advance(hours=2)
    alice.open()
    send(alice, code(poster))  # the page sends it once the round runs
    send(charlie, code(other))
    with database.sessions() as session:
        assert figures_of(session, [poster.id, other.id]) == {
            poster.id: Figures(0, 1, 1), other.id: Figures(0, 1, 0)}


def test_a_round_of_its_link_counts_for_its_source(client: object, alice: Player, database: Database) -> None:
    poster = put_poster(database, name="Shop window, rue de Rivoli")
    with database.sessions() as session:
        found = session.get_one(Poster, poster.id)
        source = session.scalar(select(Source).where(Source.tag == found.came_from.tag))
        assert source is not None
        assert source.tag.startswith("shop-window-rue-de-rivoli-")
        assert (source.kind, source.name, source.medium, source.is_ours) == ("qr", "poster", "qr", True)


def test_what_is_kept_of_a_player_is_shown_to_them(alice: Player, database: Database) -> None:
    send(alice, code(put_poster(database, bonus=1)))
    [shown] = json_of(alice.get("/players/me"), 200)["scans"]
    assert (shown["campaign"], shown["bonus_rounds"]) == ("boss", 1)
