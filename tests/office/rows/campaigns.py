"""What each address of this desk asks for."""

from typing import Any

from server.backoffice.rights import Right
from server.campaigns.campaign import find_campaign
from server.campaigns.seed_demo import draft_demo
from server.campaigns.version import SavedBy, keep_version
from server.db import transaction
from tests.office.matrix import FormOf

ROWS = {
    "studio.overview": Right.SEE, "studio.new": Right.EDIT, "studio.make": Right.EDIT, "studio.enter": Right.SEE,
    "studio.theme": Right.SEE, "studio.save_theme": Right.EDIT, "studio.texts": Right.SEE,
    "studio.save_texts": Right.EDIT, "studio.prizes": Right.SEE, "studio.save_prizes": Right.EDIT,
    "studio.dates": Right.SEE, "studio.save_dates": Right.EDIT, "studio.check": Right.SEE,
    "studio.accept_liability": Right.EDIT, "studio.publish_campaign": Right.EDIT, "studio.turn": Right.EDIT,
    "studio.make_turn": Right.EDIT, "studio.copy": Right.EDIT, "studio.archive": Right.EDIT,
    "studio.unarchive": Right.EDIT, "studio.versions": Right.SEE, "studio.version_file": Right.SEE,
    "studio.restore": Right.EDIT, "studio.playable": Right.SEE, "studio.make_playable": Right.EDIT,
}
BODIES: dict[str, Any] = {
    "studio.make": {"name": "Zapp winter", "template": "toys", "timezone": "Europe/Paris", "brand": "$brand_id"},
    "studio.save_theme": FormOf("studio.theme"), "studio.save_texts": FormOf("studio.texts"),
    "studio.save_prizes": FormOf("studio.prizes"), "studio.save_dates": FormOf("studio.dates"),
    "studio.accept_liability": {}, "studio.publish_campaign": {"confirmation": "$ready"},
    "studio.make_turn": {"reason": "stock", "why": "Zounds"}, "studio.copy": {}, "studio.archive": {},
    "studio.unarchive": {}, "studio.restore": {},
    "studio.make_playable": {"language": "en", "source": "tiktok"},
}
ON_A_DRAFT = ("studio.save_theme", "studio.save_texts", "studio.save_prizes", "studio.save_dates",
              "studio.accept_liability", "studio.publish_campaign", "studio.archive", "studio.unarchive")
FIRST = {"slug": "$ready", "number": "1"}
ARGUMENTS = {**{endpoint: {"slug": "$ready"} for endpoint in ON_A_DRAFT}, "studio.turn": {"turn": "pause"},
             "studio.make_turn": {"turn": "pause"}, "studio.version_file": FIRST, "studio.restore": FIRST}
NEUTRAL = {"studio.turn": ("turn",), "studio.make_turn": ("turn",)}


def prepare(scene: Any) -> None:
    """A draft that may be published, saved twice."""
    office = scene.office
    with office.database.sessions() as session, transaction(session):
        boss = find_campaign(session, "boss")
        assert boss is not None
        boss.slug = "zapp-boss"
        session.flush()
        ready = draft_demo(session, office.clock())
        ready.slug, ready.brand_id = "zapp-ready", scene.names["brand_id"]
        keep_version(session, ready, SavedBy.NEW, scene.names["staff_id"], office.clock())
        scene.name(ready="zapp-ready", ready_id=ready.id)
