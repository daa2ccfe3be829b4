"""From the outbox to the rooms: what changed since the last look becomes one message a campaign."""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import live
from server.campaigns.campaign import Campaign, CommentsMode
from server.clock import Clock
from server.comments.list_comments import published_by_id
from server.comments.show_comment import Reading
from server.db import Database
from server.outbox import Line, Tail
from server.play.about_comments import laurels_of
from server.play.public_campaign import live_standings, prizes_left, shared_life

log = logging.getLogger(__name__)


@dataclass
class Announcer:
    """Follows the outbox for one process. Any process may write it, `popshot` too; each tells its own sockets."""

    database: Database
    clock: Clock
    tail: Tail = field(default_factory=Tail)

    def look(self) -> None:
        """Tell every room in use what changed; a failed look is logged and the next one goes on."""
        try:
            with self.database.sessions() as session:
                lines = self.tail.read(session, self.clock())
                if lines:
                    self._tell(session, lines)
        except Exception:  # whatever it was: an error let through ends the loop for good, in silence
            log.exception("the rooms could not be told; the next look goes on from there")

    def _tell(self, session: Session, lines: list[Line]) -> None:
        by_campaign: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            by_campaign[line.campaign_id].append(line)
        in_use = live.rooms_in_use()
        for campaign in session.scalars(select(Campaign).where(Campaign.id.in_(by_campaign))):
            if campaign.slug in in_use:
                live.tell_room(campaign.slug, fold(session, campaign, by_campaign[campaign.id], self.clock()))


def fold(session: Session, campaign: Campaign, lines: list[Line], now: datetime) -> dict[str, Any]:
    """One message for many changes: each topic's present, of comments the texts of public ones alone."""
    topics = {line.topic for line in lines}
    update: dict[str, Any] = {}
    if "standings" in topics:
        update["standings"] = live_standings(session, campaign)
    if "life" in topics:
        update |= shared_life(session, campaign, now)
    if "prizes" in topics or "life" in topics:  # a step of the life may have released some
        update["prizes"] = prizes_left(session, campaign, campaign.locales[0], now)
    if "comments" in topics:
        update |= _comments(session, campaign, [line.subject_id for line in lines if line.topic == "comments"])
    return update


def _comments(session: Session, campaign: Campaign, changed: list[str]) -> dict[str, Any]:
    """The public ones of the comments that changed, and the ids alone of those that are not, or no longer, public:
    who shows one of them takes it away, who wrote one of them asks for its ruling. Where comments were switched off,
    none is public.
    """
    reading = Reading(campaign.id, campaign.locales[0], laurels_of)
    public = published_by_id(session, reading, changed) if campaign.comments_mode != CommentsMode.OFF else []
    shown = {comment["id"] for comment in public}
    return {"comments": public, "rulings": [one for one in dict.fromkeys(changed) if one not in shown]}
