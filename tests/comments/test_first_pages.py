"""The first page is kept in memory and is never older than the last change of what is public."""

from collections.abc import Callable, Iterator
from threading import Barrier
from typing import Any

import brotli
import orjson
import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from server import plain
from server.comments.desk_rows import Feed
from server.comments.feed import touch_feed
from server.comments.first_pages import MOST_PAGES, Facts, FirstPages
from server.comments.ruling import Decision, Reason
from server.db import transaction
from server.play.standings import keep_best
from tests.comments.cast import Cast, Person
from tests.rig.clock import NOON, FakeClock
from tests.rig.race import Race


@pytest.fixture
def statements(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is asked of the database from here on, on the driver's own cursor too."""
    asked: list[str] = []
    run = plain.Compiled.run

    def run_noted(statement: plain.Compiled, *arguments: Any) -> Any:
        asked.append(statement.sql)
        return run(statement, *arguments)

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    monkeypatch.setattr(plain.Compiled, "run", run_noted)
    event.listen(cast.database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(cast.database.engine, "before_cursor_execute", note)


def version(cast: Cast) -> int:
    with cast.database.sessions() as session:
        feed = session.get(Feed, cast.campaign.id)
        return feed.version if feed else 0


def test_the_page_that_was_just_shown_costs_one_look_at_the_version(cast: Cast, statements: list[str]) -> None:
    cast.publish("Trop bien")
    first = cast.published()
    del statements[:]
    assert cast.published() == first
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    assert "comment." not in "".join(statements)


DEEDS: dict[str, Callable[[Cast, Person, str], object]] = {
    "publish": lambda cast, alice, comment_id: cast.publish("another"),
    "hold": lambda cast, alice, comment_id: cast.rule(comment_id, Decision.HOLD, Reason.OTHER),
    "refuse": lambda cast, alice, comment_id: cast.rule(comment_id, Decision.REFUSE, Reason.SPAM),
    "hide": lambda cast, alice, comment_id: cast.hide(comment_id),
    "edit": lambda cast, alice, comment_id: alice.edit(comment_id, "unseen"),
    "take back": lambda cast, alice, comment_id: alice.take_back(comment_id),
    "erase": lambda cast, alice, comment_id: alice.delete("/players/me"),
    "react": lambda cast, alice, comment_id: cast.player().react(comment_id),
    "reply": lambda cast, alice, comment_id: cast.publish("reply", reply_to=comment_id),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_every_change_of_what_is_public_shows_at_once(cast: Cast, alice: Person,
                                                      deed: Callable[[Cast, Person, str], object]) -> None:
    comment_id = cast.publish("Trop bien", alice)
    before, was = [cast.published(order=order) for order in ("newest", "best")], version(cast)
    deed(cast, alice, comment_id)
    assert version(cast) > was
    for order, old in zip(("newest", "best"), before, strict=True):
        assert cast.published(order=order) != old


def test_an_erased_players_reaction_leaves_the_page_at_once(cast: Cast, alice: Person) -> None:
    alice.react(cast.publish("Trop bien"))
    assert cast.published()["comments"][0]["reactions"] == {"clap": 1}
    alice.delete("/players/me")
    assert cast.published()["comments"][0]["reactions"] == {}


def test_a_held_comment_changes_nothing_for_readers(cast: Cast, alice: Person) -> None:
    cast.publish("Trop bien")
    was = version(cast)
    cast.posted(alice, "waiting")
    assert version(cast) == was


def test_a_score_shows_within_half_a_minute(cast: Cast, alice: Person) -> None:
    cast.publish("Trop bien", alice)
    assert cast.published()["comments"][0]["score"] is None
    with cast.database.sessions() as session, transaction(session):
        keep_best(session, cast.campaign.id, alice.id, "round", 4_200, cast.clock())
    cast.clock.advance(seconds=30)
    assert cast.published()["comments"][0]["score"] == 4_200


def test_each_order_and_campaign_has_its_own_page(cast: Cast, alice: Person) -> None:
    first, second = cast.publish("first"), cast.publish("second")
    alice.react(first)
    cast.open_campaign("other")
    assert [one["id"] for one in cast.published()["comments"]] == [second, first]
    assert [one["id"] for one in cast.published(order="best")["comments"]] == [first, second]
    assert cast.published(slug="other")["comments"] == []


def test_the_page_is_packed_for_who_can_unpack_it(cast: Cast) -> None:
    cast.publish("Trop bien")
    for _ in range(2):
        packed = cast.client.get("/api/v1/campaigns/boss/comments", headers={"Accept-Encoding": "gzip, br"})
        assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("br", "Accept-Encoding")
        assert orjson.loads(brotli.decompress(packed.data)) == cast.published()
    plain = cast.client.get("/api/v1/campaigns/boss/comments", headers={"Accept-Encoding": "br;q=0"})
    assert "Content-Encoding" not in plain.headers


def test_the_oldest_pages_go_when_there_are_too_many(clock: FakeClock) -> None:
    pages = FirstPages()
    for number in range(MOST_PAGES + 5):
        pages.page(Facts(f"campaign {number}", True, 1), "newest", "en", clock(), list)
    assert len(pages.kept) == MOST_PAGES
    assert ("campaign 5", "newest", "en") in pages.kept
    assert ("campaign 4", "newest", "en") not in pages.kept


def test_a_page_of_another_version_is_not_shown() -> None:
    pages, made = FirstPages(), iter(("old", "new"))
    for number in (1, 2):
        pages.page(Facts("boss", True, number), "newest", "en", NOON, lambda: next(made))
    assert pages.page(Facts("boss", True, 2), "newest", "en", NOON, list).body == b'"new"'


def test_no_touch_is_lost_when_many_touch_at_once(cast: Cast, race: Race) -> None:
    def touch(session: Session) -> None:
        with transaction(session):
            touch_feed(session, cast.campaign.id)

    race(touch, players=8, attempts=5)
    assert version(cast) == 40


def test_whoever_reads_after_a_ruling_reads_its_outcome(cast: Cast, race: Race) -> None:
    """Readers fill the memory while a comment is held back: none of them may leave the text behind in it."""
    comment_id = cast.publish("regretted")
    start = Barrier(4)

    def act(_session: Session) -> None:
        if start.wait() == 0:
            cast.rule(comment_id, Decision.HOLD, Reason.OTHER)
        else:
            cast.published()

    for _ in range(6):
        cast.rule(comment_id, Decision.PUBLISH)
        race(act, players=4)
        assert cast.texts() == []
