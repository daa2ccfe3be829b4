"""Appeals against mutes."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mute_appeal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("muted_at", UtcDateTime(), nullable=False),
        sa.Column("muted_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_mute_appeal_player_id_player")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mute_appeal")),
        sa.UniqueConstraint("player_id", "muted_at", name=op.f("uq_mute_appeal_player_id_muted_at")),
    )
    op.create_index("ix_mute_appeal_open", "mute_appeal", ["settled_at", "at"])
