"""Races on purpose: threads that all start behind one barrier, each with a session of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlalchemy.orm import Session

from server.db import Database

PATIENCE_S = 30  # who waits longer at a barrier waits for nobody: the race is broken and raises

Outcome = TypeVar("Outcome")


class Race:
    """`race(attempt, players=8, attempts=40)` runs each player's attempts, all players at once."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __call__(self, attempt: Callable[[Session], Outcome], *, players: int,
                 attempts: int = 1) -> list[Outcome]:
        """Every outcome, in no order; an error in any attempt is raised here."""
        start = Barrier(players, timeout=PATIENCE_S)

        def play() -> list[Outcome]:
            with self.database.sessions() as session:
                start.wait()
                return [attempt(session) for _ in range(attempts)]

        with ThreadPoolExecutor(players) as threads:
            running = [threads.submit(play) for _ in range(players)]
            return [outcome for player in running for outcome in player.result()]
