"""The card of a round for social networks: what is on it, as far as anyone may know it."""

import hashlib
from dataclasses import asdict, dataclass

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.campaigns.picture import Picture, find_picture
from server.campaigns.theme import Theme
from server.errors import Problem
from server.play.round import Round, Verdict
from server.players.player import Player

DRAWN = 1  # goes up when the drawing changes, so that kept copies are asked for again


@dataclass(frozen=True)
class ShareCard:
    """`alias` is empty when the player was erased; `locale` decides how the number is written."""

    score: int
    alias: str
    brand: str
    title: str
    locale: str
    theme: Theme

    @property
    def etag(self) -> str:
        return hashlib.sha256(orjson.dumps([DRAWN, asdict(self)])).hexdigest()[:20]


@dataclass(frozen=True)
class CardPictures:
    """The brand's own pictures on a card, None where the theme has none."""

    boss: Picture | None
    logo: Picture | None


def find_card(session: Session, round_id: str, asked_locale: str) -> ShareCard:
    """The card of a round whose replay is public, in a language of its campaign.

    Raises Problem round_not_found for every other round.
    """
    found = session.execute(
        select(Round, Player.alias, Campaign).join(Player, Player.id == Round.player_id)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .where(Round.id == round_id, Round.verdict == Verdict.ACCEPTED)).one_or_none()
    if found is None:
        raise Problem("round_not_found", "There is no card of this round.")
    round_, alias, campaign = found
    locale = asked_locale if asked_locale in campaign.locales else campaign.locales[0]
    return ShareCard(score=round_.score or 0, alias=alias or "", brand=campaign.brand, title=campaign.title(locale),
                     locale=locale, theme=campaign.read_theme())


def pictures_of(session: Session, theme: Theme) -> CardPictures:
    boss, logo = (find_picture(session, kept) if kept else None for kept in (theme.boss.picture, theme.logo))
    return CardPictures(boss, logo)
