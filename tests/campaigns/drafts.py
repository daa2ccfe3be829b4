"""A campaign's file in few words."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server.campaigns.campaign import Campaign
from server.campaigns.draft_file import Draft, read_draft
from server.campaigns.load_draft import load_draft
from server.campaigns.theme import load_themes
from server.campaigns.toml_text import toml_of
from server.db import Database
from server.texts import FALLBACK, load_texts
from tests.rig.clock import NOON

TOYS_FILE = Path(__file__).parents[2] / "examples" / "toys.toml"
TEXTS = load_texts()
THEMES = load_themes(TEXTS.of(FALLBACK))

Change = Callable[[dict[str, Any]], object]


def toys(*changes: Change) -> bytes:
    """The example with some changes."""
    parsed = tomllib.loads(TOYS_FILE.read_text("utf-8"))
    for change in changes:
        change(parsed)
    return toml_of(parsed).encode()


def read(content: bytes) -> Draft:
    return read_draft(content, THEMES, TEXTS.locales)


def load(database: Database, *changes: Change) -> Campaign:
    with database.sessions() as session:
        return load_draft(session, read(toys(*changes)), NOON)
