"""Awards, rounds and comments by the beginning of their ids."""

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from prizes.award import Award
from prizes.prize import Prize
from server.backoffice.search.hit import Hit, Kind
from server.campaigns.campaign import Campaign
from server.comments.comment import Comment
from server.comments.queue import NOWHERE
from server.play.round import Round
from server.players.player import Player

FEWEST = 4  # digits: of a million rows about fifteen begin with the same four
LONGEST = 20
MOST_ALIKE = 500
HEX = frozenset("0123456789abcdef")
AFTER_HEX = "g"  # comes after every digit of an id, whatever the database's language
TEXT_SHOWN = 80


def is_start_of_id(asked: str) -> bool:
    """Whether ids of ours may begin so."""
    return FEWEST <= len(asked) <= LONGEST and HEX.issuperset(asked)


def ids_like(session: Session, column: InstrumentedAttribute[str], asked: str) -> Sequence[str]:
    """The first ids that begin so, of all brands: asked for alone, so that the index of the ids is what answers."""
    if not is_start_of_id(asked):
        return []
    begins = select(column).where(column.between(asked, asked + AFTER_HEX))
    return session.scalars(begins.order_by(column).limit(MOST_ALIKE)).all()


def find_awards(session: Session, asked: str, brands: Collection[str], locale: str, most: int) -> Iterator[Hit]:
    alike = ids_like(session, Award.id, asked)
    rows = session.execute(select(Award.id, Prize, Campaign).join(Prize, Prize.id == Award.prize_id)
                           .join(Campaign, Campaign.id == Award.campaign_id)
                           .where(Award.id.in_(alike), Campaign.brand_id.in_(brands))
                           .order_by(Award.id).limit(most))
    for award_id, prize, campaign in rows:
        yield Hit(Kind.AWARD, award_id, f"{prize.name(locale)} · {campaign.title(locale)}",
                  f"/backoffice/winners/{award_id}")


def find_rounds(session: Session, asked: str, brands: Collection[str], locale: str, most: int) -> Iterator[Hit]:
    alike = ids_like(session, Round.id, asked)
    rows = session.execute(select(Round.id, Player.alias, Campaign)
                           .join(Campaign, Campaign.id == Round.campaign_id)
                           .join(Player, Player.id == Round.player_id)
                           .where(Round.id.in_(alike), Campaign.brand_id.in_(brands))
                           .order_by(Round.id).limit(most))
    for round_id, alias, campaign in rows:
        told = [part for part in (alias, campaign.title(locale)) if part]
        yield Hit(Kind.ROUND, round_id, " · ".join(told), f"/backoffice/rounds/{round_id}")


def find_comments(session: Session, asked: str, brands: Collection[str], most: int) -> Iterator[Hit]:
    alike = ids_like(session, Comment.id, asked)
    rows = session.execute(select(Comment.id, Comment.text, Player.alias)
                           .join(Campaign, Campaign.id == Comment.campaign_id)
                           .join(Player, Player.id == Comment.player_id)
                           .where(Comment.id.in_(alike), Comment.state.not_in(NOWHERE),
                                  Campaign.brand_id.in_(brands)).order_by(Comment.id).limit(most))
    for comment_id, text, alias in rows:
        yield Hit(Kind.COMMENT, comment_id, f"{alias or '–'}: {_short(text)}",
                  f"/backoffice/moderation?q={quote(comment_id)}")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_SHOWN else f"{line[:TEXT_SHOWN - 1]}…"
