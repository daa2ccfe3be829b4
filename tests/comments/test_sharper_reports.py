"""A sharper word about the same text is no repeat: it is kept, brings the comment back, and swallows no other word."""

import pytest

from server.comments.queue import read_alarms
from server.comments.reporter import open_reporters
from server.comments.rule_on_comment import open_reports
from server.comments.ruling import Decision, Reason
from tests.comments.cast import LEGAL, Cast, Person
from tests.comments.readers import nobody, outcome, report, try_report


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


def test_a_neighbours_name_stands_beside_no_word_of_another_and_no_word_is_lost(cast: Cast, public: str) -> None:
    report(nobody(cast, "203.0.113.1"), public, "illegal", text="article 5", name="Charlie Reader")
    report(nobody(cast, "203.0.113.99"), public, "danger", text="he means it")
    with cast.database.sessions() as session:
        assert list(open_reporters(session, public, LEGAL.private_bytes_raw())) == []
        assert [told.text for told in open_reports(session, public)] == ["article 5\n\nhe means it"]


def test_a_players_name_stays_with_the_sharper_word(cast: Cast, public: str) -> None:
    reader = cast.player()
    report(reader, public, "illegal", text="article 5", name="Charlie Reader")
    report(reader, public, "danger")
    with cast.database.sessions() as session:
        [told] = open_reporters(session, public, LEGAL.private_bytes_raw())
        assert [told.text for told in open_reports(session, public)] == ["article 5"]
    assert (told.name, told.reason) == ("Charlie Reader", "danger")


def test_a_danger_in_a_text_that_its_author_has_just_edited_is_heard(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("I know where you live", alice)
    assert alice.edit(comment_id, "All is fine").status_code == 200
    receipt = report(cast.player(), comment_id, "danger")
    with cast.database.sessions() as session:
        assert [line.comment.id for line in read_alarms(session)] == [comment_id]
    cast.rule(comment_id, Decision.PUBLISH)
    assert outcome(cast, receipt)["outcome"] == "kept"


def test_a_danger_in_what_its_author_appeals_about_is_heard(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("I know where you live", alice)
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert try_report(cast.player(), comment_id, "danger").status_code == 404
    assert alice.post(f"/comments/{comment_id}/appeal", {"text": "why?"}).status_code == 201
    report(cast.player(), comment_id, "danger")
    with cast.database.sessions() as session:
        assert [line.comment.id for line in read_alarms(session)] == [comment_id]


def test_what_never_was_public_is_not_found_appealed_or_not(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "I know where you live")
    assert try_report(cast.player(), comment_id, "danger").status_code == 404
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert alice.post(f"/comments/{comment_id}/appeal", {"text": "why?"}).status_code == 201
    assert try_report(cast.player(), comment_id, "danger").status_code == 404
