"""How a dart flies: it reaches the near, mid and far plane 14, 20 and 26 ticks after the shot.

On its way it falls 10/256 pixel and drifts 3/256 pixel per unit of wind, both times the square of its ticks:
7.6, 15.6 and 26 pixels of fall. Twin: static/game/sim/flight.js.
"""

from server.simulation.rules import BOSS_RADIUS, BOSS_Y, FAR, FLIGHT_TICKS, Q
from server.simulation.targets import Target

FALL_Q8, DRIFT_Q8 = 10, 3
FALL = tuple(ticks * ticks * FALL_Q8 for ticks in FLIGHT_TICKS)  # by plane, Q8
DRIFT = tuple(ticks * ticks * DRIFT_Q8 for ticks in FLIGHT_TICKS)  # by plane, Q8 per unit of wind


CLEAR_Y = (BOSS_Y + BOSS_RADIUS << Q) - FALL[FAR] >> Q  # a shot above this (pixels) can hit only in the far plane


class Dart:
    """A dart in the air: its shot (index in the log, tick, place in Q8), the wind, and the plane it reaches next.

    `due` is the tick at which it gets there, `target` what it landed in.
    """

    __slots__ = ("shot", "tick", "x", "y", "wind", "plane", "due", "target")

    def __init__(self, shot: int, tick: int, x: int, y: int, wind: int) -> None:
        self.shot, self.tick, self.x, self.y, self.wind = shot, tick, x << Q, y << Q, wind
        self.plane = FAR if y < CLEAR_Y else 0
        self.due = tick + FLIGHT_TICKS[self.plane]
        self.target: Target | None = None

    def point(self) -> tuple[int, int]:
        """Where (Q8) it passes through its plane."""
        return self.x + self.wind * DRIFT[self.plane], self.y + FALL[self.plane]


def impact_point(x: int, y: int, wind: int, plane: int) -> tuple[int, int]:
    """Where (Q8) a dart aimed at pixel (x, y) passes through a plane."""
    return (x << Q) + wind * DRIFT[plane], (y << Q) + FALL[plane]
