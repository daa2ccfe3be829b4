"""Sheets as people have them, and as they should not be."""

import io
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from prizes.sheets.columns import Columns, Row
from prizes.sheets.faults import BadSheet, Faults, Stop
from prizes.sheets.read import read_sheet
from prizes.sheets.read_csv import CsvSheet, read_csv
from prizes.sheets.write import escape, unescape, write_csv, write_xlsx

COLUMNS = Columns(required=("key",), optional=("name",), ignored=("free",))
CSV, XLSX = Path("a.csv"), Path("a.xlsx")


def open_csv(content: bytes) -> tuple[CsvSheet, list[Row]]:
    faults = Faults()
    sheet = read_csv(io.BytesIO(content), COLUMNS, faults)
    rows = list(sheet.rows)
    faults.raise_any()
    return sheet, rows


def faults_of(content: bytes, path: Path = CSV) -> list[str]:
    faults = Faults()
    with suppress(Stop):
        list(read_sheet(path, io.BytesIO(content), COLUMNS, faults)[1])
    with pytest.raises(BadSheet) as bad:
        faults.raise_any()
    return [str(fault) for fault in bad.value.faults]


def workbook(*rows: tuple[object, ...]) -> bytes:
    stored = io.BytesIO()
    with xlsxwriter.Workbook(stored, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return stored.getvalue()


@pytest.mark.parametrize(("content", "encoding", "delimiter"), [
    ("key,name\na,Fléchette\n".encode(), "utf-8", ","),
    ("key;name\r\na;Fléchette\r\n".encode("utf-8-sig"), "utf-8", ";"),
    ("key\tname\na\tFléchette".encode("cp1252"), "cp1252", "\t"),
    ('"name", "KEY"\r\n'.replace(" ", "").encode() + 'Fléchette,"a"\n\n,\n'.encode(), "utf-8", ","),
    ("free;name;key\n7;Fléchette;a\n".encode(), "utf-8", ";"),
])
def test_a_csv_is_read_as_it_was_saved(content: bytes, encoding: str, delimiter: str) -> None:
    sheet, rows = open_csv(content)
    assert (sheet.encoding, sheet.delimiter) == (encoding, delimiter)
    assert [row.cells for row in rows] == [{"key": "a", "name": "Fléchette"}]


def test_a_row_has_the_number_of_its_first_line() -> None:
    assert [row.line for row in open_csv(b'key,name\na,"one\ntwo"\n\nb,x\n')[1]] == [2, 5]


@pytest.mark.parametrize(("content", "told"), [
    (b"", ["line 1: the header is missing"]),
    (b"\nkey\na\n", ["line 1: the header is missing"]),
    (b"name\nx\n", ["line 1: the column key is missing"]),
    (b"key,prize\nx,y\n", ["line 1: there is no column 'prize'"]),
    (b"key,name,name\nx,y,z\n", ["line 1: the column name is there 2 times"]),
    (b"name,names,name\n", ["line 1: the column key is missing", "line 1: there is no column 'names'",
                            "line 1: the column name is there 2 times"]),
    (b"key,name\na\nb,c\nd,e,f\n",
     ["line 2: 1 cells where the header has 2", "line 4: 3 cells where the header has 2"]),
    (b"key\na\nb\0\nc\n", ["line 3: there is a NUL byte; save the file as CSV in UTF-8"]),
    ("key\na\n".encode("utf-16"), ["line 1: there is a NUL byte; save the file as CSV in UTF-8"]),
    (b"key\n\xff\x81\n", ["line 2: not cp1252; save the file as UTF-8"]),
    (b"\xef\xbb\xbfkey\n\xe9\n", ["line 2: not utf-8; save the file as UTF-8"]),
    (b'key\na\n"b"c\n', ["line 3: not CSV: ',' expected after '\"'"]),
    (b'key\na\n"b\n', ["line 3: not CSV: unexpected end of data"]),
])  # fmt: skip
def test_what_is_wrong_with_a_csv_is_told_by_line(content: bytes, told: list[str]) -> None:
    assert faults_of(content) == told


def test_a_line_of_10_mb_is_refused_by_its_number_and_not_held() -> None:
    content = b"key\na\n" + b"x" * 10_000_000 + b"\nb\n"
    tracemalloc.start()
    told = faults_of(content)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told == ["line 3: longer than 1000000 bytes, or a quote is not closed before"]
    assert held < 4_000_000  # BytesIO shares the content; a copy of the line would show


def test_a_quote_that_is_never_closed_does_not_take_the_file_into_memory() -> None:
    told = faults_of(b'key\n"' + b"abc\n" * 500_000)
    assert told == ["line 2: not CSV: field larger than field limit (131072)"]


def test_of_a_thousand_faults_the_first_50_are_told() -> None:
    faults = Faults()
    for line in range(1_000, 0, -1):
        faults.add(line, "odd")
    with pytest.raises(BadSheet) as bad:
        faults.raise_any()
    assert [fault.line for fault in bad.value.faults] == list(range(1, 51))
    assert bad.value.count == 1_000


def test_a_workbook_is_read_with_numbers_and_moments_as_people_write_them() -> None:
    content = workbook(("key", "name"), (5, 12.5), (), ("b", True))
    rows = list(read_sheet(XLSX, io.BytesIO(content), COLUMNS, Faults())[1])
    assert [(row.line, row.cells) for row in rows] == [
        (2, {"key": "5", "name": "12.5"}), (4, {"key": "b", "name": "yes"})]


def far_cell() -> bytes:
    stored = io.BytesIO()
    with xlsxwriter.Workbook(stored, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "key")
        sheet.write_string(1_048_575, 16_383, "far")
    return stored.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with the header `key`, in one part of which something else stands."""
    stored = io.BytesIO()
    with (zipfile.ZipFile(io.BytesIO(workbook(("key",), ("a",)))) as packed,
          zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as other):
        for name in packed.namelist():
            content = packed.read(name)
            other.writestr(name, content.replace(old, new) if name == part else content)
    return stored.getvalue()


def far_cell_in_single_quotes() -> bytes:
    far = b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>"
    return changed("xl/worksheets/sheet1.xml", b"</sheetData>", far)


def text_named_often() -> bytes:
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>2</v></c></row>' % (line, line) for line in range(3, 20_003))
    often = changed("xl/worksheets/sheet1.xml", b"</sheetData>", cells + b"</sheetData>")
    stored = io.BytesIO()
    with (zipfile.ZipFile(io.BytesIO(often)) as packed, zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as other):
        for name in packed.namelist():
            long = b"<si><t>" + b"A" * 1_000_000 + b"</t></si></sst>"
            content = packed.read(name)
            other.writestr(name, content.replace(b"</sst>", long) if name == "xl/sharedStrings.xml" else content)
    return stored.getvalue()


TOO_MUCH = "line 1: the workbook cannot be read, or takes too much memory; use CSV"


def bomb() -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 201_000_000)
    return stored.getvalue()


@pytest.mark.parametrize(("content", "told"), [
    (b"key\na\n", "line 1: this is no XLSX workbook"),
    (workbook(("key",), ("a",))[:-30], "line 1: this is no XLSX workbook"),
    (far_cell(), TOO_MUCH),
    (far_cell_in_single_quotes(), TOO_MUCH),
    (text_named_often(), TOO_MUCH),
    (bomb(), "line 1: the workbook unpacks to more than 200000000 bytes; use CSV"),
    (workbook(("key",), ("a", "b")), "line 2: 2 cells where the header has 1"),
    (workbook(("name",)), "line 1: the column key is missing"),
], ids=["csv", "cut", "far", "quotes", "often", "bomb", "wide", "columns"])  # fmt: skip
def test_what_is_wrong_with_a_workbook_is_told(content: bytes, told: str) -> None:
    assert faults_of(content, XLSX) == [told]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=20)
ODD = ("=1+1", "'=x", "''", "-5", "@a", "+", "_x0041_", "a;b", 'say "hi"', "a,b")
CELL = TEXT.map(str.strip) | st.sampled_from(ODD)


@pytest.mark.parametrize("cell", ["=cmd", "+1", "-1", "@x", "\tx", "\rx", "'=x"])
def test_a_cell_that_would_be_a_formula_begins_with_an_apostrophe(cell: str) -> None:
    stream = io.StringIO()
    write_csv(stream, ["key"], [[cell]])
    assert stream.getvalue().splitlines()[1].lstrip('"').startswith("'")


@given(st.text(max_size=10) | CELL)
def test_an_escaped_cell_turns_back_into_itself(cell: str) -> None:
    assert unescape(escape(cell)) == cell


@given(rows=st.lists(st.tuples(CELL.filter(bool), CELL), min_size=1, max_size=5))
def test_what_is_written_as_csv_is_read_back(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    write_csv(stream, ["key", "name"], rows)
    read = read_sheet(CSV, io.BytesIO(stream.getvalue().encode()), COLUMNS, Faults())[1]
    assert [(row.cells["key"], row.cells["name"]) for row in read] == rows


@settings(max_examples=50, deadline=None)  # a process each
@given(rows=st.lists(st.tuples(CELL.filter(bool), CELL), min_size=1, max_size=5))
def test_what_is_written_as_xlsx_is_read_back(tmp_path_factory: pytest.TempPathFactory,
                                              rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("sheet") / "a.xlsx"
    write_xlsx(path, ["key", "name"], rows)
    with path.open("rb") as file:
        read = [(row.cells["key"], row.cells["name"]) for row in read_sheet(path, file, COLUMNS, Faults())[1]]
    assert read == rows
