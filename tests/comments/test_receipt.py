"""A report is answered with a receipt, which tells what came of it and nothing of the comment."""

import pytest
from sqlalchemy import func, select

from server.comments.comment import ruling_id
from server.comments.report import CommentReport
from server.comments.reporter import open_reporters
from server.comments.rule_on_comment import seen_of
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.settle_appeal import settle_appeal
from server.comments.undo_ruling import undo_ruling
from server.play.terms import make_terms
from server.runner import run_due
from server.texts import load_texts
from tests.comments.cast import KEYS, LEGAL, MONA, Cast, Person
from tests.comments.readers import nobody, outcome, report, report_by, trusting, try_report
from tests.privacy.scene import everything_stored

__all__ = ["trusting"]


@pytest.fixture
def public(cast: Cast, alice: Person) -> str:
    comment_id = cast.posted(alice, "typed-by-alice")
    cast.clock.advance(minutes=1)
    cast.rule(comment_id, Decision.PUBLISH)
    return comment_id


def test_a_receipt_is_80_random_bits_under_the_public_address(cast: Cast, public: str) -> None:
    receipt = cast.player().post(f"/comments/{public}/reports", {"reason": "spam"}).get_json()["receipt"]
    assert receipt["url"] == f"http://localhost:8000/reports/{receipt['id']}"
    assert len(bytes.fromhex(receipt["id"])) == 10
    assert receipt["id"] != report(cast.player(), public)


def test_a_repeat_of_a_player_or_a_network_gets_the_first_receipt_and_costs_nothing(cast: Cast, public: str) -> None:
    for reader in (cast.player(), nobody(cast, "203.0.113.1")):
        first = report(reader, public)
        again = reader.post(f"/comments/{public}/reports", {"reason": "other", "text": "again"})
        assert (again.status_code, again.get_json()["receipt"]["id"]) == (202, first)


def test_the_same_reader_may_report_the_text_that_came_after(cast: Cast, alice: Person, public: str) -> None:
    reader = cast.player()
    first = report(reader, public)
    alice.edit(public, "another text")
    cast.rule(public, Decision.PUBLISH)
    assert report(reader, public) != first


def test_who_calls_it_a_danger_later_is_heard_and_keeps_the_receipt(cast: Cast, public: str) -> None:
    reader = cast.player()
    first = report(reader, public, "spam", text="an advertisement")
    cast.rule(public, Decision.PUBLISH)
    assert report(reader, public, "danger", text="he means it") == first
    assert outcome(cast, first) | {"reported_at": ""} == {
        "reason": "danger", "reported_at": "", "state": "open", "outcome": None, "settled_at": None}
    assert report(reader, public, "spam") == first
    assert outcome(cast, first)["reason"] == "danger"


@pytest.mark.parametrize(("decision", "state", "told"), [
    (Decision.PUBLISH, "settled", "kept"), (Decision.REFUSE, "settled", "removed"), (Decision.HOLD, "open", None)])
def test_a_persons_word_is_told_and_holding_is_none(cast: Cast, public: str, decision: Decision, state: str,
                                                    told: str | None) -> None:
    receipt = report(cast.player(), public)
    cast.clock.advance(minutes=1)
    cast.rule(public, decision, Reason.INSULT)
    settled = None if told is None else "2026-12-01T12:02:00.000Z"
    assert outcome(cast, receipt) == {"reason": "insult", "reported_at": "2026-12-01T12:01:00.000Z", "state": state,
                                      "outcome": told, "settled_at": settled}


def test_of_a_text_that_its_author_changed_it_is_told_that_it_is_gone(cast: Cast, alice: Person, public: str) -> None:
    receipt = report(cast.player(), public)
    alice.edit(public, "another text")
    assert outcome(cast, receipt)["state"] == "open"
    cast.rule(public, Decision.PUBLISH)
    assert outcome(cast, receipt)["outcome"] == "gone"


@pytest.mark.parametrize("path", ["take back", "erase", "erase beneath a reply"])
def test_a_receipt_outlives_the_comment_and_is_tied_to_nothing(cast: Cast, alice: Person, public: str,
                                                               path: str) -> None:
    open_one = report(cast.player(), public, text="about-alice", name="Charlie Reader", email="c@home.example")
    if path == "erase beneath a reply":
        cast.publish("a reply", reply_to=public)
    if path == "take back":
        assert alice.take_back(public).status_code == 204
    else:
        assert alice.delete("/players/me").status_code == 204
    assert outcome(cast, open_one)["outcome"] == "gone"
    with cast.database.sessions() as session:
        [row] = session.scalars(select(CommentReport)).all()
        assert "about-alice" not in everything_stored(session)
    assert (row.comment_id, row.player_id, row.network_hash, row.sealed, row.text) == (None, None, None, None, "")


def test_a_receipt_follows_the_appeal_and_what_undoes_that(cast: Cast, alice: Person, public: str) -> None:
    receipt = report(cast.player(), public)
    cast.rule(public, Decision.REFUSE, Reason.INSULT)
    assert alice.post(f"/comments/{public}/appeal", {}).status_code == 201
    assert outcome(cast, receipt)["outcome"] == "removed"
    cast.clock.advance(days=1)
    seen = cast.seen(public)
    with cast.database.sessions() as session:
        settled = settle_appeal(session, seen_of(seen), Ruling(Decision.PUBLISH, Reason.FINE), "second", cast.clock())
    told = outcome(cast, receipt)
    assert (told["outcome"], told["settled_at"]) == ("kept", "2026-12-02T12:01:00.000Z")
    with cast.database.sessions() as session:
        assert settled is not None
        assert undo_ruling(session, seen_of(cast.seen(public)), settled, "second", cast.clock())
    told = outcome(cast, receipt)
    assert (told["state"], told["outcome"], told["settled_at"]) == ("settled", "removed", "2026-12-01T12:01:00.000Z")


def test_a_first_receipt_tells_what_a_later_report_has_led_to_until_that_is_undone(cast: Cast, public: str) -> None:
    receipts = []
    for decision in (Decision.PUBLISH, Decision.HOLD, Decision.REFUSE):
        receipts.append(report(cast.player(), public))
        cast.clock.advance(minutes=1)
        assert cast.rule(public, decision, Reason.INSULT)
    assert [outcome(cast, receipt)["outcome"] for receipt in receipts] == ["removed", "removed", "removed"]
    seen = cast.seen(public)
    with cast.database.sessions() as session:
        assert undo_ruling(session, seen_of(seen), ruling_id(public, seen.rulings), MONA, cast.clock())
    assert [outcome(cast, receipt)["outcome"] for receipt in receipts] == ["kept", None, None]


def test_what_was_decided_stays_told_after_the_author_is_erased(cast: Cast, alice: Person, public: str) -> None:
    receipt = report(cast.player(), public)
    cast.rule(public, Decision.REFUSE, Reason.INSULT)
    alice.delete("/players/me")
    assert outcome(cast, receipt)["outcome"] == "removed"


def test_a_name_and_an_address_for_mail_are_opened_by_the_legal_role_alone(cast: Cast, public: str) -> None:
    reader = cast.player()
    report(reader, public, name="Charlie Reader", email="c@home.example")
    with cast.database.sessions() as session:
        assert not any(told in everything_stored(session) for told in ("Charlie Reader", "c@home.example"))
        [told] = open_reporters(session, public, LEGAL.private_bytes_raw())
    assert (told.name, told.email) == ("Charlie Reader", "c@home.example")
    reader.delete("/players/me")
    with cast.database.sessions() as session:
        assert list(open_reporters(session, public, LEGAL.private_bytes_raw())) == []


def test_where_a_settled_report_came_from_goes_after_a_month_and_who_sent_it_after_a_year(cast: Cast,
                                                                                          public: str) -> None:
    open_one, settled = (cast.publish("another"), public)
    for comment_id in (open_one, settled):
        report(cast.player(), comment_id, name="Charlie Reader")
    cast.rule(settled, Decision.PUBLISH)
    for days, networks, contacts in ((29, 2, 2), (2, 1, 2), (333, 1, 2), (2, 1, 1)):
        cast.clock.advance(days=days)
        with cast.database.sessions() as session:
            run_due(session, make_terms(cast.config, KEYS), cast.clock())
            assert (session.scalar(select(func.count(CommentReport.network_hash))),
                    session.scalar(select(func.count(CommentReport.sealed)))) == (networks, contacts)


def test_what_a_reader_typed_goes_a_year_after_it_was_settled(cast: Cast, public: str) -> None:
    for who in (cast.player(), nobody(cast, "203.0.113.1")):
        report(who, public, text="typed-by-a-reader")
    cast.rule(public, Decision.PUBLISH)
    receipt = report(cast.player(), cast.publish("another"), text="still-open")
    for days, kept in ((364, True), (2, False)):
        cast.clock.advance(days=days)
        with cast.database.sessions() as session:
            run_due(session, make_terms(cast.config, KEYS), cast.clock())
            stored = everything_stored(session)
        assert ("typed-by-a-reader" in stored, "still-open" in stored) == (kept, True)
    assert outcome(cast, receipt)["state"] == "open"


@pytest.mark.parametrize(("part", "longest"), [("name", 120), ("email", 254), ("text", 1_000)])
def test_what_is_too_long_is_refused(cast: Cast, public: str, part: str, longest: int) -> None:
    assert try_report(cast.player(), public, **{part: "a" * longest}).status_code == 202
    answer = try_report(cast.player(), public, **{part: "a" * (longest + 1)})
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("receipt", ["f" * 20, "nowhere", "é", "%00"])
def test_an_unknown_receipt_is_not_found(cast: Cast, receipt: str) -> None:
    assert cast.client.get(f"/reports/{receipt}").status_code == 404
    answer = cast.client.get(f"/api/v1/reports/{receipt}")
    assert answer.status_code == 404
    assert answer.get_json()["code"] in ("report_not_found", "not_found")


@pytest.mark.parametrize("locale", load_texts().locales)
def test_the_page_tells_it_in_six_languages_and_nothing_of_the_comment(trusting: Cast, alice: Person,
                                                                       locale: str) -> None:
    comment_id = trusting.posted(alice, "typed-by-alice")
    [receipt, *_] = report_by(trusting, comment_id, 2)
    said = load_texts().of(locale)
    assert said["receipt.came.open"] in page(trusting, receipt, locale)
    assert said["receipt.came.hidden"] not in page(trusting, receipt, locale)
    report_by(trusting, comment_id, 1)
    assert said["receipt.came.hidden"] in page(trusting, receipt, locale)
    trusting.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert said["receipt.came.removed"] in page(trusting, receipt, locale)
    for secret in ("typed-by-alice", alice.alias, comment_id, "mona"):
        assert secret not in page(trusting, receipt, locale)


def page(cast: Cast, receipt: str, locale: str) -> str:
    """The page as a browser without scripts and cookies sees it."""
    answer = cast.client.get(f"/reports/{receipt}?lang={locale}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert (answer.headers["X-Robots-Tag"], answer.headers["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert f'lang="{locale}"' in answer.text
    return answer.text


def test_a_danger_is_answered_with_where_help_is(cast: Cast, public: str) -> None:
    assert "112" in page(cast, report(cast.player(), public, "danger"), "en")
    assert "112" not in page(cast, report(cast.player(), public, "spam"), "en")


def test_the_second_report_of_a_network_or_a_player_within_the_hour_wants_a_proof(cast: Cast, alice: Person) -> None:
    public = [cast.publish(f"number {number}") for number in range(3)]
    reader = cast.player("203.0.113.1")
    report(reader, public[0])
    neighbour, mover = cast.player("203.0.113.99"), reader
    mover.address = "198.51.100.1"
    for who, comment_id in ((neighbour, public[1]), (mover, public[2])):
        path = f"/comments/{comment_id}/reports"
        answer = who.post(path, {"reason": "insult"})
        assert (answer.status_code, answer.get_json()["code"]) == (403, "proof_required")
        assert who.post(path, {"reason": "insult"}, Altcha="no proof").status_code == 403
        report(who, comment_id)
