"""XLSX: the first sheet of a workbook, small enough to be held."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from prizes.sheets.columns import Columns, Row
from prizes.sheets.faults import Faults

MOST_BYTES = 20_000_000  # of the file
MOST_UNPACKED = 200_000_000  # of what is packed in it
MOST_CELLS = 2_000_000  # of the smallest rectangle that holds every cell: the reader makes all of it
LETTERS = 26
CHUNK = 1_000_000
LONGEST_REFERENCE = 16
REFERENCE = re.compile(rb'[ "]r="([A-Z]{1,3})([0-9]{1,7})"')

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(file: BinaryIO, columns: Columns, faults: Faults) -> Iterator[Row]:
    """Numbers come as people write them, moments as ISO 8601, a formula as the value that was last computed.

    Raises Stop for what is no workbook, too large, or has other columns.
    """
    _refuse_large(file, faults)
    try:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        records = [[_as_text(cell) for cell in record] for record in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, IndexError, OSError, ValueError):
        raise faults.stop(1, "the workbook cannot be read") from None
    if not records:
        raise faults.stop(1, "the header is missing")
    names = columns.check(_without_end(records[0]), faults)
    cut = ((line, record[:len(names)] + _without_end(record[len(names):]))
           for line, record in enumerate(records[1:], start=2))
    return columns.rows(names, cut, faults)


def _refuse_large(file: BinaryIO, faults: Faults) -> None:
    """A small file may unpack to a large one, or put one cell at the far end of the sheet."""
    if file.seek(0, 2) > MOST_BYTES:
        raise faults.stop(1, f"the workbook has more than {MOST_BYTES} bytes; use CSV")
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise faults.stop(1, f"the workbook unpacks to more than {MOST_UNPACKED} bytes; use CSV")
            sheets = [member for member in packed.infolist() if member.filename.startswith("xl/worksheets/")]
            if any(_cells_spanned(packed, member) > MOST_CELLS for member in sheets):
                raise faults.stop(1, f"the sheet spans more than {MOST_CELLS} cells; use CSV")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise faults.stop(1, "this is no XLSX workbook") from None
    file.seek(0)


def _cells_spanned(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    wide = tall = 0
    rest = b""
    with packed.open(member) as sheet:
        while chunk := sheet.read(CHUNK):
            for column, row in REFERENCE.findall(rest + chunk):
                wide, tall = max(wide, _column_number(column)), max(tall, int(row))
            rest = chunk[-LONGEST_REFERENCE:]
    return wide * tall


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number


def _as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, (datetime, date, time)) else str(cell)


def _without_end(record: list[str]) -> list[str]:
    """A record without the empty cells at its end: a sheet is as wide as its widest line."""
    end = len(record)
    while end and not record[end - 1].strip():
        end -= 1
    return record[:end]
