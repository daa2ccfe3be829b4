"""Every call counts for somebody: a token that is nobody's, or a body that cannot be read, dodges no limit."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flask import Flask

from server.db import Database
from tests.rig.app import calm_config, fresh_app
from tests.rig.clock import FakeClock
from tests.rig.play import API, Player, problem_of


@pytest.fixture
def app(database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Two calls a second for a player and for an address, in a second that does not pass."""
    now = time.time()
    stopped = SimpleNamespace(time=lambda: now)
    for module in ("limits.storage.memory", "server.limits.rates"):
        monkeypatch.setattr(f"{module}.time", stopped)
    config = calm_config()
    few = replace(config.limits, token_calls_per_second=2, address_calls_per_second=2)
    return fresh_app(database, clock, replace(config, limits=few))


def test_waves_sent_under_invented_tokens_are_counted_for_their_address(app: Flask) -> None:
    sent = [app.test_client().post(f"{API}/rounds/nowhere/waves", headers={"Authorization": f"Bearer {letter * 43}"})
            for letter in "abc"]
    assert list(map(problem_of, sent)) == ["unknown_player", "unknown_player", "slow_down"]


def test_a_wave_that_cannot_be_read_is_counted_for_its_player(app: Flask, clock: FakeClock) -> None:
    play = Player(app, clock).open()
    sent = [play.submit(wave=wave) for wave in (0, 1)]
    assert list(map(problem_of, sent)) == ["malformed", "slow_down"]
