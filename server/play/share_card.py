"""The cards that social networks show of our links: what is on them, as far as anyone may know it."""

import hashlib
from dataclasses import asdict, dataclass

import orjson
from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.campaigns.picture import Picture, find_picture
from server.campaigns.theme import Theme
from server.errors import Problem
from server.play.round import Round, Verdict
from server.players.player import Player
from server.texts import Texts

DRAWN = 2  # goes up when the drawing changes, so that kept copies are asked for again


@dataclass(frozen=True)
class ShareCard:
    """The words of a card: `over` the band, `headline` on it, `title` and `brand` beneath; each may be empty."""

    over: str
    headline: str
    title: str
    brand: str
    theme: Theme

    @property
    def etag(self) -> str:
        return hashlib.sha256(orjson.dumps([DRAWN, asdict(self)])).hexdigest()[:20]


@dataclass(frozen=True)
class CardPictures:
    """The brand's own pictures on a card, None where the theme has none."""

    boss: Picture | None
    logo: Picture | None


def find_card(session: Session, round_id: str, asked_locale: str, texts: Texts, *, is_dare: bool = False) -> ShareCard:
    """The card of a round whose replay is public, in a language of its campaign; a dare's says what is to be beaten.
    An erased player's name is empty.

    Raises Problem round_not_found for every other round.
    """
    found = session.execute(
        select(Round, Player.alias, Campaign).join(Player, Player.id == Round.player_id)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .where(Round.id == round_id, Round.verdict == Verdict.ACCEPTED)).one_or_none()
    if found is None:
        raise Problem("round_not_found", "There is no card of this round.")
    round_, alias, campaign = found
    locale = _choose(campaign, asked_locale)
    score = number_in(locale, round_.score or 0)
    return ShareCard(over=alias or "", headline=texts.say(locale, "link.dare.card", score=score) if is_dare else score,
                     title=campaign.title(locale), brand=campaign.brand, theme=campaign.read_theme())


def campaign_card(campaign: Campaign, asked_locale: str, texts: Texts) -> ShareCard:
    """The card of a campaign, in one of its languages."""
    locale = _choose(campaign, asked_locale)
    return ShareCard(over="", headline=campaign.title(locale), title=texts.say(locale, "link.campaign.card"),
                     brand=campaign.brand, theme=campaign.read_theme())


def _choose(campaign: Campaign, asked_locale: str) -> str:
    return asked_locale if asked_locale in campaign.locales else campaign.locales[0]


def number_in(locale: str, number: int) -> str:
    """A number as it is written in a language; as in English where Babel does not know it."""
    try:
        return format_decimal(number, locale=Locale.parse(locale))
    except (UnknownLocaleError, ValueError):
        return format_decimal(number, locale="en")


def pictures_of(session: Session, theme: Theme) -> CardPictures:
    boss, logo = (find_picture(session, kept) if kept else None for kept in (theme.boss.picture, theme.logo))
    return CardPictures(boss, logo)
