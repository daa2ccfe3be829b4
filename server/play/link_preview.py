"""What other places show of a link to one of our pages: Open Graph, as https://ogp.me has it."""

from dataclasses import dataclass

from babel.core import get_global
from babel.numbers import format_decimal

from server.play.card_picture import HEIGHT, WIDTH
from server.play.watch_replay import Watchable
from server.texts import Texts


@dataclass(frozen=True)
class LinkPreview:
    """The words, addresses and picture of a link; every address is one that `public_url` begins."""

    title: str
    text: str
    site: str
    locale: str
    address: str
    picture: str
    picture_text: str

    def as_tags(self) -> dict[str, str]:
        """The page's <meta> tags by name."""
        territory = _with_territory(self.locale)
        return {"og:type": "website", "og:title": self.title, "og:description": self.text, "og:site_name": self.site,
                "og:url": self.address, "og:image": self.picture, "og:image:width": str(WIDTH),
                "og:image:height": str(HEIGHT), "og:image:alt": self.picture_text,
                "twitter:card": "summary_large_image", **({"og:locale": territory} if territory else {})}


def preview_replay(watched: Watchable, texts: Texts, locale: str, public_url: str) -> LinkPreview:
    """The link to a public round."""
    score = format_decimal(watched.round.score or 0, locale=locale)
    brand, address = watched.campaign.brand, f"{public_url}/r/{watched.round.id}"
    alias = watched.alias or texts.say(locale, "replay.somebody")
    return LinkPreview(
        title=texts.say(locale, "replay.link.title", score=score, alias=alias), site=brand, locale=locale,
        text=texts.say(locale, "replay.link.text", brand=brand), address=address, picture=f"{address}/card.png",
        picture_text=texts.say(locale, "replay.link.picture", brand=brand, score=score))


def _with_territory(locale: str) -> str:
    """A language as Open Graph wants it, with the land where most speak it (Unicode CLDR): fr_FR; "" for another."""
    _, _, land = str(get_global("likely_subtags").get(locale, "")).rpartition("_")
    return f"{locale}_{land}" if land else ""
