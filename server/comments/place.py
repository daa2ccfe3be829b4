"""Places in a list of comments, as cursors name them."""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from server.errors import Problem

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"([0-9]{1,16})\.([0-9a-f]{20})(?:\.([0-9]{1,9}))?")  # microseconds until the year 2286


@dataclass(frozen=True)
class Place:
    """A place in a list, which what comes later does not move: `at` is when its comment was published, in the desk's
    queue posted. `liked` counts in the order of the best alone.
    """

    at: datetime
    comment_id: str
    liked: int | None = None

    def as_cursor(self) -> str:
        microseconds = (self.at - EPOCH) // timedelta(microseconds=1)
        plain = f"{microseconds}.{self.comment_id}" + ("" if self.liked is None else f".{self.liked}")
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(cursor: str, name: str = "before") -> Place:
    """The place that a cursor of ours names; raises Problem malformed for any other text."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = CURSOR.fullmatch(base64.urlsafe_b64decode(padded).decode("ascii"))
        if found is not None:
            liked = None if found[3] is None else int(found[3])
            return Place(EPOCH + timedelta(microseconds=int(found[1])), found[2], liked)
    except ValueError:
        pass
    raise Problem("malformed", f"`{name}` is no cursor of this list; take it from the page before.")
