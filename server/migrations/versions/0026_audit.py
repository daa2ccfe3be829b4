"""The log of acts, found by campaign, by kind and by what was typed."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
WORD = sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql")
# Each answers one question in the order of the log, the newest first.
LOOKS = {
    "ix_staff_act_brand_id_staff_id": ("brand_id", "staff_id", "at", "id"),
    "ix_staff_act_brand_id_word": ("brand_id", "word", "at", "id"),
    "ix_staff_act_brand_id_staff_id_word": ("brand_id", "staff_id", "word", "at", "id"),
    "ix_staff_act_campaign_id_at": ("campaign_id", "at", "id"),
    "ix_staff_act_subject_id_at": ("subject_id", "at", "id"),
    "ix_staff_act_address_at": ("address", "at", "id"),
}


def upgrade() -> None:
    op.add_column("staff_act", sa.Column("campaign_id", ID, nullable=True))  # no rebuild: the guards stay
    op.drop_index("ix_staff_act_subject", "staff_act")
    op.drop_index("ix_staff_act_staff_id_at", "staff_act")
    for name, columns in LOOKS.items():
        op.create_index(name, "staff_act", list(columns))
    op.create_table(
        "act_word",
        sa.Column("act_id", ID, nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["staff_act.id"], name=op.f("fk_act_word_act_id_staff_act")),
        sa.PrimaryKeyConstraint("act_id", "word", name=op.f("pk_act_word")),
    )
    op.create_index("ix_act_word_word", "act_word", ["word", "act_id"])
    protect(op.get_bind(), "staff_act")
