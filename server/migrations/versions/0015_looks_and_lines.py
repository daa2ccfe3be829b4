"""A round may be looked at more than once; the list of a draw tells whose entries are whose."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
WAITS = sa.text("ruling IS NULL")
KEPT = "round_id, campaign_id, signs, asked_at, ruling, reason, ruled_by, ruled_at"


def upgrade() -> None:
    _keep_every_look()
    op.add_column("draw_freeze", sa.Column("player_key", sa.String(length=64), nullable=True))
    op.add_column("draw_struck", sa.Column("at", UtcDateTime(), nullable=True))
    op.add_column("candidate", sa.Column("passed_over", sa.String(length=16), nullable=True))


def _keep_every_look() -> None:
    """Until now a round had one row, under its own id: that stays the id of the look."""
    op.create_table(
        "look",
        sa.Column("id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("ruled_by", sa.String(length=60), nullable=True),
        sa.Column("ruled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
    )
    op.execute(f"INSERT INTO look (id, {KEPT}) SELECT round_id, {KEPT} FROM review")  # noqa: S608
    op.drop_table("review")
    op.rename_table("look", "review")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_look RENAME TO pk_review")
    op.create_index("ix_review_waiting", "review", ["ruling", "asked_at"])
    op.create_index("uq_review_waiting", "review", ["round_id"], unique=True, sqlite_where=WAITS,
                    postgresql_where=WAITS)
    op.create_index(op.f("ix_review_round_id"), "review", ["round_id"])
