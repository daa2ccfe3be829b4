"""What a first visit costs: every byte that the campaign page needs before a round, as it comes over the wire."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.rig.served import Served

MOST_BYTES = 60_000  # compressed with brotli, headers included
LATER = ("/vendor/socket.io-client/", "/wings", "/words.json")  # loaded after the first frame: no round needs it


def loaded_files(page: Page, address: str) -> list[tuple[float, str, str]]:
    """(bytes over the wire with headers, address, encoding) of everything that a visit loads, the largest first."""
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    encodings: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def started(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"]

    def answered(event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        encodings[event["requestId"]] = headers.get("content-encoding", "")

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", started)
    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    page.goto(address)
    expect(page.locator("#live")).to_be_visible()  # the last thing that loads: the game was drawn before
    return sorted(((size, names[request], encodings.get(request, "")) for request, size in sizes.items()
                   if names[request].startswith("http")), reverse=True)


def test_a_first_visit_loads_at_most_60_kb_and_nothing_from_elsewhere(
        demo: Served, page: Page, troubles: Troubles) -> None:
    loaded = loaded_files(page, f"{demo.url}/c/boss")
    needed = sum(size for size, address, _ in loaded if not any(part in address for part in LATER))
    listing = "\n".join(f"{size:7.0f}  {coding:4}  {urlsplit(address).path}" for size, address, coding in loaded)
    print(f"{listing}\n{needed:7.0f}  for the first round, of {sum(size for size, _, _ in loaded):.0f} in all")  # noqa: T201
    assert needed <= MOST_BYTES, listing
    assert {coding for size, _, coding in loaded if size > 1_500} == {"br"}
    assert {urlsplit(address).netloc for _, address, _ in loaded} == {f"localhost:{demo.port}"}
    assert troubles.seen == []
