"""What anyone may know of a campaign: the wire's answer, and what its room hears live."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Way
from prizes.planned import bands_left
from prizes.prize import Prize, prizes_of, still_locked
from prizes.stock import Stock
from prizes.ways import WAYS
from prizes.ways.ladder import steps_of
from server.campaigns.campaign import Campaign
from server.clock import rfc3339
from server.play.standings import count_players, top_of

LIVE_PLACES = 10


def public_campaign(session: Session, campaign: Campaign, locale: str, now: datetime) -> dict[str, Any]:
    """A campaign as `GET /campaigns/{slug}` shows it, without what depends on the caller.

    Each way to win adds members of its own: what it shows of itself to everybody.
    """
    shown: dict[str, Any] = {"slug": campaign.slug, "brand": campaign.brand, "title": campaign.title(locale),
             "state": campaign.phase(now), "opens_at": rfc3339(campaign.opens_at),
             "closes_at": rfc3339(campaign.closes_at), "timezone": campaign.timezone, "locales": campaign.locales,
             "theme": campaign.theme, "server_time": rfc3339(now),
             "prizes": _prizes_with_ways(session, campaign, locale, now),
             "ladder": [{"score": step.score, "prize_id": step.prize_id} for step in steps_of(session, campaign.id)]}
    if campaign.friend_rounds is not None:
        shown["friend_rounds"] = campaign.friend_rounds
    for way in WAYS.values():
        shown |= way.shown(session, campaign.facts, now)
    return shown


def campaign_around_replay(campaign: Campaign, locale: str, now: datetime) -> dict[str, Any]:
    """What the page of a round shows of the campaign that it was played in."""
    return {"slug": campaign.slug, "brand": campaign.brand, "title": campaign.title(locale), "theme": campaign.theme,
            "state": campaign.phase(now)}


def prizes_left(session: Session, campaign: Campaign, locale: str, now: datetime) -> list[dict[str, Any]]:
    """The campaign's prizes with what may be won of each now; a late band where the number would tell when to play."""
    bands = bands_left(session, campaign.id, now)
    stocked = (select(Prize, Stock.free).join(Stock, Stock.prize_id == Prize.id)
               .where(Prize.campaign_id == campaign.id).order_by(Prize.value_cents, Prize.id))
    return [{"id": prize.id, "name": prize.name(locale), "kind": prize.kind,
             "left": bands.get(prize.id) or _left(session, prize, free, now),
             "value": {"cents": prize.value_cents, "currency": prize.currency}}
            for prize, free in session.execute(stocked)]


def _left(session: Session, prize: Prize, free: int, now: datetime) -> int | str:
    """What is free and released; of what has no end there is always plenty."""
    return "many" if prize.is_unlimited else max(0, free - still_locked(session, prize, now))


def _prizes_with_ways(session: Session, campaign: Campaign, locale: str, now: datetime) -> list[dict[str, Any]]:
    """Each prize with the ways that may give it and its picture's id, if it has one: these do not change with stock."""
    giving = {way: frozenset(WAYS[way].most_awards(session, campaign.facts)) for way in WAYS}
    pictured = {prize.id: prize.picture(locale) for prize in prizes_of(session, campaign.id)}
    return [{**prize, "ways": _ways_of(prize["id"], giving), **_picture(pictured.get(prize["id"]))}
            for prize in prizes_left(session, campaign, locale, now)]


def _picture(picture_id: str | None) -> dict[str, str]:
    return {"picture": picture_id} if picture_id else {}


def _ways_of(prize_id: str, giving: Mapping[Way, frozenset[str]]) -> list[Way]:
    return [way for way, prize_ids in giving.items() if prize_id in prize_ids]


def shared_life(session: Session, campaign: Campaign, now: datetime) -> Mapping[str, Any]:
    """The member that tells how much of the boss's shared life is left; none without one."""
    return WAYS[Way.COMMUNITY].shown(session, campaign.facts, now)


def live_standings(session: Session, campaign: Campaign) -> dict[str, Any]:
    """The places that a campaign's room is shown."""
    return {"top": top_of(session, campaign.id, LIVE_PLACES), "players": count_players(session, campaign.id)}
