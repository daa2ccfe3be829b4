"""A small picture of the last hours, drawn by the server: one bar an hour."""

from collections.abc import Sequence

from markupsafe import Markup

STEP, BAR, HEIGHT, LEAST = 10, 7, 48, 2


def draw_bars(by_hour: Sequence[int], label: str) -> Markup:
    """The numbers as an SVG picture that says in words what it shows; the last bar is the strongest."""
    most = max(by_hour, default=0) or 1
    bars = Markup("").join(_bar(place, number / most, is_last=place == len(by_hour) - 1)
                           for place, number in enumerate(by_hour))
    return Markup('<svg class="home-bars" viewBox="0 0 {width} {height}" preserveAspectRatio="none" role="img" '
                  'aria-label="{label}">{bars}</svg>').format(width=STEP * len(by_hour) - (STEP - BAR), height=HEIGHT,
                                                              label=label, bars=bars)


def _bar(place: int, share: float, *, is_last: bool) -> Markup:
    high = max(LEAST, round(share * HEIGHT))
    return Markup('<rect x="{x}" y="{y}" width="{width}" height="{high}" rx="1.5" fill="currentColor" '
                  'fill-opacity="{strength}"/>').format(x=STEP * place, y=HEIGHT - high, width=BAR, high=high,
                                                        strength="1" if is_last else ".45" if share else ".16")
