"""A table that leaves while it is being written: CSV and XLSX as pieces of bytes, in little memory however long.

XLSX is a ZIP of XML (ECMA-376 part 1, 18.3; part 2 for the package). Every text is an inline string, which no
spreadsheet takes for a formula; a sheet that is full is followed by another.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape as escape_xml

from prizes.sheets.write import MOST_XLSX_LINES, Cell, escape

MARK = "\ufeff"  # without it spreadsheets take UTF-8 for Windows-1252
AT_ONCE = 500  # lines in a piece
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd")

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."

Row = Sequence[Cell]


def pieces_of(lines: Iterable[Row]) -> Iterator[list[Row]]:
    """The same lines, `AT_ONCE` at a time."""
    left = iter(lines)
    while piece := list(islice(left, AT_ONCE)):
        yield piece


def stream_csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """A header and rows as RFC 4180 in UTF-8 with its mark; a cell that would be a formula is made a text."""
    yield MARK.encode()
    for lines in pieces_of(chain([columns], rows)):
        page = io.StringIO(newline="")
        csv.writer(page).writerows(["" if cell is None else escape(str(cell)) for cell in line] for line in lines)
        yield page.getvalue().encode("utf-8", "replace")


class _Sink(io.RawIOBase):
    """Where the ZIP is written to: it keeps what came since the last look, and cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = bytearray()
        self.written = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.kept += piece
        self.written += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self.written

    def take(self) -> bytes:
        piece = bytes(self.kept)
        self.kept.clear()
        return piece


def stream_xlsx(columns: Sequence[str], rows: Iterable[Row], most_lines: int = MOST_XLSX_LINES) -> Iterator[bytes]:
    """A workbook, piece by piece; a further sheet with the same header wherever one has `most_lines`."""
    sink, left, sheets = _Sink(), iter(rows), 0
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        following: Row | None = columns
        while following is not None:
            sheets += 1
            lines = chain([columns], [] if sheets == 1 else [following], islice(left, most_lines - min(sheets, 2)))
            with book.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as sheet:
                for _ in _write_sheet(sheet, lines):
                    yield sink.take()
            following = next(left, None)
        for name, text in _rest(sheets).items():
            book.writestr(name, _HEAD + text)
    yield sink.take()


def _write_sheet(sheet: IO[bytes], lines: Iterable[Row]) -> Iterator[None]:
    sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    for piece in pieces_of(lines):
        sheet.write("".join(map(_line, piece)).encode("utf-8", "replace"))
        yield
    sheet.write(b"</sheetData></worksheet>")


def _line(row: Row) -> str:
    return f"<row>{''.join(map(_cell, row))}</row>"


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, int):
        return f"<c><v>{cell}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape_xml(cell.translate(CONTROLS))}</t></is></c>'


def _rest(sheets: int) -> dict[str, str]:
    """The files that say what the sheets are."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="s{number}"/>' for number in numbers)
    links = "".join(_link(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
    kinds = "".join(_override(f"/xl/worksheets/sheet{number}.xml", "worksheet+xml") for number in numbers)
    types = ('<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Default Extension="xml" ContentType="application/xml"/>'
             f"{_override('/xl/workbook.xml', 'sheet.main+xml')}{kinds}")
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "_rels/.rels": (f'<Relationships xmlns="{_PACKAGE}/relationships">'
                        f"{_link('book', 'officeDocument', 'xl/workbook.xml')}</Relationships>"),
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
    }


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_LINKS}/{kind}" Target="{target}"/>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{_KIND}{kind}"/>'
