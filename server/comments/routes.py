"""The comments' calls: read what is public, write, change, react."""

from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, get_campaign, look_at_campaign
from server.clock import utc_now
from server.comments.contribution import Sender
from server.comments.edit_comment import edit_comment, take_back
from server.comments.first_pages import answer_page, feed_facts
from server.comments.list_comments import NO_PAGE, Asked, Order, list_comments, list_replies
from server.comments.my_comments import my_comments
from server.comments.place import read_cursor
from server.comments.post_comment import Posting, post_comment
from server.comments.react import react
from server.comments.reaction import ReactionKind
from server.comments.show_comment import Reading
from server.comments.terms import comment_terms
from server.db import current_session
from server.errors import Problem
from server.limits.rates import Rule
from server.players.current import current_player, current_player_id
from server.players.guard import require_calm
from server.texts import asked_locale
from server.wire import answer, read_body, text_of, whole_number, word_of

MOST_TEXT = 4_000  # characters read at all; the rules refuse what is longer than a comment
MOST_ID = 64
BEHIND_PROXY = "werkzeug.proxy_fix.orig"  # the address is then the client's, the port the proxy's

bp = Blueprint("comments", __name__, url_prefix="/api/v1")


@bp.get("/campaigns/<slug>/comments")
def published(slug: str) -> Response:
    asked, session, terms, locale = _asked(), current_session(), comment_terms(), asked_locale()
    facts = feed_facts(session, slug)
    if not facts.takes_comments:
        return answer(NO_PAGE)
    reading = Reading(facts.campaign_id, locale, terms.laurels_of)
    if not asked.is_first:
        return answer(list_comments(session, reading, asked))
    page = terms.pages.page(facts, asked.order, locale, utc_now(), lambda: list_comments(session, reading, asked))
    return answer_page(slug, facts, page)


@bp.get("/campaigns/<slug>/comments/mine")
def mine(slug: str) -> Response:
    session, player = current_session(), current_player()
    campaign = get_campaign(session, slug)
    return answer(my_comments(session, campaign.id, player.id, utc_now(), asked_locale(campaign.locales)))


@bp.post("/campaigns/<slug>/comments")
def post(slug: str) -> Response:
    session, player_id = current_session(), current_player_id()
    campaign = look_at_campaign(session, slug)
    posting = _parse_posting(read_body())
    _require_moment(session, posting, player_id, campaign)
    require_calm(Rule.COMMENTS, player_id)
    comment = post_comment(session, campaign, player_id, posting, _sender(), utc_now())
    return answer({"comment": comment.as_author_sees()}, 201)


@bp.patch("/comments/<comment_id>")
def edit(comment_id: str) -> Response:
    player, body = current_player(), read_body()
    text, revision = text_of(body, "text", most=MOST_TEXT), whole_number(body.get("revision"), "revision")
    require_calm(Rule.COMMENTS, player.id)
    comment = edit_comment(current_session(), comment_id, player.id, text, revision, _sender(), utc_now())
    return answer({"comment": comment.as_author_sees()})


@bp.delete("/comments/<comment_id>")
def take_back_(comment_id: str) -> Response:
    take_back(current_session(), comment_id, current_player().id, utc_now())
    return Response(status=204)


@bp.get("/comments/<comment_id>/replies")
def replies(comment_id: str) -> Response:
    cursor = request.args.get("after")
    after = read_cursor(cursor, "after") if cursor is not None else None
    return answer(list_replies(current_session(), comment_id, after, asked_locale(), comment_terms().laurels_of))


@bp.put("/comments/<comment_id>/reaction")
def set_reaction(comment_id: str) -> Response:
    player = current_player()
    kind = word_of(ReactionKind, text_of(read_body(), "kind", most=MOST_ID), "kind")
    require_calm(Rule.REACTIONS, player.id)
    return answer({"kind": kind, "reactions": react(current_session(), comment_id, player.id, kind)})


@bp.delete("/comments/<comment_id>/reaction")
def take_reaction_back(comment_id: str) -> Response:
    player = current_player()
    require_calm(Rule.REACTIONS, player.id)
    return answer({"kind": None, "reactions": react(current_session(), comment_id, player.id, None)})


def _asked() -> Asked:
    arguments = request.args
    cursor, round_id = arguments.get("before"), arguments.get("round_id")
    if round_id is not None and (len(round_id) > MOST_ID or "\x00" in round_id):
        raise Problem("malformed", "`round_id` is no round's id.")
    return Asked(word_of(Order, arguments.get("order", Order.NEWEST), "order"),
                 read_cursor(cursor) if cursor is not None else None, round_id)


def _parse_posting(body: dict[str, Any]) -> Posting:
    reply_to, round_id = (text_of(body, name, most=MOST_ID, required=False) or None
                          for name in ("reply_to", "round_id"))
    at_ms = None if body.get("at_ms") is None else whole_number(body["at_ms"], "at_ms")
    if reply_to is not None and round_id is not None:
        raise Problem("malformed", "A reply is about the comment that it answers; leave `round_id` out.")
    if at_ms is not None and round_id is None:
        raise Problem("malformed", "`at_ms` is a moment of a round; name it in `round_id`.")
    return Posting(text_of(body, "text", most=MOST_TEXT), reply_to, round_id, at_ms)


def _require_moment(session: Session, posting: Posting, player_id: str, campaign: Campaign) -> None:
    """Raises Problem round_not_found for a round that the player may not speak of, malformed for a moment outside."""
    if posting.round_id is None:
        return
    length = comment_terms().find_round_ms(session, posting.round_id, player_id, campaign.id)
    if length is None:
        raise Problem("round_not_found", "This round does not exist, or is not public and not yours.")
    if posting.at_ms is not None and not 0 <= posting.at_ms <= length:
        raise Problem("malformed", f"`at_ms` is {posting.at_ms}; this round lasts from 0 to {length} ms.")


def _sender() -> Sender:
    """Where this request comes from, for the contribution log alone."""
    port = str(request.environ.get("REMOTE_PORT", ""))
    is_known = port.isdecimal() and BEHIND_PROXY not in request.environ
    return Sender(request.remote_addr or "", int(port) if is_known else None, comment_terms().legal_key)
