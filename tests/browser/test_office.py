"""Every page of the back office in a real browser: its own policy stops nothing of it, and axe-core finds no fault."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Troubles
from tests.office.cast import Office
from tests.office.walls.walk import OWNER, Answer, Route, World, opened_world
from tests.rig.app import calm_config, fresh_app
from tests.rig.axe import AXE, SETTLED
from tests.rig.clock import FakeClock
from tests.rig.databases import fresh_sqlite
from tests.rig.served import free_port
from tests.rig.served_here import served_here

HEARD = """window.refused = []; addEventListener('securitypolicyviolation', (one) =>
  window.refused.push(`${one.violatedDirective} ${one.blockedURI} ${one.sourceFile}:${one.lineNumber}`));"""
RUN = """async (only) => (await axe.run(document, { resultTypes: ['violations'], ...(only && { runOnly: [only] }) }))
  .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any: [first] }) =>
    `${target.join(' ')} ${first?.message ?? ''}`).join('; ')}`)"""
GONE = "410 (GONE)"  # the page that opens a link, without one
DESKS = ("account", "audit", "campaigns", "moderation", "rounds", "stock", "winners", "home", "staff")


@dataclass
class ServedWorld:
    """The walls' world, served for a browser."""

    world: World
    url: str


@pytest.fixture(scope="module")
def served(prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedWorld]:
    folder, clock, port = tmp_path_factory.mktemp("office"), FakeClock(), free_port()
    calm = calm_config()
    config = replace(calm, server=replace(calm.server, public_url=f"http://localhost:{port}"))
    with fresh_sqlite(prepared_sqlite, folder) as database:
        office = Office(fresh_app(database, clock, config), database, clock)
        with opened_world(office, folder / "popshot.sqlite") as world, served_here(office.app, port):
            yield ServedWorld(world, config.public_url)


def pages(world: World) -> list[Route]:
    """What people look at: not what scripts fetch, nor what a device must be shown for."""
    shown = [route for route in world.routes() if not route.is_writing and not route.is_wire]
    return [route for route in shown if _is_page(world.call(route, OWNER))]


def _is_page(answer: Answer) -> bool:
    """A part of a page is looked at within it."""
    return answer.status == 200 and answer.text.lstrip().lower().startswith("<!doctype html")


def desk_of(route: Route) -> str:
    first = route.rule.removeprefix("/backoffice/").partition("/")[0]
    return first if first in DESKS else "staff" if route.endpoint.startswith("staff.") else "home"


def come_in(context: BrowserContext, served: ServedWorld) -> None:
    for cookie in (served.world.browser(OWNER)._cookies or {}).values():  # noqa: SLF001  (the library shows none)
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{served.url}/backoffice/"}])
    context.add_init_script(HEARD)


def faults(page: Page, scheme: str) -> list[str]:
    page.evaluate(SETTLED)
    found: list[str] = page.evaluate(RUN, "color-contrast" if scheme == "dark" else None)
    return found + [f"policy: {one}" for one in page.evaluate("window.refused")]


@pytest.mark.parametrize("desk", DESKS)
def test_every_page_runs_under_its_policy_and_breaks_no_rule(desk: str, served: ServedWorld, page: Page,
                                                             troubles: Troubles) -> None:
    come_in(page.context, served)
    found = {}
    for route in (route for route in pages(served.world) if desk_of(route) == desk):
        query = "&".join(f"{name}={value}" for name, value in served.world.row(route).query.items())
        page.goto(f"{served.url}{served.world.path(route)}?{query}")
        page.evaluate(AXE.read_text())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            if broken := faults(page, scheme):
                found[f"{route} by {scheme}"] = broken
    assert found == {}
    assert [one for one in troubles.but_left if GONE not in one] == []


@pytest.mark.parametrize(("breakage", "said"), [
    ("document.querySelector('h1').insertAdjacentHTML('beforeend', '<img alt=\\'\\' onerror=\\'go()\\' src=\\'/x\\'>')",
     "policy: script-src-attr"),
    ("document.querySelector('h1').setAttribute('style', 'color: #bbb')", "policy: style-src"),
    ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
])  # fmt: skip
def test_what_is_broken_on_purpose_is_seen(breakage: str, said: str, served: ServedWorld, page: Page) -> None:
    come_in(page.context, served)
    page.goto(f"{served.url}/backoffice/audit")
    page.evaluate(AXE.read_text())
    page.evaluate(breakage)
    assert [one for one in faults(page, "light") if one.startswith(said)]
