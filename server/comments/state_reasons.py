"""The statement of reasons that every restriction owes its author (Article 17 of the Digital Services Act): what was
restricted, why, on which ground, by whom, and how to object.

It is written with the restriction, in its transaction, and kept in words: what an author was told stands, whatever the
house's words for a reason or ours for the rest become later. Nobody knows in which language the author reads, so it is
kept in each that the campaign speaks.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.campaigns.campaign import Campaign
from server.comments.comment import RESTRICTED, THE_RULES, Comment, CommentState, RulingEntry
from server.comments.desk_rows import CannedReason
from server.comments.report import MUTE, CommentReport, Statement
from server.comments.ruling import Reason
from server.texts import Texts, program_texts
from server.words import say_date

MEASURE_MUTE = "mute"  # any other measure is the state that the comment is left in
NOTHING_FOUND = (Reason.AWAITS_REVIEW, Reason.FINE, Reason.REPORTED)  # by the rules; the last is readers' word


@dataclass(frozen=True)
class Facts:
    """What a statement says of a restriction. `is_marked`: the rules had found something; `is_reported`: so had
    readers; `is_upheld`: it stands after an appeal; `is_sorted`: a score had put in order what waited.
    """

    measure: str
    is_law: bool
    is_automated: bool
    is_marked: bool = False
    is_reported: bool = False
    is_upheld: bool = False
    is_sorted: bool = False

    @property
    def ground(self) -> str:
        if self.is_law:
            return "law"
        return "doubt" if self.measure == CommentState.HIDDEN else "rules"

    @property
    def ways_here(self) -> list[str]:
        """Who decided, and what had pointed at it; the reason of what readers hid tells of them already."""
        readers_hid = self.is_automated and self.measure == CommentState.HIDDEN
        pointed = {"marked": self.is_marked, "reported": self.is_reported and not readers_hid, "sorted": self.is_sorted}
        return ["by.rules" if self.is_automated else "by.person", *(name for name, is_so in pointed.items() if is_so)]

    @property
    def ways_on(self) -> list[str]:
        """How to object."""
        if self.is_upheld:
            return ["court"]
        return ["appeal", "law"] if self.is_law else ["appeal"]


def state_reasons(session: Session, ruled: Sequence[tuple[Comment, RulingEntry]], *, is_upheld: bool = False,
                  is_sorted: bool = False) -> None:
    """Write the statements of one ruling on one or many comments, those that it restricts; inside the caller's
    transaction and before the reports that led to it are settled.
    """
    restricted = [(comment, entry) for comment, entry in ruled if comment.state in RESTRICTED]
    if not restricted:
        return
    ids = [comment.id for comment, _ in restricted]
    marked, reported = _marked(session, ids, {entry.id for _, entry in restricted}), _reported(session, ids)
    say = _sayer(session, {comment.campaign_id for comment, _ in restricted}, restricted[0][1].reason)
    for comment, entry in restricted:
        facts = Facts(comment.state, comment.state == CommentState.REMOVED_LEGAL, entry.ruled_by == THE_RULES,
                      comment.id in marked, comment.id in reported, is_upheld, is_sorted)
        session.add(Statement(ruling_id=entry.id, comment_id=comment.id, text=say(comment.campaign_id, facts, None),
                              is_law=facts.is_law, is_automated=facts.is_automated, at=entry.at))


def state_mute(session: Session, comment: Comment, reason: Reason, until: datetime, now: datetime, *,
               is_upheld: bool = False, is_sorted: bool = False) -> None:
    """Write the statement of a mute that a comment led to, inside the caller's transaction; a new one replaces it, also
    once the mute stands after an appeal.
    """
    facts = Facts(MEASURE_MUTE, reason == Reason.ILLEGAL, is_automated=False, is_upheld=is_upheld, is_sorted=is_sorted)
    say = _sayer(session, {comment.campaign_id}, reason)
    row = {"comment_id": comment.id, "text": say(comment.campaign_id, facts, until), "is_law": facts.is_law,
           "is_automated": False, "at": now}
    kept = insert_into(session, Statement).values(ruling_id=comment.id + MUTE, **row)
    session.execute(kept.on_conflict_do_update(index_elements=["ruling_id"], set_=row))


def _sayer(session: Session, campaign_ids: Collection[str],
           reason: Reason) -> Callable[[str, Facts, datetime | None], str]:
    """Puts facts into words, in each language of a campaign: the text of a `Statement`."""
    texts = program_texts()
    campaigns = {campaign.id: campaign for campaign in session.scalars(
        select(Campaign).where(Campaign.id.in_(campaign_ids)))}
    house = {(brand_id, locale): text for brand_id, locale, text in session.execute(
        select(CannedReason.brand_id, CannedReason.locale, CannedReason.text).where(CannedReason.reason == reason))}

    def say(campaign_id: str, facts: Facts, until: datetime | None) -> str:
        campaign = campaigns[campaign_id]
        why = {locale: house.get((campaign.brand_id or "", locale)) or _reason(texts, locale, reason)
               for locale in texts.spoken(campaign.locales)}
        return json.dumps({locale: _words(texts, locale, facts, words,
                                          say_date(locale, until, campaign.timezone) if until else None)
                           for locale, words in why.items()}, ensure_ascii=False)

    return say


def _reason(texts: Texts, locale: str, reason: Reason) -> str:
    return texts.of(locale).get(f"reason.{reason}", "")


def _words(texts: Texts, locale: str, facts: Facts, reason: str, until: str | None) -> str:
    """A statement in one language: a line each for what, why, the ground, by whom, how to object."""
    def say(key: str, **places: str) -> str:
        return texts.say(locale, f"statement.{key}", **places)

    measure = say(facts.measure, until=until) if until else say(facts.measure)
    lines = [say("upheld") if facts.is_upheld else "", measure, reason, say(f"ground.{facts.ground}"),
             " ".join(say(key) for key in facts.ways_here), *(say(f"object.{way}") for way in facts.ways_on)]
    return "\n".join(line for line in lines if line)


def _marked(session: Session, ids: Sequence[str], apart_from: Collection[str]) -> set[str]:
    """Those of the comments in whose present text the rules have found something, in other rulings than these."""
    found = (select(RulingEntry.comment_id).join(Comment, Comment.id == RulingEntry.comment_id)
             .where(RulingEntry.comment_id.in_(ids), RulingEntry.ruled_by == THE_RULES,
                    RulingEntry.revision == Comment.revision, RulingEntry.reason.not_in(NOTHING_FOUND),
                    RulingEntry.id.not_in(apart_from)))
    return set(session.scalars(found))


def _reported(session: Session, ids: Sequence[str]) -> set[str]:
    told = (CommentReport.comment_id.in_(ids), CommentReport.settled_at.is_(None))
    return set(session.scalars(select(CommentReport.comment_id).where(*told)))
