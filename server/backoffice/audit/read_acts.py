"""Acts of staff as an auditor asks for them, the newest first, out of an index whatever is asked.

What an auditor may see is what was done for their brands, and what was done for no brand (a sign-in, say) by somebody
who is staff of one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, tuple_, union_all
from sqlalchemy.orm import Session

from server.backoffice.acts.act import ActText, ActWord, StaffAct
from server.backoffice.acts.typed_words import LAST
from server.backoffice.staff.person import Membership
from server.comments.place import Place

PAGE = 50
FEW = 2_000  # acts with a word: so many are sorted at once, of more the newest are walked through

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Asked:
    """What is looked for. `words` are the kinds of act, `key` is the id of an act or of what it was done to, or the
    hash of where it came from; `typed` are words that its texts hold; [since, until) is a span.
    """

    brands: Sequence[str]
    staff_id: str | None = None
    words: Sequence[str] = ()
    campaign_id: str | None = None
    key: str | None = None
    typed: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Noted:
    """An act, and what was typed with it, by field."""

    act: StaffAct
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return Place(self.act.at, self.act.id)


@dataclass(frozen=True)
class Page:
    """`next` is where the following page begins; None on the last one."""

    lines: list[Noted]
    next: Place | None


def read_acts(session: Session, asked: Asked, after: Place | None = None, most: int = PAGE) -> Page:
    """A page of the acts that are asked for, the newest first."""
    rare = _rarest(session, asked)
    arms = _arms(asked) if rare is None else [and_(StaffAct.id.in_(rare), _is_visible(asked), *_told(asked))]
    lines = _newest(session, [and_(arm, _within(asked, after), *_typed(asked)) for arm in arms], most + 1)
    return Page(lines[:most], lines[most - 1].place if len(lines) > most else None)


def find_act(session: Session, brands: Sequence[str], act_id: str) -> Noted | None:
    """One act that may be seen by auditors of some brands."""
    act = session.scalar(select(StaffAct).where(StaffAct.id == act_id, _is_visible(Asked(brands))))
    return Noted(act, _texts(session, [act.id]).get(act.id, {})) if act else None


def colleagues(session: Session, brands: Sequence[str]) -> list[str]:
    """The ids of who is staff of some brands."""
    return list(session.scalars(select(Membership.staff_id).where(Membership.brand_id.in_(brands)).distinct()))


def _newest(session: Session, arms: Sequence[Condition], most: int) -> list[Noted]:
    """Each arm is read in the order of its own index, and no further than the page needs."""
    limbs = [select(StaffAct.id, StaffAct.at).where(arm).order_by(StaffAct.at.desc(), StaffAct.id.desc()).limit(most)
             .subquery() for arm in arms]
    if not limbs:
        return []
    found = union_all(*(select(limb) for limb in limbs)).subquery()
    acts = session.scalars(select(StaffAct).where(StaffAct.id.in_(
        select(found.c.id).order_by(found.c.at.desc(), found.c.id.desc()).limit(most)))).all()
    texts = _texts(session, [act.id for act in acts])
    ordered = sorted(acts, key=lambda act: (act.at, act.id), reverse=True)
    return [Noted(act, texts.get(act.id, {})) for act in ordered]


def _texts(session: Session, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for text in session.scalars(select(ActText).where(ActText.act_id.in_(ids)).order_by(ActText.field)):
        texts.setdefault(text.act_id, {})[text.field] = text.text
    return texts


def _arms(asked: Asked) -> Iterator[Condition]:
    """One for each brand and kind of act: an index answers each in order, which it could not for an OR of them."""
    told = [StaffAct.campaign_id == asked.campaign_id] if asked.campaign_id else []
    told += [StaffAct.staff_id == asked.staff_id] if asked.staff_id else []
    places = [StaffAct.brand_id == brand_id for brand_id in asked.brands]
    if not asked.campaign_id:
        places.append(_is_colleagues(asked.brands))
    if asked.key:  # far fewer have it than are a brand's: its own index is the one to read
        return (and_(key, _is_visible(asked), *_told(replace(asked, key=None))) for key in _keys(asked.key))
    words = [StaffAct.word == word for word in asked.words] or [true()]
    return (and_(place, word, *told) for place in places for word in words)


def _told(asked: Asked) -> Iterator[Condition]:
    """What is asked, as conditions that may be met by reading each act."""
    if asked.words:
        yield StaffAct.word.in_(asked.words)
    if asked.campaign_id:
        yield StaffAct.campaign_id == asked.campaign_id
    if asked.staff_id:
        yield StaffAct.staff_id == asked.staff_id
    if asked.key:
        yield or_(*_keys(asked.key))


def _keys(key: str) -> list[Condition]:
    """Disjoint: an act that is found by two of them is counted once."""
    is_it, is_about = StaffAct.id == key, StaffAct.subject_id == key
    return [is_it, is_about, StaffAct.address == key]


def _is_visible(asked: Asked) -> Condition:
    """No index is meant to answer it: few acts are left to look at."""
    return or_(func.coalesce(StaffAct.brand_id, "").in_(asked.brands), _is_colleagues(asked.brands))


def _is_colleagues(brands: Sequence[str]) -> Condition:
    staff = select(Membership.staff_id).where(Membership.brand_id.in_(brands))
    return and_(StaffAct.brand_id.is_(None), StaffAct.staff_id.in_(staff))


def _within(asked: Asked, after: Place | None) -> Condition:
    bounds = [] if asked.since is None else [StaffAct.at >= asked.since]
    if asked.until is not None:
        bounds.append(StaffAct.at < asked.until)
    if after is not None:
        bounds.append(tuple_(StaffAct.at, StaffAct.id) < tuple_(after.at, after.comment_id))
    return and_(true(), *bounds)


def _typed(asked: Asked) -> Iterator[Condition]:
    for word in asked.typed:
        yield exists().where(ActWord.act_id == StaffAct.id, _begins(word))


def _begins(word: str) -> Condition:
    return and_(ActWord.word >= word, ActWord.word < word + LAST)


def _rarest(session: Session, asked: Asked) -> list[str] | None:
    """The acts with that word of the asked ones that fewest have; None when no word is asked, or none is rare."""
    for word in asked.typed:
        ids = session.scalars(select(ActWord.act_id).where(_begins(word)).distinct().limit(FEW + 1)).all()
        if len(ids) <= FEW:
            return list(ids)
    return None
