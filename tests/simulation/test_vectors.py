"""The shared vectors, as Python sees them; tests/game/sim.vectors.test.js reads the same files."""

import pytest

from tests.simulation.vectors import Vector, expected_of, outcome_of, read_vectors, replay_vector

HAND_PICKED = read_vectors("hand_picked.json")
RANDOM = read_vectors("random.json")


@pytest.mark.parametrize("vector", HAND_PICKED, ids=lambda vector: vector["name"])
def test_a_hand_picked_round_comes_to_what_its_vector_says(vector: Vector) -> None:
    assert outcome_of(replay_vector(vector)) == expected_of(vector)


def test_every_random_round_comes_to_what_its_vector_says() -> None:
    wrong = [v["name"] for v in RANDOM if outcome_of(replay_vector(v)) != expected_of(v)]
    assert wrong == []


def test_there_are_enough_vectors_with_names_of_their_own() -> None:
    assert len(HAND_PICKED) >= 40
    assert len(RANDOM) == 200
    assert len({vector["name"] for vector in HAND_PICKED + RANDOM}) == len(HAND_PICKED + RANDOM)


def test_the_vectors_show_every_kind_of_event_and_refusal() -> None:
    shown = {hit[4] for vector in HAND_PICKED + RANDOM for hit in vector["hits"]}
    reasons = " ".join(vector["illegal"][1] for vector in HAND_PICKED if vector["illegal"])
    assert shown == {"can", "balloon", "duck", "star", "plant", "gift", "boss", "knock-out"}
    assert all(word in reasons for word in ("cooldown", "reload", "previous", "world", "outside ticks"))
