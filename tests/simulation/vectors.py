"""Read tests/vectors: the rounds that both languages must judge alike."""

import json
from pathlib import Path
from typing import Any

from server.simulation.replay import Replay, Shot, replay
from server.simulation.rng import parse_seed
from server.simulation.rules import Rules

FOLDER = Path(__file__).parent.parent / "vectors"
Vector = dict[str, Any]


def read_vectors(file: str) -> list[Vector]:
    vectors: list[Vector] = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    return vectors


def replay_vector(vector: Vector) -> Replay:
    """What Python makes of a vector."""
    seeds = [parse_seed(seed) for seed in vector["seeds"]]
    shots = [Shot(*shot) for shot in vector["shots"]]
    return replay(Rules.from_json(vector["rules"]), seeds, shots, vector["voids"], vector["until"])


def expected_of(vector: Vector) -> Vector:
    """The part of a vector that tells what the round comes to."""
    given = {"name", "rules", "seeds", "shots", "voids", "until"}
    return {key: value for key, value in vector.items() if key not in given}


def outcome_of(played: Replay) -> Vector:
    """A replay in the words of a vector."""
    illegal = played.illegal
    return {
        "score": played.score,
        "thrown": played.shots,
        "best_combo": played.best_combo,
        "knock_outs": played.knock_outs,
        "spawn_hits": played.spawn_hits,
        "gifts": [list(gift) for gift in played.gifts],
        "hits": [list(hit) for hit in played.hit_list],
        "events_hash": played.events_hash,
        "illegal": illegal and [illegal.index, illegal.sentence],
    }
