"""A campaign that limits rounds tells its player when there are new ones."""

from server.db import Database
from tests.rig.app import add_campaign
from tests.rig.play import Player, json_of


def test_who_has_none_left_is_told_the_zone_s_next_midnight(database: Database, alice: Player) -> None:
    add_campaign(database, "few", rounds_per_day=1)
    assert "next_rounds_at" not in json_of(alice.get("/campaigns/few"), 200)
    alice.open("few")
    told = json_of(alice.get("/campaigns/few"), 200)
    assert (told["rounds_left"], told["next_rounds_at"]) == (0, "2026-12-01T23:00:00.000Z")
