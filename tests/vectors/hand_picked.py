"""The scenes about targets, points, combos and gifts. See scenes.py for how a scene becomes a vector."""

from server.simulation.replay import Replay
from server.simulation.rules import FAR, FLIGHT_TICKS, MID, NEAR, Q
from server.simulation.targets import Target
from tests.vectors.scenes import Build, Check, Draft, Scene, kinds, points


def one(wave: int, kind: str, plane: int | None = None, dx: int = 0, wait: int = 60) -> Build:
    """One dart at a target of this kind, `wait` ticks after it came."""

    def build(draft: Draft) -> Draft | None:
        target = draft.target(wave, kind, plane)
        return draft.throw_at(target, target.first + wait, dx) if target else None

    return build


def scores(*expected: int) -> Check:
    return lambda played: points(played) == list(expected)


def hits(*expected: str) -> Check:
    return lambda played: kinds(played) == list(expected)


def swims(direction: int) -> Build:
    def build(draft: Draft) -> Draft | None:
        target = draft.target(2, "duck")
        assert target is not None
        return draft.throw_at(target, target.first + 60) if target.vx * direction > 0 else None

    return build


def row(draft: Draft, *targets: Target | None) -> Draft | None:
    """Darts at these targets, each at the first tick at which it is there and the blaster is ready."""
    for target in targets:
        if target is None:
            return None
        tick = max(target.first + 20, draft.ready() + FLIGHT_TICKS[target.plane])
        if tick >= target.end:
            return None
        draft.throw_at(target, tick)
    return draft


def every_target(draft: Draft, waves: range, kinds_wanted: tuple[str, ...]) -> Draft:
    """Darts at all targets of these kinds that can be reached in time, in the order in which they came."""
    play = draft.play()
    targets = [t for wave in waves for t in play.wave(wave).targets if t.kind in kinds_wanted]
    for target in sorted(targets, key=lambda t: (t.first, t.index)):
        row(draft, target)
    return draft


def plant_after_can(draft: Draft) -> Draft | None:
    return row(draft, draft.target(3, "can"), draft.target(3, "plant"))


def gift_in_a_combo(draft: Draft) -> Draft | None:
    draft.gift_waves = (2,)
    return row(draft, *(draft.target(2, kind) for kind in ("balloon", "duck", "can", "gift")))


def gift_missed(draft: Draft) -> Draft | None:
    draft.gift_waves = (1,)
    return draft.throw(100, 5, 1270)


def gifts_everywhere(draft: Draft) -> Draft | None:
    draft.gift_waves = (1, 2, 3, 4, 5, 6, 7, 8, 9)
    return every_target(draft, range(1, 10), ("gift",))


def old_and_new(draft: Draft) -> Draft | None:
    """A target of wave 1 hit in wave 2."""
    late = next((t for t in draft.play().wave(1).targets if t.end > 310), None)
    return draft.throw_at(late, 308) if late else None


def new_one_early(draft: Draft) -> Draft | None:
    """A shot in wave 1's last tick at a target that comes with wave 2."""
    soon = next((t for t in draft.play().wave(2).targets if t.first < 305 and t.plane == FAR - 1), None)
    return draft.throw_at(soon, 299 + FLIGHT_TICKS[soon.plane]) if soon else None


def life(moment: str) -> Build:
    def build(draft: Draft) -> Draft | None:
        target = draft.target(1, "can", NEAR)
        if target is None or target.first < 20:
            return None
        ticks = {"before": target.first - 1, "first": target.first, "last": target.end - 1, "end": target.end}
        return draft.throw_at(target, ticks[moment])

    return build


def grace(ticks: int) -> Build:
    def build(draft: Draft) -> Draft | None:
        target = draft.target(2, "balloon")
        return draft.throw_at(target, target.first + ticks + FLIGHT_TICKS[target.plane]) if target else None

    return build


def landing(ticks: int) -> Build:
    """A dart thrown before a target comes, that lands in it so many ticks after it came."""

    def build(draft: Draft) -> Draft | None:
        target = draft.target(2, "balloon")
        return draft.throw_at(target, target.first + ticks) if target else None

    return build


def edge(inside: bool) -> Build:
    """A dart a whole pixel inside or outside a standing plant's rim."""

    def build(draft: Draft) -> Draft | None:
        plant = draft.target(3, "plant")
        if plant is None:
            return None
        return draft.throw_at(plant, plant.first + 50, plant.radius - 1 if inside else plant.radius + 1)

    return build


def in_line(draft: Draft) -> Draft | None:
    """A dart between the centres of two targets that overlap on its way, the nearer one in front."""
    targets = draft.play().wave(8).targets
    for front, back in ((f, b) for f in targets for b in targets if f.plane < b.plane):
        for tick in range(max(front.first, back.first) + 20, min(front.end, back.end) - 20, 5):
            (x, y), (other_x, other_y) = front.place(tick), back.place(tick)
            if abs(x - other_x) < 50 << Q and abs(y - other_y) < 60 << Q:
                return draft.throw_at(front, tick, (other_x - x) >> Q + 1, (other_y - y) >> Q + 1)
    return None


def together(draft: Draft) -> Draft | None:
    """A dart at the far plane and one, thrown 12 ticks later, at the near plane: both land in one tick."""
    wave = draft.play().wave(4)
    for far in (t for t in wave.targets if t.plane == FAR):
        for near in (t for t in wave.targets if t.plane == NEAR):
            tick = max(far.first, near.first) + 20
            if tick < min(far.end, near.end):
                return draft.throw_at(far, tick).throw_at(near, tick)
    return None


def five_in_a_row(draft: Draft) -> Draft | None:
    return every_target(draft, range(1, 3), ("can", "balloon", "duck"))


def long_run(draft: Draft) -> Draft | None:
    return every_target(draft, range(1, 8), ("can", "balloon", "duck", "star"))


def broken_run(draft: Draft) -> Draft | None:
    can, balloon = draft.target(1, "can"), draft.target(1, "balloon")
    if can is None or balloon is None or can.first > balloon.first:
        return None
    row(draft, can)
    return row(draft.throw(draft.ready(), 5, 1270), balloon)


def has_combo(combo: int) -> Check:
    return lambda played: played.best_combo >= combo and played.hits == played.shots


def lands_together(played: Replay) -> bool:
    ticks = [hit.tick for hit in played.hit_list]
    return len(ticks) == 2 and ticks[0] == ticks[1]


TARGET_SCENES = [
    Scene("an empty log scores nothing", lambda draft: draft, lambda r: r.score == 0 and not r.shots),
    Scene("a can hit in its inner third is worth half as much again", one(1, "can"), scores(75)),
    Scene("a can hit near its rim is worth 50", one(1, "can", dx=40), scores(50)),
    Scene("a balloon is worth 100", one(1, "balloon", dx=40), scores(100)),
    Scene("a duck that swims to the right is hit with lead", swims(1), scores(225)),
    Scene("a duck that swims to the left is hit with lead", swims(-1), scores(225)),
    Scene("a star is worth 500", one(5, "star", dx=20), scores(500)),
    Scene("a plant takes nothing from a score of 0", one(3, "plant"), hits("plant")),
    Scene("a plant takes what is there and ends the combo", plant_after_can,
          lambda r: points(r) == [75, -75] and r.hit_list[1].combo == 0),
    Scene("a dart inside a plant's rim hits it", edge(True), hits("plant")),
    Scene("a dart outside a plant's rim misses it", edge(False), hits()),
    Scene("a near target is reached after 14 ticks", one(1, "can", NEAR), lambda r: kinds(r) == ["can"]),
    Scene("a middle target is reached after 20 ticks", one(1, "can", MID), hits("can")),
    Scene("a far target is reached after 26 ticks", one(4, "can", FAR), hits("can")),
    Scene("a dart stops at the first of two targets in its way", in_line, lambda r: r.hits == 1),
    Scene("two darts land in the same tick in two planes", together, lands_together),
    Scene("a dart that hits nothing ends the combo", broken_run,
          lambda r: r.hits == 2 and r.best_combo == 1 and r.shots == 3),
    Scene("the fourth hit in a row counts double", five_in_a_row, has_combo(4)),
    Scene("sixteen hits in a row reach the top multiplier", long_run, has_combo(17)),
    Scene("a target of wave 1 is hit in wave 2", old_and_new,
          lambda r: r.hits == 1 and r.hit_list[0].wave == 1 and r.hit_list[0].tick == 308),
    Scene("the last tick of wave 1 hits a target of wave 2", new_one_early,
          lambda r: r.hits == 1 and r.hit_list[0].wave == 2),
    Scene("a dart that comes one tick before a target misses it", life("before"), hits()),
    Scene("a dart that comes with a target's first tick hits it", life("first"), hits("can")),
    Scene("a dart that comes in a target's last tick hits it", life("last"), hits("can")),
    Scene("a dart that comes when a target has gone misses it", life("end"), hits()),
    Scene("a shot 5 ticks after a target came is a spawn hit", grace(5), lambda r: r.spawn_hits == 1),
    Scene("a shot 6 ticks after a target came is none", grace(6), lambda r: r.hits == 1 and not r.spawn_hits),
    Scene("a dart that lands 5 ticks after a target came is a spawn hit", landing(5), lambda r: r.spawn_hits == 1),
    Scene("a dart thrown before a target came that lands 6 ticks after is luck", landing(6),
          lambda r: r.hits == 1 and not r.spawn_hits),
    Scene("a gift brings no points and keeps the combo", gift_in_a_combo,
          lambda r: kinds(r)[-1:] == ["gift"] and r.hit_list[-1].combo == 4 and len(r.gifts) == 1),
    Scene("a gift that nobody hits is not told", gift_missed, lambda r: r.gifts == () and r.shots == 1),
    Scene("every wave's gift is hit", gifts_everywhere, lambda r: len(r.gifts) == 9 and r.score == 0),
]  # fmt: skip
