"""Pictures of brands; campaigns from before themes were read strictly wear the house's."""

import sqlalchemy as sa
from alembic import op

from prizes.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

HOUSE = {
    "palette": {"accent": "#ff8a1f", "can": "#14b8a6", "balloon": "#ef3e5b", "duck": "#ffcf33", "star": "#ffc21a",
                "gift": "#8b5cf6", "blaster": "#2f8fff"},
    "boss": {"name": "The Boss", "skin": "#f6b88a", "hair": "#43291c", "suit": "#2f4aa6", "tie": "#e63946",
             "hairstyle": "short", "beard": "none", "glasses": "none", "neckwear": "tie", "picture": None},
    "scene": {"place": "hills", "time": "day"},
    "skins": {"can": "can", "balloon": "balloon", "duck": "duck"},
    "shape": "round",
    "logo": None,
    "texts": {},
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
    )
    campaign = sa.table("campaign", sa.column("theme", sa.JSON))
    op.execute(campaign.update().values(theme=HOUSE))
