"""Comments that are edited, answered, liked, reported, appealed; what the desk keeps; the sealed contribution log."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WORD = sa.String(length=16)


def upgrade() -> None:
    _grow()
    _make_tables_of_readers()
    _make_tables_of_the_desk()


def _grow() -> None:
    """Without rebuilding what is guarded: a column more leaves the triggers where they are."""
    for name in ("banned_words", "allowed_words"):
        op.add_column("campaign", sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
    for name, kind, default in (("campaign_id", sa.String(length=32), None), ("revision", sa.Integer(), "1"),
                                ("undoes", sa.String(length=32), None)):
        op.add_column("ruling", sa.Column(name, kind, server_default=default, nullable=default is None))
    op.create_index("ix_ruling_at", "ruling", ["at"])
    op.add_column("comment_report", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.add_column("comment_report", sa.Column("network_hash", sa.String(length=64), nullable=True))
    op.create_index("ix_comment_report_open", "comment_report", ["settled_at", "comment_id"])
    _grow_comment()


def _grow_comment() -> None:
    with op.batch_alter_table("comment") as table:
        table.add_column(sa.Column("parent_id", sa.String(length=32), nullable=True))
        for name in ("at_ms", "ruled_revision", "span_start", "span_end"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
        table.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
        table.add_column(sa.Column("liked", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("edited_at", UtcDateTime(), nullable=True))
        table.create_foreign_key(op.f("fk_comment_parent_id_comment"), "comment", ["parent_id"], ["id"])
        table.create_check_constraint(op.f("ck_comment_liked"), "liked >= 0")
    op.execute("UPDATE comment SET ruled_revision = 1 WHERE EXISTS (SELECT 1 FROM ruling "
               "WHERE ruling.comment_id = comment.id AND ruling.ruled_by <> 'rules')")  # a person's word stands
    op.drop_index("ix_comment_queue", "comment")
    op.create_index("ix_comment_queue", "comment", ["state", "posted_at", "id"])
    op.create_index("ix_comment_best", "comment", ["campaign_id", "state", "liked", "published_at", "id"])
    op.create_index("ix_comment_round", "comment", ["round_id", "state", "published_at"])
    op.create_index("ix_comment_thread", "comment", ["parent_id", "state", "published_at"])


def _make_tables_of_readers() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("ruling_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_appeal_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("ruling_id", name=op.f("uq_appeal_ruling_id")),
    )
    op.create_index(op.f("ix_appeal_comment_id"), "appeal", ["comment_id"])
    op.create_index("ix_appeal_open", "appeal", ["settled_at", "at"])
    op.create_table(
        "comment_revision",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_revision_comment_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", "number", name=op.f("pk_comment_revision")),
    )
    op.create_table(
        "reaction",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_reaction_comment_id_comment")),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_reaction_player_id_player")),
        sa.PrimaryKeyConstraint("comment_id", "player_id", name=op.f("pk_reaction")),
    )
    op.create_table(
        "statement",
        sa.Column("ruling_id", sa.String(length=32), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_law", sa.Boolean(), nullable=False),
        sa.Column("is_automated", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_statement_comment_id_comment")),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_comment_id"), "statement", ["comment_id"])


def _make_tables_of_the_desk() -> None:
    op.create_table(
        "canned_reason",
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("locale", "reason", name=op.f("pk_canned_reason")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_at"), "contribution", ["at"])
    op.create_table(
        "feed",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_feed")),
    )
    op.create_table(
        "second_look",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("ruling_id", sa.String(length=32), nullable=False),
        sa.Column("first", WORD, nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("second", WORD, nullable=True),
        sa.Column("by", sa.String(length=60), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_second_look")),
    )
    op.create_index("ix_second_look_open", "second_look", ["second", "comment_id"])
    op.create_table(
        "mute",
        sa.Column("player_id", sa.String(length=32), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["player.id"], name=op.f("fk_mute_player_id_player")),
        sa.PrimaryKeyConstraint("player_id", name=op.f("pk_mute")),
    )
    op.create_table(
        "opened",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_opened_comment_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_opened")),
    )
    op.create_table(
        "passed",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_passed_comment_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", "by", name=op.f("pk_passed")),
    )
