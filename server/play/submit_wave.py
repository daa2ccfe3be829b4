"""Taking a wave's shots: refused at the door, taken once, answered the same way for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.clock import milliseconds
from server.db import transaction
from server.errors import Problem
from server.play.close_round import close_if_overdue, close_round, judge_round
from server.play.give_prizes import expire_overdue
from server.play.outcome import outcome_of, with_codes
from server.play.round import Ending, Log, Round, RoundState, Submission, Verdict, get_round, log_of, submissions_of
from server.play.secret import round_secret, seed_hex, seeds_of
from server.play.standings import Standing, foresee_standing
from server.play.terms import PlayTerms
from server.play.timing import Arrival, Lateness, judge_arrival, last_moment
from server.players.player import Player
from server.simulation.replay import Shot, find_illegal_in_wave, replay
from server.simulation.rules import WAVES, cut
from server.wire import whole_number

MOST_SHOTS = 64  # a legal wave has 25 at the most; more than this is refused before it is read

Answer = dict[str, Any]


@dataclass(frozen=True)
class Wave:
    """What a client submits: the number of a wave, and its shots in order."""

    number: int
    shots: tuple[Shot, ...]


def parse_wave(body: dict[str, Any]) -> Wave:
    """Read {"wave": n, "shots": [[tick, x, y], …]}.

    Raises Problem malformed or too_large.
    """
    number = whole_number(body.get("wave"), "wave")
    if not 1 <= number <= WAVES:
        raise Problem("malformed", f"`wave` must be between 1 and {WAVES}, not {number}.")
    shots = body.get("shots")
    if not isinstance(shots, list):
        raise Problem("malformed", "`shots` must be a list of [tick, x, y].")
    if len(shots) > MOST_SHOTS:
        raise Problem("too_large", f"{len(shots)} shots in one wave; {MOST_SHOTS} are the most that are read.")
    return Wave(number, tuple(_parse_shot(shot, index) for index, shot in enumerate(shots)))


def _parse_shot(shot: Any, index: int) -> Shot:
    if not isinstance(shot, list) or len(shot) != 3:
        raise Problem("malformed", f"`shots[{index}]` must be [tick, x, y].")
    return Shot(*(whole_number(number, f"shots[{index}]") for number in shot))


def find_first_answer(session: Session, player: Player, round_id: str, wave: Wave, terms: PlayTerms) -> Answer | None:
    """The stored answer to this very submission, None when this wave has not come yet.

    Raises Problem round_not_found, or already_submitted when it came with other shots.
    """
    return _find_answer(session, get_round(session, round_id, player.id), wave, terms)


def _find_answer(session: Session, round_: Round, wave: Wave, terms: PlayTerms) -> Answer | None:
    known = session.scalar(select(Submission).where(Submission.round_id == round_.id, Submission.wave == wave.number))
    if known is None:
        return None
    if known.shots != [list(shot) for shot in wave.shots]:
        raise Problem("already_submitted", f"Wave {wave.number} was submitted with other shots; the first ones count.")
    return with_codes(known.answer, terms)


def submit_wave(session: Session, player: Player, round_id: str, wave: Wave, terms: PlayTerms, locale: str,
                now: datetime) -> Answer:
    """Take a wave: answer with the next one's seed, or with the outcome when the round ends.

    Raises Problem round_not_found, round_over, wave_out_of_order, illegal_shots (with `index`),
    too_early (with `retry_in_ms`) or already_submitted.
    """
    round_ = get_round(session, round_id, player.id)
    first_answer = _find_answer(session, round_, wave, terms)
    if first_answer is not None:
        return first_answer
    _require_turn(session, round_, wave, terms, now)
    log = log_of(submissions_of(session, round_id))
    _refuse_illegal(log.shots, wave)
    arrival = judge_arrival(wave.number, round_.wave_starts_at, now, round_.stretch_ms, round_.had_void,
                            terms.stretch_ms)
    _refuse_early(wave, arrival)
    answer = _take(session, round_, wave, log, arrival, terms, locale, now)
    if answer is None:  # the same wave came twice at once and the other one was faster
        answer = _find_answer(session, round_, wave, terms)
    if answer is None:
        raise Problem("round_over", "This round has ended meanwhile.")
    return answer


def _require_turn(session: Session, round_: Round, wave: Wave, terms: PlayTerms, now: datetime) -> None:
    if round_.state != RoundState.OPEN or close_if_overdue(session, round_, terms, now):
        raise Problem("round_over", f"This round ended after wave {round_.submitted}; open a new one.")
    if wave.number != round_.wave:
        raise Problem("wave_out_of_order", f"Wave {round_.wave} is awaited, not wave {wave.number}.")


def _refuse_illegal(before: Sequence[Shot], wave: Wave) -> None:
    illegal = find_illegal_in_wave(before, wave.shots, wave.number)
    if illegal is not None:
        raise Problem("illegal_shots", f"{illegal.sentence.capitalize()}.", index=illegal.index)


def _refuse_early(wave: Wave, arrival: Arrival) -> None:
    if arrival.lateness == Lateness.EARLY:
        raise Problem("too_early", f"Wave {wave.number} can be submitted in {arrival.retry_in_ms} ms.",
                      retry_in_ms=arrival.retry_in_ms)


def _take(session: Session, round_: Round, wave: Wave, log: Log, arrival: Arrival, terms: PlayTerms, locale: str,
          now: datetime) -> Answer | None:
    """Store the wave and answer; None when somebody else stored it first."""
    longer = log.add(wave.number, wave.shots, is_void=arrival.lateness != Lateness.TAKEN)
    if wave.number == WAVES or arrival.lateness == Lateness.OVER:
        return _take_last(session, round_, wave, longer, arrival, terms, locale, now)
    return _take_and_reveal(session, round_, wave, longer, arrival, terms, now)


def _take_and_reveal(session: Session, round_: Round, wave: Wave, log: Log, arrival: Arrival, terms: PlayTerms,
                     now: datetime) -> Answer | None:
    secret = round_secret(terms.round_key, round_.id)
    so_far = replay(round_.read_rules(), seeds_of(secret, wave.number), log.shots, log.voids, until=cut(wave.number))
    answer: Answer = {"wave": {"number": wave.number + 1, "seed": seed_hex(secret, wave.number + 1),
                               "starts_in_ms": milliseconds(arrival.next_start - now)},
                      "score_so_far": so_far.score}
    if arrival.lateness == Lateness.VOID:
        answer["void"] = True
    with transaction(session):
        if not _move_on(session, round_, log, arrival, terms):
            return None
        session.add(_submission(round_, wave, log, now, answer))
    return answer


def _move_on(session: Session, round_: Round, log: Log, arrival: Arrival, terms: PlayTerms) -> bool:
    """Count the wave, if it is still the one awaited: the one UPDATE that lets a wave in only once."""
    awaited = (Round.id == round_.id, Round.state == RoundState.OPEN, Round.submitted == round_.submitted)
    had_void = bool(log.voids)
    end = last_moment(round_.wave + 1, arrival.next_start, arrival.stretch_ms, had_void, terms.stretch_ms)
    moved = update(Round).where(*awaited).values(
        submitted=round_.submitted + 1, wave_starts_at=arrival.next_start, stretch_ms=arrival.stretch_ms,
        had_void=had_void, closes_by=end + terms.abandoned_after)
    return session.scalar(moved.returning(Round.id)) is not None


def _take_last(session: Session, round_: Round, wave: Wave, log: Log, arrival: Arrival, terms: PlayTerms,
               locale: str, now: datetime) -> Answer | None:
    expire_overdue(session, now)
    campaign = session.get_one(Campaign, round_.campaign_id)
    ending = Ending.CUT_SHORT if arrival.lateness == Lateness.OVER else Ending.FINISHED
    judgement = judge_round(session, round_, campaign, log, ending, arrival.stretch_ms, terms, now)
    entry = Standing(campaign_id=campaign.id, player_id=round_.player_id, score=judgement.replay.score, reached_at=now)
    standing = foresee_standing(session, entry) if judgement.verdict == Verdict.ACCEPTED else None
    with transaction(session):
        closed = close_round(session, round_, campaign, judgement, terms)
        if closed is None:
            return None
        answer: Answer = {"outcome": outcome_of(session, closed, standing, terms, locale)}
        session.add(_submission(round_, wave, log, now, answer))
    return with_codes(answer, terms)


def _submission(round_: Round, wave: Wave, log: Log, now: datetime, answer: Answer) -> Submission:
    return Submission(round_id=round_.id, wave=wave.number, shots=[list(shot) for shot in wave.shots],
                      is_void=wave.number in log.voids, arrived_at=now, answer=answer)
