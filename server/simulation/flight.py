"""How a dart flies: it reaches the near, mid and far plane 14, 20 and 26 ticks after the shot.

On its way it falls 10/256 pixel and drifts 3/256 pixel per unit of wind, both times the square of its ticks:
7.6, 15.6 and 26 pixels of fall. Twin: static/game/sim/flight.js.
"""

from server.simulation.rules import FLIGHT_TICKS, Q

FALL_Q8, DRIFT_Q8 = 10, 3


class Dart:
    """A dart in the air: its shot (index in the log, tick, pixels), the wind it flies in, the plane it reaches next."""

    __slots__ = ("shot", "tick", "x", "y", "wind", "plane", "due")

    def __init__(self, shot: int, tick: int, x: int, y: int, wind: int) -> None:
        self.shot, self.tick, self.x, self.y, self.wind = shot, tick, x, y, wind
        self.plane, self.due = 0, tick + FLIGHT_TICKS[0]


def impact_point(x: int, y: int, wind: int, plane: int) -> tuple[int, int]:
    """Where (Q8) a dart aimed at pixel (x, y) passes through a plane."""
    squared = FLIGHT_TICKS[plane] * FLIGHT_TICKS[plane]
    return (x << Q) + wind * squared * DRIFT_Q8, (y << Q) + squared * FALL_Q8
