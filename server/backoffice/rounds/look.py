"""One round as its reviewer needs it: what it came to, why it waits, what hangs on it, how else its player plays."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, awards_of_round
from prizes.prize import Prize
from server.backoffice.rounds.queue import PlaceLook, find_place
from server.campaigns.campaign import Campaign
from server.fairplay.review import Review, last_review
from server.fairplay.signs import MOST_SPAWN_HITS, Sign
from server.play.round import Round, Verdict, log_of, submissions_of
from server.play.secret import seeds_of
from server.play.terms import PlayTerms
from server.players.player import Player
from server.simulation.replay import replay

MOST_TWINS = 5
MOST_ALIKE = 200


@dataclass(frozen=True)
class Seen:
    """A sign that was seen on a round, with the numbers that its sentence names."""

    sign: Sign
    places: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Past:
    """How a player does otherwise in this campaign: rounds that are over, the best accepted score, how many fell."""

    rounds: int
    best: int | None
    rejected: int


@dataclass(frozen=True)
class RoundLook:
    """`place` is there while the round waits in a place with a prize; `twins` have the same darts."""

    round: Round
    review: Review | None
    campaign: Campaign
    alias: str | None
    seen: list[Seen]
    awards: list[tuple[Award, Prize]]
    place: PlaceLook | None
    twins: list[str]
    past: Past

    @property
    def is_waiting(self) -> bool:
        return self.review is not None and self.review.ruling is None

    @property
    def kept(self) -> list[tuple[Award, Prize]]:
        """What a release lets be claimed."""
        return [(award, prize) for award, prize in self.awards if award.state == AwardState.KEPT_BACK]


def look_at_round(session: Session, round_: Round, campaign: Campaign, terms: PlayTerms) -> RoundLook:
    """Everything about a round that is over. Its darts are played again only when their haste was a sign."""
    review, place = last_review(session, round_.id), find_place(session, round_.id)
    player = session.get(Player, round_.player_id)
    awards = awards_of_round(session, round_.id)
    prizes = {prize.id: prize for prize in session.scalars(
        select(Prize).where(Prize.id.in_({award.prize_id for award in awards})))}
    twins = _twins(session, round_)
    signs = [Sign(sign) for sign in review.signs] if review else []
    seen = [Seen(sign, dict(_places(session, sign, round_, campaign, terms, len(twins), place))) for sign in signs]
    return RoundLook(round_, review, campaign, player.alias if player else None, seen,
                     [(award, prizes[award.prize_id]) for award in awards], place, twins, _past(session, round_))


def _places(session: Session, sign: Sign, round_: Round, campaign: Campaign, terms: PlayTerms, twins: int,
            place: PlaceLook | None) -> Iterator[tuple[str, int]]:
    match sign:
        case Sign.SCORE_ABOVE_LINE:
            yield from (("score", round_.score or 0), ("line", campaign.review_line))
        case Sign.STRETCH_ABOVE_HALF:
            yield from (("stretch", round_.stretch_ms), ("allowance", terms.stretch_ms))
        case Sign.HITS_BEFORE_REACTION:
            yield from (("hits", _spawn_hits(session, round_)), ("usual", MOST_SPAWN_HITS))
        case Sign.SAME_LOG:
            yield "twins", twins
        case Sign.PLACE_WITH_PRIZE:
            yield "place", place.slot.number if place else 0
        case Sign.PRIZE_ABOVE_LIMIT:
            yield "limit", campaign.value_limit_cents or 0


def _spawn_hits(session: Session, round_: Round) -> int:
    log = log_of(submissions_of(session, round_.id))
    seeds = seeds_of(bytes.fromhex(round_.secret or ""))
    return replay(round_.read_rules(), seeds, log.shots, log.voids).spawn_hits


def _twins(session: Session, round_: Round) -> list[str]:
    """Rounds of the same campaign with the very same darts."""
    if round_.log_hash is None:
        return []
    alike = select(Round.id, Round.campaign_id).where(Round.log_hash == round_.log_hash).limit(MOST_ALIKE)
    # By the darts alone: SQLite would else begin with all rounds of the campaign.
    own = [round_id for round_id, campaign_id in session.execute(alike) if campaign_id == round_.campaign_id]
    return [round_id for round_id in own if round_id != round_.id][:MOST_TWINS]


def _past(session: Session, round_: Round) -> Past:
    own = (Round.campaign_id == round_.campaign_id, Round.player_id == round_.player_id, Round.id != round_.id,
           Round.closed_at.is_not(None))
    best = func.max(Round.score).filter(Round.verdict == Verdict.ACCEPTED)
    rejected = func.count().filter(Round.verdict == Verdict.REJECTED)
    rounds, score, fallen = session.execute(select(func.count(), best, rejected).where(*own)).one()
    return Past(rounds, score, fallen)
