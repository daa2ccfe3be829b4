"""Who said of an award that it was sent, and when."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sending",
        sa.Column("award_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_sending_award_id_award")),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_sending")),
        info={"append_only": True},
    )
    protect(op.get_bind(), "sending")
