"""On SQLite a guarded row cannot be replaced by its number either."""

from alembic import op
from sqlalchemy import inspect

from prizes.append_only import append_only_tables, protect, unprotect
from prizes.draw import guard_entries, unguard_entries
from prizes.seal import seal_all

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    there = set(inspect(connection).get_table_names())
    for table in append_only_tables():
        if table in there:
            unprotect(connection, table)
            protect(connection, table)
    seal_all(connection)
    unguard_entries(connection)
    guard_entries(connection)
