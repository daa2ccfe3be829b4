"""The counts of a year that the Digital Services Act asks for (Article 15): notices, restrictions, appeals, and how
long each took. For whoever runs the house, so that no number is too small to be told.

A year is one of UTC. What the rules turn away at the door is not stored, so not counted; notices, appeals and mutes go
with what they are about when a player is erased, rulings stay.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.comments.comment import RESTRICTED, THE_RULES, CommentState, RulingEntry
from server.comments.desk_rows import Mute
from server.comments.hide_comment import is_hiding
from server.comments.report import Appeal, CommentReport, MuteAppeal
from server.comments.ruling import Reason
from server.comments.ruling_times import quantile
from server.comments.undo_ruling import standing_rulings, states_after

YEARLY_COLUMNS = ("year", "what", "ground", "reason", "by", "outcome", "count", "median_s")
Row = tuple[int, str, str, str, str, str, int, int | None]
Kind = tuple[str, str, str, str, str]  # what, ground, reason, by, outcome
Counted = tuple[Kind, int | None]  # one thing of a kind, and the whole seconds that it took


def yearly_counts(session: Session, year: int) -> list[Row]:
    """The rows of a year under `YEARLY_COLUMNS`, one for each kind of thing that there was; the median over those that
    are over.
    """
    span = (datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    times = defaultdict[Kind, list[int | None]](list)
    for kind, seconds in (*_notices(session, span), *_rulings(session, span), *_mutes(session, span),
                          *_appeals(session, span)):
        times[kind].append(seconds)
    return [(year, *kind, len(took), quantile(sorted(one for one in took if one is not None), 0.5))
            for kind, took in sorted(times.items())]


def _notices(session: Session, span: tuple[datetime, datetime]) -> Iterable[Counted]:
    """What readers told, by when they did."""
    for report in session.scalars(select(CommentReport).where(CommentReport.at >= span[0], CommentReport.at < span[1])):
        outcome = report.outcome.value if report.outcome else "open"
        yield (("notice", _ground(report.reason), report.reason.value, "reader", outcome),
               _took(report.at, report.settled_at))


def _rulings(session: Session, span: tuple[datetime, datetime]) -> Iterable[Counted]:
    """What began to restrict a comment, on a notice or not; and the first rulings of people, which waited."""
    named = select(RulingEntry.comment_id).where(RulingEntry.at >= span[0], RulingEntry.at < span[1])
    entries = session.scalars(select(RulingEntry).where(RulingEntry.comment_id.in_(named))
                              .order_by(RulingEntry.comment_id, RulingEntry.id))
    noticed = {(report.comment_id, report.settled_at) for report in session.execute(
        select(CommentReport.comment_id, CommentReport.settled_at).where(CommentReport.settled_at.is_not(None)))}
    for _, history in groupby(entries, key=lambda entry: entry.comment_id):
        rulings = list(history)
        for entry in _restrictions(rulings):
            if span[0] <= entry.at < span[1]:
                is_noticed = is_hiding(entry) or (entry.comment_id, entry.at) in noticed
                what = "on_notice" if is_noticed else "own_initiative"
                yield (what, _ground(entry.reason), entry.reason.value, _by(entry), "restricted"), None
        yield from ((("first_ruling", "", "", "person", entry.decision.value), seconds)
                    for entry, seconds in _first_rulings(rulings) if span[0] <= entry.at < span[1])


def _restrictions(rulings: Sequence[RulingEntry]) -> list[RulingEntry]:
    """The rulings that refused or hid what stood free before, or refused what was only hidden, and that nobody took
    back. Upholding begins nothing.
    """
    standing = standing_rulings(rulings)
    states = states_after(standing)
    return [entry for entry, earlier, state in zip(standing, (CommentState.HELD, *states), states, strict=False)
            if state in RESTRICTED and (earlier not in RESTRICTED or earlier == CommentState.HIDDEN != state)]


def _first_rulings(rulings: Sequence[RulingEntry]) -> Iterable[tuple[RulingEntry, int | None]]:
    """The first ruling of a person on each text, with what it waited."""
    posted: dict[int, datetime] = {}
    for entry in rulings:
        if entry.ruled_by == THE_RULES:
            posted.setdefault(entry.revision, entry.at)
        elif entry.revision in posted:
            yield entry, _took(posted.pop(entry.revision), entry.at)


def _mutes(session: Session, span: tuple[datetime, datetime]) -> Iterable[Counted]:
    """Authors who were kept from writing, each once, by the last word about them."""
    for mute in session.scalars(select(Mute).where(Mute.at >= span[0], Mute.at < span[1])):
        yield ("mute", _ground(mute.reason), mute.reason.value, "person", "restricted"), None


def _appeals(session: Session, span: tuple[datetime, datetime]) -> Iterable[Counted]:
    """By when they were made, with the reason and the kind of ruling that they are against; those against mutes too."""
    made = select(Appeal, RulingEntry).join(RulingEntry, RulingEntry.id == Appeal.ruling_id)
    for appeal, ruling in session.execute(made.where(Appeal.at >= span[0], Appeal.at < span[1])):
        yield _appeal(appeal, ruling.reason, _by(ruling))
    for objection in session.scalars(select(MuteAppeal).where(MuteAppeal.at >= span[0], MuteAppeal.at < span[1])):
        yield _appeal(objection, objection.reason, "person")


def _appeal(appeal: Appeal | MuteAppeal, reason: Reason, by: str) -> Counted:
    outcome = "open" if appeal.is_upheld is None else "upheld" if appeal.is_upheld else "overturned"
    return ("appeal", _ground(reason), reason.value, by, outcome), _took(appeal.at, appeal.settled_at)


def _ground(reason: str) -> str:
    return "law" if reason == Reason.ILLEGAL else "rules"


def _by(entry: RulingEntry) -> str:
    return "rules" if entry.ruled_by == THE_RULES else "person"


def _took(since: datetime, until: datetime | None) -> int | None:
    return None if until is None else (until - since) // timedelta(seconds=1)
