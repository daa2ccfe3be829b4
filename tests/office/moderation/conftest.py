import pytest

from server.backoffice.rights import Role
from tests.backoffice.conftest import alice, cast, mona, nobody_is_asked_twice, second
from tests.backoffice.desk import Moderator
from tests.comments.cast import OTHER_BRAND, Cast

__all__ = ["alice", "cast", "mona", "nobody_is_asked_twice", "second"]


@pytest.fixture
def charlie(cast: Cast) -> Moderator:
    """The owner of another brand, with a campaign of its own."""
    cast.open_campaign("acme", brand=OTHER_BRAND)
    return Moderator(cast, "charlie", OTHER_BRAND, Role.OWNER)
