"""`kill -9` while people play and claim: nothing lost, nothing doubled, every retry gets its first answer.

The short form of `make chaos`, which kills two hundred times on each database.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig.databases import create_postgres
from tests.rig.served import FrozenTime, frozen_installation, installation
from tests.rig.storm import LIMITS, Storm

KILLS = 8


@pytest.fixture(params=["sqlite", "postgres"])
def storm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storm]:
    settings = dict(LIMITS)
    if request.param == "postgres":
        settings["DATABASE_URL"] = create_postgres(request.getfixturevalue("postgres_server"), "killed")
    time = FrozenTime(tmp_path)
    with installation(tmp_path, **settings) as served:
        storm = Storm(served, time, random.Random(7))
        storm.prepare()
        frozen_installation(served, time)
        served.start()
        yield storm


def test_awards_and_claims_survive_kill_9_and_every_retry_gets_its_first_answer(storm: Storm) -> None:
    storm.play_batch(24, KILLS)
    storm.check()
    assert storm.count.kills == KILLS
    assert storm.count.retried > 0
    assert storm.count.violations == []
