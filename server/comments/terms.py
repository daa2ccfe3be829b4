"""What the comments' calls need beside the database, as one value that app.py makes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Response, current_app
from sqlalchemy.orm import Session

from server.comments.first_pages import FirstPages
from server.comments.public_counts import KeptCounts
from server.comments.score import Scorer
from server.comments.show_comment import LaurelsOf

FindRoundMs = Callable[[Session, str, str, str], int | None]
"""(session, round id, player id, campaign id): the length of a round that the player may speak of, else None."""

PageOf = Callable[..., Response]
"""(template, locale, **values): a page in the dress of those that players see."""


@dataclass(frozen=True, repr=False)  # a key in a log line would be a leak
class CommentTerms:
    """Play's three words, the address that printed links begin with, the public key that the contribution log is
    sealed to, what is kept in memory, and what sorts the desk's queue where the operator wants that.
    """

    find_round_ms: FindRoundMs
    laurels_of: LaurelsOf
    page_of: PageOf
    public_url: str
    legal_key: bytes
    pages: FirstPages = field(default_factory=FirstPages)
    counts: KeptCounts = field(default_factory=KeptCounts)
    scorer: Scorer | None = None

    @property
    def is_sorted(self) -> bool:
        """Whether a score sorts what the desk shows, so that a statement of reasons must tell it."""
        return self.scorer is not None and self.scorer.has_model()


def comment_terms() -> CommentTerms:
    """The terms of the running app."""
    terms: CommentTerms = current_app.extensions["popshot_comments"]
    return terms
