"""The version of what is public under a campaign: whoever changes that, changes the version in the same transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from prizes.db import insert_into
from server import outbox
from server.comments.comment import Comment
from server.comments.desk_rows import Feed

TOPIC = "comments"


def touch_feed(session: Session, campaign_id: str) -> None:
    """Say that something public under a campaign changes, inside the caller's transaction and after its other writes:
    everybody who changes the same feed waits for this row.
    """
    first = insert_into(session, Feed).values(campaign_id=campaign_id, version=1)
    session.execute(first.on_conflict_do_update(index_elements=["campaign_id"], set_={"version": Feed.version + 1}))


def tell_of_changes(session: Session, comments: Collection[Comment], now: datetime) -> None:
    """Let readers' pages and rooms hear of comments that are, or were, public; inside the caller's transaction and
    once, after all its other writes: who takes a feed's row and then waits for a comment's can wait in a circle.
    """
    for comment in comments:
        outbox.tell(session, comment.campaign_id, TOPIC, comment.id, now)
    for campaign_id in sorted({comment.campaign_id for comment in comments}):
        touch_feed(session, campaign_id)


def tell_of_change(session: Session, comment: Comment, now: datetime) -> None:
    """The same for one."""
    tell_of_changes(session, [comment], now)
