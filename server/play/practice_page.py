"""A campaign's practice as one HTML file that fetches nothing: for advertisers' players, webviews, and who is offline.

It is the campaign's own page with every file written into it and the rules in its script. Nothing can be won in it,
so it holds no prize, no stock, no time and no address but the real game's: the same campaign gives the same bytes.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader
from sqlalchemy.orm import Session

from server.campaigns.accents import accents_css
from server.campaigns.campaign import Campaign
from server.campaigns.picture import find_picture, hold
from server.campaigns.theme import is_picture_id
from server.drawings import stage_of
from server.texts import Texts

SERVER = Path(__file__).resolve().parent.parent
STATIC = SERVER.parent / "static"
MOST_BYTES = 2_000_000  # what hosts of playable advertisements take at most
SAID = ("boss.", "calm.", "gift.", "hud.", "line.", "pad.", "page.", "pause.", "practice.", "result.", "settings.",
        "small.", "start.", "tutor.", "void.", "wave.")  # what a practice says
MRAID = '<script src="mraid.js"></script>'  # its host puts the file there, by MRAID 3.0
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_SCRIPT = re.compile(r'<script src="(/static/[^"]+)"></script>')
_PICTURE = re.compile(r'"(/static/icons/[^"]+\.svg)"')
_HEAD = '<meta charset="utf-8">'


class TooHeavy(Exception):
    """The file is larger than hosts take; the sentence has the numbers."""


@dataclass(frozen=True)
class Practice:
    """What a practice is made for. `query` is put behind the real game's address; one that is offline stands at that
    very address, in the place of the page that cannot be reached.
    """

    public_url: str
    locale: str
    query: Mapping[str, str]
    is_offline: bool = False
    has_mraid: bool = False

    def address(self, slug: str) -> str:
        return f"{self.public_url}/c/{slug}?{urlencode({'lang': self.locale, **self.query})}"


@dataclass(frozen=True)
class PracticePage:
    """The file, and the content policy that stands in it."""

    content: bytes
    policy: str

    @property
    def version(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:20]


def from_source(source: str | None) -> dict[str, str]:
    """What tells the real game where a player came from; nothing where nobody says."""
    return {"utm_source": source, "utm_medium": "playable"} if source else {}


def make_practice(session: Session, campaign: Campaign, texts: Texts, practice: Practice) -> PracticePage:
    """Raises TooHeavy where the brand's pictures make it larger than `MOST_BYTES`."""
    theme = campaign.read_theme()
    page = _render(campaign, texts.with_words(practice.locale, theme.words(practice.locale)), practice,
                   lambda picture: held_picture(session, picture))
    made = _inline(page, {f"/c/{campaign.slug}/theme.css": accents_css(theme)}, has_mraid=practice.has_mraid)
    if len(made.content) > MOST_BYTES:
        raise TooHeavy(f"The file would have {len(made.content):,} bytes; hosts take {MOST_BYTES:,}. Use smaller "
                       "pictures for the logo and the boss's face.")
    return made


def _render(campaign: Campaign, texts: Texts, practice: Practice, stored: Callable[[object], str]) -> str:
    locale, theme = practice.locale, campaign.theme
    picture = stored(theme["boss"]["picture"])
    shown = {"slug": campaign.slug, "brand": campaign.brand, "title": campaign.title(locale), "state": "open",
             "theme": {**theme, "texts": {}, "logo": None, "boss": {**theme["boss"], "picture": picture}},
             "locales": [locale], "prizes": [], "ladder": []}
    said = {key: text for key, text in texts.of(locale).items() if key.startswith(SAID)}
    boot = {"slug": campaign.slug, "embed": False, "api": "", "public_url": practice.public_url, "locale": locale,
            "locales": [locale], "texts": said, "campaign": shown,
            "practice": {"rules": campaign.rules, "address": practice.address(campaign.slug),
                         "isOffline": practice.is_offline}}
    return _templates().get_template("campaign.html").render(
        practice=practice, locale=locale, locales=[locale], root="", boot=boot, campaign=shown,
        stage=stage_of(theme, stored), gifts=bool(campaign.rules.get("gift_waves")),
        t=lambda key, **places: texts.say(locale, key, **places))


@lru_cache(maxsize=1)
def _templates() -> Environment:
    """The pages' own, for where no app is: the command makes the file too."""
    made = Environment(loader=FileSystemLoader(SERVER / "templates"), autoescape=True)
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    return made


def held_picture(session: Session, picture: object) -> str:
    """A brand's picture as an address that holds it; empty for none."""
    found = find_picture(session, str(picture)) if is_picture_id(picture) else None
    return found.held if found else ""


def _inline(page: str, made: Mapping[str, str], *, has_mraid: bool) -> PracticePage:
    """The page with its style sheets, scripts and pictures written into it, and a policy that lets nothing else in."""
    hashes: dict[str, list[str]] = {"style": [], "script": []}

    def put(found: re.Match[str], tag: str) -> str:
        text = made.get(found[1]) or _read(found[1])
        hashes[tag].append(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
        return f"<{tag}>{text}</{tag}>"

    page = _SHEET.sub(lambda found: put(found, "style"), page)
    page = _SCRIPT.sub(lambda found: put(found, "script"), page)
    page = _PICTURE.sub(lambda found: f'"{hold("image/svg+xml", _read(found[1]).encode())}"', page)
    scripts = "* 'unsafe-inline'" if has_mraid else " ".join(hashes["script"])  # such a host adds its own
    policy = (f"default-src 'none'; script-src {scripts}; style-src {' '.join(hashes['style'])}; "
              "img-src data: blob:; base-uri 'none'; form-action 'none'")
    head = f'{_HEAD}\n<meta http-equiv="Content-Security-Policy" content="{policy}">{MRAID if has_mraid else ""}'
    return PracticePage(page.replace(_HEAD, head, 1).encode(), policy)


def _read(address: str) -> str:
    """A file of ours that goes into the page."""
    return (STATIC / address.removeprefix("/static/")).read_text("utf-8")
