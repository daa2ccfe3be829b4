"""The calls of an author who does not agree: with a ruling, with a mute."""

from flask import Blueprint, Response

from server.campaigns.campaign import Campaign, get_campaign
from server.clock import utc_now
from server.comments.appeal_comment import appeal_comment
from server.comments.appeal_mute import appeal_mute
from server.comments.my_comments import appeal_as_json, own_comments
from server.db import current_session
from server.limits.rates import Rule
from server.players.current import current_player
from server.players.guard import require_calm
from server.texts import asked_locale
from server.wire import answer, read_body, text_of

MOST_APPEAL = 1_000
MOST_SLUG = 64

bp = Blueprint("appeals", __name__, url_prefix="/api/v1")


@bp.post("/comments/<comment_id>/appeal")
def appeal(comment_id: str) -> Response:
    session, player = current_session(), current_player()
    text = text_of(read_body(), "text", most=MOST_APPEAL, required=False)
    require_calm(Rule.COMMENTS, player.id)
    comment = appeal_comment(session, comment_id, player.id, text, utc_now())
    locale = asked_locale(session.get_one(Campaign, comment.campaign_id).locales)
    return answer({"comment": own_comments(session, [comment], utc_now(), locale)[0]}, 201)


@bp.post("/players/me/mute/appeal")
def appeal_against_mute() -> Response:
    """Against the mute under the `campaign` that it names, or the latest one."""
    player, body, session = current_player(), read_body(), current_session()
    text = text_of(body, "text", most=MOST_APPEAL, required=False)
    slug = text_of(body, "campaign", most=MOST_SLUG, required=False)
    require_calm(Rule.COMMENTS, player.id)
    brand_id = get_campaign(session, slug).brand_id if slug else None
    return answer({"appeal": appeal_as_json(appeal_mute(session, player.id, text, utc_now(), brand_id))}, 201)
