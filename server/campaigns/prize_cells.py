"""One prize as a line of a sheet: what each cell may hold."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from prizes.prize import PrizeKind
from server.campaigns.release_cells import BadCell

LANGUAGES = ("en", "fr", "de", "es", "it", "nl")
NAMES = tuple(f"name_{language}" for language in LANGUAGES)
DOWNLOADS = tuple(f"download_{language}" for language in LANGUAGES)
MOST_KEY = 32  # as in a campaign's file
KEY = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{MOST_KEY - 1}}}")
VALUE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")
MOST_NAME, MOST_ADDRESS = 120, 500
MOST_UNITS, MOST_PER_PLAYER, MOST_CAP, MOST_SCORE = 1_000_000, 1_000, 10_000_000, 10_000_000
YES, NO = ("yes", "true", "1"), ("", "no", "false", "0")
LINE_ENDS = ("Zl", "Zp")
UNSEEN = ("Cc", "Cs")

Reader = Callable[[str], Any]


def read_key(cell: str) -> str:
    if not KEY.fullmatch(cell):
        raise BadCell(f"{cell[:70]!r} is no key: a-z, 0-9, - and _, at most {MOST_KEY} of them")
    return cell


def read_kind(cell: str) -> PrizeKind:
    try:
        return PrizeKind(cell.lower())
    except ValueError:
        raise BadCell(f"{cell[:40]!r} is none of {', '.join(PrizeKind)}") from None


def read_name(cell: str) -> str | None:
    if len(cell) > MOST_NAME:
        raise BadCell(f"{len(cell)} characters; {MOST_NAME} are the most")
    if any(unicodedata.category(letter) in UNSEEN + LINE_ENDS or ord(letter) & 0xFFFE == 0xFFFE for letter in cell):
        raise BadCell("there is a character that cannot be seen")
    return cell or None


def read_cents(cell: str) -> int:
    """`12.50` or `12,5`, in the currency's whole units."""
    match = VALUE.fullmatch(cell)
    if match is None:
        raise BadCell(f"{cell[:40]!r} is no value from 0 to 999999.99, like 12.50")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def write_cents(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def read_currency(cell: str) -> str:
    if not re.fullmatch("[A-Z]{3}", cell or "EUR"):
        raise BadCell(f"{cell[:40]!r} is no currency like EUR")
    return cell or "EUR"


def whole(least: int, most: int, without: int | None) -> Reader:
    """What reads a whole number within bounds; an empty cell is `without`."""
    def read(cell: str) -> int | None:
        if not cell:
            return without
        if not re.fullmatch("[0-9]{1,10}", cell) or not least <= int(cell) <= most:
            raise BadCell(f"{cell[:40]!r} is no whole number from {least} to {most}")
        return int(cell)

    return read


def read_yes(cell: str) -> bool:
    if cell.lower() not in YES + NO:
        raise BadCell(f"{cell[:40]!r} is neither yes nor no")
    return cell.lower() in YES


def read_scores(cell: str) -> tuple[int, ...]:
    """The ladder's steps that win the prize: `1500`, or several as `1500; 9000`."""
    read = whole(0, MOST_SCORE, None)
    scores = [read(part.strip()) for part in cell.split(";") if part.strip()]
    if len(set(scores)) < len(scores):
        raise BadCell(f"{cell[:40]!r} names a score twice")
    return tuple(sorted(scores))


def read_address(cell: str) -> str | None:
    """Where a download lies: https, or a path of this site."""
    if not cell:
        return None
    is_path = cell.startswith("/") and not cell.startswith("//")
    if (not cell.isascii() or not cell.isprintable() or " " in cell or "\\" in cell or len(cell) > MOST_ADDRESS
            or not (is_path or _is_https(cell))):
        raise BadCell(f"{cell[:60]!r} is neither an https address nor a path of this site like /static/sheet.svg")
    return cell


def _is_https(cell: str) -> bool:
    try:
        address = urlsplit(cell)
        return address.scheme == "https" and bool(address.hostname) and "@" not in address.netloc
    except ValueError:
        return False


READERS: dict[str, Reader] = {
    "key": read_key, "kind": read_kind, "value": read_cents, "currency": read_currency,
    "per_player": whole(1, MOST_PER_PLAYER, 1), "per_day": whole(1, MOST_CAP, None),
    "per_hour": whole(1, MOST_CAP, None), "unlimited": read_yes, "units": whole(0, MOST_UNITS, 0),
    "score": read_scores, **dict.fromkeys(NAMES, read_name), **dict.fromkeys(DOWNLOADS, read_address),
}  # fmt: skip
