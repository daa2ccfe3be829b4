"""The counts of a year: notices with their outcome, what restricted, appeals, and how long each took."""

from datetime import UTC, datetime

from server.comments.desk_marks import mute_author
from server.comments.mute_appeals import open_mute_appeals
from server.comments.rule_on_comment import Seen
from server.comments.ruling import Decision, Reason
from server.comments.undo_ruling import undo_ruling
from server.comments.yearly import YEARLY_COLUMNS, yearly_counts
from tests.comments.cast import MONA, Cast, Person, every_brand
from tests.comments.readers import report_by, trusting
from tests.comments.test_appeal import PUBLISH, UPHOLD, settle
from tests.comments.test_appeal_mute import mute
from tests.comments.test_appeal_mute import settle as settle_mute

__all__ = ["trusting"]


def rows(cast: Cast, what: str, year: int = 2026) -> list[tuple[object, ...]]:
    """(ground, reason, by, outcome, count, median_s) of one kind of thing."""
    with cast.database.sessions() as session:
        return [row[2:] for row in yearly_counts(session, year) if row[1] == what]


def refuse(cast: Cast, author: Person, reason: Reason = Reason.SPAM) -> str:
    comment_id = cast.posted(author, "Bof")
    cast.clock.advance(seconds=30)
    cast.rule(comment_id, Decision.REFUSE, reason)
    cast.clock.advance(minutes=15)
    return comment_id


def test_an_empty_year_has_no_rows_and_the_header_names_eight_columns(cast: Cast) -> None:
    with cast.database.sessions() as session:
        assert yearly_counts(session, 2026) == []
    assert YEARLY_COLUMNS == ("year", "what", "ground", "reason", "by", "outcome", "count", "median_s")


def test_notices_are_told_by_reason_and_outcome_with_the_time_they_took(cast: Cast) -> None:
    ids = [cast.publish(f"number {number}") for number in range(4)]
    for comment_id, reason in zip(ids, ("spam", "spam", "illegal", "spam"), strict=True):
        cast.player().post(f"/comments/{comment_id}/reports", {"reason": reason})
    for comment_id, decision, after in ((ids[0], Decision.PUBLISH, 10), (ids[1], Decision.REFUSE, 20),
                                        (ids[2], Decision.REFUSE, 30)):
        cast.clock.advance(seconds=after)
        cast.rule(comment_id, decision, Reason.SPAM)
    assert rows(cast, "notice") == [
        ("law", "illegal", "reader", "removed", 1, 60), ("rules", "spam", "reader", "kept", 1, 10),
        ("rules", "spam", "reader", "open", 1, None), ("rules", "spam", "reader", "removed", 1, 30)]
    assert rows(cast, "on_notice") == [("rules", "spam", "person", "restricted", 2, None)]
    assert rows(cast, "own_initiative") == []


def test_what_readers_hid_is_a_restriction_by_the_rules_and_what_its_author_took_away_is_gone(
        trusting: Cast, alice: Person) -> None:
    report_by(trusting, trusting.posted(alice, "Bof"), 3, "spam")
    assert rows(trusting, "on_notice") == [("rules", "reported", "rules", "restricted", 1, None)]
    alice.delete("/players/me")
    assert rows(trusting, "notice") == [("rules", "spam", "reader", "gone", 3, 0)]


def test_a_refusal_of_what_was_hidden_is_a_restriction_of_its_own(trusting: Cast, alice: Person) -> None:
    comment_id = trusting.posted(alice, "Bof")
    report_by(trusting, comment_id, 3, "spam")
    trusting.clock.advance(seconds=9)
    trusting.rule(comment_id, Decision.REFUSE, Reason.ILLEGAL)
    assert rows(trusting, "on_notice") == [("law", "illegal", "person", "restricted", 1, None),
                                           ("rules", "reported", "rules", "restricted", 1, None)]


def test_a_hold_restricts_what_was_public_and_nothing_else(cast: Cast) -> None:
    cast.rule(cast.posted(cast.player(), "Bof"), Decision.HOLD, Reason.OTHER)
    assert rows(cast, "own_initiative") == []
    public = cast.publish("Bravo")
    for _ in range(2):
        cast.rule(public, Decision.HOLD, Reason.SPAM)
    assert rows(cast, "own_initiative") == [("rules", "spam", "person", "restricted", 1, None)]


def test_restrictions_are_told_by_ground_and_reason_each_once(cast: Cast, alice: Person) -> None:
    upheld = refuse(cast, alice)
    alice.post(f"/comments/{upheld}/appeal", {})
    settle(cast, upheld, UPHOLD)
    refuse(cast, cast.player(), Reason.ILLEGAL)
    undone = refuse(cast, cast.player())
    with cast.database.sessions() as session:
        assert undo_ruling(session, Seen(undone, 1, 2), f"{undone}.000002", MONA, cast.clock())
    assert rows(cast, "own_initiative") == [("law", "illegal", "person", "restricted", 1, None),
                                            ("rules", "spam", "person", "restricted", 1, None)]


def test_appeals_are_told_with_what_they_are_against_and_how_they_ended(cast: Cast) -> None:
    for ruling in (PUBLISH, UPHOLD, UPHOLD, None):
        author = cast.player()
        comment_id = refuse(cast, author, Reason.ILLEGAL)
        author.post(f"/comments/{comment_id}/appeal", {})
        cast.clock.advance(seconds=59)
        if ruling:
            settle(cast, comment_id, ruling)
    assert rows(cast, "appeal") == [
        ("law", "illegal", "person", "open", 1, None), ("law", "illegal", "person", "overturned", 1, 60),
        ("law", "illegal", "person", "upheld", 2, 60)]


def test_mutes_and_first_rulings_are_told(cast: Cast, alice: Person) -> None:
    comment_id = refuse(cast, alice)
    cast.publish("Bravo")
    with cast.database.sessions() as session:
        mute_author(session, comment_id, 7, Reason.INSULT, MONA, cast.clock())
    assert rows(cast, "mute") == [("rules", "insult", "person", "restricted", 1, None)]
    assert rows(cast, "first_ruling") == [("", "", "person", "publish", 1, 1), ("", "", "person", "refuse", 1, 30)]


def test_appeals_against_mutes_are_told_among_the_appeals(cast: Cast, alice: Person) -> None:
    people = [alice, cast.player(), cast.player()]
    for person in people:
        mute(cast, cast.posted(person, "Bof"), reason=Reason.ILLEGAL)
        assert person.post("/players/me/mute/appeal", {}).status_code == 201
    cast.clock.advance(seconds=59)
    with cast.database.sessions() as session:
        upheld, lifted = [one.appeal.id for one in open_mute_appeals(session, "second", every_brand(session))][:2]
    settle_mute(cast, upheld, is_upheld=True)
    settle_mute(cast, lifted, is_upheld=False)
    assert [row[:5] for row in rows(cast, "appeal")] == [
        ("law", "illegal", "person", outcome, 1) for outcome in ("open", "overturned", "upheld")]
    assert rows(cast, "appeal", 2027) == []
    assert rows(cast, "mute") == [("law", "illegal", "person", "restricted", 3, None)]


def test_a_year_is_one_of_utc_and_rulings_outlive_their_author(cast: Cast, alice: Person) -> None:
    with_the_year = cast.posted(alice, "Bof")
    cast.clock.now = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    cast.rule(with_the_year, Decision.REFUSE, Reason.SPAM)
    cast.clock.advance(seconds=1)
    alice.post(f"/comments/{with_the_year}/appeal", {})
    assert (rows(cast, "own_initiative", 2026)[0][4], rows(cast, "own_initiative", 2027)) == (1, [])
    assert [row[4] for row in rows(cast, "appeal", 2027)] == [1]
    alice.delete("/players/me")
    assert rows(cast, "own_initiative", 2026)[0][4] == 1
    assert rows(cast, "appeal", 2027) == []
