"""The boss: one path through the round, dodges, hits left, and the way back after a knock-out.

It sways over the whole round without a jump; a wave changes its speed and its chance to dodge.
Positions are Q8. Twin: static/game/sim/boss.js.
"""

from server.simulation.rules import (
    BOSS_HITS,
    BOSS_RADIUS,
    BOSS_Y,
    DODGE_COOLDOWN_TICKS,
    DODGE_TICKS,
    KNOCK_OUT_TICKS,
    WAVE_TICKS,
    WIDTH,
    Q,
)
from server.simulation.sine import SINE
from server.simulation.targets import Wave

BOSS_Y_Q8 = BOSS_Y << Q
REACH = (BOSS_RADIUS << Q) * (BOSS_RADIUS << Q)  # below 2^30
MIDDLE_Q8, SWAY_Q8, DODGE_Q8 = (WIDTH // 2) << Q, 200 << Q, 144 << Q
DODGE_BOX = 160  # a shot within this many pixels of where the boss will be may make it dodge
DODGE_BOX_Q8 = DODGE_BOX << Q
LOOK_AHEAD_TICKS, DODGE_DELAY_TICKS = 10, 6
LONG_AGO = -1000


class Boss:
    """The boss in play. `back` is the tick at which it returns when it has no hits left."""

    __slots__ = ("hits_left", "back", "dodge_tick", "dodge_side")

    def __init__(self) -> None:
        self.hits_left, self.back = BOSS_HITS, 0
        self.dodge_tick, self.dodge_side = LONG_AGO, 0

    def x(self, wave: Wave, tick: int) -> int:
        """Its x at a tick of this wave, dodge included; it goes on after the last wave as in it."""
        angle = (wave.boss_phase + wave.boss_speed * (tick - wave.first)) >> 4
        x = MIDDLE_Q8 + (SWAY_Q8 * SINE[angle & 1023] >> 14)
        dodging = tick - self.dodge_tick
        if 0 <= dodging < DODGE_TICKS:
            x += self.dodge_side * (DODGE_Q8 * SINE[dodging * 512 // DODGE_TICKS] >> 14)
        return x

    def is_threatened(self, wave: Wave, tick: int, x: int, y: int) -> bool:
        """Whether a shot (pixels) comes close to where the boss will be, when it could dodge again.

        The look ahead ends with the shot's own wave: the next one may not be revealed yet.
        """
        if not -DODGE_BOX < y - BOSS_Y < DODGE_BOX or tick - self.dodge_tick < DODGE_COOLDOWN_TICKS:
            return False
        return -DODGE_BOX_Q8 < self._aside(wave, tick, x) < DODGE_BOX_Q8

    def dodges(self, wave: Wave, tick: int, x: int) -> bool:
        """A boss that is threatened, and not knocked out, may dodge away from the shot; whether it does."""
        if self.hits_left == 0 or wave.rng.below(100) >= wave.dodge_chance:
            return False
        self.dodge_side = -1 if self._aside(wave, tick, x) > 0 else 1
        self.dodge_tick = tick + DODGE_DELAY_TICKS
        return True

    def _aside(self, wave: Wave, tick: int, x: int) -> int:
        return (x << Q) - self.x(wave, min(tick + LOOK_AHEAD_TICKS, wave.first + WAVE_TICKS - 1))

    def is_hit(self, wave: Wave, tick: int, x: int, y: int) -> bool:
        """Whether a dart at this point of the far plane touches it."""
        if self.hits_left == 0:
            return False
        dx, dy = x - self.x(wave, tick), y - BOSS_Y_Q8
        return dx * dx + dy * dy <= REACH

    def take_hit(self, tick: int) -> bool:
        """One hit less; whether that one knocked it out."""
        self.hits_left -= 1
        if self.hits_left > 0:
            return False
        self.back = tick + KNOCK_OUT_TICKS
        return True

    def come_back(self, tick: int) -> bool:
        """Return when the time has come; whether it did."""
        if self.hits_left > 0 or self.back > tick:
            return False
        self.hits_left = BOSS_HITS
        return True
