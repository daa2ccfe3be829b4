"""A campaign that trusts its authors is switched while one of them posts: after the switch nothing unruled shows."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from server.campaigns.campaign import CommentsMode, look_at_campaign
from server.comments import post_comment as posting
from server.comments.comment import Comment, CommentState
from server.comments.contribution import Sender
from server.comments.post_comment import Posting, post_comment
from server.comments.ruling import Decision, Reason
from server.comments.trust import is_trusted
from server.db import Database, is_sqlite, transaction
from server.errors import Problem
from server.keys import NOBODY
from tests.comments.cast import Cast, Person, cast

__all__ = ["cast"]

NOWHERE = Sender("", None, NOBODY)
AT_ONCE = {True: "PRAGMA busy_timeout=0", False: "SET LOCAL lock_timeout='1ms'"}  # by whether it is SQLite


@pytest.fixture
def alice(cast: Cast) -> Person:
    return trusted(cast)


def trusted(cast: Cast) -> Person:
    """An author of whom five comments are public, in a campaign that trusts."""
    cast.switch(CommentsMode.TRUSTED)
    person = cast.player()
    for number in range(5):
        comment_id = cast.posted(person, f"number {number}")
        if cast.seen(comment_id).state != CommentState.PUBLISHED:
            cast.rule(comment_id, Decision.PUBLISH)
        cast.clock.advance(minutes=11)
    return person


def public(session: Session) -> set[str]:
    return set(session.scalars(select(Comment.id).where(Comment.state == CommentState.PUBLISHED)))


def naive_post(session: Session, cast: Cast, person: Person, meanwhile: Callable[[], None]) -> None:
    """Decides before the transaction what the transaction then does: the control."""
    campaign = look_at_campaign(session, "boss")
    is_public = campaign.comments_mode == CommentsMode.TRUSTED and is_trusted(
        session, campaign.id, person.id, cast.clock())
    meanwhile()
    with transaction(session):
        session.add(Comment(campaign_id=campaign.id, player_id=person.id, text="unseen", reason=Reason.AWAITS_REVIEW,
                            state=CommentState.PUBLISHED if is_public else CommentState.HELD, posted_at=cast.clock(),
                            published_at=cast.clock()))


def test_a_post_that_decides_before_it_writes_shows_unseen_after_the_switch(
        cast: Cast, alice: Person, session: Session) -> None:
    before = public(session)
    naive_post(session, cast, alice, lambda: cast.switch(CommentsMode.PRE))
    assert public(session) - before


def post_across_the_switch(cast: Cast, person: Person, session: Session, mode: CommentsMode) -> Comment:
    """Reads the campaign before the switch and writes after it."""
    campaign = look_at_campaign(session, "boss")
    session.rollback()
    cast.switch(mode)
    return post_comment(session, campaign, person.id, Posting("unseen"), NOWHERE, cast.clock())


def test_who_began_to_post_before_a_person_had_to_look_is_held(cast: Cast, alice: Person, session: Session) -> None:
    assert post_across_the_switch(cast, alice, session, CommentsMode.PRE).state == CommentState.HELD


def test_who_began_to_post_before_comments_were_off_posts_none(cast: Cast, alice: Person, session: Session) -> None:
    before = public(session)
    with pytest.raises(Problem, match="takes no comments"):
        post_across_the_switch(cast, alice, session, CommentsMode.OFF)
    assert public(session) == before


def is_held(database: Database) -> bool:
    """Whether the campaign cannot be switched at this moment without waiting for somebody."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql(AT_ONCE[is_sqlite(database.engine)])
        try:
            connection.exec_driver_sql("UPDATE campaign SET comments_mode = 'pre'")
        except OperationalError:
            return True
        finally:
            connection.invalidate()  # its patience is gone
    return False


def test_from_the_decision_to_the_commit_nobody_switches(
        cast: Cast, alice: Person, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [is_held(cast.database)]

    def look(session: Session, campaign_id: str, player_id: str, now: datetime) -> bool:
        held.append(is_held(cast.database))
        return is_trusted(session, campaign_id, player_id, now)

    monkeypatch.setattr(posting, "is_trusted", look)
    campaign = look_at_campaign(session, "boss")
    comment = post_comment(session, campaign, alice.id, Posting("seen"), NOWHERE, cast.clock())
    assert (held, comment.state) == ([False, True], CommentState.PUBLISHED)
