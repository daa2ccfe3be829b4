"""What play tells the comments, which do not know it: the rounds that may be spoken of, and authors' laurels."""

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from prizes.award import HANDED_OVER, Award, AwardState
from prizes.prize import Prize, PrizeKind
from server.play.round import Round, Verdict
from server.play.standings import Standing
from server.players.laurels import Laurels
from server.simulation.rules import TICK_RATE, WAVE_TICKS

WAVE_MS = WAVE_TICKS * 1000 // TICK_RATE
WON = (AwardState.OPEN, *HANDED_OVER)


def find_round_ms(session: Session, round_id: str, player_id: str, campaign_id: str) -> int | None:
    """How long a round lasts, in milliseconds, as far as it was played; None for one that this player may not speak
    of: somebody else's that is not public, or another campaign's.
    """
    may_see = or_(Round.verdict == Verdict.ACCEPTED, Round.player_id == player_id)
    found = session.scalar(select(Round).where(Round.id == round_id, Round.campaign_id == campaign_id, may_see))
    return None if found is None else found.revealed * WAVE_MS


def laurels_of(session: Session, campaign_id: str, player_ids: Collection[str], locale: str) -> Mapping[str, Laurels]:
    """The best score and the latest badge of each of the players who has one or the other in a campaign."""
    scores = _scores_of(session, campaign_id, player_ids) if player_ids else {}
    badges = _badges_of(session, campaign_id, player_ids, locale) if player_ids else {}
    return {player_id: Laurels(scores.get(player_id), badges.get(player_id)) for player_id in {*scores, *badges}}


def _scores_of(session: Session, campaign_id: str, player_ids: Collection[str]) -> dict[str, int]:
    best = select(Standing.player_id, Standing.score).where(Standing.campaign_id == campaign_id,
                                                            Standing.player_id.in_(player_ids))
    return dict(session.execute(best).all())


def _badges_of(session: Session, campaign_id: str, player_ids: Collection[str], locale: str) -> dict[str, str]:
    won = (select(Award.player_id, Prize).join(Prize, Prize.id == Award.prize_id)
           .where(Award.campaign_id == campaign_id, Award.player_id.in_(player_ids), Award.state.in_(WON),
                  Prize.kind == PrizeKind.BADGE).order_by(Award.awarded_at, Award.id))
    return {player_id: prize.name(locale) for player_id, prize in session.execute(won)}
