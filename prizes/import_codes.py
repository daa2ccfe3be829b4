"""Importing voucher codes, up to a million at once: all of them or none, and none in clear anywhere but in the file.

The file is read once. Each code is sealed as it is read, into a temporary file, so that the transaction only stores;
what stays in memory of a code is its fingerprint and its line.
"""

import struct
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.ledger import THE_PROGRAM
from prizes.sheets.columns import Columns, Row
from prizes.sheets.faults import MOST_TOLD, Faults
from prizes.stock import restock
from prizes.vouchers import FINGERPRINT_BYTES, MOST_CHARACTERS, VoucherCode, fingerprinter, sealer

CODE_COLUMNS = Columns(required=("code",), is_secret=True)
MOST_CODES = 1_000_000
AT_ONCE = 50_000  # stored fingerprints compared at once
LENGTH = struct.Struct("<H")
SQLITE_CACHE_KIB = 48 * 1024  # the index of fingerprints grows at random places: it must not go to disk each time
USUAL_CACHE = -2_000

Prints = NDArray[np.bytes_]  # 16 bytes each; numpy drops NULs at the end of all alike, so they compare exactly


class StoredMeanwhile(Exception):
    """Another import stored one of these codes between the look and the storing."""


class SealedCodes:
    """The codes of one file, sealed for one prize; a context manager that removes them at its end."""

    def __init__(self, key: bytes, prize_id: str) -> None:
        self.prize_id = prize_id
        self._seal, self._fingerprint = sealer(key, prize_id), fingerprinter(key, prize_id)
        self._fingerprints = bytearray()
        self._lines = array("I")
        self._sealed = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `__exit__`)

    def __enter__(self) -> "SealedCodes":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._sealed.close()

    def __len__(self) -> int:
        return len(self._lines)

    def read(self, rows: Iterable[Row], faults: Faults) -> None:
        """Seal what is a code, and tell by line what is none.

        Raises Stop beyond the most codes that one import takes.
        """
        for row in rows:
            code = row.cells["code"].strip()
            flaw = _flaw(code)
            if flaw:
                faults.add(row.line, flaw)
            elif len(self) == MOST_CODES:
                raise faults.stop(row.line, f"one import takes {MOST_CODES} codes at most; cut the file")
            else:
                self._add(row.line, code)

    def _add(self, line: int, code: str) -> None:
        sealed = self._seal(code)
        self._sealed.write(LENGTH.pack(len(sealed)) + sealed)
        self._fingerprints += self._fingerprint(code)
        self._lines.append(line)

    def tell_doubles(self, session: Session, faults: Faults) -> None:
        """Tell the lines whose code an earlier line has, or the prize has already."""
        prints: Prints = np.frombuffer(self._fingerprints, dtype=f"S{FINGERPRINT_BYTES}")
        order = np.argsort(prints, kind="stable")  # of equal ones the first line first
        ranked = prints[order]
        again = ranked[1:] == ranked[:-1]
        for place in _first(order[1:][again], faults):
            earlier = order[np.searchsorted(ranked, prints[place])]
            faults.add(self._lines[place], f"the same code as in line {self._lines[int(earlier)]}")
        for place in _first(order[self._stored(session, ranked)], faults):
            faults.add(self._lines[place], "this prize has this code already")

    def _stored(self, session: Session, ranked: Prints) -> NDArray[np.bool_]:
        """Which of these sorted fingerprints the database holds."""
        found = np.zeros(len(ranked), dtype=bool)
        own = select(VoucherCode.fingerprint).where(VoucherCode.prize_id == self.prize_id)
        for part in session.scalars(own.execution_options(yield_per=AT_ONCE)).partitions() if len(ranked) else ():
            stored = np.array(part, dtype=ranked.dtype)
            places = np.minimum(np.searchsorted(ranked, stored), len(ranked) - 1)
            found[places[ranked[places] == stored]] = True
        return found

    def __iter__(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Prize, sealed code and fingerprint, in the order of the file."""
        self._sealed.seek(0)
        fingerprints = memoryview(self._fingerprints)
        for start in range(0, len(self._fingerprints), FINGERPRINT_BYTES):
            (length,) = LENGTH.unpack(self._sealed.read(LENGTH.size))
            yield self.prize_id, self._sealed.read(length), bytes(fingerprints[start:start + FINGERPRINT_BYTES])


def _flaw(code: str) -> str | None:
    if not code:
        return "the code is blank"
    if len(code) > MOST_CHARACTERS:
        return f"the code has {len(code)} characters; {MOST_CHARACTERS} are the most"
    return None if code.isprintable() else "the code holds a character that cannot be printed"


def _first(places: NDArray[np.intp], faults: Faults) -> list[int]:
    """The first places that are worth telling; the rest is counted."""
    told = np.sort(places)[:MOST_TOLD]
    faults.count_more(len(places) - len(told))
    return [int(place) for place in told]


def store_codes(session: Session, codes: SealedCodes, rows: Iterable[tuple[str, bytes, bytes]], now: datetime,
                by: str = THE_PROGRAM, entry_id: str | None = None) -> int:
    """Store codes by their `rows` (the codes themselves, or whoever watches them pass) and receive as many units.

    Raises StoredMeanwhile; the caller's transaction keeps nothing then.
    """
    connection = session.connection()
    put = _copy_in if connection.dialect.name == "postgresql" else _insert
    try:
        put(connection.connection.driver_connection, rows)
    except connection.dialect.loaded_dbapi.IntegrityError:
        raise StoredMeanwhile from None
    restock(session, codes.prize_id, len(codes), now, "codes_imported", by, entry_id)
    return len(codes)


def _copy_in(driver: Any, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
    command = "COPY voucher_code (prize_id, sealed, fingerprint) FROM STDIN (FORMAT BINARY)"
    with driver.cursor() as cursor, cursor.copy(command) as copy:
        copy.set_types(["text", "bytea", "bytea"])
        for row in rows:
            copy.write_row(row)


def _insert(driver: Any, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
    driver.execute(f"PRAGMA cache_size = -{SQLITE_CACHE_KIB}")
    try:
        with closing(driver.cursor()) as cursor:
            cursor.executemany("INSERT INTO voucher_code (prize_id, sealed, fingerprint) VALUES (?, ?, ?)", rows)
    finally:
        driver.execute(f"PRAGMA cache_size = {USUAL_CACHE}")
