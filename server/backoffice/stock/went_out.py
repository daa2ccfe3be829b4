"""How many units went out in spans that are over: counted once, since what the ledger tells of them stays."""

from collections.abc import Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Integer, ScalarSelect, column, func, select, values
from sqlalchemy.orm import Session

from prizes.db import UtcDateTime
from prizes.ledger import Move, StockEntry

MOST_KEPT = 100_000  # spans

Span = tuple[datetime, datetime]

_COUNTED: WeakKeyDictionary[Engine, dict[tuple[str, datetime, datetime], int]] = WeakKeyDictionary()


def went_between(session: Session, prize_id: str, spans: Sequence[Span]) -> list[int]:
    """For each span [from, to), which must be over, the units that were won less those that came back. Reads."""
    bind = session.get_bind()
    kept = _COUNTED.setdefault(bind if isinstance(bind, Engine) else bind.engine, {})
    missing = [span for span in spans if (prize_id, *span) not in kept]
    counted = dict(zip(missing, _count(session, prize_id, missing), strict=True)) if missing else {}
    told = [counted[span] if span in counted else kept[(prize_id, *span)] for span in spans]
    if len(kept) > MOST_KEPT:
        kept.clear()
    kept |= {(prize_id, *span): units for span, units in counted.items()}
    return told


def _count(session: Session, prize_id: str, spans: Sequence[Span]) -> list[int]:
    """One look at the index for each span and move."""
    rows = [(number, *span) for number, span in enumerate(spans)]
    listed = values(column("number", Integer), column("start", UtcDateTime), column("end", UtcDateTime),
                    name="span").data(rows).cte("span")

    def lines(move: Move) -> ScalarSelect[int]:
        """Those of a move, of one unit each."""
        within = (StockEntry.prize_id == prize_id, StockEntry.move == move, StockEntry.at >= listed.c.start,
                  StockEntry.at < listed.c.end)
        return select(func.count()).select_from(StockEntry).where(*within).correlate(listed).scalar_subquery()

    net = lines(Move.RESERVED) - lines(Move.RETURNED)
    return list(session.scalars(select(net).select_from(listed).order_by(listed.c.number)))
