"""A draft is copied into its rehearsal, prizes with their stock, ways to win and pictures, and opens there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

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

LASTS = timedelta(days=30)  # where the draft's own end is over


def copy_campaign(live: Session, draft: Campaign, world: Session, terms: PlayTerms, now: datetime) -> None:
    """Copy a draft from the live database, which is only read, into an empty one, and publish it there.

    Raises BadSettings when one of its ways to win cannot be set up, or could not be published either.
    """
    with transaction(world):
        campaign = _open_now(draft, now)
        world.add(campaign)
        world.flush()
        ids = {prize.id: _copy_prize(live, prize, world, campaign, draft, terms, now)
               for prize in prizes_of(live, draft.id)}
        _copy_ways(live, draft, world, campaign, ids)
        _copy_pictures(live, draft, world)
        _seal(world, campaign, terms, now)


def _open_now(draft: Campaign, now: datetime) -> Campaign:
    closes_at = draft.closes_at if draft.closes_at > now else now + LASTS
    return Campaign(**{**_columns(draft), "id": new_id(), "opens_at": min(draft.opens_at, now),
                       "closes_at": closes_at, "rehearsal_token": None})


def _copy_prize(live: Session, prize: Prize, world: Session, campaign: Campaign, draft: Campaign, terms: PlayTerms,
                now: datetime) -> str:
    copied = add_prize(world, Prize(**{**_columns(prize), "id": new_id(), "campaign_id": campaign.id}))
    _receive(world, copied, live.get_one(Stock, prize.id).free, terms, now)
    earlier = max(timedelta(0), draft.opens_at - now)
    for release in live.scalars(select(Release).where(Release.prize_id == prize.id)):
        world.add(_sooner(release, copied.id, earlier))
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


def _sooner(release: Release, prize_id: str, earlier: timedelta) -> Release:
    """The plan keeps its distance from the opening, so that what opens with the campaign opens with the rehearsal."""
    times = {name: moment and moment - earlier
             for name, moment in (("opens_at", release.opens_at), ("closes_at", release.closes_at))}
    return Release(**{**_columns(release), "prize_id": prize_id, **times})


def _copy_ways(live: Session, draft: Campaign, world: Session, campaign: Campaign, ids: dict[str, str]) -> None:
    names = {old: old for old in ids}
    for way in WAYS.values():
        settings = way.settings_of(live, draft.id, names)
        if settings is not None:
            way.set_up(world, campaign.id, settings, ids)
    world.flush()


def _copy_pictures(live: Session, draft: Campaign, world: Session) -> None:
    theme = draft.read_theme()
    shown = [theme.boss.picture, theme.logo, *_prize_pictures(prizes_of(live, draft.id))]
    for picture in live.scalars(select(Picture).where(Picture.id.in_(filter(None, shown)))):
        world.add(Picture(**_columns(picture)))


def _prize_pictures(prizes: Iterable[Prize]) -> Iterable[str]:
    return (picture for prize in prizes for picture in prize.pictures.values())


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


def _columns(row: Base) -> dict[str, Any]:
    """A row's values, whatever columns its table has."""
    return {column.key: getattr(row, column.key) for column in type(row).__mapper__.column_attrs}
