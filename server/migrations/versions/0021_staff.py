"""How staff come in: links, second factors, visits that ended, browsers that are known, tries that were wrong."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.String(length=32)
HASH = sa.String(length=64)


def upgrade() -> None:
    op.add_column("staff", sa.Column("totp_secret", sa.String(length=500), nullable=True))
    op.add_column("staff", sa.Column("totp_counter", sa.Integer(), nullable=True))
    op.add_column("staff", sa.Column("seen_at", UtcDateTime(), nullable=True))
    op.add_column("membership", sa.Column("suspended_at", UtcDateTime(), nullable=True))
    _factors()
    _links()
    _visits()


def _factors() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=1400), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_passkey_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    )
    op.create_index(op.f("ix_passkey_staff_id"), "passkey", ["staff_id"])
    op.create_table(
        "spent_challenge",
        sa.Column("hash", HASH, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_spent_challenge")),
    )
    op.create_index(op.f("ix_spent_challenge_at"), "spent_challenge", ["at"])
    op.create_table(
        "recovery_code",
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recovery_code_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "hash", name=op.f("pk_recovery_code")),
    )


def _links() -> None:
    op.create_table(
        "staff_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("secret_hash", HASH, nullable=False),
        sa.Column("brand_id", ID, nullable=True),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("clears_factor", sa.Boolean(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_staff_link_brand_id_brand")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_link_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_staff_link_secret_hash")),
    )
    op.create_index("ix_staff_link_brand_id", "staff_link", ["brand_id", "made_at"])
    op.create_index(op.f("ix_staff_link_staff_id"), "staff_link", ["staff_id"])


def _visits() -> None:
    op.create_table(
        "ended_visit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_visit")),
    )
    op.create_index(op.f("ix_ended_visit_at"), "ended_visit", ["at"])
    op.create_table(
        "known_device",
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_known_device_staff_id_staff")),
        sa.PrimaryKeyConstraint("token_hash", "staff_id", name=op.f("pk_known_device")),
    )
    op.create_table(
        "staff_try",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("free_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_staff_try")),
    )
    op.create_index(op.f("ix_staff_try_last_at"), "staff_try", ["last_at"])
