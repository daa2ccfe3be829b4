"""The steps of the boss's shared life."""

import sqlalchemy as sa
from alembic import op

from prizes.seal import seal

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "community_step",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.Column("releases", sa.Boolean(), nullable=False),
        sa.CheckConstraint("at >= 1", name=op.f("ck_community_step_at")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_community_step_prize_id_prize")),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_community_step")),
    )
    seal(op.get_bind(), "community_step")
