"""The moderators' desk: its page, and the calls that its keys make."""

from flask import Blueprint, Response, make_response, request

from server.backoffice.acts.act import tell_act
from server.backoffice.moderation.moderator import (
    Moderator,
    begin_deed,
    current_moderator,
    moderator_of,
    own_comments,
)
from server.backoffice.moderation.present import brand_names, lines_of, page_as_json, present_line, replay_url
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
from server.comments.comment import comment_not_found, find_comment
from server.comments.desk_context import find_context
from server.comments.desk_figures import desk_figures
from server.comments.desk_marks import open_comment
from server.comments.queue import View, read_place, read_queue, search_comments
from server.comments.rule_on_comment import REASONS, Seen, rule_on_many
from server.comments.ruling import Ruling
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
    moderator, session = current_moderator(), current_session()
    first = page_as_json(read_queue(session, View.WAITING, moderator.by, moderator.brands), moderator, blind=True)
    return make_response(staff_page(
        "moderation.html", api=API, name=moderator.name, queue=first, reasons=REASONS,
        brands=brand_names(moderator), canned=canned_reasons(session, current_texts(), moderator.brands),
        figures=figures_as_json(desk_figures(session, moderator.by, moderator.brands, utc_now()))))


@bp.get(f"{API}/queue")
def queue() -> Response:
    """A page of the queue, or of what a search finds; asked every two seconds, and mostly told that nothing changed."""
    moderator, session = current_moderator(), current_session()
    cursor, words = request.args.get("after"), request.args.get("q", "")[:MOST_QUERY].replace("\x00", "")
    place = read_place(cursor) if cursor else None
    if words.strip():
        page = search_comments(session, words, moderator.brands, place)
    else:
        view = word_of(View, request.args.get("view", View.WAITING), "view")
        page = read_queue(session, view, moderator.by, moderator.brands, place)
    response = answer(page_as_json(page, moderator, blind=not words.strip()))
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get(f"{API}/figures")
def figures() -> Response:
    moderator = current_moderator()
    return answer(figures_as_json(desk_figures(current_session(), moderator.by, moderator.brands, utc_now())))


@bp.get(f"{API}/comments/<comment_id>")
def context(comment_id: str) -> Response:
    """What stands around a comment; whoever asks has it before the eyes, which others see for a minute."""
    moderator, session = moderator_of(comment_id), current_session()
    open_comment(session, comment_id, moderator.by, utc_now())
    found = find_context(session, comment_id, moderator.brands, utc_now())
    if found is None:
        raise comment_not_found()
    return answer(context_as_json(found, replay_url(found)))


@bp.post(f"{API}/comments/<comment_id>/rulings")
def rule(comment_id: str) -> Response:
    """Rule on one comment as it was seen, or on its `appeal`; 409 with the present one when it is not that any more."""
    moderator, body = begin_deed(comment_id), read_body()
    ruling, seen = read_ruling(body), read_seen(comment_id, body)
    tell_act(after={"decision": ruling.decision, "reason": ruling.reason})
    entry_id = _ruled(moderator, seen, ruling, is_again=body.get("again") is True,
                      is_appeal=body.get("appeal") is True)
    if entry_id is None:
        raise _changed(comment_id, moderator)
    return answer({"ruling": entry_id}, 201)


def _ruled(moderator: Moderator, seen: Seen, ruling: Ruling, *, is_again: bool, is_appeal: bool) -> str | None:
    session, by, now, is_sorted = current_session(), moderator.by, utc_now(), comment_terms().is_sorted
    if is_again:
        is_given = give_second_look(session, seen.comment_id, seen.rulings, ruling.decision, by, now)
        return SECOND_LOOK if is_given else None
    if is_appeal:
        return settle_appeal(session, seen, ruling, by, now, is_sorted=is_sorted)
    return rule_on_many(session, [seen], ruling, by, now, is_sorted=is_sorted).get(seen.comment_id)


@bp.post(f"{API}/comments/<comment_id>/undo")
def undo(comment_id: str) -> Response:
    """Take back one's own last ruling; 409 with the present comment when it is not the last any more."""
    moderator, body, session = begin_deed(comment_id), read_body(), current_session()
    seen, ruling_id = read_seen(comment_id, body), text_of(body, "ruling", most=MOST_ID)
    tell_act(after={"undoes": ruling_id})
    if ruling_id == SECOND_LOOK:
        is_undone = take_back_second_look(session, comment_id, moderator.by)
    else:
        is_undone = undo_ruling(session, seen, ruling_id, moderator.by, utc_now())
    if not is_undone:
        raise _changed(comment_id, moderator)
    return answer({"comment": present_line(comment_id, moderator.by, blind=ruling_id == SECOND_LOOK)})


@bp.post(f"{API}/rulings")
def rule_on_selection() -> Response:
    """One ruling on many; `changed` are those that it does not hold for, as they are now."""
    moderator, body = current_moderator(), read_body()
    ruling, seen = read_ruling(body), read_selection(body)
    own = own_comments(moderator, (one.comment_id for one in seen))
    tell_act(after={"decision": ruling.decision, "reason": ruling.reason, "comments": sorted(own)})
    ruled = rule_on_many(current_session(), [one for one in seen if one.comment_id in own], ruling, moderator.by,
                         utc_now(), is_sorted=comment_terms().is_sorted)
    changed = [(present_line(one.comment_id, moderator.by) if one.comment_id in own else None)
               or {"id": one.comment_id, "is_gone": True} for one in seen if one.comment_id not in ruled]
    return answer({"ruled": ruled, "changed": changed})


@bp.get(f"{API}/comments/<comment_id>/alike")
def alike(comment_id: str) -> Response:
    moderator, session = moderator_of(comment_id), current_session()
    likeness = word_of(Likeness, request.args.get("by", ""), "by")
    comment = find_comment(session, comment_id)
    found = find_alike(session, comment, likeness, moderator.brands) if comment else []
    return answer({"comments": lines_of(found, moderator.by, blind=True)})


def _changed(comment_id: str, moderator: Moderator) -> Problem:
    """Raises Problem own_ruling instead when it changed by an appeal that this person may not decide."""
    require_another_person(current_session(), comment_id, moderator.by)
    return Problem("comment_changed", "This comment has changed since you saw it.",
                   comment=present_line(comment_id, moderator.by))
