"""Measure importing 1,000,000 voucher codes on SQLite and PostgreSQL: `python -m bench.import_codes [CODES]`.

Asked: 60 s or less and 200 MB or less at the peak, of the importing process, which is the `popshot` command itself
on a database of its own.
"""

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import server.app  # noqa: F401  (every table is known once the app is imported)
from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize
from server.db import open_database, transaction
from server.migrate import upgrade
from tests.rig.clock import NOON
from tests.rig.postgres import running_postgres

ROOT = Path(__file__).resolve().parent.parent
CODES = 1_000_000


def write_codes(path: Path, count: int) -> None:
    with path.open("w") as file:
        file.write("code\n")
        file.writelines(f"POP-{secrets.token_hex(6).upper()}\n" for _ in range(count))


def prepare(url: str) -> str:
    """Migrate a database and add a voucher prize; its id."""
    database = open_database(url)
    upgrade(database.engine)
    prize = Prize(id=new_id(), campaign_id="campaign", names={"en": "Voucher"}, kind=PrizeKind.VOUCHER,
                  value_cents=500, created_at=NOON)
    with database.sessions() as session, transaction(session):
        add_prize(session, prize)
    database.engine.dispose()
    return prize.id


def import_codes(url: str, folder: Path, file: Path) -> tuple[float, float, str]:
    """Seconds, peak MB and last line of one import, in a process of its own."""
    prize_id = prepare(url)
    command = [sys.executable, "-m", "server.cli", "prize", "codes", "import", prize_id, str(file)]
    environ = {**os.environ, "DATABASE_URL": url, "KEYS": str(folder / "keys"), "DATA": str(folder)}
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True) as process:
        told = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, peak_mb(used), told.strip() or f"failed with {process.returncode}"


def peak_mb(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def main() -> None:
    """Print seconds and peak memory for both databases."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CODES
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "codes.csv"
        write_codes(file, count)
        folder.chmod(0o711)  # PostgreSQL may run as another user
        with running_postgres(folder / "postgres", durable=True) as url:
            for kind, address in (("SQLite", f"sqlite:///{folder / 'popshot.sqlite'}"), ("PostgreSQL", url)):
                seconds, megabytes, told = import_codes(address, folder, file)
                print(f"{kind}: {seconds:.1f} s, {megabytes:.0f} MB at the peak; {told}")
    print("asked: 60 s or less, 200 MB or less")


if __name__ == "__main__":
    main()
