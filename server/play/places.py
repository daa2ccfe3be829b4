"""The places of a campaign that is over: who has them, and a person's word on each."""

from datetime import datetime

from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way, release_awards
from prizes.draw import draw_with_witness
from prizes.give_up import lock_desks
from prizes.slots import Given, slots_of
from prizes.ways.standings import confirm_places
from server import outbox
from server.campaigns.campaign import Campaign
from server.db import transaction
from server.errors import Problem
from server.fairplay.review import ReviewRuling, ask_review, rule_on_review
from server.fairplay.signs import Sign
from server.play.close_campaign import close_campaign
from server.play.rule_on_round import reject_within
from server.play.terms import PlayTerms


def show_places(session: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> list[Given]:
    """Every place with a prize, closed in passing when it is due."""
    close_campaign(session, campaign, terms, now)
    return slots_of(session, campaign.id, Way.STANDINGS)


def confirm(session: Session, campaign: Campaign, places: tuple[int, ...], by: str, terms: PlayTerms,
            now: datetime) -> list[Award]:
    """Let the prizes of these places be claimed from now on, of all when none is named; the awards that were let."""
    close_campaign(session, campaign, terms, now)
    with transaction(session):
        lock_desks(session, [campaign.id])  # before the awards: a rejection locks in this order too
        awards = confirm_places(session, campaign.id, places, terms.claim_days, now)
        for award in awards:
            _release(session, award, by, terms, now)
        if awards:
            outbox.tell(session, campaign.id, "standings", campaign.id, now)
    return awards


def confirm_place(session: Session, campaign: Campaign, place: int, round_id: str, by: str, terms: PlayTerms,
                  now: datetime) -> Award:
    """Let the prize of one place be claimed, whose round was watched; the award.

    Raises Problem round_not_found when that round does not wait there any more.
    """
    with transaction(session):
        lock_desks(session, [campaign.id])
        _require_there(session, campaign, place, round_id)
        (award,) = confirm_places(session, campaign.id, (place,), terms.claim_days, now)
        _release(session, award, by, terms, now)
        outbox.tell(session, campaign.id, "standings", campaign.id, now)
    return award


def _release(session: Session, award: Award, by: str, terms: PlayTerms, now: datetime) -> None:
    """A person has watched the round: its place is not provisional any more, and nothing of it is kept back."""
    ask_review(session, award.round_id, award.campaign_id, [Sign.PLACE_WITH_PRIZE], now)
    rule_on_review(session, award.round_id, ReviewRuling.RELEASE, "", by, now)
    release_awards(session, award.round_id, now, terms.claim_days)


def reject_place(session: Session, campaign: Campaign, place: int, reason: str, by: str, terms: PlayTerms,
                 now: datetime, round_id: str | None = None) -> None:
    """Reject the round of a place that is not confirmed yet, even one that was held and released before; the place
    falls to the next in line. `round_id` is the one that was watched, if it was.

    Raises Problem round_not_found when nobody's round waits there, or another one than at the call.
    """
    seen = _waiting_at(session, campaign, place)
    with transaction(session):
        lock_desks(session, [campaign.id])
        _require_there(session, campaign, place, round_id or seen.round_id)
        ask_review(session, seen.round_id, campaign.id, [Sign.PLACE_WITH_PRIZE], now)
        reject_within(session, seen.round_id, reason, by, now)
    close_campaign(session, campaign, terms, now)


def _require_there(session: Session, campaign: Campaign, place: int, round_id: str) -> None:
    if _waiting_at(session, campaign, place).round_id != round_id:
        raise Problem("round_not_found", f"Place {place} has fallen to somebody else meanwhile; look again.")


def _waiting_at(session: Session, campaign: Campaign, place: int) -> Award:
    waiting = next((given.award for given in slots_of(session, campaign.id, Way.STANDINGS)
                    if given.slot.number == place), None)
    if waiting is None or waiting.state != AwardState.KEPT_BACK:
        raise Problem("round_not_found", f"No round waits for a word on place {place}.")
    return waiting


def draw_by_witness(session: Session, campaign: Campaign, name: str, value: str, terms: PlayTerms,
                    now: datetime) -> bool:
    """Draw with a value that a witness typed; False when the draw has been made already.

    Raises Problem not_allowed when the campaign has no such draw or its entries are not frozen yet.
    """
    close_campaign(session, campaign, terms, now)
    try:
        with transaction(session):
            lock_desks(session, [campaign.id])
            is_first = draw_with_witness(session, campaign.id, name, value, now)
    except ValueError as error:
        raise Problem("not_allowed", f"{str(error)[0].upper()}{str(error)[1:]}.") from None
    close_campaign(session, campaign, terms, now)
    return is_first
