"""What staff look winners and reviews up by; and a sending that was marked by mistake can be taken back."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

WAITS = sa.text("ruling IS NULL")
RULED = sa.text("ruling IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_award_newest", "award", ["campaign_id", "awarded_at", "id", "state", "way", "prize_id"])
    op.create_index("ix_award_state_newest", "award", ["campaign_id", "state", "awarded_at", "id"])
    op.create_index("ix_review_queue", "review", ["campaign_id", "asked_at", "id"], sqlite_where=WAITS,
                    postgresql_where=WAITS)
    op.create_index("ix_review_ruled", "review", ["campaign_id", "ruled_at", "id"], sqlite_where=RULED,
                    postgresql_where=RULED)
    op.create_index("ix_player_alias", "player", ["alias"], postgresql_ops={"alias": "text_pattern_ops"})
    _number_the_sendings()


def _number_the_sendings() -> None:
    """The table is made anew: neither kind of database lets a key grow where rows are guarded."""
    op.execute("CREATE TABLE sending_before AS SELECT * FROM sending")
    op.drop_table("sending")
    op.create_table(
        "sending",
        sa.Column("award_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_sending_award_id_award")),
        sa.PrimaryKeyConstraint("award_id", "number", name=op.f("pk_sending")),
        info={"append_only": True},
    )
    op.execute("INSERT INTO sending (award_id, number, deed, \"by\", at) "
               "SELECT award_id, 1, 'sent', \"by\", at FROM sending_before")
    op.drop_table("sending_before")
    protect(op.get_bind(), "sending")
