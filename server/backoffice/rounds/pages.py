"""A round's page, as a visit and as a refused ruling show it."""

from flask import Response, make_response, request
from sqlalchemy.orm import Session

from server.backoffice.access import current_asker
from server.backoffice.page import office_page, say
from server.backoffice.rights import Right
from server.backoffice.rounds.desk import campaigns_seen
from server.backoffice.rounds.look import RoundLook, look_at_round
from server.backoffice.rounds.queue import Place, look_before, waiting_looks, waiting_places
from server.backoffice.rounds.rule_form import RejectForm
from server.backoffice.staff.person import names_of
from server.campaigns.campaign import Campaign
from server.db import current_session
from server.fairplay.review import Review, ReviewRuling
from server.play.round import Round
from server.play.terms import play_terms
from server.play.watch_replay import look_key


def round_page(round_: Round, campaign: Campaign, *, told: str = "", form: RejectForm | None = None,
               status: int = 200) -> Response:
    """`told` is what went wrong, `form` a rejection that was filled in badly."""
    session, terms = current_session(), play_terms()
    shown = look_at_round(session, round_, campaign, terms)
    before, after = _neighbours(session, shown)
    replay = f"/r/{round_.id}?look={look_key(terms.look_key, round_.id)}&framed=1#t=0"
    review = shown.review
    by = review.ruled_by if review else None
    page = office_page("rounds/round.html", here="rounds", shown=shown, told=told, form=form or RejectForm(),
                       is_refused=form is not None, before=before, after=after, replay=replay,
                       may_rule=current_asker().may(Right.REVIEW, campaign.brand_id),
                       ruled_by=names_of(session, {by}).get(by, by) if by else "",
                       came_from_ruled=request.args.get("from") == "ruled")
    return make_response(page, status)


def _neighbours(session: Session, shown: RoundLook) -> tuple[str, str]:
    """The addresses of the rounds before and after this one in the list in which it waits."""
    if shown.place is not None:
        ids = [look.round.id for look in waiting_places(session, list(campaigns_seen()))]
        at = ids.index(shown.round.id) if shown.round.id in ids else 0
        return (_address(ids[at - 1]) if at else "", _address(ids[at + 1]) if at + 1 < len(ids) else "")
    if shown.review is None:
        return "", ""
    place = Place(shown.review.asked_at, shown.review.id)
    campaign_ids = list(campaigns_seen())
    before, after = look_before(session, campaign_ids, place), waiting_looks(session, campaign_ids, place, 1)
    return _address(before.round.id) if before else "", _address(after[0].round.id) if after else ""


def next_address(session: Session, shown: RoundLook) -> str:
    """Where a ruling leads: to the next one that waits, to the first when it was the last, else to the list."""
    _, after = _neighbours(session, shown)
    if after:
        return after
    if shown.place is not None:
        ids = [look.round.id for look in waiting_places(session, list(campaigns_seen()))]
        left = [round_id for round_id in ids if round_id != shown.round.id]
        return _address(left[0]) if left else "/backoffice/rounds/places"
    left = [look.round.id for look in waiting_looks(session, list(campaigns_seen()), None, 2)]
    left = [round_id for round_id in left if round_id != shown.round.id]
    return _address(left[0]) if left else "/backoffice/rounds"


def _address(round_id: str) -> str:
    return f"/backoffice/rounds/{round_id}"


def what_was_ruled(session: Session, review: Review | None) -> str:
    """What somebody faster said of a round."""
    if review is None or review.ruling is None:
        return say("rounds.gone")
    by = names_of(session, {review.ruled_by or ""}).get(review.ruled_by or "", review.ruled_by or "")
    return say("rounds.ruled.release" if review.ruling == ReviewRuling.RELEASE else "rounds.ruled.reject", name=by)
