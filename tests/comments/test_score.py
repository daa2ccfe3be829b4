"""A score learned from the site's own rulings ranks what it never saw, sorts where that is wanted, decides nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update
from sqlalchemy.orm import Session

from server.cli_comments import comment_group
from server.comments.comment import Comment, CommentState
from server.comments.learn import FEWEST, TooLittle, learn
from server.comments.ruling import Decision, Reason
from server.comments.score import SIZE, BadModel, Model, Scorer, load_model, rank_share, save_model, train
from server.config import DeskConfig, load_config
from server.db import Database, transaction
from tests.backoffice.desk import Moderator
from tests.comments.cast import Cast, Person
from tests.comments.readers import report
from tests.comments.test_cli_comments import Shell
from tests.corpora import ABUSIVE, CLEAN, KEPT, TUNED, lines_of
from tests.rig.clock import FakeClock

CALM, SHARP = "a fine throw at the boss", "you stupid idiot"


def texts(kind: str, part: str) -> list[str]:
    return [line.text for line in lines_of(kind, part)]


@pytest.fixture(scope="module")
def model() -> Model:
    return train(texts(CLEAN, TUNED), texts(ABUSIVE, TUNED))


@pytest.fixture
def file(tmp_path: Path, model: Model) -> Path:
    save_model(model, tmp_path / "score.npz")
    return tmp_path / "score.npz"


def sorting(database: Database, clock: FakeClock, folder: Path, order: str = "score") -> Cast:
    config = load_config(environ={})
    return Cast(database, clock, replace(config, storage=replace(config.storage, data=str(folder)),
                                         desk=DeskConfig(order)))


def test_abusive_lines_that_it_never_saw_rank_above_clean_ones(model: Model) -> None:
    assert rank_share(model, texts(CLEAN, KEPT), texts(ABUSIVE, KEPT)) > 0.85
    assert rank_share(Model(np.zeros(SIZE, np.float32), 0.0), texts(CLEAN, KEPT), texts(ABUSIVE, KEPT)) == 0.5


def test_the_same_rulings_teach_the_same_and_a_file_keeps_it(model: Model, file: Path) -> None:
    again, kept = train(texts(CLEAN, TUNED), texts(ABUSIVE, TUNED)), load_model(file)
    assert [one.score(SHARP) for one in (again, kept)] == [model.score(SHARP)] * 2


@pytest.mark.parametrize("text", ["", " ", "\u0301", "🎯" * 500, "a\x00b", "\ud800"])
def test_whatever_is_typed_has_a_score(model: Model, text: str) -> None:
    assert 0 <= model.score(text) <= 1


def waiting(cast: Cast, alice: Person) -> list[str]:
    """The ids of two comments, the calm one posted first."""
    ids = []
    for text in (CALM, SHARP):
        ids.append(cast.posted(alice, text))
        cast.clock.advance(seconds=1)
    return ids


def test_the_queue_shows_first_what_resembles_refusals_where_that_is_wanted(database: Database, clock: FakeClock,
                                                                           file: Path) -> None:
    cast = sorting(database, clock, file.parent)
    calm, sharp = waiting(cast, cast.player())
    mona = Moderator(cast, "mona")
    assert mona.ids() == [sharp, calm]
    high, low = (line["score"] for line in mona.queue())
    assert 0 <= low < high <= 1
    assert mona.ids(q="throw") == [calm]


def test_alarms_stand_by_their_age_whatever_their_score(database: Database, clock: FakeClock, file: Path) -> None:
    cast = sorting(database, clock, file.parent)
    alarmed = [cast.publish(text, cast.player()) for text in (CALM, SHARP)]
    for comment_id in alarmed:
        clock.advance(minutes=1)
        report(cast.player(), comment_id, "danger", text="he means it")
    lines = Moderator(cast, "mona").queue()
    assert [line["id"] for line in lines] == alarmed
    assert lines[0]["score"] < lines[1]["score"]


def test_as_shipped_the_oldest_is_first_whatever_the_file_says(database: Database, clock: FakeClock,
                                                               file: Path) -> None:
    cast = sorting(database, clock, file.parent, load_config(environ={}).desk.order)
    ids = waiting(cast, cast.player())
    lines = Moderator(cast, "mona").queue()
    assert [line["id"] for line in lines] == ids
    assert all("score" not in line for line in lines)


def test_it_decides_nothing(database: Database, clock: FakeClock, file: Path) -> None:
    cast = sorting(database, clock, file.parent)
    states = [cast.seen(comment_id) for comment_id in waiting(cast, cast.player())]
    assert [(comment.state, comment.reason) for comment in states] == [
        (CommentState.HELD, Reason.AWAITS_REVIEW), (CommentState.HELD, Reason.BANNED_WORD)]


BROKEN: dict[str, Callable[[Path], object]] = {
    "no model": lambda path: path.unlink(),
    "no archive": lambda path: path.write_bytes(b"PK\x03\x04 and nothing else"),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:200]),
    "of another size": lambda path: np.savez(path, format=1, weights=np.zeros(3, np.float32), bias=0.0),
    "of no numbers": lambda path: np.savez(path, format=1, weights=np.full(SIZE, np.nan, np.float32), bias=0.0),
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_cannot_be_used_stops_nothing_and_is_told_once(
        database: Database, clock: FakeClock, file: Path, caplog: pytest.LogCaptureFixture,
        spoil: Callable[[Path], object]) -> None:
    spoil(file)
    cast = sorting(database, clock, file.parent)
    ids = waiting(cast, cast.player())
    mona = Moderator(cast, "mona")
    assert mona.ids() == mona.ids() == ids
    told = [record.getMessage() for record in caplog.records if "not sorted" in record.getMessage()]
    assert len(told) == 1
    assert "popshot comment learn" in told[0]


def test_a_model_that_comes_later_is_used_without_a_new_start(tmp_path: Path, model: Model) -> None:
    scorer = Scorer(tmp_path / "score.npz")
    assert scorer.scores([("a", 1, SHARP)]) is None
    save_model(model, scorer.path)
    assert scorer.scores([("a", 1, SHARP), ("a", 2, CALM)]) == [model.score(SHARP), model.score(CALM)]


def test_only_numbers_are_read_of_a_file(tmp_path: Path) -> None:
    np.savez(tmp_path / "score.npz", format=1, weights=np.array([{}], object), bias=0.0)
    with pytest.raises(BadModel, match="pickle"):
        load_model(tmp_path / "score.npz")


def put_ruled(session: Session, cast: Cast, player_id: str, each: int) -> None:
    """So many comments that people published, and refused; one more of each that no person has seen as it is."""
    sides = ((CommentState.PUBLISHED, texts(CLEAN, TUNED)), (CommentState.REFUSED, texts(ABUSIVE, TUNED)))
    with transaction(session):
        for side, (state, said) in enumerate(sides):
            for number, text in enumerate(said[:each + 1]):
                session.add(Comment(id=f"{side}{number:019x}", campaign_id=cast.campaign.id, player_id=player_id,
                                    text=text, state=state, reason=Reason.FINE, revision=2, posted_at=cast.clock(),
                                    ruled_revision=1 if number == each else 2))


def learned(cast: Cast, folder: Path) -> Result:
    """`popshot comment learn`."""
    shell = Shell(cast)
    shell.config = replace(cast.config, storage=replace(cast.config.storage, data=str(folder)))  # type: ignore[attr-defined]
    return CliRunner().invoke(comment_group, ["learn"], obj=shell)


def test_it_learns_from_what_people_ruled_on_texts_as_they_are(cast: Cast, alice: Person, session: Session,
                                                              tmp_path: Path) -> None:
    put_ruled(session, cast, alice.id, FEWEST)
    result = learned(cast, tmp_path)
    assert result.exit_code == 0, result.output
    assert f"learned from {FEWEST} published and {FEWEST} refused comments" in result.output
    assert load_model(tmp_path / "score.npz").score("du Arschloch") > 0.5


def test_what_was_removed_for_the_law_teaches_too(cast: Cast, alice: Person, session: Session) -> None:
    put_ruled(session, cast, alice.id, FEWEST)
    with transaction(session):
        session.execute(update(Comment).where(Comment.state == CommentState.REFUSED).values(
            state=CommentState.REMOVED_LEGAL))
    assert learn(session).refused == FEWEST


def test_too_few_rulings_teach_nothing(cast: Cast, alice: Person, session: Session, tmp_path: Path) -> None:
    put_ruled(session, cast, alice.id, FEWEST - 1)
    with pytest.raises(TooLittle, match=f"published {FEWEST - 1} comments and refused {FEWEST - 1}; {FEWEST} of each"):
        learn(session)
    assert (learned(cast, tmp_path).exit_code, list(tmp_path.glob("score*"))) == (2, [])


def test_what_is_asked_again_has_no_score_of_its_own(database: Database, clock: FakeClock, file: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.comments.second_look.ONE_IN", 1)
    cast = sorting(database, clock, file.parent)
    for comment_id in waiting(cast, cast.player()):
        cast.rule(comment_id, Decision.PUBLISH)
    assert [(line["again"], line["score"]) for line in Moderator(cast, "second").queue()] == [(True, 0.5)] * 2


@pytest.mark.parametrize("order", ["score", "oldest"])
@pytest.mark.parametrize("way", ["one", "selection", "appeal", "mute"])
def test_a_statement_tells_whether_a_score_sorted(database: Database, clock: FakeClock, file: Path, order: str,
                                                  way: str) -> None:
    cast = sorting(database, clock, file.parent, order)
    author = cast.player()
    comment_id, desk = cast.posted(author, "Bof"), Moderator(cast, "second")
    if way == "appeal":
        cast.rule(comment_id, Decision.REFUSE, Reason.SPAM)
        author.post(f"/comments/{comment_id}/appeal", {})
    line = desk.line(comment_id)
    if way == "selection":
        seen = {"id": comment_id, "revision": line["revision"], "rulings": line["rulings"]}
        told = desk.call("POST", "/rulings", {"decision": "refuse", "reason": "spam", "comments": [seen]})
    elif way == "mute":
        told = desk.call("POST", f"/comments/{comment_id}/mute", {"days": 7, "reason": "spam"})
    else:
        told = desk.rule(line, "refuse", "spam", **({"appeal": True} if way == "appeal" else {}))
    assert told.status_code in (200, 201), told.get_data(as_text=True)
    mine = author.mine()["mute"] if way == "mute" else author.mine()["comments"][0]
    assert ("A program that learned from earlier decisions" in mine["statement"]["text"]) == (order == "score")


def test_a_statement_tells_of_no_score_while_there_is_no_model(database: Database, clock: FakeClock,
                                                               tmp_path: Path) -> None:
    cast = sorting(database, clock, tmp_path)
    author = cast.player()
    comment_id, desk = cast.posted(author, "Bof"), Moderator(cast, "second")
    assert desk.rule(desk.line(comment_id), "refuse", "spam").status_code == 201
    [mine] = author.mine()["comments"]
    assert "A program that learned from earlier decisions" not in mine["statement"]["text"]
