"""Comments that wait at a desk, without playing or posting for each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from prizes.db import new_id
from server.campaigns.campaign import find_campaign
from server.comments.appeal_comment import appeal_comment
from server.comments.comment import THE_RULES, Comment, CommentState, ruling_entry
from server.comments.report import CommentReport, ReportReason
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.second_look import is_sampled
from server.db import Database, transaction
from server.players.player import add_player

DESK = "/backoffice/moderation"
WIDE = "﷽" * 60 + "W" * 440  # 500 of the widest letters there are, without a place to break
MARKS = "Z" + "\u0351\u0352\u0357" * 80 + "algo" + "\u0316\u0321" * 60 + " is coming for the boss"
RIGHT_TO_LEFT = "لقد أصبت الرئيس ثلاث مرات متتالية! هذه أفضل لعبة رأيتها 12 340 نقطة"
EMOJI = "🎯🎉👨‍👩‍👧‍👦🏳️‍🌈" * 24
HTML = "<script>alert('boss')</script><img src=x onerror=alert(1)> <b>bold</b>"


@dataclass
class Said:
    """A comment that somebody has posted, and what the rules found in it: a reason and the words that caused it."""

    text: str
    reason: Reason = Reason.AWAITS_REVIEW
    span: str = ""
    author: str = ""  # the same word is the same author
    state: CommentState = CommentState.HELD
    reports: tuple[ReportReason, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


def put_comments(database: Database, said: Iterable[Said], start: datetime, slug: str = "boss") -> list[str]:
    """Store comments, one a second from a moment on; their ids, none of which is asked for twice."""
    ids, authors = list[str](), dict[str, str]()
    with database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        with transaction(session):
            for number, one in enumerate(said):
                author = one.author or str(number)
                if author not in authors:
                    authors[author] = add_player(session, start)[0].id
                comment = _comment(one, campaign.id, authors[author], start + timedelta(seconds=number))
                session.add(comment)
                decision = Decision.PUBLISH if one.state == CommentState.PUBLISHED else Decision.HOLD
                session.add(ruling_entry(comment, 1, Ruling(decision, one.reason), THE_RULES, comment.posted_at))
                session.add_all(CommentReport(comment_id=comment.id, reason=reason, text="Please look.",
                                              network_hash=f"network {reader}", at=comment.posted_at)
                                for reader, reason in enumerate(one.reports))
                ids.append(comment.id)
    return ids


def put_appeal(database: Database, comment_id: str, words: str, by: str, at: datetime) -> None:
    """What the author of a stored comment says against its refusal by a moderator, an hour later."""
    with database.sessions() as session:
        comment = session.get_one(Comment, comment_id)
        author = comment.player_id
        assert rule_on_comment(session, comment, Ruling(Decision.REFUSE, Reason.INSULT), by, at)
        appeal_comment(session, comment_id, author, words, at + timedelta(hours=1))


def _comment(said: Said, campaign_id: str, player_id: str, at: datetime) -> Comment:
    start = said.text.index(said.span) if said.span else None
    comment_id = next(found for found in iter(new_id, "") if not is_sampled(found))  # else one in twenty comes back
    return Comment(id=comment_id, campaign_id=campaign_id, player_id=player_id, text=said.text, state=said.state,
                   reason=said.reason, rulings=1, revision=1, posted_at=at, span_start=start,
                   span_end=None if start is None else start + len(said.span),
                   published_at=at if said.state == CommentState.PUBLISHED else None, **said.more)


TALK = (
    Said("Third try and I finally knocked him out. The duck at the back is worth it!", author="otter"),
    Said("Write to me: 06 12 34 56 78, I sell a blaster", Reason.CONTACT, "06 12 34 56 78", author="fox"),
    Said("what an idiot of a boss, and so are you", Reason.BANNED_WORD, "idiot", author="fox"),
    Said("See www.free-prizes.example for more gifts", Reason.LINK, "www.free-prizes.example", author="moose"),
    Said("Le combo ×5 avec l’étoile, c’est énorme. Bravo aux enfants qui ont battu mon score !", author="heron"),
    Said("My little brother hit the plant four times in a row and still laughs about it.", author="gecko",
         state=CommentState.PUBLISHED, reason=Reason.FINE, reports=(ReportReason.SPAM, ReportReason.OTHER)),
    Said(RIGHT_TO_LEFT), Said(EMOJI), Said(HTML), Said(MARKS), Said(WIDE),
    Said("Same text from a friend", author="otter"), Said("Same text from a friend", author="panda"),
    Said("The boss ducked and I still had him!", author="otter"),
    Said("Nobody wants you here, go away", Reason.REPORTED, author="moose", state=CommentState.HIDDEN,
         reports=(ReportReason.INSULT, ReportReason.INSULT, ReportReason.OTHER)),
    Said("I know where you live, and I am on my way to you", author="viper", state=CommentState.PUBLISHED,
         reason=Reason.FINE, reports=(ReportReason.INSULT, ReportReason.DANGER)),
)  # fmt: skip
