"""What staff do with an award: it was sent, it was not, it is taken back."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, make_response, request, url_for
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from prizes.award import GIVEN_UP, Award, AwardState
from server.backoffice.access import current_asker, require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.form import OfficeForm
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.backoffice.winners.desk import award_to, awards_to, bp, read_ids
from server.backoffice.winners.pages import award_page, overview_page, what_changed
from server.backoffice.winners.revoke import Reason, take_award_back
from server.backoffice.winners.send_awards import CHANGED, send_awards, take_sending_back
from server.campaigns.campaign import Campaign
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem

MOST_WHY = 500
MOST_QUERY = 4_000


@bp.post("/backoffice/winners/<award_id>/send")
def send(award_id: str) -> Response:
    award, campaign = award_to(Right.SERVE, award_id)
    _tell([award], campaign, AwardState.SENT)
    try:
        send_awards(current_session(), [award.id], current_asker().by, utc_now())
    except Problem as problem:
        return _changed(problem, award_id)
    return done(say("winners.sent_one"), url_for("winners.show", award_id=award_id))


@bp.post("/backoffice/winners/<award_id>/unsend")
def unsend(award_id: str) -> Response:
    award, campaign = award_to(Right.SERVE, award_id)
    _tell([award], campaign, AwardState.CLAIMED)
    try:
        take_sending_back(current_session(), [award.id], current_asker().by, utc_now())
    except Problem as problem:
        return _changed(problem, award_id)
    return done(say("winners.unsent_one"), url_for("winners.show", award_id=award_id))


@bp.post("/backoffice/winners/send")
def send_many() -> Response:
    """All that were ticked, or none: whoever sends them has the list in hand."""
    ids, filters = read_ids(request.form), query_filters()
    if not ids:
        return overview_page(filters, told=say("winners.none_ticked"), status=422)
    found = awards_to(Right.SERVE, ids)
    _tell([award for award, _ in found.values()], found[ids[0]][1], AwardState.SENT)
    try:
        send_awards(current_session(), ids, current_asker().by, utc_now())
    except Problem as problem:
        return _some_changed(problem, ids, filters)
    return done(say("winners.sent_many", count=len(ids)), _list_again(filters, undo="-".join(ids)))


@bp.post("/backoffice/winners/unsend")
def unsend_many() -> Response:
    ids, filters = read_ids(request.form), query_filters()
    if not ids:
        return overview_page(filters, told=say("winners.none_ticked"), status=422)
    found = awards_to(Right.SERVE, ids)
    _tell([award for award, _ in found.values()], found[ids[0]][1], AwardState.CLAIMED)
    try:
        take_sending_back(current_session(), ids, current_asker().by, utc_now())
    except Problem as problem:
        return _some_changed(problem, ids, filters)
    return done(say("winners.unsent_many", count=len(ids)), _list_again(filters))


def _tell(awards: list[Award], campaign: Campaign, after: AwardState) -> None:
    """One award is the deed's subject; of several it is the campaign, and they are listed."""
    ids = [award.id for award in awards]
    subject = ("award", ids[0]) if len(ids) == 1 else ("campaign", campaign.id)
    listed = {} if len(ids) == 1 else {"awards": ids}
    states = sorted({award.state.value for award in awards})
    tell_act(brand_id=campaign.brand_id, subject=subject, before={"state": "/".join(states)},
             after={"state": after.value, **listed})


def _changed(problem: Problem, award_id: str) -> Response:
    """The award's page as it is now, with what happened meanwhile."""
    if problem.code != CHANGED:
        raise problem
    award, campaign = award_to(Right.SEE, award_id)
    return award_page(award, campaign, told=what_changed(current_session(), award), status=409)


def _some_changed(problem: Problem, ids: list[str], filters: MultiDict[str, str]) -> Response:
    if problem.code != CHANGED:
        raise problem
    changed = [award_id for award_id in ids if award_id in problem.more["changed"]]
    return overview_page(filters, told=say("winners.some_changed", count=len(changed), all=len(ids)), changed=changed,
                         ticked=[award_id for award_id in ids if award_id not in changed], status=409)


def query_filters() -> MultiDict[str, str]:
    """The filters of the page that the form stood on."""
    query = request.form.get("back", "")[:MOST_QUERY]
    return MultiDict((name, value) for name, value in parse_qsl(query) if name not in ("undo", "after"))


def _list_again(filters: MultiDict[str, str], **more: str) -> str:
    return f"{url_for('winners.overview')}?{urlencode({**filters.to_dict(), **more})}"


class RevokeForm(OfficeForm):
    """Why an award is taken back, and its winner's name typed out."""

    reason = SelectField(validators=[InputRequired()])
    why = TextAreaField(validators=[DataRequired(), Length(max=MOST_WHY)])
    confirmation = StringField()

    def __init__(self, formdata: Any = None, *, word: str = "") -> None:
        super().__init__(formdata)
        self.word = word
        self.reason.choices = [(reason.value, say(f"winners.reason.{reason}")) for reason in Reason]
        for name in ("reason", "why"):
            self[name].label.text = say(f"winners.revoke.{name}")

    def validate_confirmation(self, field: StringField) -> None:
        if (field.data or "").strip() != self.word:
            raise ValidationError(say("winners.revoke.not_typed", word=self.word))


@bp.route("/backoffice/winners/<award_id>/revoke", methods=["GET", "POST"])
def revoke(award_id: str) -> Response:
    award, campaign = award_to(Right.SERVE, award_id)
    require_fresh()
    if award.state in GIVEN_UP:
        return award_page(award, campaign, told=what_changed(current_session(), award), status=409)
    form = RevokeForm.of_request(word=_word(award))
    if request.method == "GET" or not form.validate():
        page = office_page("winners/revoke.html", here="winners", form=form, award=award, campaign=campaign)
        return make_response(page, 200 if request.method == "GET" else 422)
    reason = Reason(form.reason.data)
    tell_act(brand_id=campaign.brand_id, subject=("award", award.id), before={"state": award.state.value},
             after={"state": AwardState.REVOKED.value, "reason": reason.value}, why=form.why.data or "")
    try:
        take_award_back(current_session(), award, reason, current_asker().by, utc_now())
    except Problem as problem:
        return _changed(problem, award_id)
    return done(say("winners.revoked"), url_for("winners.show", award_id=award_id))


def _word(award: Award) -> str:
    """What is typed to confirm: the first signs of the award's id, which its page shows."""
    return award.id[:6]
