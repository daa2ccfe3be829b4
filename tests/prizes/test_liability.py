"""What the prizes of a campaign may come to."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prizes.award import Way
from prizes.liability import Exposure, exposures, liability
from prizes.prize import Prize
from prizes.stock import correct, withdraw
from prizes.way import CampaignFacts, WayToWin
from prizes.ways import WAYS
from server.db import transaction
from tests.prizes.scene import CAMPAIGN, Scene
from tests.rig.clock import NOON

FACTS = CampaignFacts(CAMPAIGN, NOON, NOON, "UTC")


@dataclass
class Gives(WayToWin):
    """A way that gives at most so many of each prize."""

    most: Mapping[str, int | None]

    def most_awards(self, session: object, campaign: CampaignFacts) -> Mapping[str, int | None]:
        return self.most


def most_cents(scene: Scene, extra: Mapping[str, int] | None = None) -> int | None:
    with scene.database.sessions() as session:
        return liability(exposures(session, FACTS, extra))


def test_the_ladder_may_give_all_that_is_in_stock(scene: Scene) -> None:
    darts, caps = scene.add_prize(units=7, value_cents=100), scene.add_prize(units=2, value_cents=1_000)
    assert most_cents(scene) == 2_700
    assert most_cents(scene, {darts: 1, caps: 1}) == 3_800


def test_units_that_were_withdrawn_or_counted_away_cost_nothing_more(scene: Scene) -> None:
    darts = scene.add_prize(units=7, value_cents=100)
    with scene.database.sessions() as session, transaction(session):
        withdraw(session, darts, 2, NOON, "broken")
        correct(session, darts, -1, NOON, "recount")
    assert most_cents(scene) == 400


def test_what_was_won_still_counts(scene: Scene) -> None:
    scene.add_prize(units=7, value_cents=100)
    assert scene.win() is not None
    assert most_cents(scene) == 700


def test_a_way_that_gives_fewer_than_the_stock_limits_it_and_ways_add_up(
        scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    darts = scene.add_prize(units=7, value_cents=100)
    monkeypatch.setitem(WAYS, Way.LADDER, Gives({darts: 2}))
    assert most_cents(scene) == 200
    monkeypatch.setitem(WAYS, Way.DRAW, Gives({darts: 3}))
    assert most_cents(scene) == 500
    monkeypatch.setitem(WAYS, Way.DRAW, Gives({darts: 30}))
    assert most_cents(scene) == 700


def test_what_no_way_gives_costs_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.add_prize(units=7)
    monkeypatch.setitem(WAYS, Way.LADDER, Gives({}))
    assert most_cents(scene) == 0


MOST = st.none() | st.integers(0, 9)


@given(st.integers(0, 9), MOST, MOST)
def test_a_prize_costs_no_more_than_its_stock_and_no_more_than_its_awards(
        value: int, stock: int | None, awards: int | None) -> None:
    cents = Exposure(Prize(value_cents=value), stock, awards).cents
    for most in (stock, awards):
        assert most is None or (cents is not None and cents <= most * value)
    assert (cents is None) == (value > 0 and stock is None and awards is None)
