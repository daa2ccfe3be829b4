"""Campaigns and prizes of one's own brands by their names, and players by the beginning of their alias."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from prizes.award import Award
from prizes.prize import Prize
from server.backoffice.search.by_id import is_start_of_id
from server.backoffice.search.hit import Hit, Kind, Place
from server.campaigns.campaign import Campaign
from server.comments.comment import Comment
from server.play.round import Round
from server.players.player import Player

MOST_ALIKE = 200  # players whose alias begins so, of all brands
FEWEST_OF_ALIAS = 3
LAST = "\U0010ffff"  # no character comes after it

Thing = TypeVar("Thing")


def find_campaigns(campaigns: Sequence[Campaign], asked: str, locale: str, most: int) -> Iterator[Hit]:
    """By slug or title, what begins so first."""
    for campaign in _best(campaigns, asked, lambda one: (one.slug, *one.titles.values(), one.brand), most):
        yield Hit(Kind.CAMPAIGN, campaign.title(locale), f"{campaign.brand} · /c/{campaign.slug}",
                  f"/backoffice/campaigns/{campaign.slug}")


def find_prizes(session: Session, campaigns: Sequence[Campaign], asked: str, locale: str, most: int) -> Iterator[Hit]:
    """By name, or the beginning of the id."""
    by_id = {campaign.id: campaign for campaign in campaigns}
    own = select(Prize).where(Prize.campaign_id.in_(by_id)).order_by(Prize.created_at, Prize.id)
    has_id = is_start_of_id(asked)
    for prize in _best(session.scalars(own).all(), asked, lambda one: (*one.names.values(), one.id if has_id else ""),
                       most):
        yield Hit(Kind.PRIZE, prize.name(locale), by_id[prize.campaign_id].title(locale),
                  f"/backoffice/stock/{prize.id}")


@dataclass(frozen=True)
class Reach:
    """The ids of the campaigns whose winners and rounds the asker may see, and whose comments."""

    played: Collection[str]
    comments: Collection[str]


def find_aliases(session: Session, asked: str, reach: Reach, most: int) -> Iterator[Hit]:
    """What the players of an alias left under the campaigns, at the desk of each; nothing of those who only came by."""
    called: dict[str, list[str]] = {}
    for player in _players_called(session, asked.title()):
        called.setdefault(player.alias or "", []).append(player.id)
    found = (hit for alias, ids in sorted(called.items()) for hit in _left_by(session, alias, ids, reach))
    return islice(found, most)


def _left_by(session: Session, alias: str, player_ids: Sequence[str], reach: Reach) -> Iterator[Hit]:
    if _newest(session, Award, Award.awarded_at, player_ids, reach.played):
        yield Hit(Kind.ALIAS, alias, "", f"/backoffice/winners?q={quote(alias)}", Place.WINNERS)
    if _newest(session, Comment, Comment.posted_at, player_ids, reach.comments):
        yield Hit(Kind.ALIAS, alias, "", f"/backoffice/moderation?q={quote(alias)}", Place.COMMENTS)
    round_id = _newest(session, Round, Round.opened_at, player_ids, reach.played)
    if round_id:
        yield Hit(Kind.ALIAS, alias, "", f"/backoffice/rounds/{round_id}", Place.ROUNDS)


def _newest(session: Session, kind: type[Award | Comment | Round], at: InstrumentedAttribute[datetime],
            player_ids: Sequence[str], campaign_ids: Collection[str]) -> str | None:
    """The id of the newest that one of the players left under one of the campaigns."""
    of = func.coalesce(kind.campaign_id, "")  # as no index has it: the players' rows are the few
    own = select(kind.id).where(kind.player_id.in_(player_ids), of.in_(campaign_ids))
    return session.scalar(own.order_by(at.desc()).limit(1)) if campaign_ids else None


def _players_called(session: Session, begin: str) -> Sequence[Player]:
    """Players whose alias begins so, letter by letter, as the index is sorted."""
    if len(begin) < FEWEST_OF_ALIAS:
        return []
    is_postgres = session.get_bind().dialect.name == "postgresql"
    least, beyond = ("~>=~", "~<~") if is_postgres else (">=", "<")
    between = (Player.alias.bool_op(least)(begin), Player.alias.bool_op(beyond)(begin + LAST))
    return session.scalars(select(Player).where(*between).limit(MOST_ALIKE)).all()


def _best(things: Sequence[Thing], asked: str, names: Callable[[Thing], Iterable[str]], most: int) -> list[Thing]:
    """Those with a name that holds what was asked, those with one that begins so first."""
    wanted = asked.casefold()
    ranked = [(min((name.casefold().find(wanted) != 0 for name in names(thing) if wanted in name.casefold()),
                   default=None), thing) for thing in things]
    return [thing for _, thing in sorted(((rank, thing) for rank, thing in ranked if rank is not None),
                                         key=lambda pair: pair[0])][:most]
