"""One thing that was found."""

from dataclasses import dataclass
from enum import StrEnum

A_FEW = 5  # of each kind, in the box
MANY = 25  # of each kind, on the page


class Place(StrEnum):
    """The desk where something of a player is."""

    WINNERS = "winners"
    COMMENTS = "comments"
    ROUNDS = "rounds"


class Kind(StrEnum):
    """What it is, in the order in which it is shown."""

    CAMPAIGN = "campaign"
    PRIZE = "prize"
    AWARD = "award"
    ROUND = "round"
    ALIAS = "alias"
    COMMENT = "comment"


@dataclass(frozen=True)
class Hit:
    """`title` is shown strong, `more` beside it; `address` leads to the desk that shows it, which `place` names where
    one thing is found on several.
    """

    kind: Kind
    title: str
    more: str
    address: str
    place: Place | None = None
