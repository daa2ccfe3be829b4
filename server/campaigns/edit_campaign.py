"""Changing a part of a campaign as a form says it: through the same strict checks as a file, and never over a change
that the form has not seen.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.prize import Prize
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.compare import Part, differences, flatten, mark_of
from server.campaigns.draft_file import Draft, read_table
from server.campaigns.load_draft import load_within
from server.campaigns.publish import SealedCampaign, lock_campaign
from server.campaigns.save_draft import prize_keys, table_of
from server.campaigns.strict_table import BadDraft
from server.campaigns.theme import Theme
from server.campaigns.version import NOBODY, SavedBy, keep_version
from server.db import transaction

Table = dict[str, Any]
OPEN_KEYS = ("titles", "theme", "comments", "banned_words", "allowed_words", "framed_by")  # after publishing too
MOST_FAULTS = 20  # that one answer tells
NO_THEMES: Mapping[str, Theme] = {}  # a theme is written out here
STUB = {"kind": "badge", "names": {"en": "?"}, "value_cents": 0, "unlimited": True}  # for a prize that cannot be read


class ChangedMeanwhile(Exception):
    """Somebody changed the same part after the form was opened; `there` is the campaign's table as it is now."""

    def __init__(self, there: Table) -> None:
        super().__init__("somebody changed this part after the form was opened")
        self.there = there


@dataclass(frozen=True)
class Edit:
    """A change of one part. `seen` is the mark of the part as the form showed it; `apply` makes the table that the form
    wants of the one that is there, which it may change.
    """

    part: Part
    seen: str
    apply: Callable[[Table], Table]
    locales: Sequence[str]


@dataclass(frozen=True)
class Saved:
    """The version that is there now, and the paths that changed."""

    version: int
    changed: list[str]


def save_edit(session: Session, slug: str, edit: Edit, by: str, now: datetime) -> Saved:
    """Store an edit and keep a version of it.

    Raises ChangedMeanwhile; BadDraft; SealedCampaign for what does not change after publishing. Nothing is kept then.
    """
    with transaction(session):
        campaign = lock_campaign(session, slug)
        _give_keys(session, campaign)
        there = table_of(session, campaign)
        if mark_of(there, edit.part) != edit.seen:
            raise ChangedMeanwhile(there)
        return store_table(session, campaign, there, edit.apply(copy.deepcopy(there)), edit.locales,
                           SavedBy(edit.part.value), by, now)


def store_table(session: Session, campaign: Campaign, there: Table, wanted: Table, locales: Sequence[str],
                saved_by: SavedBy, by: str, now: datetime) -> Saved:
    """Make a campaign, whose row is held, what a table says. `there` is what it is: kept first, if no version knows it.

    Raises BadDraft, SealedCampaign.
    """
    keep_version(session, campaign, SavedBy.ELSEWHERE, NOBODY, now)
    draft = read_table(wanted, NO_THEMES, locales)
    if campaign.state == CampaignState.DRAFT:
        campaign = load_within(session, draft, now, campaign.brand_id)
    else:
        _store_open(campaign, there, wanted, draft)
    number = keep_version(session, campaign, saved_by, by, now)
    after = table_of(session, campaign)
    return Saved(number, [one.path for one in differences(flatten(there), flatten(after))])


def _store_open(campaign: Campaign, there: Table, wanted: Table, draft: Draft) -> None:
    """What a published campaign may still change; its languages stay, for its prizes have names in them."""
    for one in differences(flatten(there), flatten(wanted)):
        if one.path.partition(".")[0] not in OPEN_KEYS:
            raise SealedCampaign(f"{campaign.slug} was published: {one.path} does not change any more.")
    if set(there["titles"]) != set(wanted["titles"]):
        raise BadDraft("titles: the languages of a published campaign stay", "titles", "languages_stay")
    campaign.titles, campaign.theme, campaign.comments_mode = draft.titles, draft.theme.as_json(), draft.comments
    campaign.banned_words, campaign.allowed_words = draft.banned_words, draft.allowed_words
    campaign.framed_by = draft.framed_by


def _give_keys(session: Session, campaign: Campaign) -> None:
    """A prize that came without a file gets the key that the file would give it, or loading would make it anew."""
    if campaign.sealed_at is None:
        prizes = list(session.scalars(select(Prize).where(Prize.campaign_id == campaign.id)
                                      .order_by(Prize.created_at, Prize.id)))
        names = prize_keys(prizes)
        for prize in prizes:
            prize.key = names[prize.id]


def faults_of(wanted: Table, fallback: Table, locales: Sequence[str]) -> list[BadDraft]:
    """All that the strict reader has against a table: after each fault it reads on, with what was there before."""
    table, faults = copy.deepcopy(wanted), list[BadDraft]()
    while len(faults) < MOST_FAULTS:
        try:
            read_table(table, NO_THEMES, locales)
        except BadDraft as fault:
            is_known = any(fault.key == known.key for known in faults)
            if not is_known:
                faults.append(fault)
            if not _give_back(table, fallback, fault.key, whole=is_known):
                break
        else:
            break
    return faults


def _give_back(table: Table, fallback: Table, key: str, *, whole: bool) -> bool:
    """Put what was there before in place of what is wrong, and a stub in place of a prize when that did not help."""
    top, _, number = key.partition(" ")
    if top == "prizes" and number:
        place = int(number.partition(".")[0].partition(" ")[0]) - 1
        table["prizes"][place] = {"key": f"stub-{place}", **STUB}
        return True
    steps = key.split(".")[:1] if whole else key.split(".")
    holder, before = table, fallback
    for step in steps[:-1]:
        if not isinstance(holder.get(step), dict) or not isinstance(before.get(step), dict):
            return key != steps[0] and _give_back(table, fallback, steps[0], whole=True)
        holder, before = holder[step], before[step]
    last = steps[-1].partition(" ")[0]
    if last not in before:
        return holder.pop(last, None) is not None
    is_same = holder.get(last) == before[last]
    holder[last] = copy.deepcopy(before[last])
    return not is_same
