"""A draw over a million entries, frozen and drawn: `python -m bench.draw`. Seconds and memory, on both databases."""

import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from prizes.award import Way
from prizes.draw import DrawEntry, result_of
from prizes.prize import Prize, PrizeKind
from prizes.slots import slots_of
from prizes.stock import add_prize, restock
from prizes.way import AwardTerms, CampaignFacts
from prizes.ways import WAYS
from server.db import Database, open_database, transaction
from server.migrate import upgrade
from tests.rig.clock import NOON
from tests.rig.postgres import running_postgres

ENTRIES = 1_000_000
UNITS = 100
FACTS = CampaignFacts("c", NOON - timedelta(days=1), NOON, "UTC")
TERMS = AwardTerms(b"k" * 32, 30, None, keep_back=False, plan_key=b"p" * 32)


def fill(database: Database) -> None:
    """A million entries of a quarter of a million players, and a hundred units to be drawn."""
    with database.sessions() as session, transaction(session):
        prize = add_prize(session, Prize(campaign_id="c", names={"en": "Dart"}, kind=PrizeKind.PARCEL, value_cents=1,
                                         created_at=NOON))
        restock(session, prize.id, UNITS, NOON, "delivered")
        WAYS[Way.DRAW].set_up(session, "c", {"prizes": [{"prize": "dart", "units": UNITS}], "most_entries": 10,
                                             "reserves": 100, "seed": "secret"}, {"dart": prize.id})
        for start in range(0, ENTRIES, 50_000):
            session.execute(insert(DrawEntry), [
                {"campaign_id": "c", "round_id": f"{number * 2654435761 % 2**40:020x}", "player_id": f"p{number // 4}"}
                for number in range(start, start + 50_000)])


def peak_mb() -> float:
    """The most that this process has held so far; getrusage would tell its parent's peak as well."""
    told = Path("/proc/self/status").read_text("ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def measure(url: str) -> None:
    database = open_database(url)
    before = peak_mb()
    began = time.perf_counter()
    with database.sessions() as session, transaction(session):
        WAYS[Way.DRAW].close(session, FACTS, lambda most: [], TERMS, NOON)
    spent = time.perf_counter() - began
    peak = peak_mb()
    with database.sessions() as session:
        assert result_of(session, "c") is not None
        assert sum(given.award is not None for given in slots_of(session, "c", Way.DRAW)) == UNITS
    print(f"{database.engine.dialect.name}: {ENTRIES:,} entries frozen, {UNITS:,} winners and as many reserves drawn "
          f"and awarded in {spent:.1f} s, {peak:.0f} MB at the most ({before:.0f} before)")


def run(url: str) -> None:
    """Fill in this process, measure in a fresh one: its peak is then that of the draw alone."""
    database = open_database(url)
    upgrade(database.engine)
    fill(database)
    database.engine.dispose()
    subprocess.run([sys.executable, "-m", "bench.draw", url], check=True)


def main() -> None:
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{Path(folder) / 'draw.sqlite'}")
        with running_postgres(Path(folder) / "postgres") as url:
            run(url)


if __name__ == "__main__":
    main()
