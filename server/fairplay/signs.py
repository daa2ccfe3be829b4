"""Four plain signs on a whole round. Each only ever holds it for a person; none rejects by itself."""

from dataclasses import dataclass
from enum import StrEnum

from server.simulation.replay import Replay

MOST_SPAWN_HITS = 2  # darts thrown, or landing, within 6 ticks (100 ms) of a target's appearing


class Sign(StrEnum):
    SCORE_ABOVE_LINE = "score_above_line"
    STRETCH_ABOVE_HALF = "stretch_above_half"
    HITS_BEFORE_REACTION = "hits_before_reaction"
    SAME_LOG = "same_log"
    PLACE_WITH_PRIZE = "place_with_prize"  # set when a person rules on a place
    PRIZE_ABOVE_LIMIT = "prize_above_limit"  # set when an award is kept back, not by `signs_of`


@dataclass(frozen=True)
class Lines:
    """Where the signs begin: a score in points, an allowance of stretch in milliseconds."""

    review_line: int
    stretch_allowance_ms: int


def signs_of(replay: Replay, stretch_ms: int, has_twin: bool, lines: Lines) -> tuple[Sign, ...]:
    """What the whole log shows; `has_twin` says that another round has the same non-empty log."""
    shown = {
        Sign.SCORE_ABOVE_LINE: replay.score > lines.review_line,
        Sign.STRETCH_ABOVE_HALF: 2 * stretch_ms > lines.stretch_allowance_ms,
        Sign.HITS_BEFORE_REACTION: replay.spawn_hits > MOST_SPAWN_HITS,
        Sign.SAME_LOG: has_twin,
    }
    return tuple(sign for sign, is_shown in shown.items() if is_shown)
