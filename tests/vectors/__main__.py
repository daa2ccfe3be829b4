"""Write the vectors again: `python -m tests.vectors`. Only when the rules change on purpose; both suites read them.

hand_picked.json holds the scenes, random.json 200 rounds of made-up players. One line a vector:
{"name", "rules": {"version", "gift_waves"}, "seeds": [32 hex digits, …], "shots": [[tick, x, y], …], "voids": [n, …],
"until", and what it comes to: "score", "thrown", "best_combo", "knock_outs", "spawn_hits", "gifts": [[wave, index], …],
"hits": [[tick, shot, wave, index, kind, points, combo, x, y], …], "events_hash", "illegal": null or [index, sentence]}.
"""

import json
import random
from pathlib import Path

from server.simulation.replay import Replay
from server.simulation.rules import LAST_TICK, WAVES, cut
from tests.simulation.players import BOSS_HUNTER, CASUAL, SKILLED, WILD, draw_seeds, play_round
from tests.vectors.hand_picked import TARGET_SCENES
from tests.vectors.hand_picked_rounds import ROUND_SCENES
from tests.vectors.scenes import Draft, stage

HERE = Path(__file__).parent
RANDOM_ROUNDS = 200


def as_vector(name: str, draft: Draft, played: Replay) -> dict[str, object]:
    """One vector, ready for JSON."""
    illegal = played.illegal and [played.illegal.index, played.illegal.sentence]
    return {
        "name": name,
        "rules": {"version": 1, "gift_waves": draft.gift_waves},
        "seeds": ["".join(f"{word:08x}" for word in seed) for seed in draft.seeds],
        "shots": draft.shots,
        "voids": draft.voids,
        "until": draft.until,
        "score": played.score,
        "thrown": played.shots,
        "best_combo": played.best_combo,
        "knock_outs": played.knock_outs,
        "spawn_hits": played.spawn_hits,
        "gifts": played.gifts,
        "hits": played.hit_list,
        "events_hash": played.events_hash,
        "illegal": illegal,
    }


def random_draft(number: int) -> Draft:
    """A round of one of four players; some have gifts, void submissions, an early end, or one broken shot."""
    chance = random.Random(f"vector {number}")
    draft = Draft(draw_seeds(number))
    draft.gift_waves = tuple(sorted(chance.sample(range(1, WAVES + 1), chance.choice((0, 0, 1, 3)))))
    draft.voids = tuple(sorted(chance.sample(range(1, WAVES + 1), chance.choice((0, 0, 0, 1, 2)))))
    player = (SKILLED, CASUAL, WILD, BOSS_HUNTER)[number % 4]
    draft.shots = play_round(draft.rules, draft.seeds, player, number, draft.voids)
    waves = chance.choice((2, 3, 4, WAVES))
    draft.until = LAST_TICK if waves == WAVES else cut(waves)
    draft.shots = [shot for shot in draft.shots if shot.tick < cut(waves)]
    if chance.random() < 0.1:
        at = chance.randrange(1, len(draft.shots))
        draft.shots[at] = draft.shots[at]._replace(tick=draft.shots[at].tick - chance.randrange(60))
    return draft


def write(file: str, vectors: list[dict[str, object]]) -> None:
    lines = ",\n".join(json.dumps(vector, separators=(",", ":")) for vector in vectors)
    (HERE / file).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main() -> None:
    """Make both files anew."""
    write("hand_picked.json", [as_vector(s.name, *stage(s)) for s in (*TARGET_SCENES, *ROUND_SCENES)])
    drafts = [random_draft(number) for number in range(RANDOM_ROUNDS)]
    write("random.json", [as_vector(f"random {n}", d, d.replay()) for n, d in enumerate(drafts)])


if __name__ == "__main__":
    main()
