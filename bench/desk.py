"""The desk with 10,000 comments waiting: a page of the queue, a poll, a search, and from a key to the next comment;
at the desk of their brand, and at one that must look past them all.

`python -m bench.desk` measures on SQLite and PostgreSQL, the key in a real Chromium on SQLite.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright

from server.app import create_app
from server.backoffice.moderation.routes import API
from server.backoffice.rights import Role
from server.comments.comment import CommentState
from server.comments.ruling import Reason
from server.db import Database
from server.keys import derive_keys
from tests.office.cast import BRAND, OTHER_BRAND, Office
from tests.rig.app import MASTER, add_campaign, calm_config
from tests.rig.chromium import find_chromium, launch_flags
from tests.rig.clock import FakeClock
from tests.rig.databases import create_postgres, opened, prepare
from tests.rig.desk import DESK, Said, put_comments
from tests.rig.postgres import running_postgres
from tests.rig.served import Served, free_port
from tests.rig.staff_visit import sign_in

WAITING = 10_000
PUBLISHED = 20_000
ASKED = 20
KEYS_PRESSED = 60
MOST_PAGE_MS = 150
MOST_KEY_MS = 100
# From the key's own time stamp to the frame after the one in which the next comment stands.
TIMED = """() => { window.took = [];
  addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - timeStamp)));
  }, { capture: true }); }"""


def crowd() -> Iterator[Said]:
    for number in range(PUBLISHED):
        yield Said(f"Public comment number {number}", Reason.FINE, author=str(number % 5_000),
                   state=CommentState.PUBLISHED)
    for number in range(WAITING):
        yield Said(f"Waiting comment number {number} about the boss and his duck", author=str(number % 3_000))


@contextmanager
def full_database(url: str) -> Iterator[Database]:
    prepare(url)
    with opened(url) as database:
        add_campaign(database, "boss")
        add_campaign(database, "acme", brand=OTHER_BRAND)
        put_comments(database, crowd(), datetime.now(UTC) - timedelta(days=1))
        yield database


def moderator(database: Database, name: str, brand: str) -> FlaskClient:
    keys = derive_keys(MASTER)
    app = create_app(calm_config(), keys, database=database)
    return Office(app, database, FakeClock(datetime.now(UTC))).sign_in(Role.MODERATOR, name=name, brand=brand).client


def measure(ask: Callable[[], object]) -> float:
    """The median in milliseconds."""
    took = []
    for _ in range(ASKED):
        start = time.perf_counter()
        ask()
        took.append((time.perf_counter() - start) * 1000)
    return median(took)


def measure_server(database: Database, name: str, brand: str) -> dict[str, float]:
    client = moderator(database, name, brand)
    tag = client.get(f"{API}/queue").headers["ETag"]
    cursor = client.get(f"{API}/queue").get_json()["next"] or ""
    asked = {
        "the page": lambda: client.get(DESK),
        "first lines": lambda: client.get(f"{API}/queue"),
        "next lines": lambda: client.get(f"{API}/queue", query_string={"after": cursor}),
        "poll, nothing new": lambda: client.get(f"{API}/queue", headers={"If-None-Match": tag}),
        "search": lambda: client.get(f"{API}/queue", query_string={"q": "duck 9999"}),
        "figures": lambda: client.get(f"{API}/figures"),
    }
    return {name: measure(ask) for name, ask in asked.items()}


def measure_key(folder: Path) -> list[float]:
    """Milliseconds from a ruling's key to the next comment on the screen, each."""
    served = Served(folder, free_port())
    served.start("server.run", "--demo")
    try:
        with opened(f"sqlite:///{folder}/data/popshot.sqlite") as database:
            put_comments(database, [Said(f"Comment {number}") for number in range(2 * KEYS_PRESSED)],
                         datetime.now(UTC) - timedelta(hours=1))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_flags)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            sign_in(served, page)
            page.goto(f"{served.url}{DESK}")
            page.locator(".line").first.wait_for()
            page.evaluate(TIMED)
            for number in range(KEYS_PRESSED):
                page.keyboard.press("p")
                page.get_by_role("blockquote").filter(has_text=f"Comment {number + 1}").wait_for()
            took: list[float] = page.evaluate("window.took")
            browser.close()
            return sorted(took)
    finally:
        served.kill()


def main() -> None:
    slow = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_postgres(folder / "postgres"))
        urls = {"SQLite": f"sqlite:///{folder}/desk.sqlite", "PostgreSQL": create_postgres(server, "desk")}
        for kind, url in urls.items():
            with full_database(url) as database:
                for whose, brand in (("own", BRAND), ("another's", OTHER_BRAND)):
                    for name, took in measure_server(database, whose[:5], brand).items():
                        print(f"{kind:10}  {whose:9}  {name:18} {took:6.1f} ms")
                        slow += [f"{kind}: {name}"] if name != "search" and took > MOST_PAGE_MS else []
        took_key = measure_key(folder)
        middle, high = median(took_key), took_key[int(len(took_key) * 0.95)]
        print(f"key to the next comment: {middle:.1f} ms in the middle, 95 % within {high:.1f} ms")
        slow += ["a key"] if high > MOST_KEY_MS else []
    sys.exit(f"slower than promised: {', '.join(slow)}" if slow else None)


if __name__ == "__main__":
    main()
