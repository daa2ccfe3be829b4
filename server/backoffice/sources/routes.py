"""Where a campaign's players come from: the figures, the file of them, and links that are counted by name."""

from collections.abc import Iterator

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from server.backoffice.access import campaign_to, current_asker, require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.blueprint import EVERY, HERE, HOME
from server.backoffice.campaigns.step import frame
from server.backoffice.form import OfficeForm
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.backoffice.sources.bars import draw_bar
from server.backoffice.sources.figures import Line, count_sources, links_of
from server.backoffice.stream_table import Sheet, stream_table
from server.campaigns.came_from import MOST_WORD, OTHER, CameFrom, SourceKind, utm_query, word_of
from server.campaigns.campaign import Campaign
from server.campaigns.source import Source, keep_source
from server.clock import utc_now
from server.db import current_session, transaction
from server.play.posters.poster import PosterKind
from server.play.terms import play_terms

PERIODS = (7, 30, 0)  # days; 0 is the whole campaign
MOST_SHOWN, MOST_LINKS = 50, 200
COLUMNS = ("kind", "source", "medium", "campaign", "players", "rounds", "accepted", "wins", "claims")
FEW_IN_FILE = "<5"

bp = Blueprint("sources", __name__)


class LinkForm(OfficeForm):
    """The three words by which a link is counted."""

    source = StringField(validators=[InputRequired(), Length(max=MOST_WORD)])
    medium = StringField(validators=[Optional(), Length(max=MOST_WORD)])
    tag = StringField(validators=[Optional(), Length(max=MOST_WORD)])

    def validate_source(self, field: StringField) -> None:
        """What would be counted as nothing, as anybody's, or as a poster's is no name."""
        word = word_of(field.data or "")
        if word in ("", OTHER):
            raise ValidationError(say("sources.link.odd"))
        if word in [*PosterKind]:
            raise ValidationError(say("sources.link.taken"))

    @property
    def came_from(self) -> CameFrom:
        name, medium, tag = (word_of(field.data or "") for field in (self.source, self.medium, self.tag))
        return CameFrom(SourceKind.QR if medium == SourceKind.QR else SourceKind.LINK, name, medium, tag)


@bp.get(f"{EVERY}/sources")
def overview(slug: str) -> str:
    return _page(campaign_to(Right.SEE, slug), LinkForm())


@bp.post(f"{EVERY}/sources")
def make_link(slug: str) -> ResponseReturnValue:
    """Make a link that is counted by its own name, however many others a day brings up."""
    campaign, session = campaign_to(Right.EDIT, slug), current_session()
    form = LinkForm.of_request()
    if not form.validate():
        return make_response(_page(campaign, form), 422)
    if len(links_of(session, campaign.id)) >= MOST_LINKS:
        return make_response(_page(campaign, form, say("sources.link.too_many", most=MOST_LINKS)), 422)
    made = form.came_from
    tell_act(subject=("campaign", campaign.id), after={"source": made.name, "medium": made.medium, "tag": made.tag})
    with transaction(session):
        keep_source(session, campaign, made)
    return done(say("sources.link.made"), f"{HOME}/{slug}/sources#links")


@bp.get(f"{EVERY}/sources/export")
def export_page(slug: str) -> str:
    campaign = campaign_to(Right.EXPORT, slug)
    require_fresh()
    return office_page("sources/export.html", here=HERE, campaign=campaign, step="sources", days=_days(),
                       periods=PERIODS, **frame(campaign))


@bp.post(f"{EVERY}/sources/export")
def export(slug: str) -> Response:
    """The figures as a file, with the same counts as on the page."""
    campaign, now = campaign_to(Right.EXPORT, slug), utc_now()
    require_fresh()
    lines = count_sources(current_session(), campaign, _days(), now)
    tell_act(subject=("campaign", campaign.id), after={"rows": len(lines), "days": _days()})
    return stream_table(Sheet.CSV, f"sources-{slug}-{campaign.day(now)}", COLUMNS, _rows(lines))


def _rows(lines: list[Line]) -> Iterator[list[str | int]]:
    for line in lines:
        yield [*map(str, line.came_from), *(FEW_IN_FILE if count is None else count for count in line.counts)]


def _days() -> int:
    """The period that is asked for; a month for whatever else stands there."""
    asked = request.values.get("days", "")
    return next((days for days in PERIODS if str(days) == asked), 30)


def _page(campaign: Campaign, form: LinkForm, refusal: str = "") -> str:
    lines = count_sources(current_session(), campaign, _days(), utc_now())
    most = max((line.rounds or 0 for line in lines), default=0)
    links = links_of(current_session(), campaign.id)
    return office_page(
        "sources/overview.html", here=HERE, campaign=campaign, step="sources", lines=lines[:MOST_SHOWN],
        hidden=max(0, len(lines) - MOST_SHOWN), links=[(link, _address(campaign, link)) for link in links],
        bar=lambda rounds: draw_bar(rounds or 0, most), form=form, refusal=refusal, days=_days(), periods=PERIODS,
        has_played=any(line.rounds != 0 for line in lines),
        may_export=current_asker().may(Right.EXPORT, campaign.brand_id), **frame(campaign))


def _address(campaign: Campaign, link: Source) -> str:
    return f"{play_terms().public_url}/c/{campaign.slug}?{utm_query(link.name, link.medium, link.tag)}"
