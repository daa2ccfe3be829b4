"""The calls of a winner, and what a keepsake takes along: a date for the calendar, a picture for the fridge."""

import io

import segno
from flask import Blueprint, Response
from icalendar import Calendar, Event

from prizes.claim import find_award_by_code
from prizes.keepsake import find_keepsake, ticket_of
from server.campaigns.campaign import Campaign
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.play.claim_prize import MOST_IN_CODE, claim_prize, parse_claim
from server.play.look_at_code import look_at_code, write_code
from server.play.qr import qr_of
from server.play.terms import play_terms
from server.players.guard import limit_call, meet_wrong_code
from server.texts import asked_locale, current_texts
from server.wire import answer, read_body, text_of

bp = Blueprint("claims", __name__)


@bp.post("/api/v1/claims")
def claim() -> Response:
    session, now = current_session(), utc_now()
    code, contact = parse_claim(read_body())
    try:
        return answer(claim_prize(session, code, contact, play_terms(), asked_locale(), now).as_json(), 201)
    except Problem as problem:
        if problem.code == "claim_not_found" and find_award_by_code(session, code) is None:
            meet_wrong_code(session, now)
        raise


@bp.post("/api/v1/claims/look")
def look() -> Response:
    session, now = current_session(), utc_now()
    code = text_of(read_body(), "claim_code", most=MOST_IN_CODE)
    found = look_at_code(session, code, play_terms(), asked_locale(), now)
    if found is None:
        meet_wrong_code(session, now)
        raise Problem("claim_not_found", "Nothing waits under this code.")
    return answer(found)


@bp.post("/api/v1/claims/link")
def link() -> Response:
    """The page of a code, for a phone to scan: a frame that may open nothing leads there by it. The code comes in the
    body, so that no log of addresses holds it.
    """
    session = current_session()
    code = text_of(read_body(), "claim_code", most=MOST_IN_CODE)
    written = write_code(session, code, play_terms())
    if written is None:
        meet_wrong_code(session, utc_now())
        raise Problem("claim_not_found", "Nothing waits under this code.")
    address = f"{play_terms().public_url}/claim/{written}"
    return answer({"address": address, "qr": qr_of(address)})


@bp.get("/claim/<ticket>/calendar.ics")
def calendar(ticket: str) -> Response:
    """The close of the campaign, with the keepsake's address: when to look again."""
    campaign, address = _keepsake_of(ticket)
    locale = asked_locale(campaign.locales)
    event = Event()
    event.add("uid", f"{campaign.id}@popshot")
    event.add("summary", current_texts().say(locale, "ticket.event", title=campaign.title(locale)))
    event.add("dtstart", campaign.closes_at)
    event.add("dtstamp", campaign.opens_at)
    event.add("url", address)
    dates = Calendar()
    dates.add("prodid", "-//Popshot//keepsake//")
    dates.add("version", "2.0")
    dates.add_component(event)
    return Response(dates.to_ical(), mimetype="text/calendar",
                    headers={"Content-Disposition": "attachment; filename=popshot.ics"})


@bp.get("/claim/<ticket>/qr.svg")
def qr(ticket: str) -> Response:
    """The keepsake's address as a QR code."""
    _, address = _keepsake_of(ticket)
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=6, border=2)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def _keepsake_of(ticket: str) -> tuple[Campaign, str]:
    """A keepsake's campaign and its address, with the ticket as it was given out, whatever was typed for it.

    Raises Problem claim_not_found, or proof_required after many wrong ones.
    """
    limit_call()
    session, terms = current_session(), play_terms()
    keepsake = find_keepsake(session, ticket) if len(ticket) <= MOST_IN_CODE else None
    if keepsake is None:
        meet_wrong_code(session, utc_now())
        raise Problem("claim_not_found", "Nothing waits under this code.")
    address = f"{terms.public_url}/claim/{ticket_of(terms.claim_key, keepsake.round_id)}"
    return session.get_one(Campaign, keepsake.campaign_id), address
