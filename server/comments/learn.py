"""What people ruled, as the score learns it: the texts that still stand as a person saw them last."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.comments.comment import Comment, CommentState
from server.comments.score import Model, rank_share, train

MOST = 20_000  # of each side, the latest
FEWEST = 50    # of each side: fewer would teach it single words
OUT = (CommentState.PUBLISHED,)
OFF = (CommentState.REFUSED, CommentState.REMOVED_LEGAL)
ONE_IN = 5     # is kept apart to see how well the others teach


class TooLittle(Exception):
    """There are not enough rulings to learn from."""


@dataclass(frozen=True)
class Learned:
    """`share` is of the pairs of a refused and a published text, that were kept apart, those ranked rightly."""

    model: Model
    published: int
    refused: int
    share: float


def learn(session: Session) -> Learned:
    """A model of all the rulings by people, and how well one that knew four fifths of them foretells the others.

    Raises TooLittle.
    """
    published, refused = (_ruled(session, *states) for states in (OUT, OFF))
    if min(len(published), len(refused)) < FEWEST:
        raise TooLittle(f"people have published {len(published)} comments and refused {len(refused)}; "
                        f"{FEWEST} of each are needed to learn from")
    share = rank_share(train(_most(published), _most(refused)), published[::ONE_IN], refused[::ONE_IN])
    return Learned(train(published, refused), len(published), len(refused), share)


def _ruled(session: Session, *states: CommentState) -> Sequence[str]:
    seen = (Comment.state.in_(states), Comment.ruled_revision == Comment.revision)
    return session.scalars(select(Comment.text).where(*seen).order_by(Comment.posted_at.desc(), Comment.id)
                           .limit(MOST)).all()


def _most(texts: Sequence[str]) -> list[str]:
    """All but those that are kept apart."""
    return [text for number, text in enumerate(texts) if number % ONE_IN]
