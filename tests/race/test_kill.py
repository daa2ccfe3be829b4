"""`kill -9` in the middle of a hundred awards: nothing lost, nothing doubled, every retry gets its first answer."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award
from prizes.ledger import Move, StockEntry
from prizes.prize import Prize, PrizeKind
from prizes.stock import Stock, add_prize, restock
from prizes.ways.ladder import add_step
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.seed_demo import NEVER
from server.config import load_config
from server.db import open_database, transaction
from server.simulation.rules import WAVES, Rules
from tests.rig.clock import NOON
from tests.rig.served import FrozenTime, Served, frozen_installation, installation
from tests.rig.themes import TOYS

PLAYERS = 100
STOCK = 1_000
KILLS_AFTER = (15, 40, 70)  # answers seen at which the server is killed


@dataclass
class Alice:
    """One player with one round, and the first answer to the last wave, once it came."""

    token: str
    round_id: str
    answer: dict[str, Any] | None = None


@pytest.fixture
def time(tmp_path: Path) -> FrozenTime:
    return FrozenTime(tmp_path)


@pytest.fixture
def served(tmp_path: Path, time: FrozenTime) -> Iterator[Served]:
    many = {"POPSHOT_LIMITS_ADDRESS_PLAYERS_PER_SECOND": "10000", "POPSHOT_LIMITS_ADDRESS_CALLS_PER_SECOND": "10000"}
    with installation(tmp_path, **many) as served:
        stock_up(served)
        yield frozen_installation(served, time)


def stock_up(served: Served) -> None:
    """A campaign that gives a prize to every finished round."""
    with sessions(served) as session, transaction(session):
        campaign = Campaign(slug="boss", brand="Zapp", titles={"en": "Hit the boss"}, state=CampaignState.PUBLISHED,
                            opens_at=NOON, closes_at=NEVER, timezone="UTC", theme=TOYS, rules=Rules().as_json())
        session.add(campaign)
        session.flush()
        prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Dart"}, kind=PrizeKind.PARCEL,
                                         value_cents=1, created_at=NOON))
        restock(session, prize.id, STOCK, NOON, "opening_stock")
        add_step(session, campaign.id, 0, prize.id)


def sessions(served: Served) -> Session:
    return open_database(load_config(environ=served.environ).database_url).sessions()


def play_to_the_last_wave(served: Served, time: FrozenTime) -> list[Alice]:
    players = [served.call("POST", "/api/v1/players").body["token"] for _ in range(PLAYERS)]
    rounds = [served.call("POST", "/api/v1/campaigns/boss/rounds", {}, token).body["round"]["id"] for token in players]
    time.move(seconds=3)
    for wave in range(1, WAVES):
        time.move(seconds=4.4)
        for token, round_id in zip(players, rounds, strict=True):
            answer = served.call("POST", f"/api/v1/rounds/{round_id}/waves", {"wave": wave, "shots": []}, token)
            assert answer.status == 200, answer
        time.move(seconds=0.6)
    time.move(seconds=5)
    return [Alice(token, round_id) for token, round_id in zip(players, rounds, strict=True)]


def finish(served: Served, alice: Alice) -> bool:
    """Send the last wave; False when no answer came."""
    answer = served.call("POST", f"/api/v1/rounds/{alice.round_id}/waves", {"wave": WAVES, "shots": []}, alice.token)
    if answer.status == 0:
        return False
    assert answer.status == 200, answer
    assert alice.answer is None or answer.body == alice.answer
    alice.answer = answer.body
    return True


def finish_until_killed(served: Served, waiting: list[Alice], kill_after: int) -> list[Alice]:
    """Finish many at once; kill the server once so many were answered; who got no answer."""
    left: list[Alice] = []
    with ThreadPoolExecutor(16) as pool:
        asked: dict[Future[bool], Alice] = {pool.submit(finish, served, alice): alice for alice in waiting}
        for count, future in enumerate(as_completed(asked), start=1):
            if count == kill_after:
                served.kill()
            if not future.result():
                left.append(asked[future])
    return left


def test_awards_survive_kill_9_and_every_retry_gets_its_first_answer(served: Served, time: FrozenTime) -> None:
    served.start()
    everyone = play_to_the_last_wave(served, time)
    waiting = everyone
    for kill_after in KILLS_AFTER:
        waiting = finish_until_killed(served, waiting, min(kill_after, len(waiting) - 1))
        assert waiting, "the kill came too late to hit anybody"
        served.start()
    for alice in [*waiting, *everyone]:  # those without an answer first, then everybody once more
        assert finish(served, alice)
    codes = {alice.answer["outcome"]["awards"][0]["claim_code"] for alice in everyone if alice.answer}
    assert len(codes) == PLAYERS
    with sessions(served) as session:
        stock = session.scalars(select(Stock)).one()
        lines = select(func.count()).select_from(StockEntry).where(StockEntry.move == Move.RESERVED)
        assert (stock.reserved + stock.awarded, stock.free) == (PLAYERS, STOCK - PLAYERS)
        assert session.scalar(select(func.count()).select_from(Award)) == session.scalar(lines) == PLAYERS
        assert audit(session) == []
