"""What the list of winners is filtered by, as it stands in the page's address."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SearchField, SelectField
from wtforms.validators import Length, Optional, ValidationError

from prizes.award import AwardState, Way
from prizes.prize import prizes_of
from server.backoffice.form import OfficeForm
from server.backoffice.page import office_locale, say
from server.backoffice.rights import Right
from server.backoffice.winners.desk import Reach
from server.backoffice.winners.find_awards import MOST_ASKED, find_awards
from server.backoffice.winners.list_awards import Place, Wanted
from server.campaigns.campaign import Campaign

YEARS = range(2000, 2101)
A_DAY = timedelta(days=1)
NAMES = ("q", "campaign", "prize", "way", "state", "since", "until")


def within_years(_form: Any, field: Any) -> None:
    """Dates that a calendar can count on from."""
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(say("winners.bad_year", first=YEARS[0], last=YEARS[-1]))


class FilterForm(OfficeForm):
    """Every field may be empty. The dates are days of the campaign's zone, both included."""

    q = SearchField(validators=[Length(max=MOST_ASKED)], filters=[lambda text: (text or "").strip()])
    campaign = SelectField(validators=[Optional()])
    prize = SelectField(validators=[Optional()])
    way = SelectField(validators=[Optional()])
    state = SelectField(validators=[Optional()])
    since = DateField(validators=[Optional(), within_years])
    until = DateField(validators=[Optional(), within_years])

    def validate_until(self, field: DateField) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(say("winners.bad_days"))


def filter_form(session: Session, found: Reach, args: Mapping[str, Any] | MultiDict[str, str]) -> FilterForm:
    """The form as an address fills it in, with what there is to choose from."""
    said = {name: str(args.get(name, "")).replace("\x00", "").strip() for name in NAMES}  # blank is not chosen
    form = FilterForm(formdata=MultiDict((name, word) for name, word in said.items() if word))
    for name in NAMES:
        form[name].label.text = say(f"winners.field.{name}")
    campaign = chosen_campaign(found, form)
    locale, any_ = office_locale(), [("", say("winners.any"))]
    form.campaign.choices = any_ + [(one.slug, one.title(locale)) for one in found.campaigns]
    prizes = prizes_of(session, campaign.id) if campaign else []
    form.prize.choices = any_ + [(one.id, one.name(locale)) for one in prizes]
    form.way.choices = any_ + [(way.value, say(f"winners.way.{way}")) for way in Way]
    form.state.choices = any_ + [(state.value, say(f"winners.state.{state}")) for state in AwardState]
    return form


def chosen_campaign(found: Reach, form: FilterForm) -> Campaign | None:
    return next((one for one in found.campaigns if one.slug == form.campaign.data), None)


def wanted_by(session: Session, found: Reach, form: FilterForm) -> Wanted:
    """What a valid form asks for."""
    campaign = chosen_campaign(found, form)
    ids = (campaign.id,) if campaign else tuple(one.id for one in found.campaigns)
    zone = zone_of(campaign)
    serves = found.ids(Right.SERVE)
    asked = form.q.data or ""
    return Wanted(
        campaign_ids=ids, prize_id=form.prize.data or None,
        way=Way(form.way.data) if form.way.data else None,
        state=AwardState(form.state.data) if form.state.data else None,
        since=_morning(form.since.data, zone), until=_morning(_next(form.until.data), zone),
        award_ids=find_awards(session, asked, ids, [one for one in ids if one in serves]) if asked else None)


def zone_of(campaign: Campaign | None) -> str:
    """The zone of the days that are asked for."""
    return campaign.timezone if campaign else "UTC"


def _next(day: date | None) -> date | None:
    return None if day is None else day + A_DAY


def _morning(day: date | None, zone: str) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def query_of(form: FilterForm, **more: str) -> str:
    """The filters as an address carries them."""
    kept = {name: str(form[name].data) for name in NAMES if form[name].data}  # a day is written as ISO 8601 has it
    return urlencode({**kept, **more})


def is_filtered(form: FilterForm) -> bool:
    return any(form[name].data for name in NAMES)


def read_place(word: str) -> Place | None:
    """Where a page begins, as `word_of_place` wrote it; None for the first page and for what nobody wrote."""
    moment, _, award_id = word.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    is_whole = at.tzinfo is not None and at.year in YEARS and award_id.isalnum() and len(award_id) <= 32
    return Place(at.astimezone(UTC), award_id) if is_whole else None


def word_of_place(place: Sequence[Any] | None) -> str:
    return "" if place is None else f"{place[0].astimezone(UTC).isoformat()}~{place[1]}"
