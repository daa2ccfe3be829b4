"""A danger to life stands above everything at every desk until a person has decided."""

import itertools
import logging

import pytest
from click.testing import CliRunner

from server.cli_comments import comment_group
from server.comments.report import ReportReason
from server.comments.report_comment import Reader, Report, report_comment
from server.comments.ruling import Decision, Reason
from tests.backoffice.desk import Moderator
from tests.comments.cast import KEYS, Cast, Person
from tests.comments.readers import report, report_by, trusting
from tests.comments.test_cli_comments import Shell

__all__ = ["trusting"]


@pytest.fixture
def waiting(cast: Cast, alice: Person) -> str:
    """A comment that has waited for an hour."""
    comment_id = cast.posted(alice, "I wait")
    cast.clock.advance(hours=1)
    return comment_id


@pytest.fixture
def alarmed(cast: Cast, waiting: str) -> str:
    comment_id = cast.publish("I know where you live")
    cast.clock.advance(minutes=1)
    report(cast.player(), comment_id, "danger", text="he-means-it")
    return comment_id


def alarms(moderator: Moderator, **query: str) -> int:
    count: int = moderator.client.get("/backoffice/api/moderation/queue", query_string=query).get_json()["alarms"]
    return count


def test_an_alarm_stands_first_for_everybody_and_is_marked(mona: Moderator, second: Moderator, alarmed: str,
                                                           waiting: str) -> None:
    for moderator in (mona, second):
        assert moderator.ids() == [alarmed, waiting]
        assert [line["alarm"] for line in moderator.queue()] == [True, False]
        assert moderator.line(alarmed)["is_sharp"]
    assert mona.ids(view="reported") == [alarmed]
    assert [alarms(mona, view=view) for view in ("waiting", "reported", "aside")] == [1, 1, 1]
    assert alarms(mona, q="nothing") == 1


def test_alarms_are_on_the_first_page_and_on_no_other(mona: Moderator, cast: Cast, alarmed: str,
                                                      waiting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = [cast.posted(cast.player(), f"later {number}") for number in range(3)]
    monkeypatch.setattr("server.comments.queue.read_queue.__defaults__", (None, 2))
    pages, cursor = list[list[str]](), dict[str, str]()
    while True:
        page = mona.client.get("/backoffice/api/moderation/queue", query_string=cursor).get_json()
        pages.append([line["id"] for line in page["comments"]])
        if page["next"] is None:
            break
        cursor = {"after": page["next"]}
    assert sorted(itertools.chain(*pages)) == sorted([alarmed, waiting, *later])
    assert pages[0][:2] == [alarmed, waiting]


@pytest.mark.parametrize("decision", [Decision.PUBLISH, Decision.REFUSE])
def test_a_persons_decision_ends_it(mona: Moderator, cast: Cast, alarmed: str, waiting: str,
                                    decision: Decision) -> None:
    cast.rule(alarmed, decision, Reason.ILLEGAL)
    assert (mona.ids(), alarms(mona)) == ([waiting], 0)


def test_holding_it_takes_it_off_the_page_and_leaves_the_alarm_to_others(mona: Moderator, second: Moderator, cast: Cast,
                                                                         alarmed: str, waiting: str) -> None:
    mona.rule(mona.line(alarmed), "hold")
    assert cast.texts() == []
    assert (mona.ids(), mona.ids(view="aside"), second.ids()) == ([waiting], [alarmed], [alarmed, waiting])
    assert alarms(mona) == 1


def test_an_alarm_brings_back_what_somebody_had_set_aside(mona: Moderator, cast: Cast, waiting: str) -> None:
    comment_id = cast.publish("I know where you live")
    report(cast.player(), comment_id, "spam")
    assert mona.call("POST", f"/comments/{comment_id}/pass").status_code == 201
    assert mona.ids() == [waiting]
    cast.clock.advance(minutes=1)
    report(cast.player(), comment_id, "danger")
    assert mona.ids() == [comment_id, waiting]


def test_an_edit_does_not_silence_it_and_an_undo_raises_it_again(mona: Moderator, cast: Cast, alice: Person,
                                                                 waiting: str) -> None:
    comment_id = cast.publish("I know where you live", alice)
    report(cast.player(), comment_id, "danger")
    assert alice.edit(comment_id, "I know you").status_code == 200
    line = mona.line(comment_id)
    assert line["alarm"]
    ruling = mona.rule(line, "publish").get_json()["ruling"]
    assert alarms(mona) == 0
    mona.undo(line, ruling)
    assert alarms(mona) == 1


def test_it_is_told_once_in_the_log_without_a_word_of_anybody(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    comment_id, reader = cast.publish("I know where you live"), cast.player()
    with caplog.at_level(logging.WARNING, "server.comments"):
        report(cast.player(), comment_id, "spam", text="he-means-it")
        assert caplog.messages == []
        report(reader, comment_id, "danger", text="he-means-it")
        with cast.database.sessions() as session:  # the same at the same moment, past the look for a receipt
            report_comment(session, comment_id, Report(ReportReason.DANGER, "", None, KEYS.legal),
                           Reader(reader.id, "a network"), cast.clock())
    assert caplog.messages == [f"alarm: comment {comment_id} was reported as a danger to life"]


def test_popshot_lists_open_alarms_and_exits_with_1_while_there_are_any(cast: Cast, alarmed: str) -> None:
    shell = Shell(cast)
    listed = CliRunner().invoke(comment_group, ["alarms"], obj=shell)
    assert (listed.exit_code, listed.output.splitlines()[-1]) == (1, "1 open")
    assert listed.output.startswith(f"{alarmed}  ")
    assert "reported: danger" in listed.output
    cast.rule(alarmed, Decision.REFUSE, Reason.ILLEGAL)
    quiet = CliRunner().invoke(comment_group, ["alarms"], obj=shell)
    assert (quiet.exit_code, quiet.output) == (0, "0 open\n")


def test_the_desk_tells_who_reported_what_and_of_which_text(mona: Moderator, second: Moderator, trusting: Cast,
                                                            alice: Person) -> None:
    comment_id = trusting.posted(alice, "one text")
    report(trusting.player("203.0.113.1"), comment_id, "insult", text="look")
    alice.edit(comment_id, "another text")
    trusting.rule(comment_id, Decision.HOLD, Reason.OTHER)
    told = mona.context(comment_id)
    assert [(one["reason"], one["text"], one["revision"], one["is_sharp"]) for one in told["reports"]] == [
        ("insult", "look", 1, True)]
    assert (told["readers"], mona.ids(view="reported"), mona.ids(view="aside")) == (0, [], [comment_id])
    assert second.ids(view="reported") == [comment_id]


def test_the_desk_counts_readers_by_their_networks(mona: Moderator, trusting: Cast, alice: Person) -> None:
    comment_id = trusting.posted(alice, "one text")
    for last in (1, 2):
        report(trusting.player(f"203.0.113.{last}"), comment_id, "spam")
    report_by(trusting, comment_id, 1)
    assert (mona.context(comment_id)["readers"], len(mona.context(comment_id)["reports"])) == (2, 3)
    assert mona.line(comment_id)["state"] == "published"
