"""The scenes about the boss, wind, time, void submissions and refusals. See scenes.py."""

from server.simulation.replay import Replay, Shot
from server.simulation.rules import (
    BOSS_RADIUS,
    COOLDOWN_TICKS,
    KNOCK_OUT_TICKS,
    MAGAZINE,
    RELOAD_TICKS,
    TICKS,
    WAVES,
    Q,
    cut,
    submission_of,
)
from tests.simulation.players import BOSS_HUNTER, SKILLED, play_round
from tests.vectors.hand_picked import one
from tests.vectors.scenes import Build, Check, Draft, Scene, kinds, points


def boss_at(tick: int, dx: int = 0) -> Build:
    return lambda draft: draft.throw_at_boss(tick, dx)


def hunt(draft: Draft, start: int = 0, count: int = 12) -> Draft:
    """Darts at the boss, one after another, until `count` have been thrown."""
    tick = start
    for _ in range(count):
        draft.throw_at_boss(tick)
        tick = draft.ready()
    return draft


def down(draft: Draft, after: int) -> Draft | None:
    """The boss knocked out by twelve darts in wave 1, then one that reaches it `after` ticks later."""
    hunt(draft)
    played = draft.replay()
    if played.knock_outs != 1:
        return None
    return draft.throw_at_boss(played.hit_list[-1].tick + after - 26)


def again_down(draft: Draft) -> Draft | None:
    """Two knock-outs, the second after the boss's return."""
    hunt(draft)
    back = draft.replay().hit_list[-1].tick + KNOCK_OUT_TICKS if draft.replay().knock_outs else 0
    return hunt(draft, back - 26, 24) if back else None


def dodged(draft: Draft) -> Draft:
    """Two shots beside the boss in wave 9, the second within the dodge's cooldown."""
    return draft.throw_at_boss(2500, 60).throw_at_boss(2540, -60)


def close_calls(draft: Draft) -> Draft:
    """Shots near the boss in the last ten ticks of waves 1 to 8, where the look ahead would leave the wave."""
    for wave in range(1, WAVES):
        draft.throw(wave * 300 - 10 + wave, 360, 200)
    return draft


def dodge_at_the_edge(draft: Draft) -> Draft | None:
    """A shot in wave 8's last tick between where the boss is and where it would be ten ticks later: the side to
    which it dodges, and so whether the next dart meets it, tells that the look ahead ended with the wave.
    """
    play = draft.play()
    wave = play.wave(8)
    here, later = (play.boss.x(wave, tick) >> Q for tick in (2399, 2409))
    if abs(here - later) < 20:
        return None
    draft.throw(2399, (here + later) // 2, 180)
    return draft.throw_at_boss(2415) if draft.play().boss.dodge_tick > 2399 else None


def windy(side: int) -> Build:
    def build(draft: Draft) -> Draft | None:
        if draft.play().wave(9).wind * side < 12:
            return None
        return one(9, "can", 2)(draft)

    return build


def at(*shots: tuple[int, int, int]) -> Build:
    def build(draft: Draft) -> Draft:
        draft.shots = [Shot(*shot) for shot in shots]
        return draft

    return build


def corners(draft: Draft) -> Draft:
    return draft.throw(0, 0, 0).throw(12, 719, 0).throw(24, 0, 1279).throw(36, 719, 1279)


def magazine(pause: int) -> Build:
    """Eight darts as fast as allowed, and a ninth this long after the eighth."""
    first = [(COOLDOWN_TICKS * number, 700, 1200) for number in range(MAGAZINE)]
    return at(*first, (first[-1][0] + pause, 700, 1200))


def as_fast_as_allowed(draft: Draft) -> Draft:
    tick = 0
    while tick < TICKS:
        draft.throw(tick, 360, 400)
        tick = draft.ready()
    return draft


def skilled(draft: Draft) -> Draft:
    draft.shots = play_round(draft.rules, draft.seeds, SKILLED, 7, draft.voids)
    return draft


def settled_at_cut(wave: int) -> Build:
    """A whole log, of which only what is due by the cut counts; only the waves up to it are revealed."""

    def build(draft: Draft) -> Draft:
        skilled(draft)
        draft.until, draft.seeds = cut(wave), draft.seeds[:wave]
        return draft

    return build


def void(*submissions: int) -> Build:
    def build(draft: Draft) -> Draft:
        skilled(draft)
        draft.voids = submissions
        return draft

    return build


def void_gift(draft: Draft) -> Draft | None:
    draft.gift_waves, draft.voids = (2,), (2,)
    return one(2, "gift")(draft)


def void_hunt(draft: Draft) -> Draft:
    """The log of a boss hunter, its last two submissions void: no dodge may come from them."""
    draft.voids = (8, 9)
    draft.shots = play_round(draft.rules, draft.seeds, BOSS_HUNTER, 11)
    return draft


def void_heat(draft: Draft) -> Draft:
    """Seven darts of a void submission, then one that counts and one within the reload that it starts."""
    draft.voids = (1,)
    for number in range(7):
        draft.throw(170 + number * 12, 360, 1200)
    return draft.throw(264, 360, 1200).throw(264 + 44, 360, 1200)


def refused(index: int, *words: str) -> Check:
    return lambda r: r.illegal is not None and r.illegal.index == index and all(w in r.illegal.sentence for w in words)


def fine(shots: int) -> Check:
    return lambda r: r.illegal is None and r.shots == shots


def plays_until(wave: int) -> Check:
    return lambda r: r.illegal is None and r.score > 0 and all(hit.tick <= cut(wave) for hit in r.hit_list)


def without(*submissions: int) -> Check:
    def check(played: Replay) -> bool:
        return played.score > 0 and all(submission_of(hit.tick - 26) not in submissions for hit in played.hit_list)

    return check


ROUND_SCENES = [
    Scene("the boss is worth 120", boss_at(30), lambda r: points(r) == [120]),
    Scene("a dart just inside the boss's rim hits it", boss_at(30, BOSS_RADIUS - 1), lambda r: kinds(r) == ["boss"]),
    Scene("a dart just outside the boss's rim misses it", boss_at(30, BOSS_RADIUS + 1), lambda r: r.hits == 0),
    Scene("the twelfth hit knocks the boss out", hunt,
          lambda r: kinds(r) == ["boss"] * 11 + ["knock-out"] and points(r)[-1] == 120 * 4 + 1500),
    Scene("a knocked-out boss cannot be hit", lambda d: down(d, KNOCK_OUT_TICKS - 1),
          lambda r: r.hits == 12 and r.shots == 13),
    Scene("the boss can be hit in the tick of its return", lambda d: down(d, KNOCK_OUT_TICKS),
          lambda r: r.hits == 13 and kinds(r)[-1] == "boss"),
    Scene("the boss is knocked out twice", again_down, lambda r: r.knock_outs == 2),
    Scene("the boss dodges a dart, and not the next within the cooldown", dodged,
          lambda r: [hit.shot for hit in r.hit_list] == [1]),
    Scene("shots in the last ten ticks of a wave read no later wave", close_calls, fine(8)),
    Scene("the boss's look ahead ends with the wave", dodge_at_the_edge,
          lambda r: [hit.shot for hit in r.hit_list] == [1] and r.hit_list[0].kind == "boss"),
    Scene("a far target is hit in wind from the left", windy(1), lambda r: r.hits == 1),
    Scene("a far target is hit in wind from the right", windy(-1), lambda r: r.hits == 1),
    Scene("the round's first and last ticks are legal", at((0, 10, 10), (2699, 10, 10)), fine(2)),
    Scene("the round's last tick can hit", lambda d: d.throw_at_boss(2699), lambda r: r.hits == 1),
    Scene("all four corners of the world are legal", corners, fine(4)),
    Scene("a shot before the round is refused", at((-1, 10, 10)), refused(0, "outside ticks")),
    Scene("a shot after the round is refused", at((5, 10, 10), (2700, 10, 10)), refused(1, "outside ticks")),
    Scene("a shot right of the world is refused", at((5, 720, 10)), refused(0, "outside the world")),
    Scene("a shot left of the world is refused", at((5, -1, 10)), refused(0, "outside the world")),
    Scene("a shot above the world is refused", at((5, 10, -1)), refused(0, "outside the world")),
    Scene("a shot below the world is refused", at((5, 10, 1280)), refused(0, "outside the world")),
    Scene("a shot before the previous one is refused", at((90, 9, 9), (50, 9, 9)), refused(1, "before the prev")),
    Scene("two shots in one tick are refused", at((90, 9, 9), (90, 9, 9)), refused(1, "cooldown")),
    Scene("a shot 11 ticks after another is refused", at((90, 9, 9), (101, 9, 9)), refused(1, "cooldown")),
    Scene("a shot 12 ticks after another is legal", at((90, 9, 9), (102, 9, 9)), fine(2)),
    Scene("the ninth dart 44 ticks after the eighth is refused", magazine(RELOAD_TICKS - 1), refused(8, "reload")),
    Scene("the ninth dart 45 ticks after the eighth is legal", magazine(RELOAD_TICKS), fine(9)),
    Scene("a whole round as fast as allowed", as_fast_as_allowed, fine(168)),
    Scene("a skilled round", skilled, lambda r: r.score > 8000 and r.knock_outs > 0),
    Scene("a void submission's shots score nothing", void(3), without(3)),
    Scene("two void submissions score nothing", void(2, 9), without(2, 9)),
    Scene("a void submission's gift is not won", void_gift, lambda r: r.gifts == () and r.shots == 0),
    Scene("a void submission makes no boss dodge", void_hunt, lambda r: r.knock_outs > 0),
    Scene("a void submission's shots count for the magazine", void_heat,
          lambda r: refused(8, "reload")(r) and r.shots == 1),
    *(Scene(f"what is settled at the cut of wave {wave}", settled_at_cut(wave), plays_until(wave))
      for wave in range(1, WAVES)),
]  # fmt: skip
