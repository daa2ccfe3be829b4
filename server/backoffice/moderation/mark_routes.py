"""The desk's smaller calls: pass on, mute, and the words of the reasons."""

from flask import Blueprint, Response

from server.backoffice.acts.act import tell_act
from server.backoffice.moderation.moderator import begin_deed, current_moderator
from server.backoffice.moderation.wire import MOST_WORD, read_reason
from server.clock import rfc3339, utc_now
from server.comments.canned import can_reason, canned_reasons
from server.comments.comment import comment_not_found
from server.comments.desk_marks import mute_author, pass_on, take_up_again, unmute_author
from server.comments.ruling import Reason
from server.comments.terms import comment_terms
from server.db import current_session
from server.errors import Problem
from server.texts import current_texts
from server.wire import answer, read_body, text_of, whole_number

AREA = "/backoffice/api/moderation"
MOST_CANNED = 500

bp = Blueprint("moderation_marks", __name__, url_prefix=AREA)


@bp.post("/comments/<comment_id>/pass")
def pass_(comment_id: str) -> Response:
    moderator = begin_deed(comment_id)
    if not pass_on(current_session(), comment_id, moderator.by, utc_now()):
        raise comment_not_found()
    return answer({}, 201)


@bp.delete("/comments/<comment_id>/pass")
def take_up(comment_id: str) -> Response:
    moderator = begin_deed(comment_id)
    take_up_again(current_session(), comment_id, moderator.by)
    return answer({})


@bp.post("/comments/<comment_id>/mute")
def mute(comment_id: str) -> Response:
    moderator, body = begin_deed(comment_id), read_body()
    days, given = whole_number(body.get("days"), "days"), text_of(body, "reason", most=MOST_WORD, required=False)
    reason = read_reason(given) if given else Reason.OTHER
    tell_act(after={"days": days, "reason": reason})
    until = mute_author(current_session(), comment_id, days, reason, moderator.by, utc_now(),
                        is_sorted=comment_terms().is_sorted)
    return answer({"muted_until": rfc3339(until)}, 201)


@bp.delete("/comments/<comment_id>/mute")
def unmute(comment_id: str) -> Response:
    begin_deed(comment_id)
    unmute_author(current_session(), comment_id)
    return answer({})


@bp.put("/reasons")
def put_reason() -> Response:
    """A brand's own words for a reason; empty ones bring the program's back. `brand` may be left out by who has one."""
    moderator, body, session = current_moderator(), read_body(), current_session()
    locale = text_of(body, "locale", most=MOST_WORD)
    if locale not in current_texts().locales:
        raise Problem("malformed", f"`locale` must be one of {', '.join(current_texts().locales)}.")
    reason, text = read_reason(text_of(body, "reason", most=MOST_WORD)), text_of(body, "text", most=MOST_CANNED)
    brand_id = _brand_of(text_of(body, "brand", most=MOST_WORD, required=False), moderator.brands)
    tell_act(brand_id=brand_id, subject=("reason", f"{locale}.{reason}"), texts={"words": text})
    can_reason(session, brand_id, locale, reason, text)
    return answer({"canned": canned_reasons(session, current_texts(), moderator.brands)})


def _brand_of(named: str, brands: tuple[str, ...]) -> str:
    """Raises Problem malformed for none where there are several, not_found for another's."""
    if not named and len(brands) > 1:
        raise Problem("malformed", "`brand` must name one of your brands.")
    if named and named not in brands:
        raise Problem("not_found", "There is no such brand.")
    return named or brands[0]
