"""The lines of the queue as a person sees them: what readers reported, who looks at it, what stays blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.comments.comment import THE_RULES, Comment, CommentState, RulingEntry
from server.comments.desk_appeals import OpenAppeal, open_appeals
from server.comments.desk_marks import opened_by_others
from server.comments.desk_rows import SecondLook
from server.comments.queue import Waiting
from server.comments.report import CommentReport, ReportReason
from server.comments.ruling import Reason

SHARP_REASONS = (Reason.INSULT, Reason.BANNED_WORD, Reason.ILLEGAL)
SHARP_REPORTS = (ReportReason.INSULT, ReportReason.DANGER, ReportReason.ILLEGAL)


@dataclass(frozen=True)
class Line:
    """`is_again`: asked for the second time, so `state` and `reason` are as they were before any person ruled."""

    comment: Comment
    alias: str | None
    campaign: Campaign
    state: CommentState
    reason: Reason
    reports: tuple[ReportReason, ...]
    opened_by: str | None
    is_again: bool
    appeal: OpenAppeal | None

    @property
    def is_alarm(self) -> bool:
        return ReportReason.DANGER in self.reports

    @property
    def is_sharp(self) -> bool:
        """Whether it may hurt who reads it, so that it is blurred until wanted."""
        return self.reason in SHARP_REASONS or any(report in SHARP_REPORTS for report in self.reports)


def desk_lines(session: Session, waiting: Sequence[Waiting], by: str, now: datetime, *, blind: bool) -> list[Line]:
    """The lines for a person. `blind` hides what was ruled on those that are asked again."""
    ids = [one.comment.id for one in waiting]
    reports, opened = _open_reports(session, ids), opened_by_others(session, ids, by, now)
    campaigns = {campaign.id: campaign for campaign in session.scalars(
        select(Campaign).where(Campaign.id.in_({one.comment.campaign_id for one in waiting})))}
    appeals = open_appeals(session, [one.comment.id for one in waiting
                                     if one.comment.state == CommentState.APPEALED], by)
    again = _first_reasons(session, _asked_again(session, ids, by)) if blind else {}
    lines = []
    for one in waiting:
        comment = one.comment
        is_again = comment.id in again and comment.id not in reports
        lines.append(Line(comment, one.alias, campaigns[comment.campaign_id],
                          CommentState.HELD if is_again else comment.state,
                          again[comment.id] if is_again else comment.reason,
                          reports.get(comment.id, ()), opened.get(comment.id), is_again,
                          appeals.get(comment.id)))
    return lines


def _open_reports(session: Session, ids: Sequence[str]) -> dict[str, tuple[ReportReason, ...]]:
    rows = session.execute(select(Comment.id, CommentReport.reason)
                           .join(CommentReport, CommentReport.comment_id == Comment.id)
                           .where(Comment.id.in_(ids), CommentReport.settled_at.is_(None))
                           .order_by(CommentReport.at, CommentReport.id))
    found: dict[str, tuple[ReportReason, ...]] = {}
    for comment_id, reason in rows:
        found[comment_id] = (*found.get(comment_id, ()), reason)
    return found


def _asked_again(session: Session, ids: Sequence[str], by: str) -> list[str]:
    asked = (SecondLook.comment_id.in_(ids), SecondLook.second.is_(None), SecondLook.asked_by != by)
    return list(session.scalars(select(SecondLook.comment_id).where(*asked)))


def _first_reasons(session: Session, ids: Sequence[str]) -> dict[str, Reason]:
    """What the rules last found in each comment."""
    found = select(RulingEntry.comment_id, RulingEntry.reason).where(
        RulingEntry.comment_id.in_(ids), RulingEntry.ruled_by == THE_RULES)
    return dict(session.execute(found.order_by(RulingEntry.id)).all())
