"""Erase a player: name, token and every typed word go; what must keep adding up stays, nameless."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from prizes.forget import forget_winner
from prizes.keepsake import forget_keepsakes
from server import outbox
from server.comments.forget import forget_comments_of
from server.db import transaction
from server.errors import Problem
from server.play.friends import forget_friends
from server.play.round import Round
from server.play.standings import Standing
from server.players.player import Player

TOPIC = "standings"


def erase_player(session: Session, player: Player, now: datetime) -> None:
    """Erase a player in one transaction; afterwards the token is nobody's.

    Goes: token, alias, comments with the words of reports about them, reactions, the words and the network of own
    reports, places in the standings, tickets, links for friends and who brought whom, the networks of rounds, and
    whatever says who claimed awards: contacts, and which person, household and network they count for. Stays, without a
    name: the player's row, rounds and shots (scores, awards and stock must recompute), rulings (codes only: they say
    how staff ruled), what came of reports, and the contact of a parcel that is claimed, until it is sent.

    Raises Problem unknown_player when another call erased the player first.
    """
    with transaction(session):
        _forget_wins(session, player.id)  # rounds, awards, tallies, then the player: as a round's end locks them
        forget_friends(session, player.id)  # before the name: who notes a friend at this moment holds the link
        _forget_name(session, player.id)  # before the comments: who posts at this moment waits for this row
        forget_comments_of(session, player.id, now)
        _forget_standings(session, player.id, now)


def _forget_wins(session: Session, player_id: str) -> None:
    """A round that ends at this moment is waited for; one that ends later finds its player erased."""
    session.execute(update(Round).where(Round.player_id == player_id).values(network=None))
    forget_winner(session, player_id)
    forget_keepsakes(session, select(Round.id).where(Round.player_id == player_id))


def _forget_name(session: Session, player_id: str) -> None:
    known = (Player.id == player_id, Player.token_hash.is_not(None))
    nameless = update(Player).where(*known).values(token_hash=None, alias=None)
    if session.scalar(nameless.returning(Player.id)) is None:
        raise Problem("unknown_player", "This player has been erased already.")


def _forget_standings(session: Session, player_id: str, now: datetime) -> None:
    """Leave every table of standings, and let the rooms know."""
    left = delete(Standing).where(Standing.player_id == player_id).returning(Standing.campaign_id)
    for campaign_id in session.scalars(left).all():
        outbox.tell(session, campaign_id, TOPIC, player_id, now)
