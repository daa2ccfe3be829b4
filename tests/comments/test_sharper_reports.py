"""A sharper word about the same text is no repeat: it is kept, brings the comment back, and swallows no other word."""

import pytest

from server.comments.ruling import Decision
from tests.comments.cast import Cast
from tests.comments.readers import nobody, outcome, report


@pytest.fixture
def public(cast: Cast) -> str:
    return cast.publish("I know where you live")


def test_a_notice_of_what_is_illegal_is_kept_though_a_neighbour_called_it_spam(cast: Cast, public: str) -> None:
    first = report(nobody(cast, "203.0.113.1"), public, "spam")
    cast.rule(public, Decision.PUBLISH)
    assert report(nobody(cast, "203.0.113.99"), public, "illegal", text="article 5") == first
    told = outcome(cast, first)
    assert (told["reason"], told["state"], cast.waiting()) == ("illegal", "open", [public])


@pytest.mark.parametrize("later", ["spam", "other", "illegal"])
def test_what_is_no_sharper_changes_nothing(cast: Cast, public: str, later: str) -> None:
    reader = cast.player()
    receipt = report(reader, public, "illegal")
    cast.rule(public, Decision.PUBLISH)
    assert report(reader, public, later) == receipt
    assert (outcome(cast, receipt)["reason"], cast.waiting()) == ("illegal", [])
