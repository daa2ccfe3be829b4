"""A forecast as a picture: how much of each prize is with winners when, the middle course and nine out of ten."""

from html import escape

import numpy as np
from numpy.typing import NDArray

from prizes.forecast import Forecast, PrizeForecast

WIDTH, LEFT, RIGHT = 960, 264, 40
TOP, ROW, PLOT = 96, 128, 84
HOURS_A_DAY = 24
MOST_TICKS = 8
STYLE = """
text{font:15px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;fill:#1b2240}
.big{font-size:22px;font-weight:700}.name{font-weight:700}.small{font-size:13px;fill:#58607c}
.bad{fill:#b3261e;font-weight:700}.tick{font-size:12px;fill:#58607c;text-anchor:middle}
"""


def draw_forecast(seen: Forecast, title: str) -> str:
    """The picture as the text of an SVG."""
    height = TOP + ROW * len(seen.prizes) + 48
    days = float(seen.marks[-1]) / HOURS_A_DAY
    rows = "".join(_row(one, seen.marks, TOP + ROW * place) for place, one in enumerate(seen.prizes))
    low, middle, high = seen.rounds
    said = (f"{seen.campaigns:,} campaigns played with numbers; {middle:,.0f} rounds ({low:,.0f} to {high:,.0f}). "
            "Line: the middle one. Band: nine out of ten.")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
            f'role="img"><title>{escape(title)}</title><style>{STYLE}</style>'
            f'<rect width="100%" height="100%" fill="#fff"/><text class="big" x="32" y="44">{escape(title)}</text>'
            f'<text class="small" x="32" y="70">{said}</text>{rows}'
            f'{_days(days, TOP + ROW * len(seen.prizes))}</svg>')


def _row(one: PrizeForecast, marks: NDArray[np.float64], top: int) -> str:
    units = max(1, one.prize.units)
    x = LEFT + marks / marks[-1] * (WIDTH - LEFT - RIGHT)
    low, middle, high = (top + PLOT - one.gone[:, column] / units * PLOT for column in range(3))
    band = _points(np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]]))
    warning = ' class="small bad"' if max(one.left_over, one.gone_by_noon) > 0.5 else ' class="small"'
    return (f'<g><text class="name" x="32" y="{top + 22}">{escape(_short(one.prize.name))}</text>'
            f'<text class="small" x="32" y="{top + 43}">{one.prize.units:,} units</text>'
            f'<text{warning} x="32" y="{top + 62}">left over: {one.left_over:.0%}</text>'
            f'<text{warning} x="32" y="{top + 80}">gone by noon: {one.gone_by_noon:.0%}</text>'
            f'<path d="M{LEFT} {top}H{WIDTH - RIGHT}M{LEFT} {top + PLOT}H{WIDTH - RIGHT}" stroke="#d5daea"/>'
            f'<polygon points="{band}" fill="#2f8fff" fill-opacity=".22"/>'
            f'<polyline points="{_points(x, middle)}" fill="none" stroke="#1766c4" stroke-width="2.5"/>'
            f'<text class="small" x="{LEFT - 8}" y="{top + 5}" text-anchor="end">all</text>'
            f'<text class="small" x="{LEFT - 8}" y="{top + PLOT + 5}" text-anchor="end">0</text></g>')


def _days(days: float, y: int) -> str:
    """The days below the rows, few enough to be read."""
    step = max(1, -(-int(days) // MOST_TICKS))
    at = range(0, int(days) + 1, step)
    width = WIDTH - LEFT - RIGHT
    return "".join(f'<text class="tick" x="{LEFT + day / days * width:.0f}" y="{y}">day {day}</text>' for day in at)


def _points(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    return " ".join(f"{across:.1f},{down:.1f}" for across, down in zip(x, y, strict=True))


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else name[:most - 1].rstrip() + "…"
