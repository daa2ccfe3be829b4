"""The release plan as a picture: what was to be let go by when, and what really went out, as far as staff see.

It stretches to any width and carries no words of its own: those stand around it, in a size that a phone can show. Its
colours are classes, so that one picture serves light and dark.
"""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from server.backoffice.stock.plan import PlanAndTruth, Point

WIDTH, HEIGHT = 1000, 220
LINES = 4  # of the grid


def draw_plan(seen: PlanAndTruth, title: str) -> Markup:
    """The text of an SVG."""
    most = max(seen.units, seen.went_out, 1)
    across = _Across(seen.opens_at, seen.closes_at, most)
    parts = [_grid(), _unseen(across, seen.until), _line("plan", across.points(seen.plan))]
    if seen.truth:
        truth = across.points(seen.truth)
        parts += [_area(truth), _line("truth", truth)]
    return Markup(
        '<svg class="stock-plan" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'role="img" aria-label="{}">{}</svg>').format(WIDTH, HEIGHT, title, Markup("").join(parts))


class _Across:
    """Where a moment and a number of units lie."""

    def __init__(self, start: datetime, end: datetime, most: int) -> None:
        self._start, self._length, self._most = start, max((end - start).total_seconds(), 1), most

    def x(self, at: datetime) -> float:
        return min(max((at - self._start).total_seconds() / self._length, 0), 1) * WIDTH

    def points(self, curve: Sequence[Point]) -> list[tuple[float, float]]:
        return [(self.x(point.at), HEIGHT - min(max(point.units / self._most, 0), 1) * HEIGHT) for point in curve]


def _grid() -> Markup:
    steps = Markup("").join(Markup("M0 {0}H{1}").format(HEIGHT * line // LINES, WIDTH) for line in range(LINES + 1))
    return Markup('<path class="grid" d="{}"/>').format(steps)


def _unseen(across: _Across, until: datetime) -> Markup:
    """What is still to come, and the hours that staff do not see yet."""
    x = across.x(until)
    return Markup('<rect class="unseen" x="{:.1f}" y="0" width="{:.1f}" height="{}"/>').format(x, WIDTH - x, HEIGHT)


def _line(name: str, points: Sequence[tuple[float, float]]) -> Markup:
    return Markup('<polyline class="{}" points="{}"/>').format(name, _text(points))


def _area(points: Sequence[tuple[float, float]]) -> Markup:
    closed = [(points[0][0], float(HEIGHT)), *points, (points[-1][0], float(HEIGHT))]
    return Markup('<polygon class="area" points="{}"/>').format(_text(closed))


def _text(points: Sequence[tuple[float, float]]) -> Markup:
    return escape(" ".join(f"{x:.1f},{y:.1f}" for x, y in points))


def draw_shares(shares: Sequence[tuple[str, int]], title: str) -> Markup:
    """A bar of the shares of a whole, each with the class that colours it."""
    whole = max(sum(units for _, units in shares), 1)
    parts, at = [], 0.0
    for name, units in shares:
        width = max(units, 0) / whole * WIDTH
        parts.append(Markup('<rect class="{}" x="{:.1f}" width="{:.1f}" height="8"/>').format(name, at, width))
        at += width
    return Markup('<svg class="stock-bar" viewBox="0 0 {} 8" preserveAspectRatio="none" role="img" '
                  'aria-label="{}">{}</svg>').format(WIDTH, title, Markup("").join(parts))
