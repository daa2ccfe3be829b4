"""Instant wins: plans of winning moments, what was taken of them, and how many gifts a round opened."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.String(length=32)


def upgrade() -> None:
    _make_plans()
    _make_moments()
    protect(op.get_bind(), "taken_moment")
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("gifts", sa.Integer(), nullable=True))


def _make_plans() -> None:
    op.create_table(
        "winning_plan",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("one_in", sa.Integer(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("nonce", ID, nullable=True),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("one_in >= 1", name=op.f("ck_winning_plan_one_in")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_winning_plan")),
    )
    op.create_table(
        "planned_prize",
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= units", name=op.f("ck_planned_prize_taken")),
        sa.ForeignKeyConstraint(["campaign_id"], ["winning_plan.campaign_id"],
                                name=op.f("fk_planned_prize_campaign_id_winning_plan")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_planned_prize_prize_id_prize")),
        sa.PrimaryKeyConstraint("prize_id", name=op.f("pk_planned_prize")),
    )
    op.create_index(op.f("ix_planned_prize_campaign_id"), "planned_prize", ["campaign_id"])
    op.create_table(
        "planned_share",
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_planned_share_window")),
        sa.CheckConstraint("units >= 1", name=op.f("ck_planned_share_units")),
        sa.ForeignKeyConstraint(["prize_id"], ["planned_prize.prize_id"],
                                name=op.f("fk_planned_share_prize_id_planned_prize")),
        sa.PrimaryKeyConstraint("prize_id", "number", name=op.f("pk_planned_share")),
    )


def _make_moments() -> None:
    op.create_table(
        "taken_moment",
        sa.Column("award_id", ID, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("rolled_from", ID, nullable=True),
        sa.Column("moment", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_taken_moment_award_id_award")),
        sa.ForeignKeyConstraint(["prize_id"], ["planned_prize.prize_id"],
                                name=op.f("fk_taken_moment_prize_id_planned_prize")),
        sa.ForeignKeyConstraint(["rolled_from"], ["award.id"], name=op.f("fk_taken_moment_rolled_from_award")),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_taken_moment")),
        sa.UniqueConstraint("prize_id", "number", name=op.f("uq_taken_moment_prize_id_number")),
        sa.UniqueConstraint("rolled_from", name=op.f("uq_taken_moment_rolled_from")),
    )
    op.create_index("ix_taken_moment_prize_id_at", "taken_moment", ["prize_id", "at"])
    op.create_table(
        "rolled_moment",
        sa.Column("award_id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("given_up_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_rolled_moment_award_id_award")),
        sa.ForeignKeyConstraint(["prize_id"], ["planned_prize.prize_id"],
                                name=op.f("fk_rolled_moment_prize_id_planned_prize")),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_rolled_moment")),
    )
    op.create_index("ix_rolled_moment_campaign_id_taken_at", "rolled_moment", ["campaign_id", "taken_at"])
