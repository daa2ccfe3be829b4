"""What each address of this desk asks for."""

from typing import TYPE_CHECKING

from prizes.staff_word import mark_sent
from server.backoffice.rights import Right
from server.db import transaction
from tests.office.winners.scene import Winners

if TYPE_CHECKING:
    from tests.office.walls.scene import Scene

ROWS = {
    "winners.overview": Right.SEE,
    "winners.show": Right.SEE,
    "winners.packing": Right.SERVE,
    "winners.send": Right.SERVE,
    "winners.send_many": Right.SERVE,
    "winners.unsend": Right.SERVE,
    "winners.unsend_many": Right.SERVE,
    "winners.revoke": Right.SERVE,
    "winners.export_page": Right.EXPORT,
    "winners.export": Right.EXPORT,
}
BODIES = {
    "winners.send": {},
    "winners.send_many": {"award": "$award_id"},
    "winners.unsend": {},
    "winners.unsend_many": {"award": "$sent_award_id"},
    "winners.revoke": {"reason": "cheated", "why": "Because zounds", "confirmation": "$award_word"},
    "winners.export": {"kind": "csv"},
}
ARGUMENTS = {"winners.unsend": {"award_id": "$sent_award_id"}}
QUERIES = {"winners.packing": {"award": "$award_id"}}
FRESH = {"winners.revoke", "winners.export_page", "winners.export"}


def prepare(scene: "Scene") -> None:
    """A prize that was sent, and what is typed to take one back."""
    winners = Winners(scene.office.database, scene.office.clock, slug="zapp-sent")
    award = winners.claimed()
    with winners.database.sessions() as session, transaction(session):
        mark_sent(session, award.id, "bob", winners.clock())
    scene.name(sent_award_id=award.id)
    scene.names["award_word"] = scene.names["award_id"][:6]
