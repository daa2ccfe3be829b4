"""Ways to win: a ledger of two shelves a line, tallies in place of holdings, releases, the boss's shared life."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect, unprotect
from prizes.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The paths that the moves of the first schema took; a correction below zero took units away from the free ones.
SOURCES = {"received": "outside", "reserved": "free", "awarded": "reserved", "returned": "reserved",
           "withdrawn": "free", "corrected": "outside"}
TARGETS = {"received": "free", "reserved": "reserved", "awarded": "awarded", "returned": "free",
           "withdrawn": "withdrawn", "corrected": "free"}
PATH = ("(move = 'received' AND source = 'outside' AND target = 'free') OR "
        "(move = 'reserved' AND source = 'free' AND target = 'reserved') OR "
        "(move = 'awarded' AND source = 'reserved' AND target = 'awarded') OR "
        "(move = 'returned' AND source = 'reserved' AND target = 'free') OR "
        "(move = 'returned' AND source = 'awarded' AND target = 'free') OR "
        "(move = 'withdrawn' AND source = 'free' AND target = 'withdrawn') OR "
        "(move = 'withdrawn' AND source = 'awarded' AND target = 'withdrawn') OR "
        "(move = 'corrected' AND source = 'outside' AND target = 'free') OR "
        "(move = 'corrected' AND source = 'free' AND target = 'outside')")
WORD = sa.String(length=16)


def upgrade() -> None:
    _give_each_line_two_shelves()
    _make_tallies()
    _make_releases()
    with op.batch_alter_table("campaign") as table:
        for name in ("liability_limit_cents", "per_network", "per_person", "per_household"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
        table.add_column(sa.Column("sealed_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("prize") as table:
        table.add_column(sa.Column("per_day", sa.Integer(), nullable=True))
        table.add_column(sa.Column("per_hour", sa.Integer(), nullable=True))
        table.add_column(sa.Column("is_unlimited", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("pictures", sa.JSON(), server_default="{}", nullable=False))
        table.add_column(sa.Column("downloads", sa.JSON(), server_default="{}", nullable=False))
        table.drop_constraint(op.f("ck_prize_per_player"), type_="check")
        table.create_check_constraint(op.f("ck_prize_caps"), "per_player >= 1 AND per_day >= 1 AND per_hour >= 1")
        table.create_check_constraint(op.f("ck_prize_unlimited"), "NOT is_unlimited OR kind IN ('download', 'badge')")
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("network", sa.String(length=32), nullable=True))
    op.create_table(
        "desk",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_desk")),
    )


def _give_each_line_two_shelves() -> None:
    """The guards have to stand aside while the columns are filled; a lost one would stop the migration."""
    unprotect(op.get_bind(), "stock_entry")
    with op.batch_alter_table("stock_entry") as table:
        table.add_column(sa.Column("source", WORD, nullable=True))
        table.add_column(sa.Column("target", WORD, nullable=True))
        table.add_column(sa.Column("by", sa.String(length=32), server_default="popshot", nullable=False))
        table.drop_constraint(op.f("ck_stock_entry_units"), type_="check")
    lines = sa.table("stock_entry", *(sa.column(name) for name in ("move", "source", "target", "units")))
    op.execute(lines.update().values(source=sa.case(SOURCES, value=lines.c.move),
                                     target=sa.case(TARGETS, value=lines.c.move)))
    op.execute(lines.update().where(lines.c.units < 0).values(source="free", target="outside", units=-lines.c.units))
    with op.batch_alter_table("stock_entry") as table:
        table.alter_column("source", existing_type=WORD, nullable=False)
        table.alter_column("target", existing_type=WORD, nullable=False)
        table.alter_column("by", existing_type=sa.String(length=32), server_default=None, nullable=False)
        table.create_check_constraint(op.f("ck_stock_entry_units"), "units > 0")
        table.create_check_constraint(op.f("ck_stock_entry_path"), PATH)
    protect(op.get_bind(), "stock_entry")


def _make_tallies() -> None:
    op.create_table(
        "tally",
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("cap", WORD, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units >= 0", name=op.f("ck_tally_no_debt")),
        sa.PrimaryKeyConstraint("subject_id", "cap", "key", name=op.f("pk_tally")),
    )
    op.create_table(
        "award_tally",
        sa.Column("award_id", sa.String(length=32), nullable=False),
        sa.Column("cap", WORD, nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_tally_award_id_award")),
        sa.PrimaryKeyConstraint("award_id", "cap", name=op.f("pk_award_tally")),
    )
    op.execute("INSERT INTO tally SELECT prize_id, 'player', player_id, units FROM holding")
    op.execute("INSERT INTO award_tally SELECT id, 'player', prize_id, player_id FROM award")
    op.drop_table("holding")


def _make_releases() -> None:
    op.create_table(
        "release",
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("at_hits", sa.Integer(), nullable=True),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_release_window")),
        sa.CheckConstraint("units >= 1", name=op.f("ck_release_units")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_release_prize_id_prize")),
        sa.PrimaryKeyConstraint("prize_id", "number", name=op.f("pk_release")),
    )
    op.create_table(
        "shared_life",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("life", sa.Integer(), nullable=False),
        sa.Column("drained", sa.Integer(), nullable=False),
        sa.CheckConstraint("life >= 1 AND drained >= 0", name=op.f("ck_shared_life_no_debt")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_shared_life")),
    )
