"""No page of the office reads a large table from end to end: what each of them asks is explained by the database.

The tables are small here, and SQLite plans without knowing that; PostgreSQL would rather read small tables whole, so
it is told not to where it has a choice. Times among a million rounds: `python -m bench.office`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bench.office import Meter, Walk
from bench.seed_office import Size, seed
from server.backoffice.rights import Role
from server.db import Database
from tests.office.cast import Office

SMALL = Size().shrunk(500)
LARGE = ("round", "award", "stock_entry", "comment", "ruling", "claim", "claim_contact", "staff_act", "player",
         "standing", "submission", "act_text", "act_word", "voucher_code", "comment_report", "comment_revision",
         "sending", "tally", "award_tally", "taken_moment", "draw_entry")  # fmt: skip
# What is read whole on purpose, by a part of its words, and why that is right.
EXCUSED = {"FROM claim_contact LEFT OUTER JOIN award": "a part of a winner's name is looked for among all who claimed"}


@dataclass(frozen=True)
class Asked:
    """A statement in the driver's words, with its values, and the page that asked it."""

    page: str
    sql: str
    values: Any


@contextmanager
def listening(database: Database, asked: dict[str, Asked], page: list[str]) -> Iterator[None]:
    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.setdefault(re.sub(r"(, \?|, %\(\w+\)s(::\w+)?)+", ", …", sql), Asked(page[0], sql, values))

    event.listen(database.engine, "before_cursor_execute", note)
    yield
    event.remove(database.engine, "before_cursor_execute", note)


def reads_whole(connection: Connection, one: Asked) -> list[str]:
    """The large tables that the plan goes through from end to end."""
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.execute(f"EXPLAIN QUERY PLAN {one.sql}", one.values)
        lines = [row[3] for row in cursor.fetchall()]
        found = [re.match(r"SCAN (\w+)(?! USING)", line) for line in lines]
        names = {match[1] for match in found if match}
        return [table for table in LARGE if table in names or names & set(aliases(one.sql, table))]
    cursor.execute("SET LOCAL enable_seqscan = off")
    cursor.execute(f"EXPLAIN {one.sql}", one.values)
    plan = "\n".join(row[0] for row in cursor.fetchall())
    return [table for table in LARGE if re.search(rf"Seq Scan on \"?{table}\"?\b", plan)]


def aliases(sql: str, table: str) -> list[str]:
    return re.findall(rf"\b\"?{table}\"? AS (\w+)", sql)


def test_no_page_reads_a_large_table_from_end_to_end(office: Office, database: Database) -> None:
    scene = seed(office, SMALL)
    walk = Walk(office, scene, office.sign_in(Role.OWNER), Meter())
    asked, page = dict[str, Asked](), [""]
    with listening(database, asked, page):
        for route in walk.pages():
            for path in walk.addresses(route):
                page[0] = path
                assert walk.staff.get(path).status_code < 500, path
    assert walk.unknown == []
    with database.engine.connect() as connection:
        found = {f"{one.page}: {', '.join(tables)}\n{one.sql}" for one in asked.values()
                 if not any(part in one.sql for part in EXCUSED) and (tables := reads_whole(connection, one))}
    assert found == set()
    assert len(asked) > 100, "the walk asked too little to prove anything"


@pytest.mark.parametrize(("sql", "table"), [
    ("SELECT count(*) FROM stock_entry WHERE reason = 'x'", "stock_entry"),
    ("SELECT who.award_id FROM claim_contact AS who WHERE who.name = 'x'", "claim_contact")])
def test_a_page_that_did_would_be_found(database: Database, sql: str, table: str) -> None:
    with database.engine.connect() as connection:
        assert reads_whole(connection, Asked("/", sql, ())) == [table]
