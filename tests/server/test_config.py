"""The settings: read once, typed, typos refused by name, the environment wins."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from server.config import DEFAULT_FILE, SHORT_NAMES, BadConfig, load_config

SHIPPED = DEFAULT_FILE.read_text("utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_file_is_complete_and_every_key_of_it_is_commented() -> None:
    config = load_config(environ={})
    assert (config.server.port, config.public_url) == (8000, "http://localhost:8000")
    settings = [line for line in SHIPPED.splitlines() if "=" in line and not line.startswith("#")]
    assert len(settings) > 10
    assert all("#" in line.split("=", 1)[1] for line in settings)


@pytest.mark.parametrize(("old", "new", "key"), [
    ("port = 8000", "prot = 8000", "server.prot"),
    ("port = 8000", "", "server.port"),
    ("port = 8000", 'port = "8000"', "server.port"),
    ("port = 8000", "port = 80000", "server.port"),
    ("stretch_ms = 3000", "stretch_ms = 3.5", "play.stretch_ms"),
    ("stretch_ms = 3000", "stretch_ms = true", "play.stretch_ms"),
    ("stretch_ms = 3000", "stretch_ms = 0", "play.stretch_ms"),
    ("[live]", "[lively]", "lively"),
    ('order = "oldest"', 'order = "newest"', "desk.order"),
])
def test_an_unknown_missing_or_ill_typed_key_stops_the_start_and_is_named(
        tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(BadConfig) as refused:
        load_config(written(tmp_path, SHIPPED.replace(old, new)), {})
    assert key in str(refused.value)


def test_a_file_that_is_not_toml_or_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for path in (written(tmp_path, "port = = 1"), tmp_path / "none.toml"):
        with pytest.raises(BadConfig, match="cannot be read"):
            load_config(path, {})


def test_the_environment_overrides_by_short_name_long_name_and_file(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgres://popshot@localhost/popshot\n")
    config = load_config(environ={"PORT": "9000", "POPSHOT_PLAY_CLAIM_DAYS": "30", "DATABASE_URL_FILE": str(secret)})
    assert (config.server.port, config.play.claim_days) == (9000, 30)
    assert config.database_url == "postgresql+psycopg://popshot@localhost/popshot"
    assert config.public_url == "http://localhost:9000"


def test_every_short_name_reaches_its_key() -> None:
    for (section, key), name in SHORT_NAMES.items():
        value = "4711" if key == "port" else "there"
        assert str(getattr(getattr(load_config(environ={name: value}), section), key)) == value


@pytest.mark.parametrize(("name", "value"), [("PORT", "many"), ("PORT", ""), ("POPSHOT_RUNNER_EVERY_S", "-1"),
                                             ("REDIS_URL_FILE", "/no/such/file")])
def test_an_override_that_cannot_be_read_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadConfig):
        load_config(environ={name: value})


def test_a_misspelt_override_stops_the_start_and_is_named() -> None:
    with pytest.raises(BadConfig, match="POPSHOT_PLAY_CLAIM_DAY "):
        load_config(environ={"POPSHOT_PLAY_CLAIM_DAY": "30", "HOME": "/root"})


def test_nothing_can_change_the_settings_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        load_config(environ={}).server.port = 1  # type: ignore[misc]
