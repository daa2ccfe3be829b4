"""Caps, counted anew from awards and claims; of the tallies only which award is still tied to a network."""

from collections import Counter
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, Award, Way
from prizes.caps import AwardTally, Cap
from prizes.claim import ClaimContact
from prizes.household import normal_address, normal_email
from prizes.prize import Prize
from prizes.way import AwardTerms, ClaimTerms

BY_NETWORK = (Way.LADDER, Way.INSTANT_WIN)

OneCap = tuple[tuple[str, ...], int | None]  # whose count it is, and how many are the most


def passed_caps(session: Session, networks: Mapping[str, str], terms: AwardTerms,
                claim_terms: ClaimTerms) -> list[tuple[str, ...]]:
    """Whatever has more awards than its cap lets it have; `networks` by round id."""
    found = session.execute(select(Award, Prize, ClaimContact).join(Prize, Prize.id == Award.prize_id)
                            .outerjoin(ClaimContact, ClaimContact.award_id == Award.id)
                            .where(Award.state.not_in(GIVEN_UP))).all()
    tied = set(session.scalars(select(AwardTally.award_id).where(AwardTally.cap == Cap.NETWORK)))
    caps = [cap for award, prize, contact in found
            for cap in (*_at_win(award, prize, networks[award.round_id] if award.id in tied else None, terms),
                        *_at_claim(prize, contact, claim_terms))]
    most, counts = dict(caps), Counter(key for key, _ in caps)
    return [key for key, count in counts.items() if count > (most[key] or count)]


def _at_win(award: Award, prize: Prize, network: str | None, terms: AwardTerms) -> Iterator[OneCap]:
    """Who was erased is tied to no network."""
    local = award.awarded_at.astimezone(ZoneInfo(terms.timezone))
    yield ("player", prize.id, award.player_id), prize.per_player
    yield ("day", prize.id, f"{local:%Y-%m-%d}"), prize.per_day
    yield ("hour", prize.id, f"{local:%Y-%m-%d %H%z}"), prize.per_hour
    if award.way in BY_NETWORK and network is not None:
        yield ("network", network, f"{local:%Y-%m-%d}"), terms.per_network


def _at_claim(prize: Prize, contact: ClaimContact | None, terms: ClaimTerms) -> Iterator[OneCap]:
    if contact is None:
        return
    person = normal_email(contact.email)
    yield ("person", person), terms.per_person
    yield ("person", person, prize.id), prize.per_player
    if contact.address:
        yield ("household", normal_address(contact.name, contact.address)), terms.per_household
