"""A reviewer's word: release or reject a round, confirm or reject a place."""

from collections.abc import Callable

from flask import Response

from server.backoffice.access import current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.page import done, say
from server.backoffice.rights import Right
from server.backoffice.rounds.desk import bp, round_to
from server.backoffice.rounds.look import RoundLook, look_at_round
from server.backoffice.rounds.pages import next_address, round_page, what_was_ruled
from server.backoffice.rounds.rule_form import RejectForm
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.fairplay.review import last_review
from server.play.places import confirm_place, reject_place
from server.play.round import Verdict
from server.play.rule_on_round import reject_after_all, reject_round, release_round
from server.play.terms import play_terms

GONE = "round_not_found"  # what the use cases say of a round that waits for no ruling


@bp.post("/backoffice/rounds/<round_id>/release")
def release(round_id: str) -> Response:
    shown = _shown(round_id)
    _tell(shown, Verdict.ACCEPTED)
    return _rule(shown, say("rounds.released", count=len(shown.kept)), lambda: release_round(
        current_session(), round_id, current_asker().by, play_terms(), utc_now()))


@bp.post("/backoffice/rounds/<round_id>/reject")
def reject(round_id: str) -> Response:
    return _reject(round_id, lambda _, form: reject_round(
        current_session(), round_id, form.kept, current_asker().by, utc_now()))


@bp.post("/backoffice/rounds/<round_id>/reject-after-all")
def reject_again(round_id: str) -> Response:
    """A released round is rejected after a second look."""
    return _reject(round_id, lambda _, form: reject_after_all(
        current_session(), round_id, form.kept, current_asker().by, utc_now()))


@bp.post("/backoffice/rounds/<round_id>/confirm")
def confirm(round_id: str) -> Response:
    """The place that this round has: its prize can be claimed from now on."""
    shown = _shown(round_id)
    number = _place_of(shown)
    _tell(shown, Verdict.ACCEPTED)
    return _rule(shown, say("rounds.confirmed", place=number), lambda: confirm_place(
        current_session(), shown.campaign, number, round_id, current_asker().by, play_terms(), utc_now()))


@bp.post("/backoffice/rounds/<round_id>/reject-place")
def refuse_place(round_id: str) -> Response:
    """The place falls to the next in line."""
    return _reject(round_id, lambda shown, form: reject_place(
        current_session(), shown.campaign, _place_of(shown), form.kept, current_asker().by, play_terms(), utc_now(),
        round_id))


def _reject(round_id: str, deed: Callable[[RoundLook, RejectForm], object]) -> Response:
    shown, form = _shown(round_id), RejectForm.of_request()
    if not form.validate():
        return round_page(shown.round, shown.campaign, form=form, status=422)
    _tell(shown, Verdict.REJECTED, reason=str(form.reason.data), why=str(form.why.data))
    return _rule(shown, say("rounds.rejected"), lambda: deed(shown, form))


def _shown(round_id: str) -> RoundLook:
    round_, campaign = round_to(Right.REVIEW, round_id)
    return look_at_round(current_session(), round_, campaign, play_terms())


def _place_of(shown: RoundLook) -> int:
    """The place in which a round waits; 0, where none does, when it fell out of it."""
    return shown.place.slot.number if shown.place else 0


def _tell(shown: RoundLook, after: Verdict, reason: str = "", why: str = "") -> None:
    place = {"place": shown.place.slot.number} if shown.place else {}
    tell_act(brand_id=shown.campaign.brand_id, subject=("round", shown.round.id),
             before={"verdict": str(shown.round.verdict), **place},
             after={"verdict": after.value, **({"reason": reason} if reason else {})}, why=why)


def _rule(shown: RoundLook, sentence: str, deed: Callable[[], object]) -> Response:
    """Do it and go on to the next round that waits; who comes second is told what the first one said."""
    session = current_session()
    onward = next_address(session, shown)
    try:
        deed()
    except Problem as problem:
        if problem.code != GONE:
            raise
        round_, campaign = round_to(Right.SEE, shown.round.id)
        return round_page(round_, campaign, told=what_was_ruled(session, last_review(session, round_.id)), status=409)
    return done(sentence, onward)
