"""The first schema: players, campaigns, rounds, prizes, comments, and what keeps them in step."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("claim", "ruling", "stock_entry")


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("brand", sa.String(length=120), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("theme", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("review_line", sa.Integer(), nullable=False),
        sa.Column("value_limit_cents", sa.Integer(), nullable=True),
        sa.Column("rounds_per_day", sa.Integer(), nullable=True),
        sa.Column("comments_mode", sa.String(length=16), nullable=False),
        sa.Column("framed_by", sa.JSON(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_campaign_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("slug", name=op.f("uq_campaign_slug")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_at"), "outbox", ["at"], unique=False)
    op.create_table(
        "player",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("alias", sa.String(length=60), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_player")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_player_token_hash")),
    )
    op.create_table(
        "prize",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("per_player", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("per_player >= 1", name=op.f("ck_prize_per_player")),
        sa.CheckConstraint("value_cents >= 0", name=op.f("ck_prize_value")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize")),
    )
    op.create_index(op.f("ix_prize_campaign_id"), "prize", ["campaign_id"], unique=False)
    op.create_table(
        "proof_spent",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_spent")),
    )
    op.create_index(op.f("ix_proof_spent_expires_at"), "proof_spent", ["expires_at"], unique=False)
    op.create_table(
        "review",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("ruled_by", sa.String(length=60), nullable=True),
        sa.Column("ruled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_waiting", "review", ["ruling", "asked_at"], unique=False)
    op.create_table(
        "ruling",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("ruled_by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_ruling_comment_id"), "ruling", ["comment_id"], unique=False)
    op.create_table(
        "runner_lease",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runner_lease")),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("awarded_at", UtcDateTime(), nullable=False),
        sa.Column("claim_before", UtcDateTime(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_award_prize_id_prize")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("campaign_id", "way", "cause", name=op.f("uq_award_campaign_id_way_cause")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_award_code_hash")),
    )
    op.create_index("ix_award_player_id_prize_id", "award", ["player_id", "prize_id"], unique=False)
    op.create_index(op.f("ix_award_round_id"), "award", ["round_id"], unique=False)
    op.create_index("ix_award_state_claim_before", "award", ["state", "claim_before"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("rulings", sa.Integer(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_comment_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_comment_player_id_player")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_author", "comment", ["player_id", "posted_at"], unique=False)
    op.create_index("ix_comment_public", "comment", ["campaign_id", "state", "published_at", "id"], unique=False)
    op.create_index("ix_comment_queue", "comment", ["state", "posted_at"], unique=False)
    op.create_table(
        "holding",
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units >= 0", name=op.f("ck_holding_no_debt")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_holding_prize_id_prize")),
        sa.PrimaryKeyConstraint("prize_id", "player_id", name=op.f("pk_holding")),
    )
    op.create_table(
        "ladder_step",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_ladder_step_prize_id_prize")),
        sa.PrimaryKeyConstraint("campaign_id", "score", "prize_id", name=op.f("pk_ladder_step")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("submitted", sa.Integer(), nullable=False),
        sa.Column("wave_starts_at", UtcDateTime(), nullable=False),
        sa.Column("stretch_ms", sa.Integer(), nullable=False),
        sa.Column("had_void", sa.Boolean(), nullable=False),
        sa.Column("closes_by", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("ending", sa.String(length=16), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("shots", sa.Integer(), nullable=True),
        sa.Column("hits", sa.Integer(), nullable=True),
        sa.Column("best_combo", sa.Integer(), nullable=True),
        sa.Column("secret", sa.String(length=64), nullable=True),
        sa.Column("log_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_round_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_round_player_id_player")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_index("ix_round_day", "round", ["campaign_id", "player_id", "opened_at"], unique=False)
    op.create_index(op.f("ix_round_log_hash"), "round", ["log_hash"], unique=False)
    op.create_index("ix_round_overdue", "round", ["state", "closes_by"], unique=False)
    op.create_index(op.f("ix_round_player_id"), "round", ["player_id"], unique=False)
    op.create_index(
        "uq_round_open",
        "round",
        ["player_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "standing",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reached_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_standing_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_standing_player_id_player")),
        sa.PrimaryKeyConstraint("campaign_id", "player_id", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_order", "standing", ["campaign_id", "score", "reached_at"], unique=False)
    op.create_index(op.f("ix_standing_player_id"), "standing", ["player_id"], unique=False)
    op.create_table(
        "stock",
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("free", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("awarded", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.CheckConstraint("free + reserved + awarded + withdrawn = received", name=op.f("ck_stock_adds_up")),
        sa.CheckConstraint(
            "received >= 0 AND free >= 0 AND reserved >= 0 AND awarded >= 0 AND withdrawn >= 0",
            name=op.f("ck_stock_no_debt"),
        ),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_stock_prize_id_prize")),
        sa.PrimaryKeyConstraint("prize_id", name=op.f("pk_stock")),
    )
    op.create_table(
        "claim",
        sa.Column("award_id", sa.String(length=32), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_claim_award_id_award")),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_claim")),
        info={"append_only": True},
    )
    op.create_table(
        "claim_contact",
        sa.Column("award_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_claim_contact_award_id_award")),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_claim_contact")),
    )
    op.create_table(
        "comment_report",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_report_comment_id_comment")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_comment_report_player_id_player")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_report")),
        sa.UniqueConstraint("comment_id", "player_id", name=op.f("uq_comment_report_comment_id_player_id")),
    )
    op.create_index(op.f("ix_comment_report_player_id"), "comment_report", ["player_id"], unique=False)
    op.create_table(
        "stock_entry",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.Column("move", sa.String(length=16), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("units > 0 OR move = 'corrected'", name=op.f("ck_stock_entry_units")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_stock_entry_award_id_award")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_stock_entry_prize_id_prize")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_entry")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_stock_entry_award_id"), "stock_entry", ["award_id"], unique=False)
    op.create_index("ix_stock_entry_prize_id_at", "stock_entry", ["prize_id", "at"], unique=False)
    op.create_table(
        "submission",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("shots", sa.JSON(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_submission_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "wave", name=op.f("pk_submission")),
    )
    for table in APPEND_ONLY:
        protect(op.get_bind(), table)
