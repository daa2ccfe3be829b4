"""What anyone may know of a campaign: the wire's answer, and what its room hears live."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.planned import bands_left
from prizes.prize import Prize
from prizes.stock import Stock
from prizes.ways import WAYS
from prizes.ways.ladder import steps_of
from server.campaigns.campaign import Campaign
from server.clock import rfc3339
from server.play.standings import count_players, top_of

LIVE_PLACES = 10


def public_campaign(session: Session, campaign: Campaign, locale: str, now: datetime) -> dict[str, Any]:
    """A campaign as `GET /campaigns/{slug}` shows it, without what depends on the caller."""
    shown = {name: member for way in WAYS.values() for name, member in way.shown(session, campaign.facts, now).items()}
    return {"slug": campaign.slug, "brand": campaign.brand, "title": campaign.title(locale),
            "state": campaign.phase(now), "opens_at": rfc3339(campaign.opens_at),
            "closes_at": rfc3339(campaign.closes_at), "timezone": campaign.timezone, "locales": campaign.locales,
            "theme": campaign.theme, "server_time": rfc3339(now), "prizes": prizes_left(session, campaign, locale, now),
            "ladder": [{"score": step.score, "prize_id": step.prize_id} for step in steps_of(session, campaign.id)],
            **shown}


def campaign_around_replay(campaign: Campaign, locale: str, now: datetime) -> dict[str, Any]:
    """What the page of a round shows of the campaign that it was played in."""
    return {"slug": campaign.slug, "brand": campaign.brand, "title": campaign.title(locale), "theme": campaign.theme,
            "state": campaign.phase(now)}


def prizes_left(session: Session, campaign: Campaign, locale: str, now: datetime) -> list[dict[str, Any]]:
    """The campaign's prizes with what is free of each; a late band where the number would tell when to play."""
    bands = bands_left(session, campaign.id, now)
    stocked = (select(Prize, Stock.free).join(Stock, Stock.prize_id == Prize.id)
               .where(Prize.campaign_id == campaign.id).order_by(Prize.value_cents, Prize.id))
    return [{"id": prize.id, "name": prize.name(locale), "left": bands.get(prize.id, left),
             "value": {"cents": prize.value_cents, "currency": prize.currency}}
            for prize, left in session.execute(stocked)]


def live_standings(session: Session, campaign: Campaign) -> dict[str, Any]:
    """The places that a campaign's room is shown."""
    return {"top": top_of(session, campaign.id, LIVE_PLACES), "players": count_players(session, campaign.id)}
