"""Writing the TOML that a campaign's file needs; the standard library only reads it."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def toml_of(table: Mapping[str, Any]) -> str:
    """A TOML document: plain values first, then tables and lists of tables, each under its own heading.

    Raises TypeError for a value that TOML has no form for; None is one.
    """
    return "\n".join(_lines(table, ())).strip() + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for key, value in table.items():
        if not _is_table(value) and not _is_list_of_tables(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        name = ".".join(map(_key, (*path, key)))
        if _is_table(value):
            yield from ("", f"[{name}]", *_lines(value, (*path, key)))
        elif _is_list_of_tables(value):
            for row in value:
                yield from ("", f"[[{name}]]", *_lines(row, (*path, key)))


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _key(key: str) -> str:
    return key if key and BARE.issuperset(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    raise TypeError(f"{value!r} has no form in TOML")


def _inline(value: Any) -> str:
    """A table among other things in a list stays on its line."""
    if _is_table(value):
        return "{" + ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items()) + "}"
    return _value(value)


def _text(text: str) -> str:
    """A basic string. JSON escapes as TOML does, save DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
