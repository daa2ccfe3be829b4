"""What of a change an act may keep for ever: numbers and words, of a text only that it changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from server.campaigns.compare import Difference

MOST = 60  # changes of one act; the version keeps them all
TYPED = ("titles.", "theme.texts.", "theme.boss.name", "banned_words", "allowed_words", "framed_by", "brand", "slug")
CHANGED = "changed"


def told_changes(changed: Sequence[Difference]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values before and after, by path."""
    told = changed[:MOST]
    return ({one.path: _value(one.path, one.before) for one in told if one.before is not None},
            {one.path: _value(one.path, one.after) for one in told})


def _value(path: str, value: Any) -> Any:
    if value is None:
        return None
    if path.startswith(TYPED) or ".names." in path or ".downloads." in path:
        return CHANGED
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int) else str(value)[:64]
