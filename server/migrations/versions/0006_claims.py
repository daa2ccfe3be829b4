"""Claims: who claimed as keyed hashes, a postal address, and tickets for what comes later."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
HASH = sa.String(length=64)


def upgrade() -> None:
    op.add_column("claim", sa.Column("person", HASH, nullable=True))
    op.add_column("claim", sa.Column("household", HASH, nullable=True))
    op.add_column("claim_contact", sa.Column("address", sa.String(length=400), server_default="", nullable=False))
    op.create_table(
        "keepsake",
        sa.Column("code_hash", HASH, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_keepsake")),
        sa.UniqueConstraint("round_id", name=op.f("uq_keepsake_round_id")),
        info={"append_only": True},
    )
    protect(op.get_bind(), "keepsake")
