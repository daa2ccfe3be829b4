"""The desk's queue: what waits for a person, alarms first, then the oldest, a page at a time, without what this person
set aside.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from server.comments.alarm import OPEN, is_alarmed, open_alarms
from server.comments.comment import Comment, CommentState
from server.comments.desk_rows import Passed, SecondLook
from server.comments.of_brands import campaigns_of, is_of
from server.comments.place import Place, read_cursor
from server.comments.report import Appeal, CommentReport
from server.comments.rule_on_comment import WAITING
from server.comments.second_look import awaits_second_look
from server.comments.settle_appeal import is_by
from server.db import is_sqlite
from server.errors import Problem
from server.players.player import Player

PAGE = 50
NOWHERE = (CommentState.TAKEN_BACK,)
# `state = 'published'` would make SQLite walk through all that is public instead of the few open reports.
NOT_PUBLIC = tuple(state for state in CommentState if state != CommentState.PUBLISHED)
NEITHER = tuple(state for state in NOT_PUBLIC if state != CommentState.HELD)  # public nor held, in the same way
MOST_WORDS = 8
MANY = 20_000  # comments


class View(StrEnum):
    """Which part of it: all that waits, what readers reported, what this person set aside."""

    WAITING = "waiting"
    REPORTED = "reported"
    ASIDE = "aside"


def read_place(cursor: str) -> Place:
    """The place in the queue that a cursor of ours names; raises Problem malformed for any other text."""
    place = read_cursor(cursor, "after")
    if place.liked is not None:
        raise Problem("malformed", "`after` is a cursor of another list.")
    return place


@dataclass(frozen=True)
class Waiting:
    """A line of the queue; `alias` is None for an erased player."""

    comment: Comment
    alias: str | None

    @property
    def place(self) -> Place:
        return Place(self.comment.posted_at, self.comment.id)


@dataclass(frozen=True)
class Page:
    """`next` is where the following page begins; None on the last one."""

    lines: list[Waiting]
    next: Place | None


def read_queue(session: Session, view: View, by: str, brands: Collection[str], after: Place | None = None,
               most: int = PAGE) -> Page:
    """A page of what waits under these brands for this person, the oldest first. All alarms stand above the first one,
    the oldest alarm first, and nowhere else.
    """
    own = and_(is_of(brands), ~is_alarmed())
    page = _read(session, [and_(condition, own) for condition in _conditions(view, by)], after, most)
    return page if after is not None else Page([*_alarms(session, view, by, brands), *page.lines], page.next)


def read_all_waiting(session: Session, most: int) -> Page:
    """A page of what waits for anybody, whoever ruled on it or set it aside; the oldest first."""
    return _read(session, _whatever_waits(), None, most)


def read_alarms(session: Session) -> list[Waiting]:
    """The comments with an open alarm, the oldest alarm first."""
    ids = open_alarms(session)
    return _page(session, ids, len(ids)).lines


def _read(session: Session, conditions: Iterable[ColumnElement[bool]], after: Place | None, most: int) -> Page:
    arms = [_oldest(condition, after, most + 1) for condition in conditions]
    found = union_all(*(select(arm) for arm in arms)).subquery()
    ids = select(found.c.id).distinct().order_by(found.c.posted_at, found.c.id).add_columns(found.c.posted_at)
    return _page(session, [row.id for row in session.execute(ids.limit(most + 1))], most)


def _alarms(session: Session, view: View, by: str, brands: Collection[str]) -> list[Waiting]:
    aside = _is_aside(by) if view == View.ASIDE else ~_is_aside(by)
    own = and_(Comment.state == CommentState.APPEALED, ~_is_appealed_against_others(by))  # not this person's to decide
    alarmed = open_alarms(session, is_of(brands))
    there = (Comment.id.in_(alarmed), Comment.state.not_in(NOWHERE), ~own, aside)
    shown = set(session.scalars(select(Comment.id).where(*there)))
    return _page(session, [one for one in alarmed if one in shown], len(alarmed)).lines


def search_comments(session: Session, words: str, brands: Collection[str], before: Place | None = None,
                    most: int = PAGE) -> Page:
    """Comments of these brands in any state that hold every word, in the text or the author's alias, or whose id it is;
    the newest first.
    """
    asked = words.split()[:MOST_WORDS]
    found = (select(Comment.id).join(Player, Player.id == Comment.player_id)
             .where(Comment.state.not_in(NOWHERE), _is_under(session, brands),
                    *(_holds(session, word) for word in asked))
             .order_by(Comment.posted_at.desc(), Comment.id.desc()).limit(most + 1))
    if before is not None:
        found = found.where(tuple_(Comment.posted_at, Comment.id) < tuple_(before.at, before.comment_id))
    return _page(session, list(session.scalars(found)), most)


def measure_waiting(session: Session, *which: ColumnElement[bool]) -> tuple[int, datetime | None]:
    """How many comments that meet the conditions wait for anybody, whoever set them aside, and when the one was posted
    that has waited longest.
    """
    count, oldest = 0, list[datetime]()
    for condition in (Comment.state.in_(WAITING), _is_reported()):
        asked = select(func.count(), func.min(Comment.posted_at)).where(condition, *which)
        waiting, first = session.execute(asked).one()
        count += waiting
        oldest += [first] if waiting else []
    return count, min(oldest, default=None)


def _whatever_waits() -> Iterator[ColumnElement[bool]]:
    yield from (Comment.state == state for state in WAITING)
    yield _is_reported()


def _conditions(view: View, by: str) -> list[ColumnElement[bool]]:
    """Each can be answered from an index in the order of the queue, which one OR of them all could not."""
    aside = _is_aside(by)
    if view == View.ASIDE:
        return [and_(Comment.state.in_(WAITING), aside), and_(_is_reported(), aside)]
    if view == View.REPORTED:
        return [and_(_has_open_report(), Comment.state.not_in(NEITHER), ~aside),
                and_(Comment.state == CommentState.HIDDEN, ~aside),
                and_(_is_appealed_against_others(by), ~aside)]
    asked_again = and_(Comment.id.in_(select(SecondLook.comment_id).where(SecondLook.second.is_(None))),
                       exists().where(awaits_second_look(by)), Comment.state.not_in((*NOWHERE, *WAITING)), ~aside)
    return [and_(Comment.state == CommentState.HELD, ~aside), and_(Comment.state == CommentState.HIDDEN, ~aside),
            and_(_is_appealed_against_others(by), ~aside), and_(_is_reported(), ~aside), asked_again]


def _is_reported() -> ColumnElement[bool]:
    """Public, and a reader said that it should not be. A held one waits anyway."""
    return and_(_has_open_report(), Comment.state.not_in(NOT_PUBLIC))


def _has_open_report() -> ColumnElement[bool]:
    return Comment.id.in_(select(CommentReport.comment_id).where(CommentReport.settled_at.is_(None)))


def _is_appealed_against_others(by: str) -> ColumnElement[bool]:
    """An appeal goes to another person than who made the ruling that it is against."""
    own = exists().where(Appeal.comment_id == Comment.id, Appeal.settled_at.is_(None), is_by(by))
    return and_(Comment.state == CommentState.APPEALED, ~own)


def _is_aside(by: str) -> ColumnElement[bool]:
    """Passed on by this person since its last change, and since the last alarm."""
    changed_at = func.coalesce(Comment.edited_at, Comment.posted_at)
    alarm_since = exists().where(CommentReport.comment_id == Comment.id, OPEN, CommentReport.at > Passed.at)
    return exists().where(Passed.comment_id == Comment.id, Passed.by == by, Passed.at >= changed_at, ~alarm_since)


def _oldest(condition: ColumnElement[bool], after: Place | None, most: int) -> Subquery:
    found: Select[str, datetime] = select(Comment.id, Comment.posted_at).where(condition)
    if after is not None:
        found = found.where(tuple_(Comment.posted_at, Comment.id) > tuple_(after.at, after.comment_id))
    return found.order_by(Comment.posted_at, Comment.id).limit(most).subquery()


def _is_under(session: Session, brands: Collection[str]) -> ColumnElement[bool]:
    """Stands under a campaign of these brands. Who has many comments gets them on SQLite by one walk over the table,
    which reads less than the index of the campaigns: that one does not know `coalesce`.
    """
    own = is_of(brands)
    if is_sqlite(session.get_bind().engine) and session.scalar(select(Comment.id).where(own).offset(MANY).limit(1)):
        return func.coalesce(Comment.campaign_id, "").in_(campaigns_of(brands))
    return own


def _holds(session: Session, word: str) -> ColumnElement[bool]:
    """In any case of its letters. SQLite folds a-z only: of a word with others the usual spellings are asked for one by
    one. Aliases have no others.
    """
    is_folded = word.isascii() and is_sqlite(session.get_bind().engine)
    spellings = {word} if is_folded else {word, word.lower(), word.upper(), word.capitalize()}
    texts = (_like(session, Comment.text, spelling) for spelling in sorted(spellings))
    return or_(Comment.id == word, *texts, _like(session, Player.alias, word))


def _like(session: Session, column: InstrumentedAttribute[Any], word: str) -> ColumnElement[bool]:
    """The column contains the word. SQLite's LIKE knows no case; ILIKE would call lower() there for each row."""
    like = column.like if is_sqlite(session.get_bind().engine) else column.ilike
    return like(f"%{_literal(word)}%", escape="\\")


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _page(session: Session, ids: list[str], most: int) -> Page:
    rows = session.execute(select(Comment, Player.alias).join(Player, Player.id == Comment.player_id)
                           .where(Comment.id.in_(ids)))
    by_id = {comment.id: Waiting(comment, alias) for comment, alias in rows}
    lines = [by_id[comment_id] for comment_id in ids if comment_id in by_id]
    return Page(lines[:most], lines[most - 1].place if len(lines) > most else None)
