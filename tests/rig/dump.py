"""Everything a database holds, to compare before and after."""

from typing import Any

from sqlalchemy import select

from prizes.db import Base
from server.db import Database

Dump = dict[str, list[tuple[Any, ...]]]


def dump(database: Database) -> Dump:
    """Every row of every table, in an order of its own that does not depend on the database's."""
    with database.engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}
