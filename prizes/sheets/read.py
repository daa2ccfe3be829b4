"""Reading a sheet, whichever kind of file it is in."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from prizes.sheets.columns import Columns, Row
from prizes.sheets.faults import Faults
from prizes.sheets.read_csv import read_csv
from prizes.sheets.read_xlsx import read_xlsx
from prizes.sheets.write import unescape


def is_xlsx(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"


def read_sheet(path: Path, file: BinaryIO, columns: Columns, faults: Faults) -> tuple[str, Iterator[Row]]:
    """What the file was read as, and its rows, without the apostrophes that `write_csv` puts before formulas.

    Raises Stop, at once or while the rows are read.
    """
    if is_xlsx(path):
        return "XLSX", read_xlsx(file, columns, faults)
    sheet = read_csv(file, columns, faults)
    rows = (Row(row.line, {name: unescape(cell) for name, cell in row.cells.items()}) for row in sheet.rows)
    return f"CSV in {sheet.encoding}, cut at {sheet.delimiter!r}", rows
