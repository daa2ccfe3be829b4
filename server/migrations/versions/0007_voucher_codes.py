"""Voucher codes: sealed, one to one award."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LEFT = sa.text("(award_id IS NULL AND NOT is_withdrawn)")
HAS_AWARD = sa.text("award_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "voucher_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prize_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("award_id", sa.String(length=32), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("award_id IS NULL OR NOT is_withdrawn", name=op.f("ck_voucher_code_one_fate")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_voucher_code_prize_id_prize")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_voucher_code_award_id_award")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_code")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_voucher_code_fingerprint")),
    )
    op.create_index("ix_voucher_code_left", "voucher_code", ["prize_id", "id"], sqlite_where=LEFT,
                    postgresql_where=LEFT)
    op.create_index("uq_voucher_code_award_id", "voucher_code", ["award_id"], unique=True, sqlite_where=HAS_AWARD,
                    postgresql_where=HAS_AWARD)
