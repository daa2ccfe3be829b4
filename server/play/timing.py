"""The round's clock: when a wave starts, when its shots may come, and what lateness costs (API.md). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.clock import milliseconds
from server.simulation.rules import REVEAL_LEAD_TICKS, TICK_RATE, WAVE_TICKS, WAVES

COUNTDOWN = timedelta(seconds=3)
WAVE = timedelta(seconds=WAVE_TICKS / TICK_RATE)
LEAD = timedelta(seconds=REVEAL_LEAD_TICKS / TICK_RATE)
TOLERANCE = timedelta(milliseconds=100)  # how much too early a submission may seem, by clocks and jitter
BREATH = timedelta(milliseconds=150)  # the least between an arrival and the next wave: its seed must travel
TAKEN_UNTIL = timedelta(milliseconds=1500)
VOID_UNTIL = timedelta(seconds=20)
LONGEST_STRETCH = TAKEN_UNTIL + BREATH - LEAD  # by which one late wave can move the next one
LONGEST_PAUSE = VOID_UNTIL + COUNTDOWN - LEAD  # by which the one void wave can


class Lateness(StrEnum):
    EARLY = "early"
    TAKEN = "taken"
    VOID = "void"  # kept, not scored; once a round
    OVER = "over"  # the round ends with what was scored before


@dataclass(frozen=True)
class Arrival:
    """What one submission's moment means: the next wave's start, the stretch after it, how long to wait."""

    lateness: Lateness
    next_start: datetime
    stretch_ms: int
    retry_in_ms: int = 0


def due(wave: int, starts_at: datetime) -> datetime:
    """The moment from which a wave's shots may come: its cut, the last one's end."""
    return starts_at + (WAVE if wave == WAVES else WAVE - LEAD)


def judge_arrival(wave: int, starts_at: datetime, arrived: datetime, stretch_ms: int, had_void: bool,
                  allowance_ms: int) -> Arrival:
    """Judge the moment at which wave `wave`, begun at `starts_at`, was submitted."""
    late = arrived - due(wave, starts_at)
    if late < -TOLERANCE:
        return Arrival(Lateness.EARLY, starts_at, stretch_ms, retry_in_ms=milliseconds(-late))
    if late <= TAKEN_UNTIL:
        return _taken(wave, starts_at, arrived, stretch_ms, allowance_ms)
    if late <= VOID_UNTIL and not had_void:
        return Arrival(Lateness.VOID, arrived + COUNTDOWN, stretch_ms)
    return Arrival(Lateness.OVER, arrived, stretch_ms)


def _taken(wave: int, starts_at: datetime, arrived: datetime, stretch_ms: int, allowance_ms: int) -> Arrival:
    if wave == WAVES:
        return Arrival(Lateness.TAKEN, arrived, stretch_ms)
    seamless = starts_at + WAVE
    next_start = max(seamless, arrived + BREATH)
    stretched = stretch_ms + milliseconds(next_start - seamless)
    lateness = Lateness.TAKEN if stretched <= allowance_ms else Lateness.OVER
    return Arrival(lateness, next_start, min(stretched, allowance_ms))


def last_moment(wave: int, starts_at: datetime, stretch_ms: int, had_void: bool, allowance_ms: int) -> datetime:
    """The latest moment at which a round, about to play `wave` from `starts_at`, can play its last tick."""
    seams = WAVES - wave  # at each the next wave may come late, by a stretch or, once a round, by the pause
    pause = LONGEST_PAUSE if seams and not had_void else timedelta(0)
    late_seams = seams - 1 if pause else seams
    stretch = min(timedelta(milliseconds=allowance_ms - stretch_ms), late_seams * LONGEST_STRETCH)
    return starts_at + (seams + 1) * WAVE + pause + stretch
