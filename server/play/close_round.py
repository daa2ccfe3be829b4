"""The end of a round: the whole log is replayed, the verdict falls, score and awards are written at once."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.award import AwardState
from server import outbox
from server.campaigns.campaign import Campaign
from server.db import transaction
from server.fairplay.review import ask_review
from server.fairplay.signs import Lines, Sign, signs_of
from server.play.friends import settle_referral
from server.play.give_prizes import accept_round, give_prizes
from server.play.round import Ending, Log, Round, RoundState, Verdict, log_of, submissions_of
from server.play.secret import round_secret, seeds_of
from server.play.standings import keep_best
from server.play.terms import PlayTerms
from server.players.player import is_erased
from server.simulation.replay import Replay, replay

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Judgement:
    """What the whole log shows, and how and when the round ends. Made before any write."""

    ending: Ending
    closed_at: datetime
    submitted: int  # waves that had come before this end
    stretch_ms: int
    had_void: bool
    replay: Replay
    signs: tuple[Sign, ...]
    verdict: Verdict
    log_hash: str | None
    secret: bytes


def judge_round(session: Session, round_: Round, campaign: Campaign, log: Log, ending: Ending, stretch_ms: int,
                terms: PlayTerms, now: datetime) -> Judgement:
    """Replay a log under the round's own rules and decide the verdict. Reads, writes nothing."""
    secret = round_secret(terms.round_key, round_.id)
    seen = replay(round_.read_rules(), seeds_of(secret), log.shots, log.voids)
    log_hash = _hash_log(log)
    has_twin = log_hash is not None and _has_twin(session, round_.id, log_hash)
    signs = signs_of(seen, stretch_ms, has_twin, Lines(campaign.review_line, terms.stretch_ms))
    return Judgement(ending=ending, closed_at=now, submitted=round_.submitted, stretch_ms=stretch_ms,
                     had_void=bool(log.voids), replay=seen, signs=signs, verdict=_verdict(seen, signs),
                     log_hash=log_hash, secret=secret)


def _verdict(seen: Replay, signs: tuple[Sign, ...]) -> Verdict:
    if seen.illegal is not None:  # the door lets none in; a log that got past it is no honest one
        return Verdict.REJECTED
    return Verdict.HELD if signs else Verdict.ACCEPTED


def _hash_log(log: Log) -> str | None:
    """SHA-256 of every shot; None for a round without one, since all of those are alike."""
    return hashlib.sha256(orjson.dumps(list(map(tuple, log.shots)))).hexdigest() if log.shots else None


def _has_twin(session: Session, round_id: str, log_hash: str) -> bool:
    twin = select(Round.id).where(Round.log_hash == log_hash, Round.id != round_id).limit(1)
    return session.scalar(twin) is not None


def close_round(session: Session, round_: Round, campaign: Campaign, judgement: Judgement,
                terms: PlayTerms) -> Round | None:
    """Write a round's end inside the caller's transaction; None when somebody else ended it first.

    The conditional UPDATE comes first: of sixteen closes at once one passes, and only it gives awards.
    """
    closed = _write_end(session, round_, judgement)
    if closed is None:
        return None
    signs = list(judgement.signs)
    awards = give_prizes(session, closed, campaign, judgement.replay, terms)
    if judgement.verdict == Verdict.ACCEPTED:
        awards += accept_round(session, closed, campaign, terms, judgement.closed_at)
        if any(award.state == AwardState.KEPT_BACK for award in awards):
            signs.append(Sign.PRIZE_ABOVE_LIMIT)
    if signs:
        ask_review(session, closed.id, closed.campaign_id, signs, judgement.closed_at)
    if judgement.verdict == Verdict.ACCEPTED:
        rank_round(session, closed, judgement.closed_at)
    if judgement.verdict != Verdict.HELD:
        settle_referral(session, closed, campaign, terms, judgement.closed_at)
    return closed


def _write_end(session: Session, round_: Round, judgement: Judgement) -> Round | None:
    seen = judgement.replay
    still_open = (Round.id == round_.id, Round.state == RoundState.OPEN, Round.submitted == judgement.submitted)
    submitted = judgement.submitted + (judgement.ending != Ending.ABANDONED)
    end = update(Round).where(*still_open).values(
        state=RoundState.CLOSED, ending=judgement.ending, closed_at=judgement.closed_at, submitted=submitted,
        stretch_ms=judgement.stretch_ms, had_void=judgement.had_void, verdict=judgement.verdict, score=seen.score,
        shots=seen.shots, hits=seen.hits, best_combo=seen.best_combo, gifts=len(seen.gifts),
        secret=judgement.secret.hex(), log_hash=judgement.log_hash)
    return session.scalar(end.returning(Round).execution_options(populate_existing=True))


def rank_round(session: Session, round_: Round, now: datetime) -> None:
    """Enter an accepted round into the standings and say so; a player who was erased meanwhile stays out."""
    if is_erased(session, round_.player_id):
        return
    if round_.score is None or round_.closed_at is None:
        raise ValueError(f"round {round_.id} has no score yet")
    keep_best(session, round_.campaign_id, round_.player_id, round_.id, round_.score, round_.closed_at)
    outbox.tell(session, round_.campaign_id, "standings", round_.id, now)


def close_if_overdue(session: Session, round_: Round, terms: PlayTerms, now: datetime) -> bool:
    """Close a round that nobody finished in time; False when it may still go on."""
    if round_.state != RoundState.OPEN or now <= round_.closes_by:
        return False
    campaign = session.get_one(Campaign, round_.campaign_id)
    log = log_of(submissions_of(session, round_.id))
    judgement = judge_round(session, round_, campaign, log, Ending.ABANDONED, round_.stretch_ms, terms, now)
    with transaction(session):
        close_round(session, round_, campaign, judgement, terms)
    return True


def close_overdue(session: Session, terms: PlayTerms, now: datetime, most: int = 100) -> int:
    """Close what was abandoned, the oldest first, at most `most` rounds; how many were closed."""
    overdue = select(Round).where(Round.state == RoundState.OPEN, Round.closes_by < now)
    rounds = list(session.scalars(overdue.order_by(Round.closes_by).limit(most)))
    return sum(_close_or_tell(session, round_, terms, now) for round_ in rounds)


def _close_or_tell(session: Session, round_: Round, terms: PlayTerms, now: datetime) -> bool:
    """A round that cannot be judged is told in the log, so that it keeps no other one open."""
    try:
        return close_if_overdue(session, round_, terms, now)
    except Exception:
        log.exception("round %s is overdue and could not be closed", round_.id)
        return False
