"""The process of one job: `python -m server.backoffice.stock.worker JOB`, with what was uploaded as its input.

The upload has no name on any disk: whatever becomes of this process, no code is left lying about.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from server.backoffice.stock.work import do_job
from server.clock import system_clock
from server.config import load_config
from server.db import open_database
from server.keys import load_keys

ROOT = Path(__file__).resolve().parents[3]

Start = Callable[[str, IO[bytes] | None], None]


@dataclass
class Processes:
    """Starts a process for a job, and keeps it until it has ended, so that none is left behind as a zombie."""

    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, job_id: str, upload: IO[bytes] | None) -> None:
        """Raises OSError when there is none to be had."""
        self.running = [process for process in self.running if process.poll() is None]
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        command = [sys.executable, "-m", "server.backoffice.stock.worker", job_id]
        self.running.append(subprocess.Popen(  # noqa: S603  (our own words and an id of our own making)
            command, stdin=subprocess.DEVNULL if upload is None else upload.fileno(), start_new_session=True,
            env={**os.environ, "PYTHONPATH": path}))


def main() -> None:
    logging.basicConfig(format="%(levelname)s: %(message)s")
    config = load_config()
    database = open_database(config.database_url, connections=2)
    with open(sys.stdin.fileno(), "rb", closefd=False) as upload:
        do_job(database, load_keys(Path(config.storage.keys)), sys.argv[1], upload, system_clock)


if __name__ == "__main__":
    main()
