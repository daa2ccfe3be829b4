"""What a form says, as texts by field, and what those texts mean to a campaign's table.

A text that is no number stays a text: the table's own checks refuse it, in the field's words.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

Fields = dict[str, str]  # a field's name, which is the table's path where there is one -> what stands in it
MOST_TEXT = 50_000  # characters of one field; far more than any may have
LIST = ","
WHOLE = re.compile(r"-?[0-9]{1,12}")
MONEY = re.compile(r"([0-9]{1,10})(?:[.,]([0-9]{1,2}))?")
SPACES = re.compile(r"[\s\u00a0\u202f]")
NUL = "\x00"
YES = "yes"


def typed_fields(form: MultiDict[str, str]) -> Fields:
    """What was sent, cut where it is longer than any field; the ticks of one name together in one text."""
    return {name: LIST.join(filter(None, (value[:MOST_TEXT] for value in form.getlist(name)))) for name in form}


def whole(text: str) -> Any:
    """The number that a text is, else the text."""
    plain = SPACES.sub("", text)
    return int(plain) if WHOLE.fullmatch(plain) else text


def cents(text: str) -> Any:
    """`12.50` or `12,5` in hundredths, else the text."""
    found = MONEY.fullmatch(SPACES.sub("", text))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else text


def moment(text: str, offset: str = "") -> Any:
    """A local time, with the offset that somebody chose where clocks show it twice; else the text."""
    try:
        return datetime.fromisoformat(f"{text.strip()}{offset}") if text.strip() else text
    except ValueError:
        return text


def listed(text: str) -> list[Any]:
    """The ticks of one name, as numbers where they are."""
    return [whole(part) for part in text.split(LIST) if part]


def lines(text: str) -> list[str]:
    """What stands on the lines of a larger field."""
    return [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]


def put(table: dict[str, Any], key: str, value: Any) -> None:
    """Set a key; an empty text is as if it was not there."""
    if value == "":
        table.pop(key, None)
    else:
        table[key] = value


def say_cents(value: Any) -> str:
    return "" if value is None else f"{value // 100}.{value % 100:02}" if type(value) is int else str(value)


def say_moment(value: Any) -> str:
    """As a field of a date and a time takes it, to the minute."""
    if not isinstance(value, datetime):
        return str(value)
    return value.replace(tzinfo=None).isoformat(timespec="minutes" if not value.second else "seconds")


def under(fields: Mapping[str, str], prefix: str) -> Fields:
    """The fields below a name, without it."""
    return {name[len(prefix) + 1:]: text for name, text in fields.items() if name.startswith(f"{prefix}.")}
