"""The game in other people's pages, and visitors whose browsers let a frame keep nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright

from tests.browser.conftest import PHONE
from tests.rig.hosts import INSECURE, Kept, Web, framed_demo, visitor
from tests.rig.wiretap import Wiretap, wiretap

PATIENCE_MS = 60_000  # three sites and a game on one machine
Visitors = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with framed_demo(tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture(scope="module")
def insecure_web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """The same over plain http under names that browsers do not trust."""
    with framed_demo(tmp_path_factory.mktemp("insecure"), INSECURE) as web:
        yield web


@pytest.fixture
def visitors(playwright: Playwright, tmp_path: Path) -> Iterator[Visitors]:
    """Call it for one more browser, with what a frame may keep in it and Playwright's own choices."""
    with ExitStack() as stack:
        def come(kept: Kept = Kept.NOTHING, **choices: Any) -> BrowserContext:
            profile = tmp_path / f"profile-{len(list(tmp_path.iterdir()))}"
            wishes = {"viewport": PHONE, "locale": "en-GB", **choices}
            context = stack.enter_context(visitor(playwright, profile, kept, **wishes))
            context.set_default_timeout(PATIENCE_MS)
            return context
        yield come


@pytest.fixture
def alice(visitors: Visitors) -> BrowserContext:
    """Her browser keeps no cookie and no storage in frames."""
    return visitors()


@pytest.fixture
def tap() -> Iterator[Wiretap]:
    with wiretap() as tap:
        yield tap


@pytest.fixture
def watched(visitors: Visitors, tap: Wiretap) -> BrowserContext:
    """Alice's browser, which keeps nothing in frames, with all that it says written down."""
    return visitors(proxy=tap.proxy)
