"""What stands behind a code: an award that waits for its claim, or the keepsake of a round that waits for its luck."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from prizes.award import HANDED_OVER, Award, AwardState, awards_of_round
from prizes.claim import claim_code, find_award_by_code, needs_of
from prizes.draw import DrawResult, DrawTerms
from prizes.give_up import lock_desks
from prizes.keepsake import Keepsake, find_keepsake, ticket_of
from prizes.prize import Prize
from prizes.slots import may_still_win
from prizes.ways import WAYS
from prizes.ways.community import has_life
from server.campaigns.campaign import Campaign, Phase
from server.clock import rfc3339
from server.db import transaction
from server.errors import Problem
from server.play.claim_prize import yields_of
from server.play.close_campaign import close_campaign, is_awaited
from server.play.give_prizes import ask_for_looks, finished_round
from server.play.round import Round, Verdict
from server.play.terms import PlayTerms

Told = dict[str, Any]
LATER = tuple(way for way, one in WAYS.items() if one.comes_later)


def look_at_code(session: Session, code: str, terms: PlayTerms, locale: str, now: datetime) -> Told | None:
    """{"award": {…}} or {"keepsake": {…}}; None for a code that is nobody's.

    Raises Problem claim_not_found for one whose award a person still looks at: nobody was given it yet.
    """
    award = find_award_by_code(session, code)
    if award is not None:
        if award.state == AwardState.KEPT_BACK:
            raise Problem("claim_not_found", "Nothing waits under this code.")
        return {"award": _award(session, award, terms, locale, now)}
    keepsake = find_keepsake(session, code)
    return None if keepsake is None else {"keepsake": _keepsake(session, keepsake, terms, locale, now)}


def write_code(session: Session, code: str, terms: PlayTerms) -> str | None:
    """A code as it was given out, however it was typed; None for one that look_at_code would not find."""
    award = find_award_by_code(session, code)
    if award is not None:
        return None if award.state == AwardState.KEPT_BACK else claim_code(terms.claim_key, award.id)
    keepsake = find_keepsake(session, code)
    return None if keepsake is None else ticket_of(terms.claim_key, keepsake.round_id)


def _award(session: Session, award: Award, terms: PlayTerms, locale: str, now: datetime) -> Told:
    prize = session.get_one(Prize, award.prize_id)
    told = {"state": _state(award, now), "claim_before": rfc3339(award.claim_before),
            "prize": {"id": prize.id, "name": prize.name(locale), "kind": prize.kind, "picture": prize.picture(locale)},
            "needs": list(needs_of(prize.kind))}
    return {**told, **yields_of(session, award, prize, terms, locale)} if award.state in HANDED_OVER else told


def _state(award: Award, now: datetime) -> str:
    """As its winner reads it: what was taken back is gone, whoever took it."""
    if award.state == AwardState.OPEN and award.claim_before <= now:
        return AwardState.EXPIRED
    return "gone" if award.state in (AwardState.RETURNED, AwardState.REVOKED) else award.state


def _keepsake(session: Session, keepsake: Keepsake, terms: PlayTerms, locale: str, now: datetime) -> Told:
    campaign = session.get_one(Campaign, keepsake.campaign_id)
    close_campaign(session, campaign, terms, now)
    _catch_up(session, keepsake, campaign, terms, now)
    awards = [award for award in awards_of_round(session, keepsake.round_id) if award.way in LATER]
    won = [_won(session, award, terms, locale) for award in awards
           if award.state == AwardState.OPEN or award.state in HANDED_OVER]
    is_waiting = (any(award.state == AwardState.KEPT_BACK for award in awards)
                  or not _is_decided(session, campaign, now)
                  or may_still_win(session, campaign.id, keepsake.round_id))
    return {"state": "won" if won else "waiting" if is_waiting else "not_won", "won": won,
            "campaign": {"slug": campaign.slug, "title": campaign.title(locale), "brand": campaign.brand},
            "closes_at": rfc3339(campaign.closes_at), "is_closed": campaign.phase(now) == Phase.CLOSED,
            "ways": [way for way in LATER if WAYS[way].is_used(session, campaign.id)], "round_id": keepsake.round_id}


def _won(session: Session, award: Award, terms: PlayTerms, locale: str) -> Told:
    prize = session.get_one(Prize, award.prize_id)
    return {"way": award.way, "state": award.state, "prize": {"id": prize.id, "name": prize.name(locale)},
            "claim_code": claim_code(terms.claim_key, award.id), "claim_before": rfc3339(award.claim_before)}


def _is_decided(session: Session, campaign: Campaign, now: datetime) -> bool:
    """Whether everything that is given later has been: the campaign and its last round are over, its draw is made."""
    if campaign.phase(now) != Phase.CLOSED or is_awaited(session, campaign, now):
        return False
    has_draw = session.get(DrawTerms, campaign.id) is not None
    return not has_draw or session.get(DrawResult, campaign.id) is not None


def _catch_up(session: Session, keepsake: Keepsake, campaign: Campaign, terms: PlayTerms, now: datetime) -> None:
    """Give what has opened since for an accepted round; nothing is written where nothing has."""
    round_ = session.get(Round, keepsake.round_id)
    if round_ is None or round_.verdict != Verdict.ACCEPTED or not has_life(session, campaign.id):
        return
    with transaction(session):
        lock_desks(session, [campaign.id])
        award_terms = terms.award_terms(campaign, keep_back=False)
        for way in WAYS.values():
            caught_up = way.catch_up(session, campaign.facts, finished_round(round_), award_terms, now)
            ask_for_looks(session, caught_up, now)

