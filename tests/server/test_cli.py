"""The `popshot` command on a real installation."""

import stat
from pathlib import Path

import pytest

from server.clock import system_clock
from server.config import load_config
from server.db import open_database
from server.runner import take_lease
from tests.rig.served import Served, free_port, installation


@pytest.fixture
def fresh(tmp_path: Path) -> Served:
    """An installation that nobody has started yet."""
    return Served(tmp_path, free_port())


def test_a_command_refuses_a_database_that_is_not_migrated_and_names_it(fresh: Served) -> None:
    refused = fresh.popshot("comment", "queue")
    assert refused.returncode == 2
    assert f"database: sqlite:///{fresh.folder / 'data' / 'popshot.sqlite'}" in refused.stderr
    assert "popshot migrate" in refused.stderr


def test_a_password_never_shows_where_the_database_is_named(fresh: Served) -> None:
    fresh.settings["DATABASE_URL"] = "postgres://popshot:s3cret@localhost:1/popshot"
    refused = fresh.popshot("comment", "queue")
    assert refused.returncode == 2
    assert "s3cret" not in refused.stderr + refused.stdout
    assert "Traceback" not in refused.stderr


def test_a_misspelt_setting_stops_every_command_with_a_sentence(fresh: Served) -> None:
    fresh.settings["PORT"] = "many"
    refused = fresh.popshot("migrate")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.strip() == "popshot: server.port must be a whole number, but PORT is 'many'"


def test_a_production_start_gets_no_demo(tmp_path: Path) -> None:
    with installation(tmp_path) as served:
        assert "0 listed" in served.popshot("prize", "list").stdout
        served.start()
        assert served.call("GET", "/api/v1/campaigns/boss").status == 404


def test_one_command_migrates_seeds_serves_and_a_second_start_finds_everything(fresh: Served) -> None:
    fresh.start("server.run", "--demo")
    campaign = fresh.call("GET", "/api/v1/campaigns/boss").body
    assert campaign["state"] == "open"
    assert campaign["ladder"][0]["score"] <= 200
    assert campaign["prizes"][0]["left"] >= 500
    assert stat.S_IMODE((fresh.folder / "keys" / "popshot.key").stat().st_mode) == 0o600
    token = fresh.call("POST", "/api/v1/players").body["token"]
    fresh.kill()
    fresh.start("server.run", "--demo")
    assert fresh.call("GET", "/api/v1/players/me", token=token).status == 200
    assert fresh.call("GET", "/api/v1/campaigns/boss").body["opens_at"] == campaign["opens_at"]
    assert f"http://localhost:{fresh.port}" in (fresh.folder / "server.log").read_text()
    fresh.kill()


def test_run_due_does_what_is_due_unless_a_server_does_it(tmp_path: Path) -> None:
    with installation(tmp_path) as served:
        assert [served.popshot("run-due").stdout for _ in range(2)] == ["done\n", "done\n"]
        database = open_database(load_config(environ=served.environ).database_url)
        with database.sessions() as session:
            assert take_lease(session, "a server", system_clock())
        assert served.popshot("run-due").stdout.startswith("a running server does this already")


def test_a_ruling_on_what_does_not_wait_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    with installation(tmp_path) as served:
        for words in (("round", "release", "nothing"), ("round", "reject", "nothing", "--reason", "odd"),
                      ("comment", "publish", "nothing"), ("prize", "restock", "nothing", "5")):
            refused = served.popshot(*words)
            assert refused.returncode == 2, words
            assert "Traceback" not in refused.stderr
        assert "0 waiting" in served.popshot("round", "review").stdout
