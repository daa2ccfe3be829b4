"""Seals on what a published campaign has promised, what staff decide while it runs, and the file's word for a prize."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime
from prizes.seal import seal_all

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORD = sa.String(length=16)


def upgrade() -> None:
    with op.batch_alter_table("prize") as table:
        table.add_column(sa.Column("key", sa.String(length=32), nullable=True))
    op.create_table(
        "campaign_turn",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("turn", WORD, nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_turn_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_turn")),
    )
    op.create_index(op.f("ix_campaign_turn_campaign_id"), "campaign_turn", ["campaign_id"])
    protect(op.get_bind(), "campaign_turn")
    seal_all(op.get_bind())
