"""The game in other people's pages, in a Chromium that lets a frame keep nothing, a little, or everything.

    with framed_demo(folder) as web:                       # the game on play.localhost, its hosts on blog.localhost, …
        web.sites.add("blog", "/mine", f"<iframe src='{web.game_url}/e/boss'></iframe>")
        with visitor(playwright, folder / "profile", Kept.NOTHING) as context:
            context.new_page().goto(web.address("blog", "/mine"))

A frame of another site has no cookies; with Kept.APART it has storage of its own for each site that frames it, as
Safari, Firefox and Chrome do it today; with Kept.NOTHING storage throws; with Kept.ALL it keeps what it likes, as
browsers did long ago: that one shows that a control works where nothing stands in its way.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright
from sqlalchemy import update

from server.campaigns.campaign import Campaign
from server.db import transaction
from tests.rig.chromium import draw_rarely, find_chromium, launch_flags
from tests.rig.databases import opened
from tests.rig.served import PATIENT, Served, free_port
from tools.demo_embed import HostSites, example_sites

SECURE, INSECURE = "localhost", "example"  # browsers trust names under the first, and send others over http in the open
LISTED = ("blog", "shop", "town")
FOE = "foe"  # a site that no campaign lists
RIVAL = "rival"  # an embed that needs a cookie
PARTITIONS = "ThirdPartyStoragePartitioning"
RIVAL_FRAME = """<!doctype html><title>Rival</title><p id="told">…</p><script>
  document.cookie = 'id=7; SameSite=None; Secure';
  let kept;
  try { kept = localStorage.id = (localStorage.id ?? 'new') + '+'; } catch (error) { kept = error.name; }
  document.getElementById('told').textContent = `cookie: ${document.cookie || 'none'}; storage: ${kept}`;
</script>"""


class Kept(StrEnum):
    """What a frame of another site may keep."""

    NOTHING = "nothing"
    APART = "apart"
    ALL = "all"


@dataclass
class Web:
    """The game, and the sites that frame it."""

    game: Served
    sites: HostSites
    domain: str

    @property
    def game_url(self) -> str:
        return f"http://play.{self.domain}:{self.game.port}"

    def address(self, name: str, path: str = "/") -> str:
        return f"http://{name}.{self.domain}:{self.sites.port}{path}"

    def list_sites(self, *sites: str, slug: str = "boss") -> None:
        """Say who may frame a campaign, as its staff do."""
        with opened(self.game.database_url) as database, database.sessions() as session, transaction(session):
            session.execute(update(Campaign).where(Campaign.slug == slug).values(framed_by=list(sites)))


@contextmanager
def framed_demo(folder: Path, domain: str = SECURE) -> Iterator[Web]:
    """The demo on play.<domain>, framed by what lies in examples/hosts, and by whatever a test adds."""
    port, hosts_port = free_port(), free_port()
    game = Served(folder, port, {"PUBLIC_URL": f"http://play.{domain}:{port}", **PATIENT})
    web = Web(game, example_sites(hosts_port, f"http://play.{domain}:{port}"), domain)
    web.sites.add(RIVAL, "/frame", RIVAL_FRAME)
    for name in LISTED:
        web.sites.add(name, "/rival", f'<!doctype html><iframe src="{web.address(RIVAL, "/frame")}"></iframe>')
    try:
        with web.sites.served():
            game.start("server.run", "--demo")
            web.list_sites(*(f"http://{name}.{domain}:*" for name in LISTED))
            yield web
    finally:
        game.kill()


@contextmanager
def visitor(playwright: Playwright, profile: Path, kept: Kept = Kept.NOTHING,
            **choices: Any) -> Iterator[BrowserContext]:
    """A browser with a fresh profile; `choices` are Playwright's, such as viewport=PHONE.

    Names under `example` lead to this machine too, over plain http: there no page is a secure one.
    """
    wishes = profile / "Default" / "Preferences"
    wishes.parent.mkdir(parents=True)
    is_blocked = kept != Kept.ALL
    wishes.write_text(json.dumps({"profile": {"cookie_controls_mode": int(is_blocked),
                                              "block_third_party_cookies": is_blocked}}))
    # Playwright itself turns the partitions off, and lazy frames with them; a later list takes the place of its own.
    off = ["HttpsUpgrades", "MediaRouter", "Translate", *([PARTITIONS] if kept != Kept.APART else [])]
    flags = [*launch_flags, f"--disable-features={','.join(off)}", "--host-resolver-rules=MAP *.example 127.0.0.1"]
    context = playwright.chromium.launch_persistent_context(profile, executable_path=find_chromium(), args=flags,
                                                            **choices)
    draw_rarely(context)
    try:
        yield context
    finally:
        context.close()
