"""The comments' calls: read what is public, post, report."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from server.campaigns.campaign import get_campaign
from server.clock import utc_now
from server.comments.list_comments import list_comments, read_cursor
from server.comments.post_comment import Posting, post_comment
from server.comments.report import ReportReason
from server.comments.report_comment import Report, report_comment
from server.db import current_session
from server.errors import Problem
from server.limits.rates import Rule
from server.players.current import current_player, find_current_player
from server.players.guard import caller_address, require_calm
from server.wire import answer, read_body, text_of

MOST_TEXT = 4_000  # characters read at all; the rules refuse what is longer than a comment
MOST_REPORT = 1_000
MOST_ID = 64

OwnsRound = Callable[[Session, str, str, str], bool]  # (session, round id, player id, campaign id)


def create_comments_blueprint(owns_round: OwnsRound) -> Blueprint:
    """The calls under /api/v1; `owns_round` is play's word on a round, which this package does not know."""
    bp = Blueprint("comments", __name__, url_prefix="/api/v1")

    @bp.get("/campaigns/<slug>/comments")
    def published(slug: str) -> Response:
        session = current_session()
        campaign = get_campaign(session, slug)
        cursor = request.args.get("before")
        return answer(list_comments(session, campaign, read_cursor(cursor) if cursor is not None else None))

    @bp.post("/campaigns/<slug>/comments")
    def post(slug: str) -> Response:
        session, player = current_session(), current_player()
        campaign = get_campaign(session, slug)
        posting = _parse_posting(read_body())
        if posting.round_id is not None and not owns_round(session, posting.round_id, player.id, campaign.id):
            raise Problem("round_not_found", "This round does not exist or is not yours.")
        require_calm(Rule.COMMENTS, player.id)
        comment = post_comment(session, campaign, player, posting, utc_now())
        return answer({"comment": comment.as_author_sees()}, 201)

    @bp.post("/comments/<comment_id>/reports")
    def report(comment_id: str) -> Response:
        player = find_current_player()
        told = _parse_report(read_body())
        require_calm(Rule.REPORTS, player.id if player else caller_address())
        report_comment(current_session(), comment_id, told, player.id if player else None, utc_now())
        return answer({}, 202)

    return bp



def _parse_posting(body: dict[str, Any]) -> Posting:
    return Posting(text_of(body, "text", most=MOST_TEXT),
                   text_of(body, "round_id", most=MOST_ID, required=False) or None)


def _parse_report(body: dict[str, Any]) -> Report:
    reason = _word_of(ReportReason, text_of(body, "reason", most=MOST_ID), "reason")
    return Report(reason, text_of(body, "text", most=MOST_REPORT, required=False))


def _word_of(kind: type[ReportReason], word: str, name: str) -> ReportReason:
    try:
        return kind(word)
    except ValueError:
        raise Problem("malformed", f"`{name}` must be one of {', '.join(kind)}.") from None
