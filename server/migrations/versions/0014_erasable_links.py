"""What ties a claim or a ticket to a person can be erased: hashes leave the claim, contacts go once sent."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import unprotect

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    unprotect(op.get_bind(), "keepsake")
    # Columns that no key names: SQLite drops and adds them in place, so that no trigger is lost.
    op.drop_column("claim", "person")
    op.drop_column("claim", "household")
    op.add_column("claim_contact", sa.Column("goes_when_sent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("tally", sa.Column("unlinked", sa.Integer(), server_default="0", nullable=False))
