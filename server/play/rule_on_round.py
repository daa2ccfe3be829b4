"""A person's word on a round that was held, or whose prize was kept back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.award import Award, release_awards
from prizes.give_up import lock_desks
from server import outbox
from server.campaigns.campaign import Campaign
from server.db import transaction
from server.errors import Problem
from server.fairplay.review import ReviewRuling, ask_review, last_review, rule_on_review
from server.fairplay.signs import Sign
from server.play.close_round import rank_round
from server.play.friends import forget_referral, settle_referral
from server.play.give_prizes import accept_round, take_prizes_back
from server.play.round import Round, Verdict
from server.play.standings import forget_best, keep_best
from server.play.terms import PlayTerms


def release_round(session: Session, round_id: str, by: str, terms: PlayTerms, now: datetime) -> list[Award]:
    """Accept a round after a look: it ranks, and what was kept back for it can be claimed from now on.

    Raises Problem round_not_found when it waits for no ruling.
    """
    round_, campaign = _round_and_campaign(session, round_id)
    with transaction(session):
        lock_desks(session, [campaign.id])  # the close freezes what was entered: no ruling may cross it
        _rule(session, round_id, ReviewRuling.RELEASE, "", by, now)
        _set_verdict(session, round_id, Verdict.ACCEPTED)
        if round_.verdict == Verdict.HELD:  # one that was accepted at once was counted then
            accept_round(session, round_, campaign, terms, now)
        accepted = session.get_one(Round, round_id, populate_existing=True)
        rank_round(session, accepted, now)
        released = release_awards(session, round_id, now, terms.claim_days)
        settle_referral(session, accepted, campaign, terms, now)  # last: it counts for another player
        return released


def reject_round(session: Session, round_id: str, reason: str, by: str, now: datetime) -> int:
    """Reject a round after a look: it leaves the standings, its prizes go back to stock; how many did.

    Raises Problem round_not_found when it waits for no ruling.
    """
    _, campaign = _round_and_campaign(session, round_id)
    with transaction(session):
        lock_desks(session, [campaign.id])  # the close freezes what was entered: no ruling may cross it
        return reject_within(session, round_id, reason, by, now)


def reject_after_all(session: Session, round_id: str, reason: str, by: str, now: datetime) -> int:
    """Reject a round that a person had released, after a second look; how many prizes went back. What was claimed
    meanwhile stays claimed.

    Raises Problem round_not_found when nobody had released it, or it waits for another look.
    """
    _, campaign = _round_and_campaign(session, round_id)
    with transaction(session):
        lock_desks(session, [campaign.id])
        last = last_review(session, round_id)
        is_accepted = session.scalar(select(Round.verdict).where(Round.id == round_id)) == Verdict.ACCEPTED
        if last is None or last.ruling is None or not is_accepted:
            raise Problem("round_not_found", f"Round {round_id} was not released.")
        ask_review(session, round_id, campaign.id, [Sign(sign) for sign in last.signs], now)
        return reject_within(session, round_id, reason, by, now)


def reject_within(session: Session, round_id: str, reason: str, by: str, now: datetime) -> int:
    """`reject_round`, inside the transaction of a caller who holds the campaign's desk."""
    round_, campaign = _round_and_campaign(session, round_id)
    _rule(session, round_id, ReviewRuling.REJECT, reason, by, now)
    _set_verdict(session, round_id, Verdict.REJECTED)
    returned = take_prizes_back(session, round_, campaign, now)  # stock before standings, as a close does
    _rank_again(session, round_.campaign_id, round_.player_id)
    forget_referral(session, round_id)
    outbox.tell(session, round_.campaign_id, "standings", round_id, now)
    return returned


def _round_and_campaign(session: Session, round_id: str) -> tuple[Round, Campaign]:
    round_ = session.get(Round, round_id)
    if round_ is None:
        raise Problem("round_not_found", f"Round {round_id} waits for no ruling.")
    return round_, session.get_one(Campaign, round_.campaign_id)


def _rule(session: Session, round_id: str, ruling: ReviewRuling, reason: str, by: str, now: datetime) -> None:
    if not rule_on_review(session, round_id, ruling, reason, by, now):
        raise Problem("round_not_found", f"Round {round_id} waits for no ruling.")


def _set_verdict(session: Session, round_id: str, verdict: Verdict) -> None:
    session.execute(update(Round).where(Round.id == round_id).values(verdict=verdict))


def _rank_again(session: Session, campaign_id: str, player_id: str) -> None:
    """Put the player's best round that still stands into the standings, after one of theirs fell."""
    forget_best(session, campaign_id, player_id)
    standing = (Round.campaign_id == campaign_id, Round.player_id == player_id, Round.verdict == Verdict.ACCEPTED)
    best = session.scalar(select(Round).where(*standing).order_by(Round.score.desc(), Round.closed_at).limit(1))
    if best is not None and best.score is not None and best.closed_at is not None:
        keep_best(session, campaign_id, player_id, best.id, best.score, best.closed_at)
