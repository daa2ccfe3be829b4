"""QR codes on posters and packs: what they unlock, how often they are scanned, who has used them."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
OF_A_POSTER, OF_A_PACK = sa.text("copy = 0"), sa.text("copy > 0")


def upgrade() -> None:
    _make_poster()
    op.create_table(
        "poster_day",
        sa.Column("poster_id", ID, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("scans", sa.Integer(), nullable=False),
        sa.Column("unlocks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poster_id"], ["poster.id"], name=op.f("fk_poster_day_poster_id_poster")),
        sa.PrimaryKeyConstraint("poster_id", "day", name=op.f("pk_poster_day")),
    )
    _make_poster_use()


def _make_poster() -> None:
    op.create_table(
        "poster",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("bonus", sa.Integer(), nullable=False),
        sa.Column("scene", sa.String(length=16), nullable=True),
        sa.Column("from_at", UtcDateTime(), nullable=True),
        sa.Column("until_at", UtcDateTime(), nullable=True),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(kind = 'pack') = (codes > 0)", name=op.f("ck_poster_codes")),
        sa.CheckConstraint("bonus >= 0", name=op.f("ck_poster_bonus")),
        sa.CheckConstraint("from_at < until_at", name=op.f("ck_poster_window")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_poster_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster")),
        sa.UniqueConstraint("number", name=op.f("uq_poster_number")),
    )
    op.create_index("ix_poster_campaign_id", "poster", ["campaign_id"])


def _make_poster_use() -> None:
    op.create_table(
        "poster_use",
        sa.Column("id", ID, nullable=False),
        sa.Column("poster_id", ID, nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("player_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("counts_from", UtcDateTime(), nullable=False),
        sa.Column("bonus", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poster_id"], ["poster.id"], name=op.f("fk_poster_use_poster_id_poster")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_poster_use_player_id_player")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster_use")),
    )
    for column in ("poster_id", "player_id"):
        op.create_index(f"ix_poster_use_{column}", "poster_use", [column])
    op.create_index("uq_poster_use_player", "poster_use", ["poster_id", "player_id"], unique=True,
                    sqlite_where=OF_A_POSTER, postgresql_where=OF_A_POSTER)
    op.create_index("uq_poster_use_copy", "poster_use", ["poster_id", "copy"], unique=True, sqlite_where=OF_A_PACK,
                    postgresql_where=OF_A_PACK)
