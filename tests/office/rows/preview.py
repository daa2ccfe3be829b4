"""What each address of the preview, the pictures and the test mode asks for."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize
from server.backoffice.rights import Right
from server.db import transaction
from tests.office.matrix import Upload

ROWS = {
    "preview.open_preview": Right.SEE,
    "preview.find_preview": Right.SEE,
    "pictures.place": Right.EDIT,
    "pictures.remove": Right.EDIT,
    "pictures.place_at_prize": Right.EDIT,
    "pictures.remove_from_prize": Right.EDIT,
    "rehearsals.overview": Right.SEE,
    "rehearsals.start": Right.EDIT,
    "rehearsals.throw_away": Right.EDIT,
}


def _dot() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (9, 9), "#e63946").save(drawn, "PNG")
    return drawn.getvalue()


DOT = {"picture": Upload(_dot(), "dot.png", "image/png")}
BODIES: dict[str, dict[str, Any]] = {
    "pictures.place": DOT, "pictures.remove": {}, "pictures.place_at_prize": DOT, "pictures.remove_from_prize": {},
    "rehearsals.start": {}, "rehearsals.throw_away": {},
}
OF_DRAFT = {"slug": "$draft", "prize_id": "$draft_prize_id"}
ARGUMENTS = {
    "pictures.place": {"place": "logo"}, "pictures.remove": {"place": "logo"},
    "pictures.place_at_prize": OF_DRAFT, "pictures.remove_from_prize": OF_DRAFT,
    "rehearsals.overview": {"slug": "$draft"}, "rehearsals.start": {"slug": "$draft"},
    "rehearsals.throw_away": {"slug": "$draft"},
}
NEUTRAL = {"pictures.place": ("place",), "pictures.remove": ("place",)}


def prepare(scene: Any) -> None:
    """A prize of the draft: those of a published campaign keep their pictures."""
    prize_id = new_id()
    with scene.office.database.sessions() as session, transaction(session):
        add_prize(session, Prize(id=prize_id, campaign_id=scene.names["draft_id"], names={"en": "Drafted"},
                                 kind=PrizeKind.PARCEL, value_cents=100, created_at=datetime(2026, 12, 1, tzinfo=UTC)))
    scene.name(draft_prize_id=prize_id)
