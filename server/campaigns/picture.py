"""The pictures of brands, as they are kept: in the database, so that every worker has them."""

import base64
import hashlib
from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from server.campaigns.redraw import Redrawn


class Picture(Base):
    """`id` is the SHA-256 of the content: the same picture is kept once, and never changes at its address."""

    __tablename__ = "picture"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]

    @property
    def held(self) -> str:
        """An address that holds the picture itself: nothing is fetched to draw it."""
        return hold(self.media_type, self.content)


def hold(media_type: str, content: bytes) -> str:
    """The `data:` address of a file."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def keep_picture(session: Session, redrawn: Redrawn, now: datetime) -> str:
    """Keep a picture inside the caller's transaction, unless it is there already; its id."""
    picture_id = picture_id_of(redrawn)
    kept = insert_into(session, Picture).values(id=picture_id, media_type=redrawn.media_type,
                                                content=redrawn.content, made_at=now)
    session.execute(kept.on_conflict_do_nothing(index_elements=["id"]))
    return picture_id


def picture_id_of(redrawn: Redrawn) -> str:
    return hashlib.sha256(redrawn.content).hexdigest()


def find_picture(session: Session, picture_id: str) -> Picture | None:
    return session.get(Picture, picture_id)
