"""Measure posting a comment and fetching a page of 20 beside Isso 0.14.0: `python -m bench.comments [ROUNDS]`.

Both run on SQLite on this machine, in one run and by turns: Isso under gunicorn (gthread, one worker of eight threads,
guard off), ours under our own settings. Counted is the CPU time of the server's processes by request (/proc/PID/stat).
Isso is installed into a folder of its own under the system's temporary one; it is none of our requirements.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.metadata import version
from itertools import count
from pathlib import Path

from server.campaigns.campaign import Campaign
from server.clock import system_clock
from server.comments.contribution import Sender
from server.comments.post_comment import Posting, post_comment
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.db import open_database, transaction
from server.keys import NOBODY
from server.players.player import add_player
from tests.rig.app import add_campaign
from tests.rig.served import free_port, installation

ISSO, GUNICORN = "isso==0.14.0", f"gunicorn=={version('gunicorn')}"
SHOWN = 20  # comments on the page
CLIENTS = 8
FETCHES, POSTS = 1_600, 800  # of one round
PLAYERS = 800  # none may post ten times in ten minutes: that is a flood
TICK_MS = 1_000 / os.sysconf("SC_CLK_TCK")
SAID = "Number {number}: what a throw, and I never hit the boss twice in a row!"
SETTINGS = {"POPSHOT_LIMITS_TOKEN_CALLS_PER_SECOND": "1000000", "POPSHOT_LIMITS_ADDRESS_CALLS_PER_SECOND": "1000000",
            "POPSHOT_LIMITS_COMMENTS_PER_MINUTE": "1000000"}
ISSO_SETTINGS = """[general]
dbpath = {folder}/comments.db
host = http://localhost:{port}/
[guard]
enabled = false
[moderation]
enabled = false
"""

Request = tuple[str, str, bytes | None, dict[str, str]]  # method, path, body, headers


@dataclass
class Rival:
    """A running server, and how to ask it; `fetch` and `post` make the next request."""

    name: str
    port: int
    pid: int
    fetch: Callable[[], Request]
    post: Callable[[], Request]
    spent: dict[str, list[float]] = field(default_factory=dict)

    def measure(self, what: str, requests: list[Request]) -> None:
        """CPU microseconds by request of all its processes."""
        before = cpu_ms(self.pid)
        started = time.perf_counter()
        send_all(self.port, requests)
        took = time.perf_counter() - started
        self.spent.setdefault(what, []).append(1_000 * (cpu_ms(self.pid) - before) / len(requests))
        self.spent.setdefault(f"{what}, requests/s", []).append(len(requests) / took)


def cpu_ms(pid: int) -> float:
    """User and system time of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    spent = 0
    for one in (pid, *map(int, children)):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent * TICK_MS


def send_all(port: int, requests: list[Request]) -> None:
    """Send them over eight kept connections; any answer but 200 and 201 ends the run."""
    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(lambda first: send(port, requests[first::CLIENTS]), range(CLIENTS)))


def send(port: int, requests: list[Request]) -> None:
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    for method, path, body, headers in requests:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
    connection.close()


def isso_python() -> Path:
    """The Python of a folder in which Isso is installed; brought there the first time."""
    folder = Path(tempfile.gettempdir()) / f"popshot-bench-{ISSO.replace('==', '-')}"
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", ISSO, GUNICORN], check=True)
        (folder / "done").touch()
    return python


@contextmanager
def isso(folder: Path) -> Iterator[Rival]:
    port = free_port()
    settings = folder / "isso.cfg"
    settings.write_text(ISSO_SETTINGS.format(folder=folder, port=port))
    command = [str(isso_python()), "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", "8",
               "--bind", f"127.0.0.1:{port}", "--log-level", "error", "isso.run"]
    numbers = count()
    with (folder / "isso.log").open("wb") as log, subprocess.Popen(
            command, cwd=folder, env={**os.environ, "ISSO_SETTINGS": str(settings)}, stdout=log, stderr=log) as process:
        rival = Rival("Isso 0.14.0", port, process.pid, lambda: ("GET", "/?uri=/page&limit=20", None, {}),
                      lambda: isso_post(port, "/elsewhere", next(numbers)))
        try:
            wait_for(port)
            send_all(port, [isso_post(port, "/page", next(numbers)) for _ in range(SHOWN)])
            yield rival
        finally:
            process.terminate()


def isso_post(port: int, uri: str, number: int) -> Request:
    body = json.dumps({"text": SAID.format(number=number), "author": "Sunny Otter", "title": "The boss"}).encode()
    return ("POST", f"/new?uri={uri}", body,
            {"Content-Type": "application/json", "Origin": f"http://localhost:{port}"})


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            send(port, [("GET", "/info", None, {})])
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("Isso did not start")


@contextmanager
def popshot(folder: Path) -> Iterator[Rival]:
    with installation(folder, **SETTINGS) as served:
        tokens = prepare(f"sqlite:///{folder / 'data' / 'popshot.sqlite'}")
        served.start()
        numbers = count()
        assert served.process is not None
        page: Request = ("GET", "/api/v1/campaigns/bench/comments", None, {})

        def post() -> Request:
            number = next(numbers)
            body = json.dumps({"text": SAID.format(number=number)}).encode()
            return ("POST", "/api/v1/campaigns/bench/comments", body,
                    {"Authorization": f"Bearer {tokens[number % PLAYERS]}", "Content-Type": "application/json"})

        yield Rival("Popshot", served.port, served.process.pid, lambda: page, post)


def prepare(url: str) -> list[str]:
    """A campaign with a page of published comments, and players' tokens."""
    database = open_database(url)
    now = system_clock()
    add_campaign(database, "bench", opens_at=now - timedelta(days=1))
    tokens = []
    with database.sessions() as session:
        campaign = session.query(Campaign).filter_by(slug="bench").one()
        for number in range(PLAYERS):
            with transaction(session):
                player, token = add_player(session, now)
            tokens.append(token)
            if number < SHOWN:
                posting = Posting(SAID.format(number=f"zero {number}"))
                comment = post_comment(session, campaign, player.id, posting, Sender("", None, NOBODY), now)
                assert rule_on_comment(session, comment, Ruling(Decision.PUBLISH, Reason.FINE), "bench", now)
    database.engine.dispose()
    return tokens


def run(rivals: tuple[Rival, Rival], rounds: int) -> None:
    for rival in rivals:
        send_all(rival.port, [rival.fetch() for _ in range(200)] + [rival.post() for _ in range(100)])  # warm
    for _ in range(rounds):
        for what, asked in (("fetch", FETCHES), ("post", POSTS)):
            for rival in rivals:
                times = asked if rival is rivals[1] or what == "post" else asked // 4
                make = rival.fetch if what == "fetch" else rival.post
                rival.measure(what, [make() for _ in range(times)])


def tell(theirs: Rival, ours: Rival) -> None:
    print("| what | asked | Isso 0.14.0, CPU µs | ours, CPU µs | cheaper | Isso, requests/s | ours, requests/s |\n"
          "|---|---|---|---|---|---|---|")
    for what, name, asked in (("fetch", f"a page of {SHOWN}", 30), ("post", "a comment posted", 8)):
        one, other = statistics.median(theirs.spent[what]), statistics.median(ours.spent[what])
        ranges = [f"{statistics.median(spent):,.0f} ({min(spent):,.0f} to {max(spent):,.0f})"
                  for spent in (theirs.spent[what], ours.spent[what])]
        rates = [f"{statistics.median(rival.spent[what + ', requests/s']):,.0f}" for rival in (theirs, ours)]
        print(f"| {name} | {asked}x | {ranges[0]} | {ranges[1]} | {one / other:.1f}x | {rates[0]} | {rates[1]} |")


def main() -> None:
    """Print one row for each; medians of so many rounds, and how far they lie apart."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other, isso(
            Path(one)) as theirs, popshot(Path(other)) as ours:
        run((theirs, ours), rounds)
        tell(theirs, ours)


if __name__ == "__main__":
    main()
