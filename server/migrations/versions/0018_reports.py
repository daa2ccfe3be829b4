"""Reports that are receipts too: one a reader and revision, with what came of it, and outliving the comment."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NO_PLAYER = sa.text("player_id IS NULL")
# What was settled before was settled by a ruling; the comment's state tells which.
OUTCOME = """UPDATE comment_report SET outcome = CASE (SELECT state FROM comment WHERE comment.id = comment_id)
             WHEN 'published' THEN 'kept' ELSE 'removed' END WHERE settled_at IS NOT NULL"""


def upgrade() -> None:
    with op.batch_alter_table("comment_report") as table:
        table.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("outcome", sa.String(length=16), nullable=True))
        table.alter_column("comment_id", existing_type=sa.String(length=32), nullable=True)
        table.drop_constraint(op.f("uq_comment_report_comment_id_player_id"), type_="unique")
        table.create_unique_constraint(op.f("uq_comment_report_comment_id_revision_player_id"),
                                       ["comment_id", "revision", "player_id"])
    op.create_index("ix_comment_report_network", "comment_report", ["comment_id", "revision", "network_hash"],
                    unique=True, sqlite_where=NO_PLAYER, postgresql_where=NO_PLAYER)
    op.execute(OUTCOME)
