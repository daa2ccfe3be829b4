"""A process of its own that turns a workbook on stdin into one JSON list a line, in a memory that it cannot outgrow.

A workbook of a few kilobytes can name the last cell of the largest sheet, or a megabyte of text twenty thousand times;
what reads it makes all of that, and aborts. Here that ends the child alone.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

MOST_MEMORY = 512 * 1024 * 1024  # bytes
MOST_SECONDS = 60  # of CPU

Cell = int | float | str | bool | time | date | datetime | timedelta


def _as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, (datetime, date, time)) else str(cell)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    records = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for record in records:
        sys.stdout.write(json.dumps([_as_text(cell) for cell in record]) + "\n")
