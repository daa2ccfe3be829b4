"""Who is calling: the bearer token of this request."""

from flask import g, request

from server.db import current_session
from server.errors import Problem
from server.players.player import Player, find_player, find_player_id


def bearer_token() -> str:
    """The token of the Authorization header, "" without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def find_current_player() -> Player | None:
    """The player of this request, None when the token is missing or unknown."""
    if "player" not in g:
        g.player = find_player(current_session(), bearer_token())
    player: Player | None = g.player
    return player


def find_current_player_id() -> str | None:
    """The id of the player of this request, None when the token is missing or unknown."""
    if "player_id" not in g:
        g.player_id = find_player_id(current_session(), bearer_token())
    player_id: str | None = g.player_id
    return player_id


def current_player() -> Player:
    """The player of this request.

    Raises Problem unknown_player when the token is missing or unknown.
    """
    player = find_current_player()
    if player is None:
        raise _unknown()
    return player


def current_player_id() -> str:
    """The id of the player of this request; raises Problem unknown_player likewise."""
    player_id = find_current_player_id()
    if player_id is None:
        raise _unknown()
    return player_id


def _unknown() -> Problem:
    return Problem("unknown_player", "This token belongs to no player; ask for a new one at POST /api/v1/players.")
