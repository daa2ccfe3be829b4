"""A table as a file that a browser saves, sent while it is read."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from flask import Response

from prizes.sheets.stream import stream_csv, stream_xlsx
from prizes.sheets.write import Cell


class Sheet(StrEnum):
    """What a table may be taken away as."""

    CSV = "csv"
    XLSX = "xlsx"


WRITERS = {Sheet.CSV: stream_csv, Sheet.XLSX: stream_xlsx}
TYPES = {Sheet.CSV: "text/csv; charset=utf-8",
         Sheet.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def stream_table(sheet: Sheet, name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The answer that is the file; `name` is what it is called, without an ending."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{sheet}"'}
    return Response(WRITERS[sheet](columns, rows), content_type=TYPES[sheet], headers=headers)
