"""Writing a table, line by line: CSV for anybody, XLSX for spreadsheets. No cell becomes a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MOST_XLSX_LINES = 1_048_576  # https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
# A spreadsheet runs a cell that begins so. An apostrophe before it says "text"; one that was there gets another.
FORMULA = re.compile(r"'*[=+\-@\t\r]")

Cell = str | int | None


class TooManyLines(Exception):
    """A workbook's sheet has no room for so many lines."""


def escape(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unescape` turns it back."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unescape(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def write_csv(stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a header and rows as RFC 4180; how many rows. The stream must leave line ends as they are."""
    writer = csv.writer(stream)
    writer.writerow(columns)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 (the last one is the count)
        writer.writerow(["" if cell is None else escape(str(cell)) for cell in row])
    return count


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a workbook with one sheet, a line at a time; how many rows.

    Raises TooManyLines; the file is then incomplete.
    """
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for count, row in enumerate(chain([columns], rows)):
            if count >= MOST_XLSX_LINES:
                raise TooManyLines(f"An XLSX sheet holds {MOST_XLSX_LINES - 1} rows; write CSV.")
            _write_line(sheet, count, row)
    return count


def _write_line(sheet: Worksheet, line: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(line, column, cell)
        elif cell is not None:
            sheet.write_number(line, column, cell)
