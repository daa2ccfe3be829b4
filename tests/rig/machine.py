"""State machines over a database: deeds in any order, with a crash in the middle of any; Hypothesis chooses."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test
from sqlalchemy.orm import Session

from prizes.audit import audit
from server.db import Database, transaction
from tests.rig.clock import NOON
from tests.rig.crash import Crash, crash_after
from tests.rig.long import LONG
from tests.rig.same_ids import same_ids

LONGER = 40  # times as many runs
PATIENCE_S = 3_600 if LONG else 900

Opened = Callable[[], AbstractContextManager[Database]]


class OnDatabase(RuleBasedStateMachine):
    """A machine with a fresh database, in which the same deeds make the same ids."""

    opened: Opened

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(same_ids())
        self.database = self.stack.enter_context(type(self).opened())

    def teardown(self) -> None:
        self.stack.close()


class Books(OnDatabase):
    """One database with the books of a campaign, which a subclass brings about and moves; `now` only grows."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON

    def do(self, deed: Callable[[Session], Any], crash: int | None = None) -> Any:
        """One transaction. With a crash it may end after so many statements: then nothing of it may be left."""
        with self.database.sessions() as session:
            try:
                with ExitStack() as crashing:
                    if crash is not None:
                        crashing.enter_context(crash_after(session, crash))
                    with transaction(session):
                        return deed(session)
            except Crash:
                return None

    @invariant()
    def the_books_agree(self) -> None:
        with self.database.sessions() as session:
            assert audit(session) == []


def run(machine: type[OnDatabase], opened: Opened, examples: int, *, is_long: bool = LONG) -> None:
    """So many runs of 25 steps: the same ones each time, or forty times as many new ones in the long form."""
    machine = type(machine.__name__, (machine,), {"opened": staticmethod(opened)})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples * (LONGER if is_long else 1), stateful_step_count=25, deadline=None,
        derandomize=not is_long, suppress_health_check=checks, print_blob=True, report_multiple_bugs=False,
        phases=tuple(Phase) if is_long else (Phase.explicit, Phase.generate)))
