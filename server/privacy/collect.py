"""Everything that is kept about a player, in one answer for that player alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from prizes.award import HANDED_OVER, Award, AwardState, awards_of_player
from prizes.claim import Claim, ClaimContact, claim_code, was_above_cap
from prizes.keepsake import Keepsake, ticket_of
from prizes.prize import Prize, PrizeKind
from prizes.staff_word import who_sent
from prizes.vouchers import has_code
from server.campaigns.campaign import Campaign
from server.campaigns.source import Source
from server.clock import rfc3339
from server.comments.appeal_comment import appeals_of
from server.comments.comment import THE_RULES, Comment, CommentRevision, RulingEntry, rulings_on
from server.comments.desk_rows import Mute
from server.comments.my_comments import appeal_as_json, statement_as_json
from server.comments.reaction import Reaction
from server.comments.report import Appeal, CommentReport, MuteAppeal, Statement
from server.play.bonus_round import BonusRound
from server.play.friends import FriendLink
from server.play.posters.poster import Poster, PosterUse
from server.play.round import Round
from server.play.standings import Standing
from server.play.terms import PlayTerms
from server.players.player import Player

Told = dict[str, Any]


def collect_everything(session: Session, player: Player, terms: PlayTerms, locale: str) -> Told:
    """{"player", "rounds", "standings", "awards", "keepsakes", "bonus_rounds", "friend_links", "comments",
    "reactions", "reports", "mutes", "mute_appeals", "scans"}: every row that names them.

    Of shots the counts are told; the shots themselves are at each round's `replay`. A ruling says whether
    the rules or a person made it, not which person. Open awards come with their claim codes, returned ones
    with the reason, claimed ones with the address of the page that shows what was handed out: no voucher
    code is listed here.
    """
    return {
        "player": {**player.as_json(), "created_at": rfc3339(player.created_at)},
        "rounds": [{**_round(round_), "source": _source(session, round_), **_campaign(campaign, locale)}
                   for round_, campaign in _rows(session, _of(Round, player).order_by(Round.opened_at, Round.id))],
        "standings": [{**_standing(standing), **_campaign(campaign, locale)}
                      for standing, campaign in _rows(session, _of(Standing, player))],
        "awards": [_award(session, award, terms, locale) for award in awards_of_player(session, player.id)],
        "keepsakes": [{**_keepsake(keepsake, terms), **_campaign(campaign, locale)}
                      for keepsake, campaign in _rows(session, _keepsakes_of(player))],
        "bonus_rounds": [{**_bonus(bonus), **_campaign(campaign, locale)} for bonus, campaign
                         in _rows(session, _of(BonusRound, player).order_by(BonusRound.earned_at, BonusRound.id))],
        "friend_links": [{"friend": link.id, **_campaign(campaign, locale)}
                         for link, campaign in _rows(session, _of(FriendLink, player))],
        "comments": [{**_comment(session, comment, locale), **_campaign(campaign, locale)} for comment, campaign
                     in _rows(session, _of(Comment, player).order_by(Comment.posted_at, Comment.id))],
        "reactions": [{"comment_id": reaction.comment_id, "kind": reaction.kind}
                      for reaction in _reactions(session, player)],
        "reports": [_report(report) for report in _reports(session, player)],
        "mutes": [_mute(mute) for mute in _mutes(session, player)],
        "mute_appeals": [{**_appeal(appeal), "muted_at": rfc3339(appeal.muted_at), "reason": appeal.reason}
                         for appeal in _mute_appeals(session, player)],
        "scans": [{"at": rfc3339(use.at), "bonus_rounds": use.bonus, **_campaign(campaign, locale)}
                  for use, campaign in _rows(session, _scans_of(player))],
    }


def _of(kind: Any, player: Player) -> Select[Any]:
    """A player's rows of one kind, each with its campaign."""
    return select(kind, Campaign).join(Campaign, Campaign.id == kind.campaign_id).where(
        kind.player_id == player.id)


def _keepsakes_of(player: Player) -> Select[Keepsake, Campaign]:
    kept = select(Keepsake, Campaign).join(Campaign, Campaign.id == Keepsake.campaign_id)
    own = kept.join(Round, Round.id == Keepsake.round_id).where(Round.player_id == player.id)
    return own.order_by(Keepsake.at, Keepsake.round_id)


def _scans_of(player: Player) -> Select[PosterUse, Campaign]:
    """The codes of posters and packs that the player used."""
    used = select(PosterUse, Campaign).join(Poster, Poster.id == PosterUse.poster_id)
    own = used.join(Campaign, Campaign.id == Poster.campaign_id).where(PosterUse.player_id == player.id)
    return own.order_by(PosterUse.at, PosterUse.id)


def _rows(session: Session, rows: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    return session.execute(rows).all()


def _campaign(campaign: Campaign, locale: str) -> Told:
    return {"campaign": campaign.slug, "campaign_title": campaign.title(locale)}


def _round(round_: Round) -> Told:
    return {"id": round_.id, "state": round_.state, "opened_at": rfc3339(round_.opened_at),
            "closed_at": _moment(round_.closed_at), "waves": round_.submitted, "ending": round_.ending,
            "verdict": round_.verdict, "score": round_.score, "shots": round_.shots, "hits": round_.hits,
            "best_combo": round_.best_combo, "replay": f"/api/v1/rounds/{round_.id}/replay"}


def _source(session: Session, round_: Round) -> Told | None:
    source = None if round_.source_id is None else session.get(Source, round_.source_id)
    return None if source is None else source.came_from._asdict()


def _bonus(bonus: BonusRound) -> Told:
    """Which friend it was for is the friend's."""
    return {"given_for": bonus.kind, "earned_at": rfc3339(bonus.earned_at), "round_id": bonus.round_id}


def _standing(standing: Standing) -> Told:
    return {"round_id": standing.round_id, "score": standing.score,
            "reached_at": rfc3339(standing.reached_at)}


def _award(session: Session, award: Award, terms: PlayTerms, locale: str) -> Told:
    prize = session.get_one(Prize, award.prize_id)
    told = {"id": award.id, "round_id": award.round_id, "way": award.way, "state": award.state,
            "prize": {"id": prize.id, "name": prize.name(locale), "picture": prize.picture(locale)},
            "awarded_at": rfc3339(award.awarded_at), "claim_before": rfc3339(award.claim_before)}
    code = claim_code(terms.claim_key, award.id)
    if award.state == AwardState.OPEN:
        told["claim_code"] = code
    if award.state == AwardState.OPEN or award.state in HANDED_OVER:
        told["claim_url"] = f"{terms.public_url}/claim/{code}"
    if award.state == AwardState.RETURNED:
        told["reason"] = "above_cap" if was_above_cap(session, award) else "round_rejected"
    sent = who_sent(session, award.id)
    if sent is not None:
        told["sent_at"] = rfc3339(sent.at)
    claimed = session.get(Claim, award.id)
    return told if claimed is None else {**told, "claim": _claim(session, claimed, prize, locale)}


def _claim(session: Session, claimed: Claim, prize: Prize, locale: str) -> Told:
    """When it was claimed, what was typed for it, and what it yielded."""
    contact = session.get(ClaimContact, claimed.award_id)
    known = {} if contact is None else {part: getattr(contact, part) for part in ("name", "email", "address")
                                       if getattr(contact, part)}
    told = {"claimed_at": rfc3339(claimed.claimed_at), **known}
    if prize.kind == PrizeKind.VOUCHER:
        told["code_handed_out"] = has_code(session, claimed.award_id)
    download = prize.download(locale) if prize.kind == PrizeKind.DOWNLOAD else None
    return {**told, "download": download} if download else told


def _keepsake(keepsake: Keepsake, terms: PlayTerms) -> Told:
    ticket = ticket_of(terms.claim_key, keepsake.round_id)
    return {"round_id": keepsake.round_id, "at": rfc3339(keepsake.at), "ticket": ticket,
            "url": f"{terms.public_url}/claim/{ticket}"}


def _comment(session: Session, comment: Comment, locale: str) -> Told:
    rulings = {entry.id: entry for entry in rulings_on(session, comment.id)}
    return {"id": comment.id, "round_id": comment.round_id, "at_ms": comment.at_ms, "reply_to": comment.parent_id,
            "text": comment.text, "earlier_texts": _earlier_texts(session, comment.id),
            "state": comment.state, "reason": comment.reason, "posted_at": rfc3339(comment.posted_at),
            "published_at": _moment(comment.published_at),
            "rulings": [_ruling(entry) for entry in rulings.values()],
            "statements": [statement_as_json(statement, rulings.get(statement.ruling_id), locale)
                           for statement in _statements(session, comment.id)],
            "appeals": [_appeal(appeal) for appeal in appeals_of(session, [comment.id])]}


def _statements(session: Session, comment_id: str) -> Sequence[Statement]:
    own = select(Statement).where(Statement.comment_id == comment_id)
    return session.scalars(own.order_by(Statement.at, Statement.ruling_id)).all()


def _appeal(appeal: Appeal | MuteAppeal) -> Told:
    return {**appeal_as_json(appeal), "text": appeal.text}


def _earlier_texts(session: Session, comment_id: str) -> Sequence[str]:
    """What the comment said before its edits, the oldest first."""
    texts = select(CommentRevision.text).where(CommentRevision.comment_id == comment_id)
    return session.scalars(texts.order_by(CommentRevision.number)).all()


def _reactions(session: Session, player: Player) -> Sequence[Reaction]:
    own = select(Reaction).where(Reaction.player_id == player.id).order_by(Reaction.comment_id)
    return session.scalars(own).all()


def _ruling(entry: RulingEntry) -> Told:
    by = "rules" if entry.ruled_by == THE_RULES else "person"
    return {"decision": entry.decision, "reason": entry.reason, "by": by, "at": rfc3339(entry.at)}


def _reports(session: Session, player: Player) -> Sequence[CommentReport]:
    own = select(CommentReport).where(CommentReport.player_id == player.id)
    return session.scalars(own.order_by(CommentReport.at, CommentReport.id)).all()


def _report(report: CommentReport) -> Told:
    return {"receipt": report.id, "comment_id": report.comment_id, "reason": report.reason, "text": report.text,
            "contact_sealed": report.sealed is not None, "at": rfc3339(report.at),
            "settled_at": _moment(report.settled_at), "outcome": report.outcome}


def _mutes(session: Session, player: Player) -> Sequence[Mute]:
    """One a brand, whether it is over or not: it is kept."""
    own = select(Mute).where(Mute.player_id == player.id)
    return session.scalars(own.order_by(Mute.at, Mute.brand_id)).all()


def _mute(mute: Mute) -> Told:
    return {"until": rfc3339(mute.until), "reason": mute.reason, "at": rfc3339(mute.at)}


def _mute_appeals(session: Session, player: Player) -> Sequence[MuteAppeal]:
    own = select(MuteAppeal).where(MuteAppeal.player_id == player.id)
    return session.scalars(own.order_by(MuteAppeal.at, MuteAppeal.id)).all()


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)
