"""Take a ruling back: a new one that restores what stood before it. The rows of both stay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, delete, update
from sqlalchemy.orm import Session

from server.comments.comment import THE_RULES, Comment, CommentState, RulingEntry, ruling_entry, rulings_on
from server.comments.desk_rows import Passed, SecondLook
from server.comments.feed import tell_of_change
from server.comments.hide_comment import hide_what_readers_reported, is_hiding
from server.comments.report import Statement
from server.comments.rule_on_comment import WAS_OUT, Seen, as_seen, state_after
from server.comments.ruling import Decision, Ruling
from server.comments.settle_appeal import find_settled
from server.comments.settle_reports import follow_ruling, reopen_reports
from server.db import nothing_done, transaction


def standing_rulings(entries: Sequence[RulingEntry]) -> list[RulingEntry]:
    """Of a comment's rulings, oldest first, those that nobody has taken back; the last one is in force."""
    standing: list[RulingEntry] = []
    for entry in entries:
        if entry.undoes is None:
            standing.append(entry)
        else:
            standing.pop()
    return standing


def last_word(standing: Sequence[RulingEntry], revision: int) -> RulingEntry | None:
    """The last of a comment's standing rulings on one of its texts that decides: holding does not."""
    return next((entry for entry in reversed(standing)
                 if entry.revision == revision and entry.decision != Decision.HOLD), None)


def states_after(standing: Sequence[RulingEntry]) -> list[CommentState]:
    """Where each of a comment's standing rulings left it; what an edit or the rules held was not public as it was."""
    states: list[CommentState] = []
    for entry in standing:
        was_out = entry.ruled_by != THE_RULES and states[-1:] != [] and states[-1] in WAS_OUT
        states.append(state_after(entry.decision, entry.reason, was_out=was_out or is_hiding(entry)))
    return states


def undo_ruling(session: Session, seen: Seen, ruling_id: str, by: str, now: datetime) -> bool:
    """Take back a person's own ruling, the last one that stands; False when it is not that (any more).

    The reports that it settled are open again, and so is the appeal; those settled before tell what holds again. Its
    statement of reasons is void. A publication that it was the first gives its place back. What is appealed against is
    no longer its giver's to take back.
    """
    with transaction(session):
        undone = _own_last(session, seen, ruling_id, by)
        comment = _restore(session, seen, *undone) if undone else None
        if undone is None or comment is None:
            nothing_done(session)
            return False
        before, entry = undone
        ruling = Ruling(before[-1].decision, before[-1].reason)
        session.add(ruling_entry(comment, seen.rulings + 1, ruling, by, now, undoes=entry.id))
        _forget_what_followed(session, entry)
        word = last_word(before, comment.revision)
        if word is not None:
            follow_ruling(session, comment, word.decision)
        if not hide_what_readers_reported(session, comment, now):  # no person stands between any more
            tell_of_change(session, comment, now)
    return True


def _own_last(session: Session, seen: Seen, ruling_id: str, by: str) -> tuple[list[RulingEntry], RulingEntry] | None:
    """The rulings that stand but the last, and the last, when that is the one and this person's own."""
    entries = rulings_on(session, seen.comment_id)
    standing = standing_rulings(entries)
    if len(entries) != seen.rulings:
        return None  # one was made since they were read, or since they were seen
    if len(standing) < 2 or standing[-1].id != ruling_id or standing[-1].ruled_by != by:
        return None
    return standing[:-1], standing[-1]


def _restore(session: Session, seen: Seen, before: Sequence[RulingEntry], undone: RulingEntry) -> Comment | None:
    looked_at = [entry.revision for entry in before if entry.ruled_by != THE_RULES]
    place = case((Comment.published_at == undone.at, None), else_=Comment.published_at)
    appeal = find_settled(session, undone)
    state = CommentState.APPEALED if appeal else states_after(before)[-1]
    change = update(Comment).where(as_seen(seen)).values(
        state=state, reason=before[-1].reason, rulings=seen.rulings + 1,
        ruled_revision=max(looked_at, default=None), published_at=place)
    comment = session.scalar(change.returning(Comment))
    if comment is not None and appeal is not None:
        appeal.is_upheld = appeal.settled_by = appeal.settled_at = None
    return comment


def _forget_what_followed(session: Session, undone: RulingEntry) -> None:
    reopen_reports(session, undone)
    aside = (Passed.comment_id == undone.comment_id, Passed.by == undone.ruled_by, Passed.at == undone.at)
    session.execute(delete(Passed).where(*aside))
    session.execute(delete(Statement).where(Statement.ruling_id == undone.id))
    session.execute(delete(SecondLook).where(SecondLook.ruling_id == undone.id, SecondLook.second.is_(None)))
