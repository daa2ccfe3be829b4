"""Step 5: what is still wrong, what may become of the stock, and publishing."""

from typing import Any

from flask import current_app, make_response, redirect, request
from flask.typing import ResponseReturnValue

from prizes.liability import exposures, liability
from server.backoffice.access import campaign_to, current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.blueprint import EVERY, HERE, HOME, bp
from server.backoffice.campaigns.findings import Finding, State, find_all, flaw_text
from server.backoffice.campaigns.outlook import look_ahead
from server.backoffice.campaigns.step import frame
from server.backoffice.campaigns.turns import possible_turns
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.compare import Part, mark_of
from server.campaigns.edit_campaign import ChangedMeanwhile, Edit, save_edit
from server.campaigns.publish import SealedCampaign, publish
from server.campaigns.save_draft import table_of
from server.campaigns.strict_table import BadDraft
from server.clock import utc_now
from server.db import current_session
from server.play.terms import play_terms
from server.texts import current_texts

PLAYERS = 1_000  # expected, until somebody says otherwise
MOST_PLAYERS = 10_000_000


@bp.get(EVERY)
def enter(slug: str) -> ResponseReturnValue:
    """A campaign's own address: its first step while it is a draft, else how it stands."""
    campaign = campaign_to(Right.SEE, slug)
    step = "theme" if campaign.state == CampaignState.DRAFT else "check"
    return redirect(f"{HOME}/{campaign.slug}/{step}", 303)


@bp.get(f"{EVERY}/check")
def check(slug: str) -> str:
    return _page(campaign_to(Right.SEE, slug))


@bp.post(f"{EVERY}/publish")
def publish_campaign(slug: str) -> ResponseReturnValue:
    """Publish and seal, once the slug was typed."""
    campaign, now = campaign_to(Right.EDIT, slug), utc_now()
    if request.form.get("confirmation", "").strip() != campaign.slug:
        return make_response(_page(campaign, say("campaigns.publish.type", slug=campaign.slug)), 422)
    if campaign.archived_at is not None:
        return make_response(_page(campaign, say("campaigns.publish.archived")), 422)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), before={"state": str(campaign.state)},
             after={"state": str(CampaignState.PUBLISHED)})
    report = publish(current_session(), slug, lambda found: play_terms().award_terms(found, keep_back=False), now)
    if report.flaws:
        sentence = " ".join(flaw_text(flaw, campaign) for flaw in report.flaws)
        return make_response(_page(campaign_to(Right.EDIT, slug), sentence), 422)
    end_rehearsal(slug)
    return done(say("campaigns.published", title=campaign.title(campaign.locales[0])), f"{HOME}/{slug}/check")


def end_rehearsal(slug: str) -> None:
    """Throw a test away: what was played in it is no part of what opens now."""
    rehearsals = current_app.extensions.get("popshot_rehearsals")
    if rehearsals is not None:
        rehearsals.throw_away(current_session(), slug)


@bp.post(f"{EVERY}/accept")
def accept_liability(slug: str) -> ResponseReturnValue:
    """Let the campaign's limit be what its prizes may come to at the worst: one click."""
    campaign = campaign_to(Right.EDIT, slug)
    worst = liability(exposures(current_session(), campaign.facts))
    there = table_of(current_session(), campaign)
    if worst is None:
        return make_response(_page(campaign, say("campaigns.accept.endless")), 422)

    def apply(table: dict[str, Any]) -> dict[str, Any]:
        table["limits"]["liability_limit_cents"] = worst
        return table
    before, after = {"cents": campaign.liability_limit_cents}, {"cents": worst}
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), before=before, after=after)
    edit = Edit(Part.DATES, mark_of(there, Part.DATES), apply, current_texts().locales)
    try:
        save_edit(current_session(), slug, edit, current_asker().by, utc_now())
    except (BadDraft, ChangedMeanwhile, SealedCampaign):
        return make_response(_page(campaign_to(Right.EDIT, slug), say("campaigns.accept.changed")), 409)
    return done(say("campaigns.accepted"), f"{HOME}/{slug}/check")


def _players() -> int:
    asked = request.args.get("players", "")
    return min(max(int(asked), 1), MOST_PLAYERS) if asked.isascii() and asked.isdigit() and len(asked) < 10 else PLAYERS


def _page(campaign: Campaign, refusal: str = "") -> str:
    session = current_session()
    found = find_all(session, campaign, utc_now())
    is_draft = campaign.state == CampaignState.DRAFT
    exposed = exposures(session, campaign.facts)
    players = _players()
    return office_page(
        "campaigns/check.html", here=HERE, campaign=campaign, step="check", refusal=refusal, players=players,
        flaws=[one for one in found if one.state == State.FAULTY],
        warnings=[one for one in found if one.state == State.WARNING], fine=_fine(found) if is_draft else [],
        outlook=look_ahead(session, campaign, players) if is_draft and _has_length(campaign) else None,
        worst=liability(exposed),
        currency=next((one.prize.currency for one in exposed if one.prize.value_cents), "EUR"),
        is_draft=is_draft, address=f"{play_terms().public_url}/c/{campaign.slug}", turns=possible_turns(campaign),
        **frame(campaign))


def _has_length(campaign: Campaign) -> bool:
    return campaign.opens_at < campaign.closes_at


CHECKS = ("name_missing", "words_missing", "contrast", "no_picture", "liability_exceeded", "promised_above_stock")


def _fine(found: list[Finding]) -> list[str]:
    """The checks that found nothing, to be told too."""
    wrong = {one.code for one in found}
    return [say(f"campaigns.fine.{code}") for code in CHECKS if code not in wrong]
