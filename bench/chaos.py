"""The long storm: `make chaos` kills the server two hundred times on SQLite and on PostgreSQL while people play."""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.rig.databases import create_postgres
from tests.rig.postgres import running_postgres
from tests.rig.served import FrozenTime, frozen_installation, installation
from tests.rig.storm import LIMITS, Count, Storm

PLAYERS = 24
HEAD = ("| database | kills | rounds | claims | retried | asked again | violations | took |\n"
        "|---|---|---|---|---|---|---|---|")
A_BATCH = 12  # steps, and so kills, of one batch


def rage(folder: Path, database_url: str | None, kills: int, seed: int) -> Count:
    """So many kills on a fresh installation; what came of it."""
    settings = {**LIMITS, **({"DATABASE_URL": database_url} if database_url else {})}
    clock = FrozenTime(folder)
    with installation(folder, **settings) as served:
        storm = Storm(served, clock, random.Random(seed))
        storm.prepare()
        frozen_installation(served, clock)
        served.start()
        while storm.count.kills < kills and not storm.count.violations:
            storm.play_batch(PLAYERS, min(A_BATCH, kills - storm.count.kills))
            storm.check()
            sys.stderr.write(f"\r{storm.count.kills} of {kills} kills")
        return storm.count


def tell(name: str, count: Count, seconds: float) -> None:
    print(f"| {name} | {count.kills} | {count.rounds} | {count.claims} | {count.retried} | {count.asked_again} "
          f"| {len(count.violations)} | {seconds:.0f} s |", flush=True)
    for violation in count.violations:
        print(violation)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgres"], help="One of the two only.")
    asked = parser.parse_args()
    print(HEAD)
    bad = 0
    for name in [asked.database] if asked.database else ["sqlite", "postgres"]:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder, running_postgres(Path(folder) / "postgres") as server:
            place = Path(folder) / "installation"
            place.mkdir()
            url = create_postgres(server, "chaos") if name == "postgres" else None
            count = rage(place, url, asked.kills, asked.seed)
        tell(name, count, time.monotonic() - began)
        bad += len(count.violations)
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
