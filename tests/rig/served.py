"""A real server in processes of its own: started, asked, killed, started again."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from server.config import DEFAULT_FILE
from tests.rig.clock import NOON
from tests.rig.frozen import TIME_FILE

SECONDS_TO_START = 180
PATIENT = {"POPSHOT_PLAY_STRETCH_MS": "30000"}  # a browser of the tests shares its processor: waves come late


@dataclass
class Answer:
    status: int
    body: dict[str, Any]


@dataclass
class Served:
    """One installation (its folder, its port, its settings) and the server process that runs on it, if any."""

    folder: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ("gunicorn", "-c", "deploy/gunicorn.conf.py")
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def database_url(self) -> str:
        """The SQLite file that an installation has when its settings name no other database."""
        return f"sqlite:///{self.folder}/data/popshot.sqlite"

    @property
    def environ(self) -> dict[str, str]:
        own = {"PORT": str(self.port), "DATA": str(self.folder / "data"), "KEYS": str(self.folder / "keys")}
        return {**os.environ, **own, **self.settings}

    def popshot(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the `popshot` command on this installation."""
        command = [sys.executable, "-m", "server.cli", *words]
        return subprocess.run(command, cwd=DEFAULT_FILE.parent, env=self.environ, capture_output=True, text=True,
                              check=False, timeout=SECONDS_TO_START)

    def start(self, *command: str) -> None:
        """Start gunicorn, or another module with its words, and come back when the server is ready."""
        words = [sys.executable, "-m", *(command or self.command)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(words, cwd=DEFAULT_FILE.parent, env=self.environ, stdout=log, stderr=log,
                                            start_new_session=True)
        for _ in range(SECONDS_TO_START * 20):
            if self.call("GET", "/readyz").status == 200:
                return
            try:
                self.process.wait(timeout=0.05)  # a pause that a dying server cuts short
                break
            except subprocess.TimeoutExpired:
                continue
        raise RuntimeError(f"the server did not start: {(self.folder / 'server.log').read_text()}")

    def kill(self) -> None:
        """`kill -9` to gunicorn and its worker at once; comes back when they are gone."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, token: str = "") -> Answer:
        """One request; status 0 when no answer came."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, content, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, json.load(response))
        except urllib.error.HTTPError as refusal:
            return _read_refusal(refusal)
        except (OSError, ValueError, http.client.HTTPException):  # what a killed server leaves behind
            return Answer(0, {})


def _read_refusal(refusal: urllib.error.HTTPError) -> Answer:
    """A refusal with its problem; status 0 when that was cut short."""
    try:
        return Answer(refusal.code, json.load(refusal))
    except (OSError, ValueError, http.client.HTTPException):
        return Answer(0, {})


class FrozenTime:
    """The time of a `tests.rig.frozen` server: stands still until it is moved."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "time"
        self.now = NOON
        self.move()

    def move(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        draft = self.path.with_suffix(".draft")
        draft.write_text(self.now.isoformat())
        draft.replace(self.path)  # at once: the server reads it at every request
        return self.now


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def installation(folder: Path, **settings: str) -> Iterator[Served]:
    """A migrated, empty installation in a folder; whatever still runs at the end is killed."""
    served = Served(folder, free_port(), settings)
    migrated = served.popshot("migrate")
    if migrated.returncode:
        raise RuntimeError(migrated.stderr)
    try:
        yield served
    finally:
        served.kill()


def frozen_installation(served: Served, time: FrozenTime) -> Served:
    """The same installation under a clock that stands still."""
    served.settings[TIME_FILE] = str(time.path)
    served.command = (*served.command, "tests.rig.frozen:serve()")
    return served


@contextmanager
def served_demo(folder: Path, **settings: str) -> Iterator[Served]:
    """What `make run` makes in a folder: the demo campaign, served; killed at the end."""
    served = Served(folder, free_port(), settings)
    try:
        served.start("server.run", "--demo")
        yield served
    finally:
        served.kill()
