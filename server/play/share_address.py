"""The addresses that are handed on. Twin: static/game/share_address.js."""

from urllib.parse import urlencode

BEAT = "beat"  # a round to beat
LANG = "lang"


def share_address(public_url: str, path: str, **asked: str | None) -> str:
    """An address of ours: `public_url`, a path that we made, and what is asked for, each value quoted.

    Whatever is None or empty is left out, so that a plain link stays short. One more thing to ask for is one more name.
    """
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{public_url}{path}?{query}" if query else f"{public_url}{path}"
