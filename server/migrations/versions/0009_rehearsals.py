"""Rehearsals: a draft in test mode knows the token of its world."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A plain column and an index: neither makes SQLite rebuild the table, which would drop its triggers.
    op.add_column("campaign", sa.Column("rehearsal_token", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_campaign_rehearsal_token"), "campaign", ["rehearsal_token"], unique=True)
