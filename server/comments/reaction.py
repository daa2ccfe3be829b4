"""Reactions to comments, from a fixed set; one a player and comment."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from prizes.db import Base


class ReactionKind(StrEnum):
    BULLSEYE = "bullseye"
    CLAP = "clap"
    LAUGH = "laugh"
    HEART = "heart"
    WOW = "wow"


class Reaction(Base):
    __tablename__ = "reaction"

    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"), primary_key=True)
    kind: Mapped[ReactionKind]
