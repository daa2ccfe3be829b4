"""Giving a campaign its looks: a theme, or a picture into the one it wears."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from server.campaigns.campaign import find_locked
from server.campaigns.picture import find_picture, keep_picture
from server.campaigns.redraw import Redrawn
from server.campaigns.theme import BadTheme, Theme
from server.db import transaction


class Place(StrEnum):
    """Where a picture goes: into the boss's head, or beside the brand's name."""

    BOSS = "boss"
    LOGO = "logo"


def wear_theme(session: Session, slug: str, theme: Theme) -> bool:
    """Dress a campaign; False when there is none.

    Raises BadTheme when the theme names a picture that is not kept here.
    """
    require_pictures(session, theme)
    with transaction(session):
        campaign = find_locked(session, slug)
        if campaign is not None:
            campaign.theme = theme.as_json()
    return campaign is not None


def require_pictures(session: Session, theme: Theme) -> None:
    """Raises BadTheme when the theme names a picture that is not kept here."""
    for key, picture_id in (("theme.boss.picture", theme.boss.picture), ("theme.logo", theme.logo)):
        if picture_id is not None and find_picture(session, picture_id) is None:
            raise BadTheme(f"{key} names a picture that was never uploaded here")


def place_picture(session: Session, slug: str, redrawn: Redrawn, place: Place, now: datetime) -> str | None:
    """Keep a picture and put it into a campaign's theme; its id, None when there is no such campaign."""
    with transaction(session):
        campaign = find_locked(session, slug)
        if campaign is None:
            return None
        picture_id = keep_picture(session, redrawn, now)
        campaign.theme = with_picture(campaign.read_theme(), place, picture_id).as_json()
    return picture_id


def remove_picture(session: Session, slug: str, place: Place) -> None:
    """Let a campaign go without: the boss is drawn again, the logo is ours. The picture itself stays kept."""
    with transaction(session):
        campaign = find_locked(session, slug)
        if campaign is not None:
            campaign.theme = with_picture(campaign.read_theme(), place, None).as_json()


def picture_at(theme: Theme, place: Place) -> str | None:
    return theme.logo if place == Place.LOGO else theme.boss.picture


def with_picture(theme: Theme, place: Place, picture_id: str | None) -> Theme:
    if place == Place.LOGO:
        return replace(theme, logo=picture_id)
    return replace(theme, boss=replace(theme.boss, picture=picture_id))
