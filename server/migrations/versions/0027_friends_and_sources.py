"""Bonus rounds, the links by which players bring friends, and where rounds come from."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime
from prizes.seal import seal

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.String(length=32)


def upgrade() -> None:
    for name in ("friend_rounds", "friend_rounds_per_day"):
        op.add_column("campaign", sa.Column(name, sa.Integer(), nullable=True))  # no rebuild: the seals stay
    seal(op.get_bind(), "campaign")  # and from here on they know the new columns
    _bonus_rounds()
    _friends()
    _sources()
    _figures()


def _figures() -> None:
    """From here on the index holds all that is counted of rounds."""
    op.drop_index("ix_round_played", "round")
    op.create_index("ix_round_played", "round", ["campaign_id", "opened_at", "source_id", "verdict", "player_id"])


def _bonus_rounds() -> None:
    op.create_table(
        "bonus_round",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("player_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("earned_at", UtcDateTime(), nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_bonus_round_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_bonus_round_player_id_player")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_bonus_round_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bonus_round")),
        sa.UniqueConstraint("campaign_id", "kind", "cause", name=op.f("uq_bonus_round_campaign_id_kind_cause")),
        sa.UniqueConstraint("round_id", name=op.f("uq_bonus_round_round_id")),
    )
    op.create_index("ix_bonus_round_left", "bonus_round", ["campaign_id", "player_id", "round_id"])
    op.create_index("ix_bonus_round_player_id", "bonus_round", ["player_id"])
    op.create_table(
        "bonus_count",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("whose", ID, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units >= 1", name=op.f("ck_bonus_count_units")),
        sa.PrimaryKeyConstraint("campaign_id", "kind", "whose", "day", name=op.f("pk_bonus_count")),
    )
    op.create_index("ix_bonus_count_day", "bonus_count", ["day"])


def _friends() -> None:
    op.create_table(
        "friend_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("player_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_friend_link_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_friend_link_player_id_player")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_friend_link")),
        sa.UniqueConstraint("player_id", "campaign_id", name=op.f("uq_friend_link_player_id_campaign_id")),
    )
    op.create_table(
        "referral",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("referrer_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_referral_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["friend_id"], ["player.id"], name=op.f("fk_referral_friend_id_player")),
        sa.ForeignKeyConstraint(["referrer_id"], ["player.id"], name=op.f("fk_referral_referrer_id_player")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_referral_round_id_round")),
        sa.PrimaryKeyConstraint("campaign_id", "friend_id", name=op.f("pk_referral")),
        sa.UniqueConstraint("round_id", name=op.f("uq_referral_round_id")),
    )
    op.create_index("ix_referral_friend_id", "referral", ["friend_id"])
    op.create_index("ix_referral_referrer_id", "referral", ["referrer_id"])


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("medium", sa.String(length=40), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 30", name=op.f("ck_source_number")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_source_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("campaign_id", "kind", "name", "medium", "tag",
                            name=op.f("uq_source_campaign_id_kind_name_medium_tag")),
        sa.UniqueConstraint("campaign_id", "day", "number", name=op.f("uq_source_campaign_id_day_number")),
    )
    if op.get_bind().dialect.name == "sqlite":  # to rebuild the table would copy every round
        op.execute("ALTER TABLE round ADD COLUMN source_id INTEGER CONSTRAINT fk_round_source_id_source "
                   "REFERENCES source (id)")
    else:
        op.add_column("round", sa.Column("source_id", sa.Integer(), nullable=True))
        op.create_foreign_key(op.f("fk_round_source_id_source"), "round", "source", ["source_id"], ["id"])
