"""Rule on comments as a person: publish, hold or refuse, with a reason; one or many, each as it was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, literal, select, update
from sqlalchemy.orm import Session

from server.comments.comment import CHANGEABLE, Comment, CommentState, RulingEntry, ruling_entry
from server.comments.desk_marks import set_aside
from server.comments.feed import tell_of_changes
from server.comments.report import CommentReport
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.second_look import ask_for_second_look
from server.comments.settle_reports import settle_reports
from server.comments.state_reasons import state_reasons
from server.db import nothing_done, transaction

WAITING = (CommentState.HELD, CommentState.HIDDEN, CommentState.APPEALED)
WAS_OUT = (CommentState.PUBLISHED, CommentState.HIDDEN)  # holding it is a restriction, which its author is told of
LEADS_TO = {Decision.PUBLISH: CommentState.PUBLISHED, Decision.HOLD: CommentState.HELD,
            Decision.REFUSE: CommentState.REFUSED}
# Why a person refuses or holds; the desk numbers them in this order.
REASONS = (Reason.INSULT, Reason.CONTACT, Reason.LINK, Reason.SPAM, Reason.OFF_TOPIC, Reason.ILLEGAL, Reason.OTHER)
# There is no text to rule on, or whoever rules must know of the appeal: `settle_appeal`.
NO_LONGER = (CommentState.TAKEN_BACK, CommentState.APPEALED)


@dataclass(frozen=True)
class Seen:
    """A comment as somebody had it before the eyes: which text, after how many rulings."""

    comment_id: str
    revision: int
    rulings: int


def seen_of(comment: Comment) -> Seen:
    return Seen(comment.id, comment.revision, comment.rulings)


def state_after(decision: Decision, reason: Reason, *, was_out: bool) -> CommentState:
    """Where a person's ruling leads to: refusing what is against the law removes, holding what was public hides."""
    if decision == Decision.REFUSE and reason == Reason.ILLEGAL:
        return CommentState.REMOVED_LEGAL
    return CommentState.HIDDEN if decision == Decision.HOLD and was_out else LEADS_TO[decision]


def rule_on_comment(session: Session, seen: Comment, ruling: Ruling, by: str, now: datetime) -> bool:
    """Write a person's ruling on a comment as that person saw it; False when it changed meanwhile."""
    return bool(rule_on_many(session, [seen_of(seen)], ruling, by, now))


def rule_on_many(session: Session, seen: Sequence[Seen], ruling: Ruling, by: str, now: datetime, *,
                 is_sorted: bool = False) -> dict[str, str]:
    """One ruling on each of several comments in one transaction: {comment id: id of its ruling}.

    `is_sorted`: a score had put in order what waited, which a statement tells. Missing are those that changed since
    they were seen (an edit, somebody else's ruling), and what is refused when it is to be held.
    """
    with transaction(session):
        in_order = sorted(seen, key=lambda one: one.comment_id)  # the same one for everybody: no deadlock
        ruled = [pair for one in in_order if (pair := apply_ruling(session, as_seen(one), one, ruling, by, now))]
        if not ruled:
            nothing_done(session)
        state_reasons(session, ruled, is_sorted=is_sorted)
        for comment, entry in ruled:
            settle_reports(session, comment, ruling.decision, now)
            ask_for_second_look(session, entry)
        tell_of_changes(session, [comment for comment, _ in ruled], now)
        return {comment.id: entry.id for comment, entry in ruled}


def apply_ruling(session: Session, condition: ColumnElement[bool], seen: Seen, ruling: Ruling, by: str,
                 now: datetime) -> tuple[Comment, RulingEntry] | None:
    """Rule inside the caller's transaction; None when the comment does not meet the condition (any more).

    Of two rulings at once one wins: the UPDATE names the revision and the count of rulings that were seen.
    Holding meets none that is refused: that is for publishing, or for an appeal. The first publication settles where
    the comment stands in the list; publishing it again keeps the place.
    """
    is_out, is_held = ruling.decision == Decision.PUBLISH, ruling.decision == Decision.HOLD
    if is_held:
        condition = and_(condition, Comment.state.in_(CHANGEABLE))
    otherwise, if_out = (literal(state_after(ruling.decision, ruling.reason, was_out=was_out), Comment.state.type)
                         for was_out in (False, True))
    state = case((Comment.state.in_(WAS_OUT), if_out), else_=otherwise)
    place = func.coalesce(Comment.published_at, now) if is_out else Comment.published_at
    change = update(Comment).where(condition).values(
        state=state, reason=ruling.reason, rulings=seen.rulings + 1, ruled_revision=seen.revision, published_at=place)
    comment = session.scalar(change.returning(Comment))
    if comment is None:
        return None
    entry = ruling_entry(comment, seen.rulings + 1, ruling, by, now)
    session.add(entry)
    if is_held:
        set_aside(session, comment.id, by, now)  # whoever is not sure leaves it to somebody else
    return comment, entry


def as_seen(seen: Seen) -> ColumnElement[bool]:
    """The condition that a comment is still what somebody saw, and that there is a text to rule on."""
    return and_(Comment.id == seen.comment_id, Comment.revision == seen.revision, Comment.rulings == seen.rulings,
                Comment.state.not_in(NO_LONGER))


def open_reports(session: Session, comment_id: str) -> list[CommentReport]:
    reports = select(CommentReport).where(CommentReport.comment_id == comment_id, CommentReport.settled_at.is_(None))
    return list(session.scalars(reports.order_by(CommentReport.at, CommentReport.id)))
