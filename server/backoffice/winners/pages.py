"""The desk's pages, as a visit and as a refused deed show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, make_response
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, Award, AwardState
from prizes.prize import PrizeKind
from prizes.staff_word import who_revoked, who_sent
from server.backoffice.access import current_asker
from server.backoffice.page import office_page, say
from server.backoffice.rights import Right
from server.backoffice.staff.person import names_of
from server.backoffice.winners.desk import ID, MOST_AT_ONCE, Reach, reach
from server.backoffice.winners.filter_form import (
    FilterForm,
    chosen_campaign,
    filter_form,
    is_filtered,
    query_of,
    read_place,
    wanted_by,
    word_of_place,
    zone_of,
)
from server.backoffice.winners.list_awards import AwardPage, AwardRow, list_awards
from server.backoffice.winners.show_award import ShownAward, show_award
from server.backoffice.words import office_texts
from server.campaigns.campaign import Campaign
from server.db import current_session

COLOURS = {AwardState.KEPT_BACK: "yellow", AwardState.OPEN: "azure", AwardState.CLAIMED: "orange",
           AwardState.SENT: "green", AwardState.EXPIRED: "secondary", AwardState.RETURNED: "secondary",
           AwardState.REVOKED: "red"}  # fmt: skip


def overview_page(args: Mapping[str, Any], *, told: str = "", changed: Sequence[str] = (),
                  ticked: Sequence[str] = (), status: int = 200) -> Response:
    """The list. `told` is what went wrong, `changed` are the awards that had changed, `ticked` stay so."""
    session = current_session()
    found = reach(session)
    form = filter_form(session, found, args)
    is_valid = form.validate()
    after = read_place(str(args.get("after", "")))
    page = list_awards(session, wanted_by(session, found, form), after) if is_valid else AwardPage()
    return _answer("overview", status if is_valid else 422, found=found, form=form, page=page, told=told,
                   changed=changed, ticked=ticked, undo=_ids(str(args.get("undo", ""))), owed=owed(found, page.rows),
                   serves=found.ids(Right.SERVE), exports=found.ids(Right.EXPORT), after=after, **_links(form, page),
                   is_filtered=is_filtered(form), zone=zone_of(chosen_campaign(found, form)))


def _links(form: FilterForm, page: AwardPage) -> dict[str, str]:
    return {"query": query_of(form), "earlier": query_of(form, after=word_of_place(page.next)) if page.next else ""}


def owed(found: Reach, rows: Sequence[AwardRow]) -> set[str]:
    """The awards that wait to be sent by whoever asks."""
    serves = found.ids(Right.SERVE)
    return {row.award.id for row in rows if row.award.campaign_id in serves
            and row.award.state == AwardState.CLAIMED and row.prize.kind == PrizeKind.PARCEL}


def award_page(award: Award, campaign: Campaign, *, told: str = "", status: int = 200) -> Response:
    session, asker = current_session(), current_asker()
    serves = asker.may(Right.SERVE, campaign.brand_id)
    shown = show_award(session, award, campaign, with_contact=serves)
    return _answer("award", status, shown=shown, told=told, serves=serves, names=_names(session, shown),
                   may_revoke=serves and award.state not in GIVEN_UP)


def _names(session: Session, shown: ShownAward) -> dict[str, str]:
    return names_of(session, {step.by for step in shown.steps if step.by})


def _answer(template: str, status: int, **values: Any) -> Response:
    page = office_page(f"winners/{template}.html", here="winners", colours=COLOURS, reason_text=reason_text, **values)
    return make_response(page, status)


def reason_text(word: str) -> str:
    """The words of a ledger's reason; the command line may have given one of its own."""
    texts, key = office_texts().of("en"), f"winners.reason.{word}"
    return say(key) if key in texts else word.replace("_", " ")


def what_changed(session: Session, award: Award) -> str:
    """What has become of an award meanwhile, and by whom."""
    said = {AwardState.SENT: who_sent, AwardState.REVOKED: who_revoked}.get(award.state)
    who = said(session, award.id) if said else None
    state = say(f"winners.state.{award.state}")
    if who is None:
        return say("winners.changed", state=state)
    return say("winners.changed_by", state=state, name=names_of(session, {who.by}).get(who.by, who.by))


def _ids(word: str) -> list[str]:
    return [award_id for award_id in word.split("-")[:MOST_AT_ONCE] if ID.fullmatch(award_id)]
