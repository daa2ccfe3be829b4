"""The calls of readers who report, and the page of their receipt."""

from typing import Any

from flask import Blueprint, Response

from server.clock import rfc3339, utc_now
from server.comments.receipt import Receipt, get_receipt
from server.comments.report import ReportReason
from server.comments.report_comment import Reader, Report, find_receipt, report_comment
from server.comments.reporter import Contact
from server.comments.terms import comment_terms
from server.db import current_session
from server.limits.rates import Rule
from server.players.current import find_current_player
from server.players.guard import caller_address, meet_reporting_limit, reporting_network, require_calm
from server.texts import asked_locale
from server.wire import answer, read_body, text_of, whole_number, word_of

MOST_WORD = 64
MOST_REPORT = 1_000
MOST_CONTACT = {"name": 120, "email": 254}

bp = Blueprint("reports", __name__)


@bp.post("/api/v1/comments/<comment_id>/reports")
def report(comment_id: str) -> Response:
    """A repeat gets its receipt again and costs nothing."""
    session, player = current_session(), find_current_player()
    told, reader = _parse_report(read_body()), Reader(player.id if player else None, reporting_network())
    require_calm(Rule.REPORTS, player.id if player else caller_address())
    receipt = find_receipt(session, comment_id, told, reader)
    if receipt is None:
        meet_reporting_limit(session, utc_now())
        receipt = report_comment(session, comment_id, told, reader, utc_now())
    return answer({"receipt": {"id": receipt, "url": f"{comment_terms().public_url}/reports/{receipt}"}}, 202)


@bp.get("/api/v1/reports/<receipt_id>")
def outcome(receipt_id: str) -> Response:
    return answer({"report": _as_json(get_receipt(current_session(), receipt_id))})


@bp.get("/reports/<receipt_id>")
def receipt_page(receipt_id: str) -> Response:
    receipt = get_receipt(current_session(), receipt_id)
    page = comment_terms().page_of("receipt.html", asked_locale(), receipt=receipt, told=_as_json(receipt))
    page.headers["X-Robots-Tag"] = "noindex"
    page.headers["Referrer-Policy"] = "no-referrer"  # who knows the address may read it
    return page


def _parse_report(body: dict[str, Any]) -> Report:
    reason = word_of(ReportReason, text_of(body, "reason", most=MOST_WORD), "reason")
    name, email = (text_of(body, part, most=most, required=False) for part, most in MOST_CONTACT.items())
    revision = None if body.get("revision") is None else whole_number(body["revision"], "revision")
    return Report(reason, text_of(body, "text", most=MOST_REPORT, required=False),
                  Contact(name, email) if name or email else None, comment_terms().legal_key, revision)


def _as_json(receipt: Receipt) -> dict[str, Any]:
    return {"reason": receipt.reason, "reported_at": rfc3339(receipt.at),
            "state": "open" if receipt.settled_at is None else "settled", "outcome": receipt.outcome,
            "settled_at": receipt.settled_at and rfc3339(receipt.settled_at)}
