"""A draft is copied into its rehearsal, prizes with their stock, ways to win and pictures, and opens there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Way
from prizes.db import Base, new_id
from prizes.import_codes import SealedCodes, store_codes
from prizes.prize import Prize, PrizeKind, Release, prizes_of
from prizes.sheets.columns import Row
from prizes.sheets.faults import Faults
from prizes.stock import Stock, add_prize, restock
from prizes.way import BadSettings
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.picture import Picture
from server.db import transaction
from server.play.terms import PlayTerms

Values = dict[str, Any]

LASTS = timedelta(days=30)  # where the draft's own end is over


@dataclass(frozen=True)
class _Original:
    """What a draft is made of, as plain values: columns of prizes with their free units and releases, of pictures;
    the settings of its ways.
    """

    columns: Values
    prizes: list[tuple[Values, int, list[Values]]]
    settings: dict[Way, Any]
    pictures: list[Values]


def copy_campaign(live: Session, draft: Campaign, world: Session, terms: PlayTerms, now: datetime) -> None:
    """Copy a draft from the live database, which is only read, into an empty one, and publish it there. Nothing of
    the live database is held while that is done: making up a million codes takes longer than it lets anyone idle.

    Raises BadSettings when one of its ways to win cannot be set up, or could not be published either.
    """
    original = _read(live, draft)
    live.rollback()
    with transaction(world):
        campaign = _open_now(original, now)
        world.add(campaign)
        world.flush()
        earlier = max(timedelta(0), original.columns["opens_at"] - now)
        ids = {values["id"]: _copy_prize(world, campaign, values, free, releases, earlier, terms, now)
               for values, free, releases in original.prizes}
        for way, settings in original.settings.items():
            WAYS[way].set_up(world, campaign.id, settings, ids)
        world.add_all(Picture(**values) for values in original.pictures)
        world.flush()
        _seal(world, campaign, terms, now)


def _read(live: Session, draft: Campaign) -> _Original:
    prizes = prizes_of(live, draft.id)
    names = {prize.id: prize.id for prize in prizes}
    read = ((way, one.settings_of(live, draft.id, names)) for way, one in WAYS.items())
    theme = draft.read_theme()
    shown = [theme.boss.picture, theme.logo, *(picture for prize in prizes for picture in prize.pictures.values())]
    pictures = live.scalars(select(Picture).where(Picture.id.in_(filter(None, shown))))
    return _Original(_columns(draft), [_read_prize(live, prize) for prize in prizes],
                     {way: settings for way, settings in read if settings is not None}, [*map(_columns, pictures)])


def _read_prize(live: Session, prize: Prize) -> tuple[Values, int, list[Values]]:
    releases = live.scalars(select(Release).where(Release.prize_id == prize.id))
    return _columns(prize), live.get_one(Stock, prize.id).free, [*map(_columns, releases)]


def _open_now(original: _Original, now: datetime) -> Campaign:
    opens_at, closes_at = original.columns["opens_at"], original.columns["closes_at"]
    return Campaign(**{**original.columns, "id": new_id(), "brand_id": None, "opens_at": min(opens_at, now),
                       "closes_at": closes_at if closes_at > now else now + LASTS, "rehearsal_token": None})


def _copy_prize(world: Session, campaign: Campaign, values: Values, free: int, releases: list[Values],
                earlier: timedelta, terms: PlayTerms, now: datetime) -> str:
    copied = add_prize(world, Prize(**{**values, "id": new_id(), "campaign_id": campaign.id}))
    _receive(world, copied, free, terms, now)
    world.add_all(_sooner(release, copied.id, earlier) for release in releases)
    return copied.id


def _receive(world: Session, prize: Prize, units: int, terms: PlayTerms, now: datetime) -> None:
    """As many units as are free in the live stock, by the rehearsal's own ledger; a real code never comes along."""
    if not units or prize.is_unlimited:  # the units of an unlimited one are received as they are won
        return
    if prize.kind == PrizeKind.VOUCHER:
        _make_codes(world, prize, units, terms, now)
    else:
        restock(world, prize.id, units, now, "rehearsal")


def _make_codes(world: Session, prize: Prize, units: int, terms: PlayTerms, now: datetime) -> None:
    """Codes that say what they are, sealed with the rehearsal's own key."""
    with SealedCodes(terms.voucher_key, prize.id) as codes:
        codes.read((Row(line, {"code": f"TEST-{line:06}"}) for line in range(1, units + 1)), Faults())
        store_codes(world, codes, codes, now)


def _sooner(release: Values, prize_id: str, earlier: timedelta) -> Release:
    """The plan keeps its distance from the opening, so that what opens with the campaign opens with the rehearsal."""
    times = {name: release[name] and release[name] - earlier for name in ("opens_at", "closes_at")}
    return Release(**{**release, "prize_id": prize_id, **times})


def _seal(world: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> None:
    """Publish as the real one will be, with a plan of the rehearsal's own key. Sealed last: that forbids changes.

    Raises BadSettings for a flaw of a way that would forbid publishing too.
    """
    for way in WAYS.values():
        if way.is_used(world, campaign.id):
            for flaw in way.flaws(world, campaign.facts):
                raise BadSettings(flaw.sentence.removesuffix("."))
            way.seal(world, campaign.facts, terms.award_terms(campaign, keep_back=False), now)
    campaign.state, campaign.sealed_at = CampaignState.PUBLISHED, now


def _columns(row: Base) -> Values:
    """A row's values, whatever columns its table has."""
    return {column.key: getattr(row, column.key) for column in type(row).__mapper__.column_attrs}
