"""The stock desk: when a prize runs low, what was typed with a move, and jobs."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
WORD = sa.String(length=16)
GOES_ON = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_stock_entry_prize_id_move_at", "stock_entry", ["prize_id", "move", "at"])
    op.create_table(
        "stock_alert",
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent >= 0 AND percent <= 100", name=op.f("ck_stock_alert_percent")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_stock_alert_prize_id_prize")),
        sa.PrimaryKeyConstraint("prize_id", name=op.f("pk_stock_alert")),
    )
    op.create_table(
        "stock_note",
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["stock_entry.id"], name=op.f("fk_stock_note_entry_id_stock_entry")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_stock_note")),
    )
    op.create_table(
        "stock_job",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("brand_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("stage", WORD, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_job")),
    )
    op.create_index("uq_stock_job_subject_id", "stock_job", ["subject_id"], unique=True, sqlite_where=GOES_ON,
                    postgresql_where=GOES_ON)
    op.create_index("ix_stock_job_brand_id_started_at", "stock_job", ["brand_id", "started_at"])
    op.create_index("ix_stock_job_subject_id_started_at", "stock_job", ["subject_id", "started_at"])
