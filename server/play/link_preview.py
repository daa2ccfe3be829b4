"""What other places show of a link to one of our pages: Open Graph, as https://ogp.me has it, and X's own few tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.core import get_global
from babel.numbers import format_decimal

from server.campaigns.campaign import Campaign
from server.clock import rfc3339
from server.play.card_picture import HEIGHT, WIDTH
from server.play.dare import Dare
from server.play.share_address import share_address
from server.play.watch_replay import Watchable
from server.texts import Texts


@dataclass(frozen=True)
class Speech:
    """The language of a page, those that it may be had in (the first one first), and the one its address asks for."""

    locale: str
    offered: Sequence[str]
    asked: str | None = None

    @property
    def of_address(self) -> str | None:
        """What the page's own address says: nothing for the first language, nor where the reader's browser chose."""
        return self.asked if self.asked == self.locale != self.offered[0] else None

    @property
    def of_picture(self) -> str | None:
        """What a picture's address says: it follows nobody's browser."""
        return self.locale if self.locale != self.offered[0] else None


@dataclass(frozen=True)
class LinkPreview:
    """The words, addresses and picture of a link; every address is one that `public_url` begins."""

    title: str
    text: str
    site: str
    speech: Speech
    address: str
    picture: str
    picture_text: str
    published_at: datetime | None = None
    is_listed: bool = True

    def as_tags(self) -> list[tuple[str, str]]:
        """The page's <meta> tags, name and content, in the order that Open Graph wants."""
        kind = "article" if self.published_at else "website"
        written = [("article:published_time", rfc3339(self.published_at))] if self.published_at else []
        return [("og:type", kind), ("og:title", self.title), ("og:description", self.text), ("og:site_name", self.site),
                ("og:url", self.address), ("og:image", self.picture), ("og:image:type", "image/png"),
                ("og:image:width", str(WIDTH)), ("og:image:height", str(HEIGHT)), ("og:image:alt", self.picture_text),
                *self._languages(), *written, ("twitter:card", "summary_large_image"),
                ("twitter:image:alt", self.picture_text)]

    def _languages(self) -> list[tuple[str, str]]:
        own = _with_territory(self.speech.locale)
        others = [_with_territory(one) for one in self.speech.offered if one != self.speech.locale]
        return [*([("og:locale", own)] if own else []), *(("og:locale:alternate", other) for other in others if other)]


def preview_campaign(campaign: Campaign, texts: Texts, speech: Speech, public_url: str) -> LinkPreview:
    """The link to a campaign."""
    brand, path = campaign.brand, f"/c/{campaign.slug}"
    return LinkPreview(
        title=campaign.title(speech.locale), text=texts.say(speech.locale, "page.description", brand=brand),
        site=brand, speech=speech, address=share_address(public_url, path, lang=speech.of_address),
        picture=share_address(public_url, f"{path}/card.png", lang=speech.of_picture),
        picture_text=texts.say(speech.locale, "link.campaign.picture", brand=brand))


def preview_dare(campaign: Campaign, dare: Dare, texts: Texts, speech: Speech, public_url: str) -> LinkPreview:
    """The link to a campaign that asks to beat somebody's round. It is nobody's to search for."""
    locale, brand = speech.locale, campaign.brand
    who = {"alias": dare.alias, "score": format_decimal(dare.score, locale=locale)}
    return LinkPreview(
        title=texts.say(locale, "link.dare.title", **who), text=texts.say(locale, "link.dare.text", brand=brand),
        site=brand, speech=speech, is_listed=False,
        address=share_address(public_url, f"/c/{campaign.slug}", beat=dare.round_id, lang=speech.of_address),
        picture=share_address(public_url, f"/r/{dare.round_id}/card.png", beat="1", lang=speech.of_picture),
        picture_text=texts.say(locale, "link.dare.picture", brand=brand, **who))


def preview_replay(watched: Watchable, texts: Texts, speech: Speech, public_url: str) -> LinkPreview:
    """The link to a public round."""
    locale, brand, path = speech.locale, watched.campaign.brand, f"/r/{watched.round.id}"
    score = format_decimal(watched.round.score or 0, locale=locale)
    alias = watched.alias or texts.say(locale, "player.somebody")
    return LinkPreview(
        title=texts.say(locale, "link.replay.title", score=score, alias=alias), site=brand, speech=speech,
        text=texts.say(locale, "link.replay.text", brand=brand), published_at=watched.round.opened_at,
        address=share_address(public_url, path, lang=speech.of_address),
        picture=share_address(public_url, f"{path}/card.png", lang=speech.of_picture),
        picture_text=texts.say(locale, "link.replay.picture", brand=brand, score=score))


def _with_territory(locale: str) -> str:
    """A language as Open Graph wants it, with the land where most speak it (Unicode CLDR): fr_FR; "" for another."""
    _, _, land = str(get_global("likely_subtags").get(locale, "")).rpartition("_")
    return f"{locale}_{land}" if land else ""
