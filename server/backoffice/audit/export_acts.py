"""The log as a table, the newest act first, read in parts: however long it is, little of it is in memory."""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

from prizes.sheets.write import Cell
from server.backoffice.audit.lines import Line, lines_of
from server.backoffice.audit.read_acts import Asked, read_acts
from server.clock import exact
from server.db import Database

ACT_COLUMNS = ("at", "who_id", "who", "act", "what", "brand", "campaign", "subject_kind", "subject_id", "before",
               "after", "why", "typed", "from", "id")  # fmt: skip
AT_ONCE = 1_000


def export_acts(database: Database, asked: Asked, texts: Mapping[str, str]) -> Iterator[list[Cell]]:
    """Rows of `ACT_COLUMNS`. Each part is a look of its own: a reader who is slow holds no transaction open.

    Since acts are only ever added, and `asked.until` is in the past, all parts together are of one moment.
    """
    after = None
    while True:
        with database.sessions() as session:
            page = read_acts(session, asked, after, AT_ONCE)
            rows = [_row(line) for line in lines_of(session, page.lines, texts)]
        yield from rows
        after = page.next
        if after is None:
            return
        time.sleep(0)  # other greenlets' turn


def _row(line: Line) -> list[Cell]:
    act = line.act
    return [exact(act.at), act.staff_id, line.who, act.word, line.what, line.brand,
            line.campaign.slug if line.campaign else None, act.subject_kind, act.subject_id, _json(act.before),
            _json(act.after), line.why, _json(line.texts), act.address, act.id]


def _json(facts: Mapping[str, Any] | None) -> str | None:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else None
