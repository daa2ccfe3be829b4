"""A campaign as a file again: what `load` would make the same campaign of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.prize import Prize, PrizeKind, Release
from prizes.stock import Stock
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign
from server.campaigns.local_time import to_local
from server.campaigns.theme import Theme
from server.campaigns.toml_text import toml_of

LIMITS = ("value_limit_cents", "liability_limit_cents", "per_network", "per_person", "per_household", "rounds_per_day",
          "friend_rounds", "friend_rounds_per_day", "review_line")


def save_draft(session: Session, campaign: Campaign, themes: Mapping[str, Theme]) -> str:
    """The TOML of a campaign, a published one too; `themes` are the ready ones by name. Reads."""
    table = table_of(session, campaign)
    return toml_of(table | {"theme": _theme(campaign.read_theme(), themes) or table["theme"]})


def table_of(session: Session, campaign: Campaign) -> dict[str, Any]:
    """What the TOML says, not written yet: times are local, the theme is whole. Reads."""
    zone = ZoneInfo(campaign.timezone)
    prizes = list(session.scalars(select(Prize).where(Prize.campaign_id == campaign.id)
                                  .order_by(Prize.created_at, Prize.id)))
    names = prize_keys(prizes)
    ways = {word.value: way.settings_of(session, campaign.id, names) for word, way in WAYS.items()}
    table: dict[str, Any] = _without_none({
        "slug": campaign.slug, "brand": campaign.brand, "timezone": campaign.timezone,
        "opens": to_local(campaign.opens_at, zone), "closes": to_local(campaign.closes_at, zone),
        "theme": campaign.read_theme().as_json(), "comments": campaign.comments_mode.value,
        "banned_words": campaign.banned_words, "allowed_words": campaign.allowed_words,
        "framed_by": campaign.framed_by, "titles": campaign.titles,
        "rules": {"gift_waves": list(campaign.read_rules().gift_waves)},
        "limits": {key: getattr(campaign, key) for key in LIMITS},
        "prizes": [_prize(session, prize, names[prize.id], zone) for prize in prizes], "ways": ways})
    return table


def prize_keys(prizes: list[Prize]) -> dict[str, str]:
    """What the file calls each prize, by id: its key, or a number for one that came without a file."""
    taken = {prize.key for prize in prizes}
    free = (name for name in (f"prize-{number}" for number in range(1, 2 * len(prizes) + 1)) if name not in taken)
    return {prize.id: prize.key or next(free) for prize in prizes}


def _theme(theme: Theme, themes: Mapping[str, Theme]) -> str | None:
    """The name of the ready theme that this is."""
    return next((name for name, ready in themes.items() if ready == theme), None)


def _prize(session: Session, prize: Prize, key: str, zone: ZoneInfo) -> dict[str, Any]:
    stock = session.get_one(Stock, prize.id)
    is_counted = not prize.is_unlimited and prize.kind != PrizeKind.VOUCHER
    releases = session.scalars(select(Release).where(Release.prize_id == prize.id).order_by(Release.number))
    return {"key": key, "kind": prize.kind.value, "value_cents": prize.value_cents, "currency": prize.currency,
            "unlimited": True if prize.is_unlimited else None,
            "units": stock.received - stock.withdrawn if is_counted else None, "per_player": prize.per_player,
            "per_day": prize.per_day, "per_hour": prize.per_hour, "names": prize.names,
            "downloads": prize.downloads or None, "releases": [_release(release, zone) for release in releases] or None}


def _release(release: Release, zone: ZoneInfo) -> dict[str, Any]:
    def local(moment: datetime | None) -> datetime | None:
        return None if moment is None else to_local(moment, zone)
    return {"units": release.units, "opens": local(release.opens_at), "closes": local(release.closes_at),
            "at_hits": release.at_hits}


def _without_none(value: Any) -> Any:
    """TOML has no null: what is not there is left out."""
    if isinstance(value, Mapping):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return [_without_none(item) for item in value] if isinstance(value, list) else value
