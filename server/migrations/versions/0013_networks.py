"""Indexes by which the hashes of networks are found once their time is over."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OF_NETWORKS = sa.text("cap = 'network'")
HAS_NETWORK = sa.text("network IS NOT NULL")


def upgrade() -> None:
    for table in ("tally", "award_tally"):
        op.create_index(f"ix_{table}_network", table, ["key"], sqlite_where=OF_NETWORKS, postgresql_where=OF_NETWORKS)
    op.create_index("ix_round_network", "round", ["opened_at"], sqlite_where=HAS_NETWORK, postgresql_where=HAS_NETWORK)
