"""What a page loads, file by file, as Chromium counts it on the wire."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

LATER = ("/api/v1/", "/vendor/", "/wings", "/sounds", "/words.json")  # comes after the first frame: no round needs it


@dataclass
class Loaded:
    """One file over the wire: its bytes with headers, and those of the headers."""

    address: str
    coding: str = ""
    size: float = 0
    heading: float = 0


@dataclass
class Visit:
    """Every file that a page loads, as the browser counts it."""

    page: Page
    files: dict[str, Loaded] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._start)
        session.on("Network.responseReceived", self._answer)
        session.on("Network.loadingFinished", self._finish)

    def _start(self, event: dict[str, Any]) -> None:
        self.files[event["requestId"]] = Loaded(event["request"]["url"])

    def _answer(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        came = self.files[event["requestId"]]
        came.coding, came.heading = headers.get("content-encoding", ""), event["response"]["encodedDataLength"]

    def _finish(self, event: dict[str, Any]) -> None:
        self.files[event["requestId"]].size = event["encodedDataLength"]

    def loaded(self) -> list[Loaded]:
        """All that came, the largest first."""
        came = [one for one in self.files.values() if one.size and one.address.startswith("http")]
        return sorted(came, key=lambda one: one.size, reverse=True)


    def first(self) -> list[Loaded]:
        """What the first round needs."""
        return [one for one in self.loaded() if not any(part in one.address for part in LATER)]

    def touch(self) -> None:
        """A first touch, which brings the sounds; returns when all has come."""
        expect(self.page.locator("#live")).to_be_visible()  # the last thing that loads by itself
        with self.page.expect_response("**/vendor/zzfx/**"), self.page.expect_response("**/sounds*"):
            self.page.locator("#mute").click()
        self.page.wait_for_load_state("networkidle")

    def first_bytes(self) -> float:
        """What the first round needs, with headers."""
        return sum(one.size for one in self.first())

    def whole_bytes(self) -> float:
        """All files, packed, without headers."""
        return sum(one.size - one.heading for one in self.loaded())
