"""What each address of the QR codes' desk asks for."""

from typing import Any

from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.play.posters.make_poster import Wish, make_poster

ROWS = {
    "posters.overview": Right.SEE, "posters.new": Right.EDIT, "posters.make": Right.EDIT, "posters.show": Right.SEE,
    "posters.revoke": Right.EDIT, "posters.print_page": Right.EDIT, "posters.print_out": Right.EDIT,
}
BODIES: dict[str, dict[str, Any]] = {
    "posters.make": {"name": "Zounds", "kind": "poster", "codes": "", "bonus": "1", "scene": "city/night",
                     "from_at": "", "until_at": "", "per_day": "500"},
    "posters.revoke": {}, "posters.print_out": {"file": "svg", "language": "en", "headline": "", "first": "1"},
}
FRESH = {"posters.print_page", "posters.print_out"}


def prepare(scene: Any) -> None:
    """A poster of the brand's campaign."""
    office = scene.office
    with office.database.sessions() as session:
        campaign = session.get_one(Campaign, scene.names["campaign_id"])
        poster = make_poster(session, campaign, Wish(name="Zapp poster"), office.clock())
    scene.name(poster_id=poster.id)
