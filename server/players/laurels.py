"""What a player has reached in a campaign, as everybody may see it beside the name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Laurels:
    """The best accepted score, and the name of a badge that was won; None without one."""

    score: int | None = None
    badge: str | None = None
