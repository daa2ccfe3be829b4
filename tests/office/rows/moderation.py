"""What each address of this desk asks for."""

from prizes.db import new_id
from server.backoffice.rights import Right, Role
from server.campaigns.campaign import find_campaign
from server.comments.comment import THE_RULES, Comment, CommentState, ruling_entry
from server.comments.report import MuteAppeal
from server.comments.ruling import Decision, Reason, Ruling
from server.db import transaction
from server.players.player import add_player
from tests.office.walls.scene import SAID, Scene

ROWS = dict.fromkeys((
    "moderation.desk", "moderation.queue", "moderation.figures", "moderation.context", "moderation.rule",
    "moderation.undo", "moderation.rule_on_selection", "moderation.alike", "moderation_marks.pass_",
    "moderation_marks.take_up", "moderation_marks.mute", "moderation_marks.unmute", "moderation_marks.put_reason",
    "moderation_mutes.waiting", "moderation_mutes.settle"), Right.MODERATE)
SEEN = {"revision": 1, "rulings": 1}
BODIES = {
    "moderation.rule": {**SEEN, "decision": "refuse", "reason": "insult"},
    "moderation.undo": {"revision": 1, "rulings": 2, "ruling": "$ruling of {who}"},
    "moderation.rule_on_selection": {"decision": "publish", "comments": [{**SEEN, "id": "$comment_id"}]},
    "moderation_marks.pass_": {},
    "moderation_marks.take_up": {},
    "moderation_marks.mute": {"days": 1, "reason": "spam"},
    "moderation_marks.unmute": {},
    "moderation_marks.put_reason": {"brand": "$brand_id", "locale": "fr", "reason": "spam", "text": "Pas ici."},
    "moderation_mutes.settle": {"decision": "lift"},
}  # fmt: skip
QUERIES = {"moderation.alike": {"by": "author"}, "moderation.queue": {"view": "reported"}}
ARGUMENTS = {"moderation.undo": {"comment_id": "$comment of {who}"}}


def prepare(scene: Scene) -> None:
    """An appeal against somebody's mute, and for each who may rule a comment that this person has published."""
    office, now = scene.office, scene.office.clock()
    people = {str(role): office.hire(name="bob" if role == Role.OWNER else f"bobs_{role}") for role in Role}
    with office.database.sessions() as session, transaction(session):
        campaign = find_campaign(session, "zapp-live")
        assert campaign is not None
        author, _ = add_player(session, now)
        appeal = MuteAppeal(id=new_id(), player_id=author.id, brand_id=scene.names["brand_id"], muted_at=now,
                            muted_by="zoe", reason=Reason.SPAM, text=SAID, at=now)
        session.add(appeal)
        for who, staff_id in people.items():
            comment = Comment(id=new_id(), campaign_id=campaign.id, player_id=author.id, text=SAID, rulings=2,
                              state=CommentState.PUBLISHED, reason=Reason.FINE, revision=1, posted_at=now,
                              published_at=now)
            session.add(comment)
            session.add(ruling_entry(comment, 1, Ruling(Decision.HOLD, Reason.AWAITS_REVIEW), THE_RULES, now))
            mine = ruling_entry(comment, 2, Ruling(Decision.PUBLISH, Reason.FINE), staff_id, now)
            session.add(mine)
            scene.name(**{f"comment of {who}": comment.id, f"ruling of {who}": mine.id})
        scene.name(appeal_id=appeal.id)
    for who in ("owner, not proven", "charlie", "stranger"):
        scene.name(**{f"{what} of {who}": scene.names[f"{what} of owner"] for what in ("comment", "ruling")})
