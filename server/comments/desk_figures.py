"""How the desk as a whole is doing. No figure is about one person, and none compares persons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from server.comments.comment import Comment, RulingEntry
from server.comments.desk_appeals import count_appeals_for_others, count_open_appeals, share_overturned
from server.comments.desk_rows import SecondLook
from server.comments.mute_appeals import count_mute_appeals
from server.comments.of_brands import campaigns_of, is_of
from server.comments.queue import measure_waiting
from server.comments.report import Appeal
from server.comments.ruling_times import quantile, times_to_ruling

SPAN = timedelta(days=30)
ALARM_ABOVE = 0.10  # of the settled appeals: the first rulings are then too hard


@dataclass(frozen=True)
class DeskFigures:
    """Times in whole seconds; shares from 0 to 1; None where there is nothing to count yet. `appeals` are the open
    ones, `for_others` those of them that wait for somebody else than who asks: the only moderator of a house learns
    here that appeals against the own rulings wait.
    """

    waiting: int
    oldest_at: datetime | None
    median_s: int | None
    p95_s: int | None
    appeals: int
    for_others: int
    overturned: float | None
    is_alarming: bool
    agreement: float | None


def desk_figures(session: Session, by: str, brands: Collection[str], now: datetime) -> DeskFigures:
    """The figures of the brands' last 30 days, over their latest 2,000 rulings, as this person is told them."""
    since = now - SPAN
    own, appealed = is_of(brands), exists().where(Comment.id == Appeal.comment_id, is_of(brands))
    times = times_to_ruling(session, RulingEntry.at > since, RulingEntry.campaign_id.in_(campaigns_of(brands)))
    overturned = share_overturned(session, since, appealed)
    appeals = count_open_appeals(session, appealed) + count_mute_appeals(session, brands)
    for_others = count_appeals_for_others(session, by, appealed) + count_mute_appeals(session, brands, by)
    waiting, oldest_at = measure_waiting(session, own)
    return DeskFigures(waiting, oldest_at, quantile(times, 0.5), quantile(times, 0.95), appeals, for_others, overturned,
                       overturned is not None and overturned > ALARM_ABOVE, _agreement(session, since, own))


def _agreement(session: Session, since: datetime, own: ColumnElement[bool]) -> float | None:
    """Of the blind second looks, the share that said what the first ruling said."""
    looks = (select(func.count(), func.count().filter(SecondLook.first == SecondLook.second))
             .where(SecondLook.second.is_not(None), SecondLook.at > since,
                    exists().where(Comment.id == SecondLook.comment_id, own)))
    given, agreed = session.execute(looks).one()
    return agreed / given if given else None
