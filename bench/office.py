"""Every page of the back office among a million rounds, and its exports: `python -m bench.office [TIMES SMALLER]`.

The pages are read off the app's own routes, so that none is forgotten: one whose address cannot be filled in ends the
run. Beside each bare page come its filters, its search and its next pages, as far as the page itself links to them.
Asked: 150 ms of server time, the first call too; exports of a million rows in 200 MB. Beside the time that passed
stands what the processors spent, the database's too: on a busy machine only that says something.
"""

import html
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.seed_office import Size, count_rows, seed
from server.backoffice.rights import Role
from tests.office.cast import Office, StaffClient
from tests.office.matrix import read_rows
from tests.office.walls.scene import Scene
from tests.office.walls.walk import Route, routes
from tests.rig.app import fresh_app
from tests.rig.clock import FakeClock
from tests.rig.databases import create_postgres, opened, prepare
from tests.rig.postgres import running_postgres

ASKED_MS, ASKED_MB = 150, 200
CALLS = 5
MOST_LINKS = 6  # of one page to itself: filters and next pages
# What no name of the scene fills in.
GIVEN = {"number": "1", "turn": "pause", "locale": "en"}
# Searches that no page links to.
QUERIES: dict[str, tuple[Mapping[str, str], ...]] = {
    "search.box": ({"q": "boss"}, {"q": "Sunny Otter 77"}, {"q": "nobody"}, {"q": "00c0ffee"}),
    "search.overview": ({"q": "Sunny Otter"}, {"q": "zzzz"}),
    "winners.overview": ({"q": "Sunny Otter 7"}, {"q": "p77"}, {"q": "nobody@example.org"}, {"state": "open"},
                         {"state": "kept_back"}, {"campaign": "zapp-live"}),
    "audit.overview": ({"q": "counted"}, {"q": "zounds"}, {"word": "audit.export"}),
    "moderation.queue": ({"q": "number 77"}, {"view": "reported"}),
    "stock.overview": ({"q": "Prize 1"},),
}
EXPORTS = ("winners.export", "stock.export_ledger", "audit.export")
AS_CSV = {"kind": "csv", "sheet": "csv"}  # each desk has its own word for it


@dataclass(frozen=True)
class Meter:
    """What the processors have spent on this process and on the children of PostgreSQL's first process, if any."""

    postgres: int | None = None

    def spent_ms(self) -> float:
        spent = time.process_time() * 1000
        if self.postgres is not None:
            for child in Path(f"/proc/{self.postgres}/task/{self.postgres}/children").read_text().split():
                spent += int(Path(f"/proc/{child}/schedstat").read_text().split()[0]) / 1e6
        return spent


@dataclass(frozen=True)
class Took:
    """One address: its status, and milliseconds of the first call and of those after it: passed, spent."""

    path: str
    status: int
    first: tuple[float, float]
    later: list[tuple[float, float]]

    def middle(self, which: int) -> float:
        return median(took[which] for took in self.later)

    @property
    def is_slow(self) -> bool:
        return max(self.first[0], self.middle(0)) > ASKED_MS

    def __str__(self) -> str:
        mark = "  SLOW" if self.is_slow else ""
        took = (self.middle(0), self.first[0], self.middle(1), self.first[1])
        return f"{' '.join(f'{one:8.1f}' for one in took)}  {self.status}  {self.path}{mark}"


@dataclass
class Walk:
    """Through every page that is read, as somebody with every right."""

    office: Office
    scene: Scene
    staff: StaffClient
    meter: Meter
    unknown: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[Route]:
        return (route for route in routes(self.office.app) if route.method == "GET")

    def path(self, route: Route) -> str | None:
        """Its address with the scene's things in it; None, and noted, when one of them is missing."""
        row = read_rows().get(route.endpoint)
        given = {**GIVEN, **self.scene.names, **(self.scene.fill(row.arguments) if row else {})}
        if not route.arguments <= given.keys():
            self.unknown.append(f"{route}: {sorted(route.arguments - given.keys())}")
            return None
        with self.office.app.test_request_context():
            return str(self.office.app.url_map.bind("localhost").build(
                route.endpoint, {name: given[name] for name in route.arguments}, method="GET"))

    def addresses(self, route: Route) -> Iterator[str]:
        """The bare page, then what it links to on itself, then searches."""
        path = self.path(route)
        if path is None:
            return
        yield path
        shown = self.staff.get(path).get_data(as_text=True)
        links = dict.fromkeys(html.unescape(link) for link in re.findall(r'(?:href|hx-get)="([^"]+\?[^"]+)"', shown))
        yield from [link for link in links if link.partition("?")[0] == path][:MOST_LINKS]
        yield from (f"{path}?{urlencode(query)}" for query in QUERIES.get(route.endpoint, ()))

    def measure(self) -> Iterator[Took]:
        for route in self.pages():
            for path in self.addresses(route):
                yield self.time(path)

    def time(self, path: str) -> Took:
        took = []
        for _ in range(CALLS + 1):
            start, spent = time.perf_counter(), self.meter.spent_ms()
            with closing(self.staff.get(path)) as answer:
                answer.get_data()
            took.append(((time.perf_counter() - start) * 1000, self.meter.spent_ms() - spent))
        return Took(path, answer.status_code, took[0], took[1:])


def export(url: str, path: str, staff_id: str) -> None:
    """Take one export away and print its lines and the peak of memory; in a process of its own."""
    with opened(url) as database:
        clock = FakeClock()
        staff = Office(fresh_app(database, clock), database, clock).visit(staff_id)
        start, lines, size = time.perf_counter(), 0, 0
        with closing(staff.post(path, AS_CSV, buffered=False)) as answer:
            for part in answer.iter_encoded():
                lines, size = lines + part.count(b"\n"), size + len(part)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{path}: {answer.status_code}, {lines:,} lines, {size / 1e6:.0f} MB, {time.perf_counter() - start:.1f} s, "
          f"{peak:.0f} MB of memory{'' if peak <= ASKED_MB and answer.status_code == 200 else '  TOO MUCH'}")


def measure_on(kind: str, url: str, size: Size, meter: Meter) -> list[str]:
    """What is not as asked."""
    prepare(url)
    with opened(url) as database:
        clock = FakeClock()
        office = Office(fresh_app(database, clock), database, clock)
        start = time.perf_counter()
        scene = seed(office, size)
        seconds = time.perf_counter() - start
        print(f"\n{kind}, seeded in {seconds:.0f} s: {count_rows(database)}\n"
              "  median    first    spent    first  (ms)", flush=True)
        walk = Walk(office, scene, office.sign_in(Role.OWNER), meter)
        wrong = [f"{kind}: {took.path}" for took in _tell(walk) if took.is_slow or took.status >= 400]
    for endpoint in EXPORTS:
        rule = next(route for route in routes(office.app) if route.endpoint == endpoint)
        with office.app.test_request_context():
            path = str(office.app.url_map.bind("localhost").build(
                endpoint, {name: scene.names[name] for name in rule.arguments}, method="POST"))
        done = subprocess.run([sys.executable, "-m", "bench.office", "export", url, path, walk.staff.id], text=True,
                              stdout=subprocess.PIPE, check=True)
        print(done.stdout, end="", flush=True)
        wrong += [f"{kind}: {path}"] if "TOO MUCH" in done.stdout else []
    return wrong + [f"no address for {one}" for one in walk.unknown]


def _tell(walk: Walk) -> Iterator[Took]:
    for took in walk.measure():
        print(took, flush=True)
        yield took


def main() -> None:
    size = Size().shrunk(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o711)  # PostgreSQL may run as another user
        server = stack.enter_context(running_postgres(folder / "postgres"))
        first = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        kinds = (("SQLite", f"sqlite:///{folder}/office.sqlite", Meter()),
                 ("PostgreSQL", create_postgres(server, "office"), Meter(first)))
        wrong = [one for kind, url, meter in kinds for one in measure_on(kind, url, size, meter)]
    sys.exit("\nnot as asked:\n" + "\n".join(wrong) if wrong else None)


if __name__ == "__main__":
    if sys.argv[1:2] == ["export"]:
        export(*sys.argv[2:])
    else:
        main()
