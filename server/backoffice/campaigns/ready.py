"""The ready themes, read once."""

from functools import cache

from server.campaigns.theme import Theme, load_themes
from server.texts import FALLBACK, program_texts


@cache
def ready_themes() -> dict[str, Theme]:
    """By name."""
    return load_themes(program_texts().of(FALLBACK))
