"""A player: nobody in particular, known by the hash of a random token."""

import hashlib
import re
import secrets
from datetime import datetime

from sqlalchemy import Index, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from server.plain import Plain
from server.players.alias import make_alias

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # token_urlsafe of 32 bytes


class Player(Base):
    """An erased player stays as a row without token and alias, so that rounds and awards keep adding up."""

    __tablename__ = "player"
    # By its beginning too, whatever the database's language: PostgreSQL wants to be told so.
    __table_args__ = (Index("ix_player_alias", "alias", postgresql_ops={"alias": "text_pattern_ops"}),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    alias: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime]

    def as_json(self) -> dict[str, str | None]:
        return {"id": self.id, "alias": self.alias}


_ID = Plain(select(Player.id).where(Player.token_hash == bindparam("token_hash")))


def add_player(session: Session, now: datetime) -> tuple[Player, str]:
    """Make a player; the token (256 random bits) is in the answer and nowhere else."""
    token = secrets.token_urlsafe(32)
    player = Player(id=new_id(), token_hash=hash_token(token), alias=make_alias(), created_at=now)
    session.add(player)
    session.flush()
    return player, token


def find_player(session: Session, token: str) -> Player | None:
    """The player of a token, None for one that is unknown, truncated or no token at all."""
    if not TOKEN.fullmatch(token):
        return None
    return session.scalar(select(Player).where(Player.token_hash == hash_token(token)))


def find_player_id(session: Session, token: str) -> str | None:
    """The id of a token's player alone, which is all that most calls ask: a tenth of the price."""
    found = _ID.read(session, token_hash=hash_token(token)) if TOKEN.fullmatch(token) else []
    return found[0][0] if found else None


def is_erased(session: Session, player_id: str) -> bool:
    """Whether a player was erased; inside a transaction, an erasure that is under way is waited for."""
    alias = select(Player.alias).where(Player.id == player_id)
    return session.scalar(alias.with_for_update(read=True, key_share=True)) is None


def hash_token(token: str) -> str:
    """What is stored of a token. Plain SHA-256 is enough: 256 random bits cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
