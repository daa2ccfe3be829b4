"""Comments as the desk shows them now, in the language of who asks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from server.backoffice.moderation.moderator import Moderator
from server.backoffice.moderation.wire import line_as_json
from server.backoffice.staff.person import names_of
from server.campaigns.brand import Brand
from server.clock import utc_now
from server.comments.alarm import open_alarms
from server.comments.comment import Comment
from server.comments.desk_context import Context
from server.comments.desk_lines import desk_lines
from server.comments.of_brands import is_of
from server.comments.queue import NOWHERE, Page, Waiting
from server.comments.terms import comment_terms
from server.db import current_session
from server.play.terms import play_terms
from server.play.watch_replay import look_key
from server.players.player import Player
from server.texts import asked_locale

MIDDLE = 0.5


def page_as_json(page: Page, moderator: Moderator, *, blind: bool) -> dict[str, Any]:
    """{"comments", "next", "alarms"}; `next` is null on the last page, `alarms` counts the open ones of the brands.

    With `blind`, which is the queue and no search, and where the operator wants it, what is most like earlier refusals
    stands first on its page, behind the alarms: nobody waits longer for that.
    """
    lines = _as_json(page.lines, moderator.by, blind=blind)
    if blind:
        lines = _by_score(lines)
    return {"comments": lines, "next": page.next.as_cursor() if page.next else None,
            "alarms": len(open_alarms(current_session(), is_of(moderator.brands)))}


def _by_score(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines with scores and sorted by them, behind the alarms in their own order; as they are where nothing sorts.
    What is asked again stands in the middle: its score could tell what was ruled on it.
    """
    scorer = comment_terms().scorer
    scores = scorer.scores((line["id"], line["revision"], line["text"]) for line in lines) if scorer else None
    if scores is None:
        return lines
    scored = [{**line, "score": MIDDLE if line["again"] else round(score, 3)}
              for line, score in zip(lines, scores, strict=True)]
    return sorted(scored, key=lambda line: (not line["alarm"], 0 if line["alarm"] else -line["score"]))


def brand_names(moderator: Moderator) -> dict[str, str]:
    """{brand id: name} of those whose comments this person sees, in the order of their names."""
    named = select(Brand.id, Brand.name).where(Brand.id.in_(moderator.brands)).order_by(Brand.name)
    return {row.id: row.name for row in current_session().execute(named)}


def lines_of(comments: Sequence[Comment], by: str, *, blind: bool) -> list[dict[str, Any]]:
    rows = select(Player.id, Player.alias).where(Player.id.in_({comment.player_id for comment in comments}))
    aliases = dict(current_session().execute(rows).all())
    return _as_json([Waiting(comment, aliases.get(comment.player_id)) for comment in comments], by, blind=blind)


def present_line(comment_id: str, by: str, *, blind: bool = False) -> dict[str, Any] | None:
    """A comment as it is now; None when its text is gone."""
    there = select(Comment).where(Comment.id == comment_id, Comment.state.not_in(NOWHERE))
    return next(iter(lines_of(list(current_session().scalars(there)), by, blind=blind)), None)


def replay_url(context: Context) -> str | None:
    """Where the comment's round can be watched, at the moment that the comment is about."""
    round_id, at_ms, terms = context.comment.round_id, context.comment.at_ms, play_terms()
    if round_id is None:
        return None
    moment = "" if at_ms is None else f"#t={at_ms}"
    return f"{terms.root}/r/{round_id}?look={look_key(terms.look_key, round_id)}{moment}"


def _as_json(waiting: Sequence[Waiting], by: str, *, blind: bool) -> list[dict[str, Any]]:
    locale, session = asked_locale(), current_session()
    lines = desk_lines(session, waiting, by, utc_now(), blind=blind)
    names = names_of(session, {line.opened_by for line in lines if line.opened_by})
    return [line_as_json(line, locale, names) for line in lines]
