"""Entries of a draw whose round was rejected after the freeze."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draw_struck",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "round_id", name=op.f("pk_draw_struck")),
    )
