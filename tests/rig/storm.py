"""`kill -9` while people play: every call that got no answer is sent again, every answer must stay the first one."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.audit import Discrepancy, audit
from prizes.award import UNCLAIMED, Award, AwardState
from prizes.claim import Claim
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
from tests.rig.served import Answer, FrozenTime, Served
from tests.rig.themes import TOYS

STOCK = 100_000
THREADS = 8
WHERE = {"name": "Alice", "address": "1 rue du Tir"}
LIMITS = {"POPSHOT_LIMITS_ADDRESS_PLAYERS_PER_SECOND": "10000", "POPSHOT_LIMITS_ADDRESS_CALLS_PER_SECOND": "10000",
          "POPSHOT_LIMITS_ADDRESS_PLAYING_AT_ONCE": "100000"}


@dataclass
class Alice:
    """One player, her round, and the first answer to each of her calls."""

    number: int
    token: str = ""
    round_id: str = ""
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        code: str = self.answers["wave 9"]["outcome"]["awards"][0]["claim_code"]
        return code


@dataclass
class Count:
    """What a storm came to."""

    kills: int = 0
    rounds: int = 0
    claims: int = 0
    retried: int = 0
    asked_again: int = 0
    violations: list[str] = field(default_factory=list)


@dataclass
class Storm:
    """Batches of players on a server that is killed once in each of their steps."""

    served: Served
    time: FrozenTime
    chance: random.Random
    count: Count = field(default_factory=Count)

    def sessions(self) -> Session:
        return open_database(load_config(environ=self.served.environ).database_url).sessions()

    def prepare(self) -> None:
        """A campaign that gives a prize to every finished round."""
        with self.sessions() as session, transaction(session):
            campaign = Campaign(slug="boss", brand="Zapp", titles={"en": "Hit the boss"}, opens_at=NOON,
                                state=CampaignState.PUBLISHED, closes_at=NEVER, timezone="UTC", theme=TOYS,
                                rules=Rules().as_json())
            session.add(campaign)
            session.flush()
            prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Dart"}, kind=PrizeKind.PARCEL,
                                             value_cents=1, created_at=NOON))
            restock(session, prize.id, STOCK, NOON, "opening_stock")
            add_step(session, campaign.id, 0, prize.id)

    def play_batch(self, players: int, most_kills: int) -> None:
        """Join, open, nine waves, claim: each step sent by all at once, with a kill among them while any are left."""
        batch = [Alice(self.count.rounds + number) for number in range(players)]
        end = self.count.kills + most_kills
        for step, span in self._steps():
            self.time.move(seconds=span)
            self._storm([partial(step, alice) for alice in batch], self.count.kills < end)
        self.count.rounds += players
        self._ask_again(batch)

    def _steps(self) -> Iterator[tuple[Callable[[Alice], bool], float]]:
        """Each step with the seconds to let pass before it."""
        yield self._join, 0
        yield self._open, 0
        for wave in range(1, WAVES):
            yield self._wave(wave), 7.4 if wave == 1 else 5.0
        yield self._wave(WAVES), 5.6
        yield self._claim, 0

    def _storm(self, calls: list[Callable[[], bool]], with_kill: bool) -> None:
        """Send all at once; kill in the middle; send those without an answer again until each has one."""
        left = self._send(calls, self.chance.randrange(1, len(calls)) if with_kill else None)
        while left:
            self.count.retried += len(left)
            left = self._send(left, None)

    def _send(self, calls: list[Callable[[], bool]], kill_after: int | None) -> list[Callable[[], bool]]:
        left: list[Callable[[], bool]] = []
        with ThreadPoolExecutor(THREADS) as pool:
            asked: dict[Future[bool], Callable[[], bool]] = {pool.submit(call): call for call in calls}
            for done, future in enumerate(as_completed(asked), start=1):
                if done == kill_after:
                    self.served.kill()
                    self.count.kills += 1
                if not future.result():
                    left.append(asked[future])
        if kill_after is not None:
            self.served.start()
        return left

    def _join(self, alice: Alice) -> bool:
        answer = self.served.call("POST", "/api/v1/players")
        if answer.status == 201:
            alice.token = answer.body["token"]
        return self._is_answered(answer, 201)

    def _open(self, alice: Alice) -> bool:
        """An opening that was stored but not answered is found by its refusal, as a browser does."""
        answer = self.served.call("POST", "/api/v1/campaigns/boss/rounds", {}, alice.token)
        if answer.status in (201, 409):
            alice.round_id = answer.body["round"]["id"] if answer.status == 201 else answer.body["round_id"]
        return self._is_answered(answer, 201, 409)

    def _wave(self, number: int) -> Callable[[Alice], bool]:
        return lambda alice: self._keep(alice, f"wave {number}", self.served.call(
            "POST", f"/api/v1/rounds/{alice.round_id}/waves", {"wave": number, "shots": []}, alice.token), 200)

    def _claim(self, alice: Alice) -> bool:
        body = {"claim_code": alice.code, "email": f"{alice.number}@example.org", **WHERE}
        return self._keep(alice, "claim", self.served.call("POST", "/api/v1/claims", body), 201)

    def _keep(self, alice: Alice, call: str, answer: Answer, status: int) -> bool:
        """Keep the first answer to a call; note one that differs."""
        if self._is_answered(answer, status) and alice.answers.setdefault(call, answer.body) != answer.body:
            self.count.violations.append(f"{call} of {alice.round_id} was answered differently")
        return answer.status != 0

    def _is_answered(self, answer: Answer, *statuses: int) -> bool:
        if answer.status not in (0, *statuses):
            self.count.violations.append(f"{answer.status}: {answer.body}")
        return answer.status != 0

    def _ask_again(self, batch: list[Alice]) -> None:
        """Every last wave and every claim once more, and a wave in the middle."""
        for step in (self._wave(5), self._wave(WAVES), self._claim):
            self._storm([partial(step, alice) for alice in batch], with_kill=False)
            self.count.asked_again += len(batch)
        self.count.claims += len(batch)

    def check(self) -> None:
        """Awards = ledger = stock, each with its claim, and nothing lost or doubled."""
        with self.sessions() as session:
            stock = session.scalars(select(Stock)).one()
            awards, claims, lines = (session.scalar(select(func.count()).select_from(table)) for table in (
                Award, Claim, select(StockEntry.id).where(StockEntry.move == Move.RESERVED).subquery()))
            expected = self.count.rounds
            found = {"awards": awards, "claims": claims, "lines": lines, "stock": stock.reserved + stock.awarded}
            self.count.violations += [f"{found[what]} {what} for {expected} rounds" for what in found
                                      if found[what] != expected]
            waiting = select(func.count()).select_from(Award).where(Award.state.in_((*UNCLAIMED, AwardState.RETURNED)))
            if session.scalar(waiting):
                self.count.violations.append("an award lost its claim")
            self.count.violations += [_said(odd) for odd in audit(session)]


def _said(odd: Discrepancy) -> str:
    return f"{odd.subject_id} {odd.what}: {odd.expected} expected, {odd.found} found"
