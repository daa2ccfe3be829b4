"""Caps, counted anew from awards and claims alone: what the tallies say does not matter here."""

from collections import Counter
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, Award, Way
from prizes.claim import Claim
from prizes.prize import Prize
from prizes.way import AwardTerms, ClaimTerms

BY_NETWORK = (Way.LADDER, Way.INSTANT_WIN)

Cap = tuple[tuple[str, ...], int | None]  # whose count it is, and how many are the most


def passed_caps(session: Session, networks: Mapping[str, str], terms: AwardTerms,
                claim_terms: ClaimTerms) -> list[tuple[str, ...]]:
    """Whatever has more awards than its cap lets it have; `networks` by round id."""
    found = session.execute(select(Award, Prize, Claim).join(Prize, Prize.id == Award.prize_id)
                            .outerjoin(Claim, Claim.award_id == Award.id).where(Award.state.not_in(GIVEN_UP))).all()
    caps = [cap for award, prize, claim in found
            for cap in (*_at_win(award, prize, networks[award.round_id], terms),
                        *_at_claim(award, prize, claim, claim_terms))]
    most, counts = dict(caps), Counter(key for key, _ in caps)
    return [key for key, count in counts.items() if count > (most[key] or count)]


def _at_win(award: Award, prize: Prize, network: str, terms: AwardTerms) -> Iterator[Cap]:
    local = award.awarded_at.astimezone(ZoneInfo(terms.timezone))
    yield ("player", prize.id, award.player_id), prize.per_player
    yield ("day", prize.id, f"{local:%Y-%m-%d}"), prize.per_day
    yield ("hour", prize.id, f"{local:%Y-%m-%d %H%z}"), prize.per_hour
    if award.way in BY_NETWORK:
        yield ("network", network, f"{local:%Y-%m-%d}"), terms.per_network


def _at_claim(award: Award, prize: Prize, claim: Claim | None, terms: ClaimTerms) -> Iterator[Cap]:
    if claim is not None and claim.person is not None:
        yield ("person", claim.person), terms.per_person
        yield ("person", claim.person, prize.id), prize.per_player
    if claim is not None and claim.household is not None:
        yield ("household", claim.household), terms.per_household
