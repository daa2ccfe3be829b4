"""The desk's smaller calls: open, pass on, mute, and the words of the reasons."""

from flask import Blueprint, Response

from server.backoffice.door import current_moderator
from server.backoffice.moderation.wire import MOST_WORD, read_reason
from server.clock import rfc3339, utc_now
from server.comments.canned import can_reason, canned_reasons
from server.comments.desk_marks import mute_author, open_comment, pass_on, take_up_again, unmute_author
from server.comments.ruling import Reason
from server.comments.terms import comment_terms
from server.db import current_session
from server.errors import Problem
from server.texts import current_texts
from server.wire import answer, read_body, text_of, whole_number

AREA = "/backoffice/api/moderation"
MOST_CANNED = 500

bp = Blueprint("moderation_marks", __name__, url_prefix=AREA)


@bp.post("/comments/<comment_id>/opened")
def opened(comment_id: str) -> Response:
    open_comment(current_session(), comment_id, current_moderator(), utc_now())
    return answer({})


@bp.post("/comments/<comment_id>/pass")
def pass_(comment_id: str) -> Response:
    if not pass_on(current_session(), comment_id, current_moderator(), utc_now()):
        raise Problem("comment_not_found", "There is no such comment (any more).")
    return answer({}, 201)


@bp.delete("/comments/<comment_id>/pass")
def take_up(comment_id: str) -> Response:
    take_up_again(current_session(), comment_id, current_moderator())
    return answer({})


@bp.post("/comments/<comment_id>/mute")
def mute(comment_id: str) -> Response:
    by, body = current_moderator(), read_body()
    given = text_of(body, "reason", most=MOST_WORD, required=False)
    until = mute_author(current_session(), comment_id, whole_number(body.get("days"), "days"),
                        read_reason(given) if given else Reason.OTHER, by, utc_now(),
                        is_sorted=comment_terms().is_sorted)
    return answer({"muted_until": rfc3339(until)}, 201)


@bp.delete("/comments/<comment_id>/mute")
def unmute(comment_id: str) -> Response:
    current_moderator()
    unmute_author(current_session(), comment_id)
    return answer({})


@bp.put("/reasons")
def put_reason() -> Response:
    """An installation's own words for a reason; empty ones bring the program's back."""
    current_moderator()
    body = read_body()
    locale = text_of(body, "locale", most=MOST_WORD)
    if locale not in current_texts().locales:
        raise Problem("malformed", f"`locale` must be one of {', '.join(current_texts().locales)}.")
    reason = read_reason(text_of(body, "reason", most=MOST_WORD))
    can_reason(current_session(), locale, reason, text_of(body, "text", most=MOST_CANNED))
    return answer({"canned": canned_reasons(current_session(), current_texts())})
