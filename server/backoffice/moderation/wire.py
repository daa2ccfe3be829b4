"""The desk's answers as JSON, and what its calls bring."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from server.clock import rfc3339
from server.comments.comment import Comment
from server.comments.desk_appeals import OpenAppeal
from server.comments.desk_context import Author, Context
from server.comments.desk_figures import DeskFigures
from server.comments.desk_lines import SHARP_REPORTS, Line
from server.comments.rule_on_comment import REASONS, Seen
from server.comments.ruling import Decision, Reason, Ruling
from server.errors import Problem
from server.wire import json_type, text_of, whole_number, word_of

MOST_WORD = 32
MOST_COUNTED = 2**31 - 1
MOST_SELECTED = 200


def line_as_json(line: Line, locale: str, names: Mapping[str, str]) -> dict[str, Any]:
    """`names` are those of staff by their ids; who had none, from before there were accounts, is told as written."""
    comment = line.comment
    span = None if comment.span_start is None else [comment.span_start, comment.span_end]
    return {"id": comment.id, "revision": comment.revision, "rulings": comment.rulings, "state": line.state,
            "reason": line.reason, "span": span, "text": comment.text, "alias": line.alias,
            "posted_at": rfc3339(comment.posted_at), "is_edited": comment.edited_at is not None,
            "is_reply": comment.parent_id is not None, "campaign": line.campaign.title(locale),
            "brand": line.campaign.brand_id, "reports": line.reports, "alarm": line.is_alarm,
            "is_sharp": line.is_sharp, "opened_by": names.get(line.opened_by or "", line.opened_by),
            "again": line.is_again, "appeal": line.appeal and _appeal_as_json(line.appeal)}


def context_as_json(context: Context, replay_url: str | None) -> dict[str, Any]:
    reports = [{"reason": report.reason, "text": report.text, "at": rfc3339(report.at), "revision": report.revision,
                "is_sharp": report.reason in SHARP_REPORTS} for report in context.reports]
    return {"campaign": {"slug": context.campaign.slug}, "replay": replay_url, "at_ms": context.comment.at_ms,
            "thread": [_said(one.comment, one.alias) for one in context.thread], "reports": reports,
            "readers": context.readers,
            "earlier_texts": context.earlier_texts, "author": _author_as_json(context.author)}


def _appeal_as_json(appeal: OpenAppeal) -> dict[str, Any]:
    return {**asdict(appeal), "at": rfc3339(appeal.at), "ruled_at": rfc3339(appeal.ruled_at)}


def figures_as_json(figures: DeskFigures) -> dict[str, Any]:
    return {**asdict(figures), "oldest_at": figures.oldest_at and rfc3339(figures.oldest_at)}


def _author_as_json(author: Author) -> dict[str, Any]:
    return {"alias": author.alias, "since": rfc3339(author.since), "states": author.states,
            "latest": [_said(comment, author.alias) for comment in author.latest],
            "muted_until": author.muted_until and rfc3339(author.muted_until)}


def _said(comment: Comment, alias: str | None) -> dict[str, Any]:
    return {"id": comment.id, "alias": alias, "text": comment.text, "state": comment.state, "reason": comment.reason,
            "posted_at": rfc3339(comment.posted_at), "is_reply": comment.parent_id is not None}


def read_ruling(body: dict[str, Any]) -> Ruling:
    """Raises Problem malformed for a decision or a reason that no person may give."""
    decision = word_of(Decision, text_of(body, "decision", most=MOST_WORD), "decision")
    if decision == Decision.PUBLISH:
        return Ruling(decision, Reason.FINE)
    given = text_of(body, "reason", most=MOST_WORD, required=decision == Decision.REFUSE)
    return Ruling(decision, read_reason(given) if given else Reason.OTHER)


def read_reason(given: str) -> Reason:
    reason = word_of(Reason, given, "reason")
    if reason not in REASONS:
        raise Problem("malformed", f"`reason` must be one of {', '.join(REASONS)}.")
    return reason


def read_seen(comment_id: str, body: dict[str, Any]) -> Seen:
    return Seen(comment_id, _count(body, "revision"), _count(body, "rulings"))


def _count(body: dict[str, Any], name: str) -> int:
    """Raises Problem malformed for what no column could hold."""
    count = whole_number(body.get(name), name)
    if not 0 <= count <= MOST_COUNTED:
        raise Problem("malformed", f"`{name}` is a count from 0 to {MOST_COUNTED}.")
    return count


def read_selection(body: dict[str, Any]) -> list[Seen]:
    """The comments that a bulk ruling names; raises Problem malformed for none, too many or other things."""
    named = body.get("comments")
    if not isinstance(named, list) or not 0 < len(named) <= MOST_SELECTED:
        raise Problem("malformed", f"`comments` must be a list of 1 to {MOST_SELECTED} comments.")
    for one in named:
        if not isinstance(one, dict):
            raise Problem("malformed", f"each of `comments` must be an object, not {json_type(one)}.")
    return [read_seen(text_of(one, "id", most=MOST_WORD), one) for one in named]
