"""A new campaign: of a template, or of another campaign."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain, count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from prizes.liability import exposures, liability
from prizes.prize import Prize
from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.draft_file import read_table
from server.campaigns.load_draft import load_within
from server.campaigns.local_time import to_utc
from server.campaigns.save_draft import prize_keys, table_of
from server.campaigns.strict_table import BadDraft
from server.campaigns.theme import Theme
from server.campaigns.version import SavedBy, keep_version
from server.campaigns.window import move_window, new_window
from server.db import transaction

FOLDER = Path(__file__).resolve().parent.parent.parent / "examples"
LONGEST_SLUG = 64
ROOM_FOR_NUMBER = 6


class Template(StrEnum):
    """What a campaign can begin as, the simplest way to win first; each is a file in `examples/`."""

    LADDER = "toys"
    INSTANT_WIN = "instant"
    DRAW = "draw"
    MIXED = "fair"
    FUN = "fun"


def template_table(template: Template) -> dict[str, Any]:
    """What the template's file says."""
    return tomllib.loads((FOLDER / f"{template.value}.toml").read_text("utf-8"))


def make_campaign(session: Session, table: Mapping[str, Any], themes: Mapping[str, Theme], locales: Sequence[str],
                  brand_id: str, by: str, now: datetime) -> Campaign:
    """Store the draft that a template became, for a brand; its liability limit is what it comes to now.

    Raises BadDraft.
    """
    try:
        with transaction(session):
            return _store(session, table, themes, locales, brand_id, SavedBy.NEW, by, now)
    except IntegrityError:  # another one of this slug was stored at the same moment
        raise _taken(table["slug"]) from None


def copy_campaign(session: Session, campaign: Campaign, slug: str, locales: Sequence[str], by: str,
                  now: datetime) -> Campaign:
    """A draft like another campaign, pictures too, as long as it and from now on; raises BadDraft."""
    with transaction(session):
        table = table_of(session, campaign)
        opens_at, _ = new_window(now, ZoneInfo(campaign.timezone))
        closes_at = opens_at + _length(campaign)
        copied = move_window(table | {"slug": slug}, opens_at, closes_at, campaign.timezone)
        draft = _store(session, copied, {}, locales, campaign.brand_id, SavedBy.COPY, by, now)
        keys = prize_keys(_prizes(session, campaign.id))
        pictures = {keys[prize.id]: prize.pictures for prize in _prizes(session, campaign.id)}
        for prize in _prizes(session, draft.id):
            prize.pictures = pictures[prize.key or ""]
    return draft


def _length(campaign: Campaign) -> timedelta:
    """At most a year: a demo never closes."""
    return min(campaign.closes_at - campaign.opens_at, timedelta(days=365))


def _prizes(session: Session, campaign_id: str) -> list[Prize]:
    return list(session.scalars(select(Prize).where(Prize.campaign_id == campaign_id)
                                .order_by(Prize.created_at, Prize.id)))


def _store(session: Session, table: Mapping[str, Any], themes: Mapping[str, Theme], locales: Sequence[str],
           brand_id: str | None, saved_by: SavedBy, by: str, now: datetime) -> Campaign:
    if find_campaign(session, table["slug"]) is not None:  # loading would replace it, whosever it is
        raise _taken(table["slug"])
    campaign = load_within(session, read_table(dict(table), themes, locales), now, brand_id)
    if saved_by == SavedBy.NEW:
        campaign.liability_limit_cents = liability(exposures(session, campaign.facts))
    keep_version(session, campaign, saved_by, by, now)
    return campaign


def _taken(slug: str) -> BadDraft:
    return BadDraft(f"there is a campaign {slug} already", "slug", "slug_taken")


def fill_template(template: Template, *, slug: str, name: str, brand: str, timezone: str, languages: Sequence[str],
                  now: datetime, theme: str | None = None) -> dict[str, Any]:
    """A template's table in a brand's name: titled so in each language, open from now on."""
    table = template_table(template)
    named = table | {"slug": slug, "brand": brand, "titles": dict.fromkeys(languages, name),
                     "theme": theme or table["theme"]}
    return move_window(named, *new_window(now, ZoneInfo(timezone)), timezone)


def free_slug(session: Session, name: str) -> str:
    """A slug like a name that no campaign has yet. Reads."""
    return next(slug for slug in _slugs_like(name) if find_campaign(session, slug) is None)


def _slugs_like(name: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "-", plain)[:LONGEST_SLUG - ROOM_FOR_NUMBER].strip("-") or "campaign"
    return chain([stem], (f"{stem}-{number}" for number in count(2)))


def window_of(table: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """When a table's campaign opens and closes, as moments."""
    zone = ZoneInfo(table["timezone"])
    return to_utc(table["opens"], zone), to_utc(table["closes"], zone)
