"""What a log is worth by the rules, computed outside the server: attacks are measured against it."""

import hashlib
import hmac
from collections.abc import Sequence

from server.simulation.replay import Shot, replay
from server.simulation.rng import Seed, parse_seed
from server.simulation.rules import Rules, cut
from tests.rig.bot import CLEVER, Bot
from tests.rig.play import Play


def seeds_from(secret: str) -> list[Seed]:
    """The nine seeds by API.md's formula, written here once more."""
    key = bytes.fromhex(secret)
    digests = [hmac.new(key, str(wave).encode("ascii"), hashlib.sha256).digest() for wave in range(1, 10)]
    return [parse_seed(digest[:16].hex()) for digest in digests]


def worth(secret: str, shots: Sequence[Shot], voids: Sequence[int] = ()) -> int:
    """The score of a log under a secret."""
    return replay(Rules(), seeds_from(secret), shots, voids).score


def worth_so_far(seeds: Sequence[str], shots: Sequence[Shot], wave: int) -> int:
    """What the shots up to a wave's cut have brought by then."""
    return replay(Rules(), [parse_seed(seed) for seed in seeds], shots, until=cut(wave)).score


def best_log(secret: str) -> list[Shot]:
    """What somebody throws who knows the whole round before it begins."""
    bot = Bot(Rules(), 0, CLEVER)
    for wave, seed in enumerate(seeds_from(secret), 1):
        bot.see(wave, seed)
    return bot.play_until(cut(9))


def of_wave(shots: Sequence[Shot], wave: int) -> list[Shot]:
    """The shots that belong into a wave's submission."""
    return [shot for shot in shots if cut(wave - 1) <= shot.tick < cut(wave)]


def is_fair(play: Play) -> bool:
    """Whether a finished round's score is what its own log is worth under its own secret."""
    score: int = play.outcome["score"]
    return score == worth(play.outcome["secret"], play.log, play.voids)
