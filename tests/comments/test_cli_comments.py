"""`popshot comment`: a person at the terminal sees the queue and rules."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server import cli_comments
from server.cli_comments import comment_group
from server.comments.comment import rulings_on
from server.comments.ruling import Reason
from server.errors import Problem
from tests.comments.cast import Cast, Person

Popshot = Callable[..., Result]


@dataclass
class Shell:
    cast: Cast

    def __post_init__(self) -> None:
        self.session = self.cast.database.sessions
        self.now = self.cast.clock


@pytest.fixture
def comment(cast: Cast) -> Popshot:
    """`comment("publish", id)` runs `popshot comment publish id`."""
    return lambda *words: CliRunner().invoke(comment_group, words, obj=Shell(cast))


def test_the_queue_shows_what_waits_and_why(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "appelle le 06 12 34 56 78\nou pas")
    output = comment("queue").output
    assert f"{comment_id}  2026-12-01 12:00  held (contact)  'appelle le 06 12 34 56 78\\nou pas'" in output
    assert output.endswith("1 waiting\n")


def test_the_queue_tells_how_many_wait_beyond_those_that_it_shows(cast: Cast, alice: Person, comment: Popshot,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_comments, "MOST", 2)
    ids = [cast.posted(alice, text) for text in ("one", "two", "three")]
    lines = comment("queue").output.splitlines()
    assert [line[:20] for line in lines[:-1]] == sorted(ids)[:2]
    assert lines[-1] == "3 waiting, 2 shown"


def test_publish_makes_it_public_and_signs_with_operator(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    assert comment("publish", comment_id).exit_code == 0
    assert cast.texts() == ["Trop bien"]
    with cast.database.sessions() as session:
        assert rulings_on(session, comment_id)[-1].ruled_by == "operator"


def test_refuse_wants_a_reason_and_keeps_who_ruled(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    assert comment("refuse", comment_id).exit_code == 2
    assert comment("refuse", comment_id, "--reason", "dull").exit_code == 2
    assert comment("refuse", comment_id, "--reason", "insult", "--by", "mona").exit_code == 0
    with cast.database.sessions() as session:
        entry = rulings_on(session, comment_id)[-1]
    assert (entry.reason, entry.ruled_by) == (Reason.INSULT, "mona")


def test_hold_takes_a_public_comment_back_into_the_queue(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    comment("publish", comment_id)
    assert comment("hold", comment_id).exit_code == 0
    assert cast.texts() == []
    assert comment_id in comment("queue").output


def test_holding_what_is_refused_gets_one_sentence(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    comment("refuse", comment_id, "--reason", "insult")
    refusal = comment("hold", comment_id)
    assert (refusal.exit_code, "This comment is refused: there is nothing to hold" in refusal.output) == (2, True)


def test_a_reported_comment_says_so_in_the_queue(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    comment("publish", comment_id)
    alice.post(f"/comments/{comment_id}/reports", {"reason": "spam"})
    assert "published (fine)  'Trop bien'  reported: spam" in comment("queue").output


@pytest.mark.parametrize("words", [("publish",), ("refuse", "--reason", "spam"), ("hold",)])
def test_an_unknown_id_gets_one_sentence_and_exit_code_2(comment: Popshot, words: tuple[str, ...]) -> None:
    result = comment(*words, "nowhere")
    assert result.exit_code == 2
    assert "There is no comment 'nowhere'" in result.output


def test_a_signature_that_cannot_be_kept_is_refused(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    assert comment("publish", comment_id, "--by", "m" * 61).exit_code == 2
    assert comment("publish", comment_id, "--by", "").exit_code == 2
    assert cast.texts() == []


def test_nobody_signs_as_the_rules(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    for name in ("rules", " rules "):
        refusal = comment("refuse", comment_id, "--reason", "insult", "--by", name)
        assert (refusal.exit_code, "signs what no person ruled" in refusal.output) == (2, True)
    assert cast.seen(comment_id).rulings == 1


def test_an_appeal_is_in_the_queue_and_somebody_else_decides_it(cast: Cast, alice: Person, comment: Popshot) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    comment("refuse", comment_id, "--reason", "insult", "--by", "mona")
    alice.post(f"/comments/{comment_id}/appeal", {"text": "Why?"})
    assert "appealed (insult)" in comment("queue").output
    refusal = comment("publish", comment_id, "--by", "mona").exception
    assert isinstance(refusal, Problem)
    assert refusal.code == "own_ruling"
    assert comment("publish", comment_id, "--by", "second").exit_code == 0
    assert cast.texts() == ["Trop bien"]


def test_the_counts_of_a_year_come_as_a_table(cast: Cast, alice: Person, comment: Popshot, tmp_path: Path) -> None:
    comment("refuse", cast.posted(alice, "Trop bien"), "--reason", "illegal")
    table = ("year,what,ground,reason,by,outcome,count,median_s\r\n2026,first_ruling,,,person,refuse,1,0\r\n"
             "2026,own_initiative,law,illegal,person,restricted,1,\r\n")
    file = tmp_path / "counts.csv"
    assert comment("yearly", "--year", "2026", "--out", str(file)).exit_code == 0
    assert file.read_text("utf-8-sig").splitlines() == table.splitlines()
    assert comment("yearly", "--year", "1", "--out", "-").exit_code == 2
