"""The page that everybody asks for, kept as bytes: asking costs one look at the feed's version and no more.

A page is kept under the version that was read before it, so what is kept is never older than its version says. Scores
and badges beside the authors' names are play's and move no version: they are at most `LAURELS_FOR` old.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import brotli
import orjson
from flask import Response, request
from sqlalchemy import Engine, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, CampaignState, CommentsMode
from server.comments.desk_rows import Feed
from server.errors import Problem
from server.plain import Plain

LAURELS_FOR = timedelta(seconds=30)
MOST_PAGES = 400  # of about 8 KB each
BROTLI_LEVEL = 5
ORIGINS = "popshot.origins"  # where in the environment the gate listens; no header comes by such a name

FACTS = Plain(
    select(Campaign.id, Campaign.state, Campaign.comments_mode,
           func.coalesce(Feed.version, literal_column("0")))
    .outerjoin(Feed, Feed.campaign_id == Campaign.id).where(Campaign.slug == bindparam("slug")))


@dataclass(frozen=True)
class Facts:
    """What the list must know before it looks at a comment."""

    campaign_id: str
    takes_comments: bool
    version: int


class Origin(NamedTuple):
    """What an answer was made from: until `until`, and no longer than these are the facts, is it the present one."""

    slug: str
    facts: Facts
    until: datetime


def feed_facts(session: Session, slug: str) -> Facts:
    """Read in one statement. Raises Problem campaign_not_found, for a draft too."""
    facts = _as_facts(FACTS.run(session, slug=slug))
    if facts is None:
        raise Problem("campaign_not_found", "There is no campaign at this address.")
    return facts


def facts_now(engine: Engine, slug: str) -> Facts | None:
    """The same on a connection of its own; None for a draft, and for none."""
    return _as_facts(FACTS.look(engine, slug=slug))


def _as_facts(rows: list[Sequence[Any]]) -> Facts | None:
    if not rows:
        return None
    [(campaign_id, state, mode, version)] = rows
    return None if state == CampaignState.DRAFT else Facts(campaign_id, mode != CommentsMode.OFF, version)


@dataclass
class Kept:
    """`packed` is made when somebody first asks for it."""

    version: int
    until: datetime
    body: bytes
    packed: bytes | None = None


@dataclass
class FirstPages:
    """First pages by (campaign, order, language). One a process; the oldest go first when there are too many."""

    kept: dict[tuple[str, str, str], Kept] = field(default_factory=dict)

    def page(self, facts: Facts, order: str, locale: str, now: datetime, make: Callable[[], Any]) -> Kept:
        """The page of the version that was just read; `make` gives its content when it is not here."""
        key = (facts.campaign_id, order, locale)
        found = self.kept.get(key)
        if found is not None and found.version == facts.version and now < found.until:
            return found
        fresh = Kept(facts.version, now + LAURELS_FOR, orjson.dumps(make()))
        self.kept.pop(key, None)
        self.kept[key] = fresh
        while len(self.kept) > MOST_PAGES:
            self.kept.pop(next(iter(self.kept)), None)
        return fresh


def answer_page(slug: str, facts: Facts, page: Kept) -> Response:
    """The page as an answer, packed for who can unpack it; the gate hears what it was made from."""
    request.environ.get(ORIGINS, []).append(Origin(slug, facts, page.until))
    if request.accept_encodings["br"] <= 0:
        response = Response(page.body, mimetype="application/json")
    else:
        page.packed = page.packed or brotli.compress(page.body, quality=BROTLI_LEVEL)
        response = Response(page.packed, mimetype="application/json")
        response.headers["Content-Encoding"] = "br"
    response.headers["Vary"] = "Accept-Encoding"
    return response
