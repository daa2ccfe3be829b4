"""Reports under a crowd: two third ones hide once; who rules or edits at the same moment wins or is too late."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.comments.comment import Comment, CommentState, find_comment, rulings_on
from server.comments.hide_comment import ENOUGH
from server.comments.report import CommentReport, ReportReason
from server.comments.report_comment import Reader, Report, report_comment
from server.comments.rule_on_comment import Seen, rule_on_many
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.undo_ruling import undo_ruling
from server.db import Database, transaction
from server.errors import Problem
from tests.comments.cast import KEYS
from tests.race.test_rulings import edit, in_turn
from tests.rig.app import add_campaign
from tests.rig.desk import Said, put_comments
from tests.rig.race import PATIENCE_S, Race

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
PUBLISH = Ruling(Decision.PUBLISH, Reason.FINE)
MANY = 12
TOLD = Report(ReportReason.INSULT, "", None, KEYS.legal)


@pytest.fixture
def public(database: Database) -> Seen:
    """Public by the rules alone, with two readers' reports."""
    add_campaign(database, "boss")
    [comment_id] = put_comments(database, [Said("unruled", state=CommentState.PUBLISHED)], NOW)
    with database.sessions() as session:
        for network in ("first", "second"):
            report_comment(session, comment_id, TOLD, Reader(None, network), NOW)
    return Seen(comment_id, 1, 1)


def report_from(network: str, public: Seen) -> Callable[[Session], object]:
    def attempt(session: Session) -> object:
        try:
            return report_comment(session, public.comment_id, TOLD, Reader(None, network), LATER)
        except Problem as problem:
            return problem.code

    return attempt


def naive_report(session: Session, public: Seen, network: str, counted: Barrier) -> bool:
    """Count, then write: the control. Whether it hid the comment."""
    others = select(func.count()).where(CommentReport.comment_id == public.comment_id)
    is_enough = (session.scalar(others) or 0) + 1 >= ENOUGH
    session.rollback()
    counted.wait(PATIENCE_S)
    with transaction(session):
        session.add(CommentReport(id=new_id(), comment_id=public.comment_id, reason=ReportReason.INSULT, text="",
                                  network_hash=network, at=LATER))
        if is_enough:
            session.execute(update(Comment).where(Comment.id == public.comment_id).values(
                state=CommentState.HIDDEN, rulings=Comment.rulings + 1))
    return is_enough


def after(session: Session, public: Seen) -> Comment:
    session.rollback()
    comment = find_comment(session, public.comment_id)
    assert comment is not None
    return comment


def test_two_third_reports_hide_twice_if_we_count_then_write(session: Session, public: Seen, race: Race) -> None:
    counted = Barrier(2)
    attempts = [lambda session, name=name: naive_report(session, public, name, counted) for name in ("third", "fourth")]
    assert race(in_turn(*attempts), players=2) == [True, True]
    assert after(session, public).rulings == public.rulings + 2


def test_many_third_reports_at_once_hide_once_and_all_are_kept(session: Session, public: Seen, race: Race) -> None:
    attempts = [report_from(f"network {number}", public) for number in range(6)]
    receipts = race(in_turn(*attempts), players=6)
    assert len(set(receipts)) == 6
    comment = after(session, public)
    assert (comment.state, comment.rulings) == (CommentState.HIDDEN, public.rulings + 1)
    assert len(rulings_on(session, public.comment_id)) == 2
    assert session.scalar(select(func.count()).select_from(CommentReport)) == 8


def test_after_one_report_two_more_hide_nothing_if_we_count_then_write(session: Session, public: Seen,
                                                                       race: Race) -> None:
    with transaction(session):
        session.execute(delete(CommentReport).where(CommentReport.network_hash == "second"))
    counted = Barrier(2)
    attempts = [lambda session, name=name: naive_report(session, public, name, counted) for name in ("third", "fourth")]
    assert race(in_turn(*attempts), players=2) == [False, False]
    assert session.scalar(select(func.count()).select_from(CommentReport)) == ENOUGH


def test_after_one_report_two_more_at_once_always_hide(database: Database, session: Session, public: Seen,
                                                       race: Race) -> None:
    several = put_comments(database, [Said(f"{n}", state=CommentState.PUBLISHED) for n in range(MANY)], NOW)
    many = [Seen(comment_id, 1, 1) for comment_id in several]

    start = Barrier(2)

    def report_all(network: str) -> Callable[[Session], None]:
        def attempt(session: Session) -> None:
            for one in many:
                start.wait(PATIENCE_S)
                report_from(network, one)(session)

        return attempt

    for one in many:
        report_from("first", one)(session)
    race(in_turn(report_all("second"), report_all("third")), players=2)
    session.rollback()
    states = session.scalars(select(Comment.state).where(Comment.id.in_(several))).all()
    assert states == [CommentState.HIDDEN] * MANY


def test_one_reader_who_reports_many_times_at_once_is_one_and_has_one_receipt(session: Session, public: Seen,
                                                                              race: Race) -> None:
    receipts = race(report_from("second", public), players=6)
    assert len(set(receipts)) == 1
    assert after(session, public).state == CommentState.PUBLISHED


def test_a_hiding_that_names_nothing_hides_a_text_that_nobody_reported(session: Session, public: Seen) -> None:
    """The control of the next two: an edit, or a person's word, between the counting and the hiding."""
    counted = Barrier(1)
    counted.wait()
    assert edit(session, public)
    assert naive_report(session, public, "third", counted)
    assert after(session, public).state == CommentState.HIDDEN


def test_of_an_edit_and_a_third_report_at_once_the_new_text_is_held(session: Session, public: Seen,
                                                                    race: Race) -> None:
    race(in_turn(report_from("third", public), lambda session: edit(session, public)), players=2)
    comment = after(session, public)
    assert (comment.text, comment.state, comment.rulings) in (
        ("edited", CommentState.HELD, 2), ("unruled", CommentState.HIDDEN, 2))


def test_of_a_persons_publication_and_a_third_report_at_once_one_wins(session: Session, public: Seen,
                                                                      race: Race) -> None:
    ruled, _ = sorted(race(in_turn(lambda session: len(rule_on_many(session, [public], PUBLISH, "mona", LATER)),
                                   report_from("third", public)), players=2), key=lambda one: isinstance(one, str))
    comment = after(session, public)
    assert len(rulings_on(session, public.comment_id)) == 2
    assert comment.state == (CommentState.PUBLISHED if ruled else CommentState.HIDDEN)
    assert comment.ruled_revision == (1 if ruled else None)


def test_an_undo_and_a_third_report_at_once_hide_it_once(session: Session, public: Seen, race: Race) -> None:
    """Whichever comes first: once no person's word stands, three readers' does."""
    ruling = rule_on_many(session, [public], PUBLISH, "mona", LATER)[public.comment_id]
    ruled = Seen(public.comment_id, 1, 2)
    race(in_turn(report_from("third", public), lambda session: undo_ruling(session, ruled, ruling, "mona", LATER)),
         players=2)
    assert after(session, public).state == CommentState.HIDDEN
    assert [entry.reason for entry in rulings_on(session, public.comment_id)].count(Reason.REPORTED) == 1
