"""What an auditor asks the log: the fields over it, read out of the page's address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from server.backoffice.access import campaign_to
from server.backoffice.acts.act import StaffAct
from server.backoffice.acts.typed_words import words_of
from server.backoffice.audit.lines import ACT
from server.backoffice.audit.read_acts import Asked
from server.backoffice.form import OfficeForm
from server.backoffice.page import say
from server.backoffice.rights import Right
from server.backoffice.staff.person import Membership, Staff
from server.campaigns.brand import Brand
from server.campaigns.campaign import Campaign
from server.errors import Problem

KEY = re.compile(r"[0-9a-f]{12,64}")  # ids and hashes; no word looks like that
MOST_ASKED = 100
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)
FIELDS = ("q", "who", "what", "campaign", "brand", "since", "until")

Choices = list[tuple[str, str]]


def _in_reach(_form: Any, field: Any) -> None:
    if field.data is not None and not FIRST <= field.data <= LAST:  # what is no date is told already
        raise ValidationError(say("audit.date.far"))


class AskForm(OfficeForm):
    """The fields, by the names that stand in the address."""

    q = StringField(validators=[Length(max=MOST_ASKED)])
    who = SelectField(validate_choice=False)
    what = SelectField(validate_choice=False)
    campaign = SelectField(validate_choice=False)
    brand = SelectField(validate_choice=False)
    since = DateField(validators=[Optional(), _in_reach])
    until = DateField(validators=[Optional(), _in_reach])

    @property
    def asked(self) -> dict[str, str]:
        """The fields that hold something, as an address's query."""
        said = {field.name: field.data for field in self if field.data and not field.errors}
        return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in said.items()}


def read_form(session: Session, brands: Sequence[str], texts: Mapping[str, str], sent: Mapping[str, str]) -> AskForm:
    """The fields with what may be chosen in them, and what was."""
    form = AskForm(formdata=MultiDict((name, sent[name].replace("\x00", "")) for name in FIELDS if name in sent))
    for field in form:
        field.label.text = say(f"audit.{field.name}")
    any_ = [("", say("audit.any"))]
    form.who.choices = any_ + _people(session, brands)
    form.what.choices = {say("audit.everything"): any_} | _deeds(texts)
    form.campaign.choices = any_ + _campaigns(session, brands)
    form.brand.choices = any_ + _brands(session, brands)
    return form


def read_asked(form: AskForm, brands: Sequence[str], zone: ZoneInfo) -> Asked | None:
    """What is asked; None when a field holds what cannot be. Days begin at midnight in the zone.

    Raises Problem not_found for another brand's campaign, brand or staff, and for an act that there is not.
    """
    if not form.validate():
        return None
    for field in (form.who, form.brand, form.what):
        _require_choice(field)
    words = _words(form)
    asked = Asked([form.brand.data] if form.brand.data else brands, form.who.data or None, words,
                  campaign_to(Right.AUDIT, form.campaign.data).id if form.campaign.data else None,
                  since=_midnight(form.since.data, zone), until=_midnight(form.until.data, zone, days=1))
    said = (form.q.data or "").strip()
    return replace(asked, key=said) if KEY.fullmatch(said) else replace(asked, typed=words_of([said]))


def zone_of(session: Session, brands: Sequence[str], slug: str | None) -> ZoneInfo:
    """The zone of the campaign that is asked for, else of the brands' latest one; UTC where there is none."""
    own = select(Campaign.timezone).where(Campaign.brand_id.in_(brands)).order_by(Campaign.opens_at.desc()).limit(1)
    asked = select(Campaign.timezone).where(Campaign.brand_id.in_(brands), Campaign.slug == slug)
    return ZoneInfo(session.scalar(asked) or session.scalar(own) or "UTC")


def sent_by_address() -> dict[str, str]:
    return {name: request.args[name] for name in FIELDS if name in request.args}


def _words(form: AskForm) -> list[str]:
    """The acts that are meant: one, or all of a desk."""
    asked = form.what.data or ""
    all_of_them = [word for group in form.what.choices.values() for word, _ in group]  # type: ignore[union-attr]
    return [word for word in all_of_them if asked and (word == asked or word.startswith(f"{asked}."))]


def _require_choice(field: SelectField) -> None:
    groups = field.choices.values() if isinstance(field.choices, dict) else [field.choices or []]
    if field.data and field.data not in {value for group in groups for value, *_ in group}:
        raise Problem("not_found", "There is nothing at this address.")


def _midnight(day: date | None, zone: ZoneInfo, days: int = 0) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days), time(), zone)


def _people(session: Session, brands: Sequence[str]) -> Choices:
    """Who is staff of the brands, or did something for them; somebody whose name was erased by what is left: an id."""
    is_staff = exists().where(Membership.staff_id == Staff.id, Membership.brand_id.in_(brands))
    has_acted = [exists().where(StaffAct.staff_id == Staff.id, StaffAct.brand_id == brand) for brand in brands]
    found = session.execute(select(Staff.id, Staff.name).where(or_(is_staff, *has_acted))
                            .order_by(Staff.name, Staff.id))
    return [(row.id, row.name or say("audit.erased", id=row.id[:6])) for row in found]


def _campaigns(session: Session, brands: Sequence[str]) -> Choices:
    own = select(Campaign).where(Campaign.brand_id.in_(brands)).order_by(Campaign.opens_at.desc(), Campaign.id)
    return [(one.slug, f"{one.title('en')} ({one.slug})") for one in session.scalars(own)]


def _brands(session: Session, brands: Sequence[str]) -> Choices:
    own = select(Brand.id, Brand.name).where(Brand.id.in_(brands)).order_by(Brand.name)
    return [(row.id, row.name) for row in session.execute(own)]


def _deeds(texts: Mapping[str, str]) -> dict[str, Choices]:
    """What can be done, by desk; each desk as a whole first."""
    groups: dict[str, Choices] = {}
    for key in sorted(key for key in texts if key.startswith(ACT)):
        desk = key.removeprefix(ACT).partition(".")[0]
        title = texts.get(f"{desk}.title", texts.get(f"audit.desk.{desk}", desk.replace("_", " ")))
        group = groups.setdefault(title, [(desk, say("audit.whole_desk", desk=title))])
        group.append((key.removeprefix(ACT), texts[key]))
    return groups
