"""What staff did: one row for each deed, which the database lets nobody change.

A deed begins with the request and is written by the transaction that does it, so that neither is there without the
other. Rows hold ids, numbers and words; what somebody typed stands in side tables that can be erased.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Response, g, request
from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base, new_id
from server.backoffice.access import asked_about, find_signed_in
from server.backoffice.acts.subject import campaign_of
from server.backoffice.acts.typed_words import LONGEST, words_of
from server.backoffice.walls import AREA, READS
from server.clock import utc_now
from server.db import current_session, transaction, write_beside
from server.players.guard import caller_address

MOST_TEXT = 2_000
MOST_KIND, MOST_ID, MOST_WORD, MOST_FIELD = 16, 64, 64, 32
WHY = "why"

Facts = Mapping[str, Any]


class StaffAct(Base):
    """`word` is the deed's endpoint, `address` a keyed hash of where it came from; `brand_id` is None for what is no
    brand's, such as a sign-in. Each index answers one question of an auditor, the newest act first.
    """

    __tablename__ = "staff_act"
    __table_args__ = (
        Index("ix_staff_act_brand_id_at", "brand_id", "at", "id"),
        Index("ix_staff_act_brand_id_staff_id", "brand_id", "staff_id", "at", "id"),
        Index("ix_staff_act_brand_id_word", "brand_id", "word", "at", "id"),
        Index("ix_staff_act_brand_id_staff_id_word", "brand_id", "staff_id", "word", "at", "id"),
        Index("ix_staff_act_campaign_id_at", "campaign_id", "at", "id"),
        Index("ix_staff_act_subject_id_at", "subject_id", "at", "id"),
        Index("ix_staff_act_address_at", "address", "at", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    at: Mapped[datetime]
    staff_id: Mapped[str | None] = mapped_column(String(32))
    brand_id: Mapped[str | None] = mapped_column(String(32))
    campaign_id: Mapped[str | None] = mapped_column(String(32))
    word: Mapped[str] = mapped_column(String(MOST_WORD))
    subject_kind: Mapped[str | None] = mapped_column(String(MOST_KIND))
    subject_id: Mapped[str | None] = mapped_column(String(MOST_ID))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    address: Mapped[str] = mapped_column(String(64))


class ActText(Base):
    """What was typed with a deed, such as its reason."""

    __tablename__ = "act_text"

    act_id: Mapped[str] = mapped_column(ForeignKey("staff_act.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(MOST_FIELD), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class ActWord(Base):
    """A word of what was typed with a deed, so that it is found again; sorted by its letters' codes everywhere."""

    __tablename__ = "act_word"
    __table_args__ = (Index("ix_act_word_word", "word", "act_id"),)

    act_id: Mapped[str] = mapped_column(ForeignKey("staff_act.id"), primary_key=True)
    word: Mapped[str] = mapped_column(
        String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql"), primary_key=True)


@dataclass
class Deed:
    """What is told of a deed until it is written."""

    word: str
    staff_id: str | None
    address: str
    brand_id: str | None = None
    campaign_id: str | None = None
    subject: tuple[str, str] | None = None
    before: Facts | None = None
    after: Facts | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def write(self, session: Session, now: datetime) -> str:
        """Write it down, inside the caller's transaction; the act's id. What it is about tells its campaign and
        brand, where nobody did.
        """
        kind, subject_id = self.subject or (None, None)
        if kind and subject_id and self.campaign_id is None:
            self.campaign_id, brand_id = campaign_of(session, kind, subject_id)
            self.brand_id = self.brand_id or brand_id
        act = StaffAct(id=new_id(), at=now, staff_id=self.staff_id, brand_id=self.brand_id,
                       campaign_id=self.campaign_id, word=self.word[:MOST_WORD], subject_kind=kind and kind[:MOST_KIND],
                       subject_id=subject_id and subject_id[:MOST_ID], before=_plain(self.before),
                       after=_plain(self.after), address=self.address)
        session.add(act)
        session.flush()
        _keep_texts(session, act.id, self.texts)
        return act.id


def _plain(facts: Facts | None) -> dict[str, Any] | None:
    """Facts as JSON holds them; a moment or another value becomes its text."""
    plain: dict[str, Any] | None = json.loads(json.dumps(dict(facts), default=str)) if facts else None
    return plain


def _keep_texts(session: Session, act_id: str, texts: Mapping[str, str]) -> None:
    kept = {name[:MOST_FIELD]: text.replace("\x00", "")[:MOST_TEXT] for name, text in texts.items() if text}
    session.add_all(ActText(act_id=act_id, field=name, text=text) for name, text in kept.items())
    session.add_all(ActWord(act_id=act_id, word=word) for word in words_of(kept.values()))


def begin_act() -> None:
    """Before every request: a deed of the back office begins, and is written with its first transaction."""
    if request.method in READS or request.endpoint is None or not request.path.startswith(f"{AREA}/"):
        return
    asker = find_signed_in()
    g.deed = Deed(request.endpoint, asker.id if asker else None, caller_address())
    write_beside(current_session(), _write)


def tell_act(*, brand_id: str | None = None, subject: tuple[str, str] | None = None, before: Facts | None = None,
             after: Facts | None = None, why: str = "", texts: Mapping[str, str] | None = None,
             staff_id: str | None = None, campaign_id: str | None = None) -> None:
    """Tell what the present deed is about, before the use case does it. `subject` is a kind and an id; `before` and
    `after` hold ids, numbers and words; what was typed goes into `why` and `texts`. `staff_id` is who did it where
    nobody was signed in yet. Brand and campaign need telling only where neither access nor the subject told them.
    """
    deed: Deed = g.deed
    deed.brand_id, deed.campaign_id = brand_id or deed.brand_id, campaign_id or deed.campaign_id
    deed.subject = subject or deed.subject
    deed.before = {**(deed.before or {}), **(before or {})} or None
    deed.after = {**(deed.after or {}), **(after or {})} or None
    deed.texts.update(texts or {})
    deed.staff_id = staff_id or deed.staff_id
    if why:
        deed.texts[WHY] = why


def forget_act() -> None:
    """The present deed is refused, though its answer may be a redirect: what was not written by now never is."""
    if g.pop("deed", None) is not None:
        write_beside(current_session(), None)


def end_act(response: Response) -> Response:
    """After every request: a deed that needed no transaction of its own is written now, a refused one never."""
    session = current_session() if "deed" in g else None
    if session is not None and write_beside(session, None) and response.status_code < 400:
        write_beside(session, _write)
        with transaction(session):
            pass
    return response


def _write(session: Session) -> None:
    deed: Deed = g.deed
    brand_id, campaign_id = asked_about()
    deed.brand_id, deed.campaign_id = deed.brand_id or brand_id, deed.campaign_id or campaign_id
    deed.write(session, utc_now())
