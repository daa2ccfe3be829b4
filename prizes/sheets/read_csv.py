"""CSV as people have it: UTF-8 with or without a mark, or Windows-1252; commas, semicolons or tabs."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from prizes.sheets.columns import Columns, Row
from prizes.sheets.faults import Faults

MOST_BYTES = 1_000_000  # of a line, and of a record whose quoted cells hold line ends
CHUNK = 65_536
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class CsvSheet:
    """`rows` reads the file as it is asked; `encoding` and `delimiter` are those that were found."""

    encoding: str
    delimiter: str
    rows: Iterator[Row]


def read_csv(file: BinaryIO, columns: Columns, faults: Faults) -> CsvSheet:
    """Read a seekable file. What is wrong with one line is added to the faults, and the line left out.

    Raises Stop, at once or while the rows are read, when nothing further can be read.
    """
    encoding = find_encoding(file)
    lines = _Lines(file, encoding, faults)
    first = next(lines, None)
    if first is None or not first.strip():
        raise faults.stop(1, "the header is missing")
    delimiter = _find_delimiter(first, columns)
    records = _records(chain([first], lines), lines, delimiter)
    _, header = next(records)
    names = columns.check(header, faults)
    return CsvSheet(encoding, delimiter, columns.rows(names, records, faults))


def find_encoding(file: BinaryIO) -> str:
    """UTF-8 when the whole file is, or says that it is by its mark; else Windows-1252. Never holds the file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_marked = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
    file.seek(0)
    try:
        while not is_marked and (chunk := file.read(CHUNK)):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8"


class _Lines:
    """The lines of a file as text. At most `MOST_BYTES` are held of a line or of a record that is not complete."""

    def __init__(self, file: BinaryIO, encoding: str, faults: Faults) -> None:
        self.file, self.encoding, self.faults = file, encoding, faults
        self.number = 0
        self.held = 0  # bytes of the record that is being read

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self.file.readline(MOST_BYTES + 1)
        if not raw:
            raise StopIteration
        self.number += 1
        self.held += len(raw)
        if self.held > MOST_BYTES:
            raise self.faults.stop(self.number, f"longer than {MOST_BYTES} bytes, or a quote is not closed before")
        if b"\0" in raw:
            raise self.faults.stop(self.number, "there is a NUL byte; save the file as CSV in UTF-8")
        return self._decode(raw)

    def _decode(self, raw: bytes) -> str:
        try:
            text = raw.decode(self.encoding)
        except UnicodeDecodeError:
            raise self.faults.stop(self.number, f"not {self.encoding}; save the file as UTF-8") from None
        return text.removeprefix("\ufeff") if self.number == 1 else text


def _find_delimiter(header: str, columns: Columns) -> str:
    """The delimiter by which most of the header's cells are columns; then the one that cuts it most often."""
    def known_cells(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"').lower() for cell in header.split(delimiter)]
        return sum(cell in columns.known for cell in cells), len(cells)

    return max(DELIMITERS, key=known_cells)


def _records(texts: Iterator[str], lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line."""
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    while True:
        line, lines.held = reader.line_num + 1, 0
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise lines.faults.stop(line, f"not CSV: {error}") from None
        yield line, record
