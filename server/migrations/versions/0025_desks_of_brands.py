"""What a desk finds by its brand: indexes for the queue and the figures of the last hours; mutes and the words of
reasons belong to a brand.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Until now one mute held everywhere: it goes on wherever its player has written.
MUTES = """SELECT DISTINCT mute.player_id, campaign.brand_id, mute.until, mute.reason, mute.by, mute.at FROM mute
           JOIN comment ON comment.player_id = mute.player_id JOIN campaign ON campaign.id = comment.campaign_id"""
APPEALS = """SELECT mute_appeal.*, (SELECT min(campaign.brand_id) FROM comment JOIN campaign
             ON campaign.id = comment.campaign_id WHERE comment.player_id = mute_appeal.player_id) AS brand_id
             FROM mute_appeal"""
REASONS = "SELECT brand.id AS brand_id, locale, reason, text FROM canned_reason CROSS JOIN brand"


def upgrade() -> None:
    op.drop_index("ix_comment_queue", "comment")
    op.create_index("ix_comment_queue", "comment", ["state", "posted_at", "id", "campaign_id"])
    op.create_index("ix_ruling_campaign", "ruling", ["campaign_id", "at"])
    op.create_index("ix_round_played", "round", ["campaign_id", "opened_at"])
    _make_anew("mute", MUTES, _make_mute)
    _make_anew("mute_appeal", APPEALS, _make_mute_appeal)
    _make_anew("canned_reason", REASONS, _make_canned_reason)


def _make_anew(name: str, kept: str, make: Callable[[], sa.Table]) -> None:
    """These tables are small, and their keys change."""
    rows = [dict(row) for row in op.get_bind().execute(sa.text(kept)).mappings()]
    op.drop_table(name)
    table = make()
    strings = sa.table(name, *(sa.column(column.name) for column in table.columns))  # moments as the driver gave them
    if rows:
        op.bulk_insert(strings, [row for row in rows if row["brand_id"] is not None])


def _make_mute() -> sa.Table:
    return op.create_table(
        "mute",
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("brand_id", sa.String(length=32), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_mute_player_id_player")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_mute_brand_id_brand")),
        sa.PrimaryKeyConstraint("player_id", "brand_id", name=op.f("pk_mute")),
    )


def _make_mute_appeal() -> sa.Table:
    table = op.create_table(
        "mute_appeal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("brand_id", sa.String(length=32), nullable=False),
        sa.Column("muted_at", UtcDateTime(), nullable=False),
        sa.Column("muted_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_mute_appeal_player_id_player")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_mute_appeal_brand_id_brand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mute_appeal")),
        sa.UniqueConstraint("player_id", "brand_id", "muted_at",
                            name=op.f("uq_mute_appeal_player_id_brand_id_muted_at")),
    )
    op.create_index("ix_mute_appeal_open", "mute_appeal", ["settled_at", "at"])
    return table


def _make_canned_reason() -> sa.Table:
    return op.create_table(
        "canned_reason",
        sa.Column("brand_id", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_canned_reason_brand_id_brand")),
        sa.PrimaryKeyConstraint("brand_id", "locale", "reason", name=op.f("pk_canned_reason")),
    )
