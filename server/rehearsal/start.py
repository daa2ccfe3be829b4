"""Test mode begins and ends: a draft gets a world of its own, and the world is thrown away."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from server.db import Database, transaction
from server.play.terms import PlayTerms
from server.rehearsal.copy_campaign import copy_campaign
from server.rehearsal.places import drop_place, make_place

TermsOf = Callable[[str], PlayTerms]  # the terms of the rehearsal of a token


class NoRehearsal(Exception):
    """A campaign cannot go into test mode; the sentence says why."""


def start_rehearsal(session: Session, live: Database, slug: str, terms_of: TermsOf, now: datetime) -> str:
    """Put a draft into test mode; the token of its rehearsal.

    Raises NoRehearsal, or BadSettings when one of its ways to win cannot be set up. Nothing is kept then.
    """
    draft, token = _startable(find_campaign(session, slug), slug), secrets.token_hex(16)
    session.rollback()  # making a world takes longer than PostgreSQL lets anyone hold a transaction
    try:
        world = make_place(live.engine, token)
        with world.sessions() as own:
            copy_campaign(session, draft, own, terms_of(token), now)
        world.engine.dispose()
        _remember(session, draft, token)
    except BaseException:
        drop_place(live.engine, token)
        raise
    return token


def _startable(campaign: Campaign | None, slug: str) -> Campaign:
    if campaign is None:
        raise NoRehearsal(f"There is no campaign {slug!r}.")
    if campaign.state != CampaignState.DRAFT:
        raise NoRehearsal(f"{slug} is {campaign.state}: only a draft can be rehearsed.")
    if campaign.rehearsal_token is not None:
        raise NoRehearsal(f"{slug} is in test mode already; stop it first to start anew.")
    return campaign


def _remember(session: Session, draft: Campaign, token: str) -> None:
    """One statement: of two starts at once the second finds a token, and one published meanwhile is no draft."""
    still_free = (Campaign.id == draft.id, Campaign.state == CampaignState.DRAFT, Campaign.rehearsal_token.is_(None))
    kept = update(Campaign).where(*still_free).values(rehearsal_token=token).returning(Campaign.id)
    with transaction(session):
        if session.scalar(kept) is None:
            raise NoRehearsal(f"{draft.slug} was published, or put into test mode, at the same moment.")


def throw_away_rehearsal(session: Session, live: Database, slug: str) -> bool:
    """End a campaign's test mode: its world is removed with everything in it; False when there was none.

    Call it outside a transaction, also right after publishing. The token goes last, so that a call cut short can be
    made again and leaves nothing behind.
    """
    token = session.scalar(select(Campaign.rehearsal_token).where(Campaign.slug == slug))
    session.rollback()  # what was read holds no lock while the schema goes
    if token is None:
        return False
    drop_place(live.engine, token)
    with transaction(session):
        session.execute(update(Campaign).where(Campaign.rehearsal_token == token).values(rehearsal_token=None))
    return True
