"""Pausing, resuming and ending a campaign with a reason; copying it, putting it away, taking it out again."""

from flask import make_response, request
from flask.typing import ResponseReturnValue

from server.backoffice.access import campaign_to, current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.blueprint import EVERY, HERE, HOME, bp
from server.backoffice.campaigns.step import frame
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.campaigns.archive_campaign import archive_campaign, unarchive_campaign
from server.campaigns.campaign import Campaign, CampaignState, Turn
from server.campaigns.make_campaign import copy_campaign, free_slug
from server.campaigns.strict_table import BadDraft
from server.campaigns.turn_campaign import TURNS, turn_campaign
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.texts import current_texts

REASONS = ("stock", "fault", "legal", "brand", "other")
MOST_WHY = 500


def possible_turns(campaign: Campaign) -> list[Turn]:
    """What the campaign's state lets staff do."""
    return [turn for turn, (before, _) in TURNS.items() if campaign.state in before]


@bp.get(f"{EVERY}/turn/<turn>")
def turn(slug: str, turn: str) -> str:
    """Ask for the reason, and for the slug where there is no way back."""
    return _page(campaign_to(Right.EDIT, slug), _turn(turn), {}, {})


@bp.post(f"{EVERY}/turn/<turn>")
def make_turn(slug: str, turn: str) -> ResponseReturnValue:
    campaign, wanted = campaign_to(Right.EDIT, slug), _turn(turn)
    reason, why = request.form.get("reason", ""), request.form.get("why", "")[:MOST_WHY].replace("\0", "").strip()
    faults = {}
    if reason not in REASONS:
        faults["reason"] = say("campaigns.turn.reason_missing")
    if wanted == Turn.END and request.form.get("confirmation", "").strip() != campaign.slug:
        faults["confirmation"] = say("campaigns.publish.type", slug=campaign.slug)
    if faults:
        return make_response(_page(campaign, wanted, {"reason": reason, "why": why}, faults), 422)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), before={"state": str(campaign.state)},
             after={"state": str(TURNS[wanted][1]), "reason": reason}, why=why)
    if not turn_campaign(current_session(), slug, wanted, reason, current_asker().by, utc_now()):
        sentence = say("campaigns.turn.too_late", state=say(f"campaigns.state.{_state_now(slug)}"))
        return make_response(_page(campaign_to(Right.EDIT, slug), wanted, {}, {"turn": sentence}), 409)
    return done(say(f"campaigns.turned.{wanted}"), f"{HOME}/{slug}/check")


def _turn(word: str) -> Turn:
    """Raises Problem not_found."""
    if word not in list(Turn):
        raise Problem("not_found", "There is nothing at this address.")
    return Turn(word)


def _state_now(slug: str) -> CampaignState:
    return campaign_to(Right.EDIT, slug).state


def _page(campaign: Campaign, wanted: Turn, fields: dict[str, str], faults: dict[str, str]) -> str:
    return office_page("campaigns/turn.html", here=HERE, campaign=campaign, turn=wanted, fields=fields, faults=faults,
                       reasons=REASONS, is_final=wanted == Turn.END, step="check", **frame(campaign))


@bp.post(f"{EVERY}/copy")
def copy(slug: str) -> ResponseReturnValue:
    """A new draft like this campaign."""
    campaign, session = campaign_to(Right.EDIT, slug), current_session()
    copied = free_slug(session, campaign.slug)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), after={"copy": copied})
    try:
        copy_campaign(session, campaign, copied, current_texts().locales, current_asker().by, utc_now())
    except BadDraft as bad:
        raise Problem("malformed", str(bad)) from None
    return done(say("campaigns.copied", slug=copied), f"{HOME}/{copied}/dates")


@bp.post(f"{EVERY}/archive")
def archive(slug: str) -> ResponseReturnValue:
    """Put a draft, or a campaign that is over, away from the list."""
    campaign = campaign_to(Right.EDIT, slug)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), after={"archived": True})
    if not archive_campaign(current_session(), slug, utc_now()):
        raise Problem("not_allowed", "This campaign is public; end it first.")
    return done(say("campaigns.archived"), HOME)


@bp.post(f"{EVERY}/unarchive")
def unarchive(slug: str) -> ResponseReturnValue:
    """Take it out again."""
    campaign = campaign_to(Right.EDIT, slug)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), after={"archived": False})
    unarchive_campaign(current_session(), slug)
    return done(say("campaigns.unarchived"), f"{HOME}/{slug}/check")
