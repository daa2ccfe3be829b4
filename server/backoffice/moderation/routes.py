"""The moderators' desk: its page, and the calls that its keys make."""

from flask import Blueprint, Response, make_response, request

from server.backoffice.door import current_moderator, door_page, find_moderator
from server.backoffice.moderation.present import lines_of, page_as_json, present_line, replay_url
from server.backoffice.moderation.wire import (
    context_as_json,
    figures_as_json,
    read_ruling,
    read_seen,
    read_selection,
)
from server.backoffice.page import staff_page
from server.clock import utc_now
from server.comments.alike import Likeness, find_alike
from server.comments.canned import canned_reasons
from server.comments.comment import find_comment
from server.comments.desk_context import find_context
from server.comments.desk_figures import desk_figures
from server.comments.queue import View, read_place, read_queue, search_comments
from server.comments.rule_on_comment import REASONS, rule_on_many
from server.comments.second_look import give_second_look, take_back_second_look
from server.comments.settle_appeal import require_another_person, settle_appeal
from server.comments.terms import comment_terms
from server.comments.undo_ruling import undo_ruling
from server.db import current_session
from server.errors import Problem
from server.texts import current_texts
from server.wire import answer, read_body, text_of, word_of

API = "/backoffice/api/moderation"
MOST_QUERY = 200
MOST_ID = 64
SECOND_LOOK = "look"  # in place of a ruling's id: the desk was asked again

bp = Blueprint("moderation", __name__)


@bp.get("/backoffice/moderation")
def desk() -> Response:
    by = find_moderator()
    if by is None:
        return door_page(401)
    session = current_session()
    first = page_as_json(read_queue(session, View.WAITING, by), by, blind=True)
    return make_response(staff_page(
        "moderation.html", api=API, name=by, queue=first, reasons=REASONS,
        canned=canned_reasons(session, current_texts()), figures=figures_as_json(desk_figures(session, by, utc_now()))))


@bp.get(f"{API}/queue")
def queue() -> Response:
    """A page of the queue, or of what a search finds; asked every two seconds, and mostly told that nothing changed."""
    by, session = current_moderator(), current_session()
    cursor, words = request.args.get("after"), request.args.get("q", "")[:MOST_QUERY].replace("\x00", "")
    place = read_place(cursor) if cursor else None
    if words.strip():
        page = search_comments(session, words, place)
    else:
        page = read_queue(session, word_of(View, request.args.get("view", View.WAITING), "view"), by, place)
    response = answer(page_as_json(page, by, blind=not words.strip()))
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get(f"{API}/figures")
def figures() -> Response:
    by = current_moderator()
    return answer(figures_as_json(desk_figures(current_session(), by, utc_now())))


@bp.get(f"{API}/comments/<comment_id>")
def context(comment_id: str) -> Response:
    current_moderator()
    found = find_context(current_session(), comment_id, utc_now())
    if found is None:
        raise _not_found()
    return answer(context_as_json(found, replay_url(found)))


@bp.post(f"{API}/comments/<comment_id>/rulings")
def rule(comment_id: str) -> Response:
    """Rule on one comment as it was seen, or on its `appeal`; 409 with the present one when it is not that any more."""
    by, body = current_moderator(), read_body()
    ruling, seen = read_ruling(body), read_seen(comment_id, body)
    if body.get("again") is True:
        is_given = give_second_look(current_session(), comment_id, seen.rulings, ruling.decision, by, utc_now())
        entry_id = SECOND_LOOK if is_given else None
    elif body.get("appeal") is True:
        entry_id = settle_appeal(current_session(), seen, ruling, by, utc_now(), is_sorted=comment_terms().is_sorted)
    else:
        ruled = rule_on_many(current_session(), [seen], ruling, by, utc_now(), is_sorted=comment_terms().is_sorted)
        entry_id = ruled.get(comment_id)
    if entry_id is None:
        raise _changed(comment_id, by)
    return answer({"ruling": entry_id}, 201)


@bp.post(f"{API}/comments/<comment_id>/undo")
def undo(comment_id: str) -> Response:
    """Take back one's own last ruling; 409 with the present comment when it is not the last any more."""
    by, body = current_moderator(), read_body()
    seen, ruling_id = read_seen(comment_id, body), text_of(body, "ruling", most=MOST_ID)
    session = current_session()
    if ruling_id == SECOND_LOOK:
        is_undone = take_back_second_look(session, comment_id, by)
    else:
        is_undone = undo_ruling(session, seen, ruling_id, by, utc_now())
    if not is_undone:
        raise _changed(comment_id, by)
    return answer({"comment": present_line(comment_id, by, blind=ruling_id == SECOND_LOOK)})


@bp.post(f"{API}/rulings")
def rule_on_selection() -> Response:
    """One ruling on many; `changed` are those that it does not hold for, as they are now."""
    by, body = current_moderator(), read_body()
    ruling, seen = read_ruling(body), read_selection(body)
    ruled = rule_on_many(current_session(), seen, ruling, by, utc_now(), is_sorted=comment_terms().is_sorted)
    changed = [present_line(one.comment_id, by) or {"id": one.comment_id, "is_gone": True}
               for one in seen if one.comment_id not in ruled]
    return answer({"ruled": ruled, "changed": changed})


@bp.get(f"{API}/comments/<comment_id>/alike")
def alike(comment_id: str) -> Response:
    by, session = current_moderator(), current_session()
    comment = find_comment(session, comment_id)
    if comment is None:
        raise _not_found()
    found = find_alike(session, comment, word_of(Likeness, request.args.get("by", ""), "by"))
    return answer({"comments": lines_of(found, by, blind=True)})


def _changed(comment_id: str, by: str) -> Problem:
    """Raises Problem own_ruling instead when it changed by an appeal that this person may not decide."""
    require_another_person(current_session(), comment_id, by)
    return Problem("comment_changed", "This comment has changed since you saw it.",
                   comment=present_line(comment_id, by))


def _not_found() -> Problem:
    return Problem("comment_not_found", "There is no such comment (any more).")
