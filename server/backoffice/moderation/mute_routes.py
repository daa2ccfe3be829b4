"""The desk's calls about appeals against mutes."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, Response

from server.backoffice.acts.act import tell_act
from server.backoffice.moderation.moderator import current_moderator
from server.backoffice.moderation.wire import MOST_WORD
from server.clock import rfc3339, utc_now
from server.comments.mute_appeals import OpenMuteAppeal, get_mute_appeal, open_mute_appeals, settle_mute_appeal
from server.comments.terms import comment_terms
from server.db import current_session
from server.wire import answer, read_body, text_of, word_of

bp = Blueprint("moderation_mutes", __name__, url_prefix="/backoffice/api/moderation/mute-appeals")


class Word(StrEnum):
    UPHOLD = "uphold"
    LIFT = "lift"


@bp.get("")
def waiting() -> Response:
    moderator = current_moderator()
    found = open_mute_appeals(current_session(), moderator.by, moderator.brands)
    return answer({"appeals": [_as_json(one) for one in found]})


@bp.post("/<appeal_id>")
def settle(appeal_id: str) -> Response:
    moderator, session = current_moderator(), current_session()
    word = word_of(Word, text_of(read_body(), "decision", most=MOST_WORD), "decision")
    appeal = get_mute_appeal(session, appeal_id, moderator.brands)
    tell_act(brand_id=appeal.brand_id, subject=("mute_appeal", appeal_id), after={"decision": word})
    settle_mute_appeal(session, appeal_id, moderator.by, utc_now(), is_upheld=word == Word.UPHOLD,
                       is_sorted=comment_terms().is_sorted)
    return answer({}, 201)


def _as_json(one: OpenMuteAppeal) -> dict[str, Any]:
    """Who muted is not told."""
    return {"id": one.appeal.id, "alias": one.alias, "reason": one.appeal.reason, "text": one.appeal.text,
            "at": rfc3339(one.appeal.at), "until": one.until and rfc3339(one.until), "said": one.said}
