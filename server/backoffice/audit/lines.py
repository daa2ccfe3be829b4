"""Acts as the log shows them: a sentence each, with names in place of ids while there are any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.backoffice.acts.act import WHY
from server.backoffice.audit.changes import Change, changes
from server.backoffice.audit.read_acts import Noted
from server.backoffice.staff.person import names_of
from server.campaigns.brand import Brand
from server.campaigns.campaign import Campaign

ACT = "act."  # what a text about an act begins with


@dataclass(frozen=True)
class Line:
    """An act in words. `who` is None for somebody without a name: erased, or never signed in."""

    noted: Noted
    what: str
    who: str | None
    brand: str | None
    campaign: Campaign | None
    changes: list[Change] = field(default_factory=list)

    @property
    def act(self) -> Any:
        return self.noted.act

    @property
    def desk(self) -> str:
        """The desk where it was done, which the name of the act begins with."""
        return str(self.act.word).partition(".")[0]

    @property
    def why(self) -> str:
        return self.noted.texts.get(WHY, "")

    @property
    def texts(self) -> dict[str, str]:
        """What was typed besides the reason."""
        return {name: text for name, text in self.noted.texts.items() if name != WHY}


def lines_of(session: Session, noted: Sequence[Noted], texts: Mapping[str, str]) -> list[Line]:
    """The lines of some acts, in their order; `texts` are those of the reader's language."""
    acts = [one.act for one in noted]
    names = names_of(session, {act.staff_id for act in acts if act.staff_id})
    brands = _by_id(session, Brand, {act.brand_id for act in acts})
    campaigns = _by_id(session, Campaign, {act.campaign_id for act in acts})
    return [Line(one, what_of(one.act.word, texts), names.get(one.act.staff_id or "") or None,
                 brands[one.act.brand_id].name if one.act.brand_id in brands else None,
                 campaigns.get(one.act.campaign_id), changes(one.act.before, one.act.after)) for one in noted]


def what_of(word: str, texts: Mapping[str, str]) -> str:
    """What somebody did, as a sentence's beginning; the bare word of an act that no text tells (any more)."""
    return texts.get(f"{ACT}{word}") or word.replace(".", " ").replace("_", " ")


def _by_id(session: Session, table: Any, ids: set[str | None]) -> dict[str | None, Any]:
    wanted = {one for one in ids if one}
    return {row.id: row for row in session.scalars(select(table).where(table.id.in_(wanted)))} if wanted else {}
