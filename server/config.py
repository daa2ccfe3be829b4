"""The settings: config.toml and the environment, read once into frozen values, typos refused by name."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

DEFAULT_FILE = Path(__file__).resolve().parent.parent / "config.toml"

# The names of everyday use (API.md, "Starting it"); every other key answers to POPSHOT_<SECTION>_<KEY> alone.
SHORT_NAMES = {
    ("server", "port"): "PORT",
    ("server", "host"): "HOST",
    ("server", "public_url"): "PUBLIC_URL",
    ("storage", "data"): "DATA",
    ("storage", "keys"): "KEYS",
    ("storage", "database_url"): "DATABASE_URL",
    ("storage", "redis_url"): "REDIS_URL",
}


PREFIX = "POPSHOT_"
SWITCH = ("on", "off")
DESK_ORDERS = ("oldest", "score")
OTHERS = {"POPSHOT_SETUP"}  # server/run.py tells server/wsgi.py by it what to prepare


class BadConfig(Exception):
    """The settings cannot be used; the sentence names the key."""


@dataclass(frozen=True)
class ServerConfig:
    port: int
    host: str
    public_url: str
    trusted_proxies: int
    offline_practice: str


@dataclass(frozen=True)
class StorageConfig:
    data: str
    keys: str
    database_url: str
    redis_url: str


@dataclass(frozen=True)
class PlayConfig:
    stretch_ms: int
    abandoned_after_s: int
    claim_days: int


@dataclass(frozen=True)
class LimitsConfig:
    token_calls_per_second: int
    address_calls_per_second: int
    address_players_per_second: int
    address_playing_at_once: int
    comments_per_minute: int
    reactions_per_minute: int
    reports_per_minute: int
    free_reports_per_hour: int
    cards_per_minute: int
    wrong_codes: int


@dataclass(frozen=True)
class DeskConfig:
    order: str

    @property
    def is_by_score(self) -> bool:
        return self.order == "score"


@dataclass(frozen=True)
class LiveConfig:
    messages_per_second: int


@dataclass(frozen=True)
class RunnerConfig:
    every_s: int


@dataclass(frozen=True)
class Config:
    """All settings; the sections and keys are those of config.toml, units beside them there."""

    server: ServerConfig
    storage: StorageConfig
    play: PlayConfig
    limits: LimitsConfig
    desk: DeskConfig
    live: LiveConfig
    runner: RunnerConfig

    @property
    def public_url(self) -> str:
        """The address that every printed link starts with, without a slash at the end."""
        return self.server.public_url.rstrip("/") or f"http://localhost:{self.server.port}"

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL of the database; the embedded one when none is named."""
        given = self.storage.database_url
        if not given:
            return f"sqlite:///{Path(self.storage.data).resolve() / 'popshot.sqlite'}"
        for plain in ("postgresql://", "postgres://"):
            if given.startswith(plain):
                return "postgresql+psycopg://" + given.removeprefix(plain)
        return given

    @property
    def database_name(self) -> str:
        """The database's address as it may be printed: without a password."""
        return re.sub(r"(//[^:/@]*):[^@]*@", r"\1:***@", self.database_url)


def load_config(path: Path = DEFAULT_FILE, environ: Mapping[str, str] = os.environ) -> Config:
    """Read config.toml, let the environment override, check every key.

    Raises BadConfig naming the key that is unknown, missing or of the wrong type.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfig(f"{path.name} cannot be read: {error}") from None
    hints = get_type_hints(Config)
    _refuse_unknown("", raw, hints)
    _refuse_unknown_variables(hints, environ)
    config = Config(**{name: _section(name, kind, raw.get(name, {}), environ) for name, kind in hints.items()})
    _check_ranges(config)
    return config


def _section(section: str, kind: type[Any], raw: Any, environ: Mapping[str, str]) -> Any:
    if not isinstance(raw, dict):
        raise BadConfig(f"[{section}] must be a section of config.toml")
    _refuse_unknown(f"{section}.", raw, get_type_hints(kind))
    return kind(**{field.name: _setting(section, field.name, field.type, raw, environ) for field in fields(kind)})


def _refuse_unknown(prefix: str, raw: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for name in raw:
        if name not in known:
            raise BadConfig(f"{prefix}{name} is not a setting of Popshot; is it misspelt?")


def _refuse_unknown_variables(sections: Mapping[str, Any], environ: Mapping[str, str]) -> None:
    known = {f"{PREFIX}{section}_{key}".upper() for section, kind in sections.items() for key in get_type_hints(kind)}
    for name in environ:
        if name.startswith(PREFIX) and name.removesuffix("_FILE") not in known | OTHERS:
            raise BadConfig(f"{name} names no setting of Popshot; is it misspelt?")


def _setting(section: str, key: str, kind: Any, raw: Mapping[str, Any], environ: Mapping[str, str]) -> Any:
    given = _from_environment(section, key, environ)
    if given is not None:
        return _parse(f"{section}.{key}", kind, *given)
    if key not in raw:
        raise BadConfig(f"{section}.{key} is missing in config.toml")
    if type(raw[key]) is not kind:
        raise BadConfig(f"{section}.{key} must be {_words(kind)}, not {raw[key]!r}")
    return raw[key]


def _from_environment(section: str, key: str, environ: Mapping[str, str]) -> tuple[str, str] | None:
    """(name, value) of the variable that overrides this key, a file's content for *_FILE; None without one."""
    long = f"{PREFIX}{section}_{key}".upper()
    for name in filter(None, (SHORT_NAMES.get((section, key)), long)):
        if name in environ:
            return name, environ[name]
        if f"{name}_FILE" in environ:
            return f"{name}_FILE", _read_file(f"{name}_FILE", environ[f"{name}_FILE"])
    return None


def _read_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfig(f"{name} names a file that cannot be read: {error}") from None


def _parse(key: str, kind: Any, name: str, value: str) -> Any:
    if kind is str:
        return value
    try:
        return int(value)
    except ValueError:
        raise BadConfig(f"{key} must be {_words(kind)}, but {name} is {value!r}") from None


def _words(kind: Any) -> str:
    return {int: "a whole number", str: "a text"}[kind]


def _check_ranges(config: Config) -> None:
    if not 0 < config.server.port < 65536:
        raise BadConfig(f"server.port must be between 1 and 65535, not {config.server.port}")
    for section in ("play", "limits", "live", "runner"):
        for key, value in vars(getattr(config, section)).items():
            if value < 1:
                raise BadConfig(f"{section}.{key} must be 1 or more, not {value}")
    if config.desk.order not in DESK_ORDERS:
        raise BadConfig(f"desk.order must be one of {', '.join(DESK_ORDERS)}, not {config.desk.order!r}")
    if config.server.offline_practice not in SWITCH:
        raise BadConfig(f"server.offline_practice must be on or off, not {config.server.offline_practice!r}")
    if config.server.trusted_proxies < 0:
        raise BadConfig(f"server.trusted_proxies must be 0 or more, not {config.server.trusted_proxies}")
