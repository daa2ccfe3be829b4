"""What every step's form does: shows its part of the campaign, saves it, and says what is wrong beside the field."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from server.backoffice.access import campaign_to, current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.blueprint import HERE, HOME
from server.backoffice.campaigns.clash import clash_rows, settle
from server.backoffice.campaigns.faults import Told, tell_faults
from server.backoffice.campaigns.fields import Fields, typed_fields
from server.backoffice.campaigns.findings import step_states
from server.backoffice.campaigns.told import told_changes
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.backoffice.staff.person import Staff
from server.campaigns.campaign import Campaign
from server.campaigns.compare import Part, differences, flatten, mark_of
from server.campaigns.edit_campaign import ChangedMeanwhile, Edit, faults_of, save_edit
from server.campaigns.publish import SealedCampaign
from server.campaigns.save_draft import table_of
from server.campaigns.strict_table import BadDraft
from server.campaigns.version import newest_version
from server.clock import utc_now
from server.db import current_session
from server.texts import current_texts

Table = dict[str, Any]
STEPS = (*Part, "check")
NEXT = {Part.THEME: "texts", Part.TEXTS: "prizes", Part.PRIZES: "dates", Part.DATES: "check"}


class Reading(NamedTuple):
    """The table that a form wants, and which field each path of it came from, where the names differ."""

    table: Table
    origins: Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """A form of the studio: its part, how the table stands in its fields, what its fields mean, what else it shows."""

    part: Part
    shown: Callable[[Table], Fields]
    read: Callable[[Fields, Table, bool], Reading]
    more: Callable[[Campaign, Table, Fields], Mapping[str, Any]] = field(default=lambda campaign, table, fields: {})


def show_step(step: Step, slug: str) -> str:
    """The form as the campaign is now."""
    campaign = campaign_to(Right.SEE, slug)
    table = table_of(current_session(), campaign)
    return _page(step, campaign, table, step.shown(table))


def save_step(step: Step, slug: str, typed: Fields | None = None) -> ResponseReturnValue:
    """Save what was typed and go on, or show the form again and say why not."""
    campaign = campaign_to(Right.EDIT, slug)
    there = table_of(current_session(), campaign)
    fields = settle(typed_fields(request.form) if typed is None else typed, step.shown(there))
    is_sealed = campaign.sealed_at is not None

    def apply(table: Table) -> Table:
        return step.read(fields, table, is_sealed).table
    wanted = step.read(fields, copy.deepcopy(there), is_sealed)
    edit = Edit(step.part, fields.get("seen", ""), apply, current_texts().locales)
    _tell(campaign, there, wanted.table)
    try:
        save_edit(current_session(), slug, edit, current_asker().by, utc_now())
    except ChangedMeanwhile:
        return _clash(step, slug, fields)
    except BadDraft as bad:
        told = tell_faults(faults_of(wanted.table, there, edit.locales) or [bad], wanted, fields)
        return _again(step, campaign, there, fields, told)
    except SealedCampaign:
        return _again(step, campaign, there, fields, Told({}, [say("campaigns.fault.sealed")]))
    onward = NEXT[step.part] if fields.get("go") == "next" else step.part
    return done(say("campaigns.saved"), f"{HOME}/{slug}/{onward}")


def _tell(campaign: Campaign, there: Table, wanted: Table) -> None:
    try:
        changed = differences(flatten(there), flatten(wanted))
    except (TypeError, ValueError):  # what was typed is no table yet: it will be refused
        changed = []
    before, after = told_changes(changed)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), before=before, after=after)


def _again(step: Step, campaign: Campaign, there: Table, fields: Fields, told: Told) -> Response:
    return make_response(_page(step, campaign, there, step.shown(there) | fields, told, seen=fields.get("seen")), 422)


def _clash(step: Step, slug: str, fields: Fields) -> ResponseReturnValue:
    """Somebody else saved this part meanwhile: both are shown, field by field."""
    session = current_session()
    campaign = campaign_to(Right.EDIT, slug)
    there = table_of(session, campaign)
    rows = clash_rows(session, campaign, step, fields, there)
    if not rows:  # both wanted the same
        return save_step(step, slug, fields | {"seen": mark_of(there, step.part)})
    newest = newest_version(session, campaign.id)
    page = office_page("campaigns/clash.html", here=HERE, campaign=campaign, step=step.part, rows=rows, typed=fields,
                       seen=mark_of(there, step.part), newest=newest, who=name_of(newest.by) if newest else "",
                       **frame(campaign))
    return make_response(page, 409)


def _page(step: Step, campaign: Campaign, table: Table, fields: Fields, told: Told | None = None,
          seen: str | None = None) -> str:
    told = told or Told({}, [])
    version = newest_version(current_session(), campaign.id)
    return office_page(
        f"campaigns/{step.part}.html", here=HERE, campaign=campaign, step=step.part, table=table, fields=fields,
        faults=told.by_field, general=told.general, codes=told.codes, seen=seen or mark_of(table, step.part),
        opened=fields.get("opened") or (version.number if version else 0), **frame(campaign),
        **step.more(campaign, table, fields))


def name_of(staff_id: str) -> str:
    """Whose id it is; nothing for nobody's, and for one who is no more."""
    person = current_session().get(Staff, staff_id) if staff_id else None
    return person.name if person else ""


def frame(campaign: Campaign) -> dict[str, Any]:
    """What the bar of steps needs."""
    asker = current_asker()
    return {"steps": STEPS, "states": step_states(current_session(), campaign, utc_now()),
            "may_edit": asker.may(Right.EDIT, campaign.brand_id) and campaign.archived_at is None,
            "is_sealed": campaign.sealed_at is not None, "phase": campaign.phase(utc_now()),
            "languages": current_texts().locales}
