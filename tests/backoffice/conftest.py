import pytest

from server.comments import second_look
from tests.backoffice.desk import Moderator
from tests.comments.cast import Cast, alice, cast

__all__ = ["alice", "cast"]


@pytest.fixture(autouse=True)
def nobody_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which comments are sampled is decided by their ids, which differ from run to run."""
    monkeypatch.setattr(second_look, "is_sampled", lambda comment_id: False)


@pytest.fixture
def mona(cast: Cast) -> Moderator:
    return Moderator(cast, "mona")


@pytest.fixture
def second(cast: Cast) -> Moderator:
    """Another moderator."""
    return Moderator(cast, "second")
