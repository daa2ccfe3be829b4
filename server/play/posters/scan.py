"""A scan: what its code names, whether it unlocks anything now, and one more in the day's count."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from prizes.db import insert_into
from server.campaigns.campaign import Campaign, CampaignState
from server.db import transaction
from server.play.posters.code import Mark, code_of, read_code
from server.play.posters.poster import Poster, PosterDay, PosterKind, Standing, find_poster

# Who fetches an address to draw a card of it, or before anybody asked: no person has scanned anything. The apps' own
# browsers carry the names of their networks too, and one maker's phones are called Cubot: those are people.
_PREVIEW = re.compile(r"(?<!cu)bot\b|crawl|spider|preview|facebookexternalhit|facebookcatalog|whatsapp/|pinterest/0|"
                      r"slack-img|embedly|curl/|wget/|python|headless", re.IGNORECASE)
_FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


@dataclass(frozen=True)
class Scan:
    """A code that we signed, with its poster and campaign."""

    mark: Mark
    poster: Poster
    campaign: Campaign
    standing: Standing


def find_scan(session: Session, key: bytes, typed: str, now: datetime) -> Scan | None:
    """What a code leads to; None for an invented one (no database is asked), and for one of a draft."""
    mark = read_code(key, typed)
    poster = None if mark is None else find_poster(session, mark.number)
    if mark is None or poster is None or not _has_copy(poster, mark.copy):
        return None
    campaign = session.get_one(Campaign, poster.campaign_id)
    if campaign.state == CampaignState.DRAFT:
        return None
    return Scan(mark, poster, campaign, poster.standing(campaign, now))


def find_greeting(session: Session, key: bytes, campaign: Campaign, typed: str, now: datetime) -> Scan | None:
    """The scan by which somebody has come to a campaign's page, if it is one of that campaign's."""
    scan = find_scan(session, key, typed, now) if typed else None
    return scan if scan is not None and scan.campaign.id == campaign.id else None


def greeting_as_json(key: bytes, scan: Scan) -> dict[str, object]:
    """What the page is told: the code to send, and what it may unlock."""
    is_live = scan.standing == Standing.LIVE
    return {"code": code_of(key, scan.mark), "bonus": scan.poster.bonus if is_live else 0,
            "scene": is_live and scan.poster.scene is not None}


def is_person(method: str, headers: Headers) -> bool:
    """Whether a request is likely somebody's scan: no HEAD, no link preview, nothing fetched ahead."""
    ahead = any("prefetch" in headers.get(name, "").lower() or "preview" in headers.get(name, "").lower()
                for name in _FETCHED_AHEAD)
    return method == "GET" and not ahead and _PREVIEW.search(headers.get("User-Agent", "")) is None


def count_scan(session: Session, scan: Scan, now: datetime) -> None:
    """One more in the day's row; the same phone twice counts twice, since nothing is kept to tell phones apart."""
    with transaction(session):
        first = insert_into(session, PosterDay).values(poster_id=scan.poster.id, day=scan.campaign.day(now),
                                                       scans=1, unlocks=0)
        session.execute(first.on_conflict_do_update(index_elements=["poster_id", "day"],
                                                    set_={"scans": PosterDay.scans + 1}))


def _has_copy(poster: Poster, copy: int) -> bool:
    return 1 <= copy <= poster.codes if poster.kind == PosterKind.PACK else copy == 0
