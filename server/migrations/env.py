"""How Alembic reaches the database: on the connection, in the transaction, that server/migrate.py hands in."""

from alembic import context

import server.app  # noqa: F401  (every table hangs on the one MetaData once the app is imported)
from prizes.db import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata,
                  render_as_batch=True, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
