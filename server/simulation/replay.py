"""Judge a whole log: which shots are legal, and what the round comes to. Twin: static/game/sim/replay.js."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from server.simulation.events import Hit
from server.simulation.rng import Seed
from server.simulation.round import Round, revealed_until
from server.simulation.rules import (
    HEIGHT,
    LAST_TICK,
    MAGAZINE,
    TICKS,
    WIDTH,
    Rules,
    cut,
    ready_at,
)


class Shot(NamedTuple):
    """What a player did: aimed at pixel (x, y) at a tick."""

    tick: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Illegal:
    """The first shot that the rules refuse, and why, in one sentence."""

    index: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a round comes to; `illegal` is set when only the shots before it were played."""

    score: int
    shots: int
    hits: int
    best_combo: int
    knock_outs: int
    spawn_hits: int
    gifts: tuple[tuple[int, int], ...]
    hit_list: tuple[Hit, ...]
    events_hash: int
    illegal: Illegal | None


def find_illegal(shots: Sequence[Shot]) -> Illegal | None:
    """The first illegal shot of a whole log, void submissions included; None when all are legal."""
    return _find_illegal(0, 0, shots, 0, TICKS)


def find_illegal_in_wave(before: Sequence[Shot], shots: Sequence[Shot], wave: int) -> Illegal | None:
    """The first illegal shot of submission `wave`, after the legal log `before`; the index counts in `shots`."""
    last_tick = before[-1].tick if before else 0
    return _find_illegal(len(before), last_tick, shots, cut(wave - 1), cut(wave))


def _find_illegal(
    thrown: int, last_tick: int, shots: Sequence[Shot], start: int, end: int
) -> Illegal | None:
    for index, (tick, x, y) in enumerate(shots):
        if not start <= tick < end:
            return Illegal(index, f"shot {index} is at tick {tick}, outside ticks {start} to {end - 1}")
        ready = ready_at(thrown, last_tick)
        if tick < ready:
            why = _reason(thrown, last_tick, tick, ready)
            return Illegal(index, f"shot {index} is at tick {tick}, {why}")
        if not (0 <= x < WIDTH and 0 <= y < HEIGHT):
            return Illegal(index, f"shot {index} is at ({x}, {y}), outside the world of {WIDTH} by {HEIGHT}")
        thrown, last_tick = thrown + 1, tick
    return None


def _reason(thrown: int, last_tick: int, tick: int, ready: int) -> str:
    if tick < last_tick:
        return f"before the previous one at tick {last_tick}"
    what = "reload" if thrown % MAGAZINE == 0 else "cooldown"
    return f"before the {what} ends at tick {ready}"


def replay(
    rules: Rules,
    seeds: Sequence[Seed],
    shots: Sequence[Shot],
    voids: Collection[int] = (),
    until: int | None = None,
) -> Replay:
    """Play a log again and settle all that is due at ticks up to and including `until` (2,760 unless told).

    When `until` lies within the round, shots after it are not looked at. `seeds` may hold only the waves
    revealed so far when `until` lies inside them. `voids` are the submissions whose shots are kept but not
    scored. A bad log gives what its good beginning comes to, and `illegal`. ValueError when `until` needs more
    seeds.
    """
    until = LAST_TICK if until is None else until
    end = revealed_until(len(seeds))
    if end is not None and until > end:
        raise ValueError(f"tick {until} lies after the {len(seeds)} waves revealed, which end at tick {end}")
    if until < TICKS:
        shots = shots[: next((index for index, shot in enumerate(shots) if shot[0] > until), len(shots))]
    illegal = find_illegal(shots)
    play = Round(rules, voids)
    for wave, seed in enumerate(seeds, 1):
        play.reveal(wave, seed)
    for tick, x, y in shots if illegal is None else shots[: illegal.index]:
        play.fire(tick, x, y)
    play.settle(until)
    return Replay(
        play.score, play.shots, len(play.hit_list), play.best_combo, play.knock_outs, play.spawn_hits,
        tuple(play.gifts), tuple(play.hit_list), play.events_hash, illegal,
    )  # fmt: skip
