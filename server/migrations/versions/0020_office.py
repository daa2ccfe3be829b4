"""Brands as tenants, staff with roles, and what staff did."""

import sqlalchemy as sa
from alembic import op

from prizes.append_only import protect
from prizes.db import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
# Every brand that a campaign names becomes one; its id needs only to differ from all others.
BRANDS = {
    "sqlite": "INSERT INTO brand (id, name, created_at) SELECT lower(hex(randomblob(10))), brand, min(opens_at) "
              "FROM campaign GROUP BY brand",
    "postgresql": "INSERT INTO brand (id, name, created_at) SELECT substr(md5(brand || random()::text), 1, 20), brand, "
                  "min(opens_at) FROM campaign GROUP BY brand",
}  # fmt: skip
OWNED = "UPDATE campaign SET brand_id = (SELECT id FROM brand WHERE brand.name = campaign.brand)"


def upgrade() -> None:
    _brands()
    _staff()
    _acts()


def _brands() -> None:
    op.create_table(
        "brand",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
        sa.UniqueConstraint("name", name=op.f("uq_brand_name")),
    )
    if op.get_bind().dialect.name == "sqlite":  # to rebuild the table would drop its seals
        op.execute("ALTER TABLE campaign ADD COLUMN brand_id VARCHAR(32) CONSTRAINT fk_campaign_brand_id_brand "
                   "REFERENCES brand (id)")
    else:
        op.add_column("campaign", sa.Column("brand_id", ID, nullable=True))
        op.create_foreign_key(op.f("fk_campaign_brand_id_brand"), "campaign", "brand", ["brand_id"], ["id"])
    op.create_index(op.f("ix_campaign_brand_id"), "campaign", ["brand_id"])
    op.execute(BRANDS[op.get_bind().dialect.name])
    op.execute(OWNED)


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_staff_fs_uniquifier")),
    )
    op.create_table(
        "membership",
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("brand_id", ID, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_membership_staff_id_staff")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_membership_brand_id_brand")),
        sa.PrimaryKeyConstraint("staff_id", "brand_id", "role", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_brand_id"), "membership", ["brand_id"])


def _acts() -> None:
    op.create_table(
        "staff_act",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("brand_id", ID, nullable=True),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=True),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_act")),
    )
    op.create_index("ix_staff_act_brand_id_at", "staff_act", ["brand_id", "at", "id"])
    op.create_index("ix_staff_act_staff_id_at", "staff_act", ["staff_id", "at", "id"])
    op.create_index("ix_staff_act_subject", "staff_act", ["subject_id"])
    op.create_table(
        "act_text",
        sa.Column("act_id", ID, nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["staff_act.id"], name=op.f("fk_act_text_act_id_staff_act")),
        sa.PrimaryKeyConstraint("act_id", "field", name=op.f("pk_act_text")),
    )
    protect(op.get_bind(), "staff_act")
