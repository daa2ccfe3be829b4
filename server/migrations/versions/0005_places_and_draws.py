"""Places and draws: slots with a line of candidates, entries that are frozen, one result a draw."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime
from prizes.draw import guard_entries

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
BY_BYTES = sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql")
WORD = sa.String(length=16)
APPEND_ONLY = ("draw_commitment", "draw_freeze", "draw_result")


def upgrade() -> None:
    _make_settings()
    _make_slots()
    _make_draws()
    for table in APPEND_ONLY:
        protect(op.get_bind(), table)
    guard_entries(op.get_bind())


def _make_settings() -> None:
    op.create_table(
        "place_prize",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.CheckConstraint("1 <= first AND first <= last", name=op.f("ck_place_prize_places")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_place_prize_prize_id_prize")),
        sa.PrimaryKeyConstraint("campaign_id", "first", name=op.f("pk_place_prize")),
    )
    op.create_table(
        "draw_terms",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("most_entries", sa.Integer(), nullable=False),
        sa.Column("reserves", sa.Integer(), nullable=False),
        sa.Column("seed_by", WORD, nullable=False),
        sa.CheckConstraint("most_entries >= 1 AND reserves >= 0", name=op.f("ck_draw_terms_counts")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_draw_terms")),
    )
    op.create_table(
        "draw_prize",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units >= 1", name=op.f("ck_draw_prize_units")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_draw_prize_prize_id_prize")),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_draw_prize")),
    )


def _make_slots() -> None:
    op.create_table(
        "slot",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("way", WORD, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("prize_id", ID, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("award_id", ID, nullable=True),
        sa.Column("is_over", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_slot_award_id_award")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_slot_prize_id_prize")),
        sa.PrimaryKeyConstraint("campaign_id", "way", "number", name=op.f("pk_slot")),
        sa.UniqueConstraint("award_id", name=op.f("uq_slot_award_id")),
    )
    op.create_table(
        "candidate",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("way", WORD, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("player_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("is_used", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "way", "position", name=op.f("pk_candidate")),
    )


def _make_draws() -> None:
    op.create_table(
        "draw_entry",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("round_id", BY_BYTES, nullable=False),
        sa.Column("player_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "round_id", name=op.f("pk_draw_entry")),
    )
    op.create_table(
        "draw_commitment",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_draw_commitment")),
        info={"append_only": True},
    )
    op.create_table(
        "draw_freeze",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_draw_freeze")),
        info={"append_only": True},
    )
    op.create_table(
        "draw_result",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("value_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_draw_result")),
        info={"append_only": True},
    )
    op.create_table(
        "draw_witness",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_draw_witness")),
    )
