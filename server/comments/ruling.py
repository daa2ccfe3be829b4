"""A ruling: what is done with a comment, and why. Words only; the rules and people both speak them."""

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    REFUSE = "refuse"


class Reason(StrEnum):
    """Why. The first group is found by the rules, the second is what a person may add; authors read them."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL = "control"  # characters that no keyboard types and that turn or hide text
    MARKS = "marks"      # so many accents on one letter that they cover other lines
    REPEAT = "repeat"
    FLOOD = "flood"
    CONTACT = "contact"
    LINK = "link"
    BANNED_WORD = "banned_word"
    LANGUAGE = "language"  # a script in which nobody here reads
    RECENT_REFUSALS = "recent_refusals"
    AWAITS_REVIEW = "awaits_review"
    REPORTED = "reported"  # three readers did, before any person had looked

    FINE = "fine"
    INSULT = "insult"
    SPAM = "spam"
    OFF_TOPIC = "off_topic"
    ILLEGAL = "illegal"
    OTHER = "other"


@dataclass(frozen=True)
class Ruling:
    """`span` is where in the text the rules saw the reason: from the first code point to behind the last one."""

    decision: Decision
    reason: Reason
    span: tuple[int, int] | None = None
