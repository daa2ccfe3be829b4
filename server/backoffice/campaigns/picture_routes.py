"""The pictures of a campaign: its boss's face, its brand's logo, its prizes. Cut in the page, redrawn here."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response

from server.backoffice.access import campaign_to
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.picture_upload import MOST_UPLOAD, PRIZE, read_picture
from server.backoffice.page import say
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.campaigns.dress_campaign import Place, picture_at, place_picture, remove_picture
from server.campaigns.picture import picture_id_of
from server.campaigns.picture_prize import find_prize, picture_prize
from server.campaigns.redraw import Redrawn
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.wire import answer, takes_up_to

TOLD = ("picture_refused", "campaign_sealed")  # beside the field, by the page's script
OF_CAMPAIGN = "/backoffice/campaigns/<slug>/pictures/<place>"
OF_PRIZE = "/backoffice/campaigns/<slug>/prizes/<prize_id>/picture"

bp = Blueprint("pictures", __name__)

View = Callable[..., Response]


def told_beside_the_field(view: View) -> View:
    """Answer refusals of a picture as what a script reads, though a form was sent."""

    @wraps(view)
    def guarded(**arguments: str) -> Response:
        try:
            return view(**arguments)
        except Problem as problem:
            if problem.code not in TOLD:
                raise
            return answer(problem.as_json(), problem.status)

    return guarded


@bp.post(OF_CAMPAIGN)
@takes_up_to(MOST_UPLOAD)
@told_beside_the_field
def place(slug: str, place: str) -> Response:
    """Put the uploaded picture into the campaign's theme."""
    where, campaign = _place_of(place), campaign_to(Right.EDIT, slug)
    _tell_place(campaign, where)
    current_session().rollback()  # decoding takes longer than anyone may hold a transaction
    redrawn = read_picture(where)
    tell_act(after={where: picture_id_of(redrawn)})
    place_picture(current_session(), slug, redrawn, where, utc_now())
    return _answer(redrawn)


@bp.post(f"{OF_CAMPAIGN}/remove")
@told_beside_the_field
def remove(slug: str, place: str) -> Response:
    """Take a picture out of the campaign's theme."""
    where, campaign = _place_of(place), campaign_to(Right.EDIT, slug)
    _tell_place(campaign, where)
    remove_picture(current_session(), slug, where)
    return answer({"id": None})


@bp.post(OF_PRIZE)
@takes_up_to(MOST_UPLOAD)
@told_beside_the_field
def place_at_prize(slug: str, prize_id: str) -> Response:
    """Give the uploaded picture to a prize of a draft."""
    campaign = campaign_to(Right.EDIT, slug)
    _tell_prize(campaign, prize_id)
    current_session().rollback()
    redrawn = read_picture(PRIZE)
    tell_act(after={"picture": picture_id_of(redrawn)})
    _give(slug, prize_id, redrawn)
    return _answer(redrawn)


@bp.post(f"{OF_PRIZE}/remove")
@told_beside_the_field
def remove_from_prize(slug: str, prize_id: str) -> Response:
    """Let a prize of a draft go without a picture."""
    _tell_prize(campaign_to(Right.EDIT, slug), prize_id)
    _give(slug, prize_id, None)
    return answer({"id": None})


def _give(slug: str, prize_id: str, redrawn: Redrawn | None) -> None:
    campaign = campaign_to(Right.EDIT, slug)  # read again: a decoding ago it may have been published
    if not picture_prize(current_session(), campaign, prize_id, redrawn, utc_now()):
        raise _sealed()


def _place_of(word: str) -> Place:
    if word not in {place.value for place in Place}:
        raise Problem("not_found", "There is no such place for a picture.")
    return Place(word)


def _tell_place(campaign: Campaign, where: Place) -> None:
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id),
             before={where.value: picture_at(campaign.read_theme(), where)}, after={where.value: None})


def _tell_prize(campaign: Campaign, prize_id: str) -> None:
    """Raises Problem not_found, campaign_sealed before anything of an upload is read."""
    prize = find_prize(current_session(), campaign.id, prize_id)
    if prize is None:
        raise Problem("not_found", "There is no such prize in this campaign.")
    if campaign.sealed_at is not None:
        raise _sealed()
    tell_act(brand_id=campaign.brand_id, subject=("prize", prize.id),
             before={"picture": prize.picture(campaign.locales[0])}, after={"picture": None})


def _sealed() -> Problem:
    return Problem("campaign_sealed", say("pictures.sealed"))


def _answer(redrawn: Redrawn) -> Response:
    return answer({"id": picture_id_of(redrawn), "width": redrawn.width, "height": redrawn.height})
