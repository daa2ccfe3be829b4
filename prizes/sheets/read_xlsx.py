"""XLSX: the first sheet of a workbook, small enough to be held."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from prizes.sheets.columns import Columns, Row
from prizes.sheets.faults import Faults

MOST_BYTES = 20_000_000  # of the file
MOST_UNPACKED = 200_000_000  # of what is packed in it
READER = Path(__file__).with_name("xlsx_rows.py")


def read_xlsx(file: BinaryIO, columns: Columns, faults: Faults) -> Iterator[Row]:
    """Numbers come as people write them, moments as ISO 8601, a formula as the value that was last computed.

    Raises Stop for what is no workbook, too large, or has other columns.
    """
    _refuse_large(file, faults)
    child = subprocess.run([sys.executable, "-I", READER], input=file.read(), capture_output=True,  # noqa: S603
                           check=False)
    if child.returncode != 0:
        raise faults.stop(1, "the workbook cannot be read, or takes too much memory; use CSV")
    records: list[list[str]] = [json.loads(line) for line in child.stdout.splitlines()]
    if not records:
        raise faults.stop(1, "the header is missing")
    names = columns.check(_without_end(records[0]), faults)
    cut = ((line, record[:len(names)] + _without_end(record[len(names):]))
           for line, record in enumerate(records[1:], start=2))
    return columns.rows(names, cut, faults)


def _refuse_large(file: BinaryIO, faults: Faults) -> None:
    if file.seek(0, 2) > MOST_BYTES:
        raise faults.stop(1, f"the workbook has more than {MOST_BYTES} bytes; use CSV")
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise faults.stop(1, f"the workbook unpacks to more than {MOST_UNPACKED} bytes; use CSV")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise faults.stop(1, "this is no XLSX workbook") from None
    file.seek(0)


def _without_end(record: list[str]) -> list[str]:
    """A record without the empty cells at its end: a sheet is as wide as its widest line."""
    end = len(record)
    while end and not record[end - 1].strip():
        end -= 1
    return record[:end]
