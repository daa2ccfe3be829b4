"""A long random walk over everything that may happen to comments: through no door goes a text that was not let out by
the last word on its present revision, and what was let out is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from flask import Response
from sqlalchemy import Select, select, true

from server import announce
from server.backoffice.moderation import routes as desk
from server.backoffice.moderation.moderator import Moderator
from server.campaigns import award_sheet, prize_sheet, save_draft
from server.campaigns.brand import Brand
from server.campaigns.campaign import Campaign
from server.comments import (
    edit_comment,
    first_pages,
    forget,
    post_comment,
    routes,
    rule_on_comment,
    show_comment,
    undo_ruling,
)
from server.comments.comment import Comment, CommentState
from server.comments.first_pages import FirstPages
from server.comments.ruling import Decision
from server.db import current_session
from server.play import share_card
from server.players.player import Player
from server.privacy import collect
from server.wire import answer
from tests.comments.doors import doors, leaks
from tests.comments.told import SPICES, Chance, Trace
from tests.comments.walk import Walk
from tests.rig.clock import NOON
from tests.rig.databases import fresh_postgres, fresh_sqlite
from tests.rig.machine import PATIENCE_S, Opened, run

RUNS = 4
MOST_AT_FIRST = 6  # public, after the first step of a walk
FLAW = "secret-0x which nobody ever let out"


@pytest.fixture(params=["sqlite", "postgres"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """How to get a fresh database, any number of times."""
    prepared = request.getfixturevalue(f"prepared_{request.param}")
    return (lambda: fresh_sqlite(prepared, tmp_path)) if request.param == "sqlite" else lambda: fresh_postgres(prepared)


@pytest.mark.timeout(PATIENCE_S)
def test_no_door_shows_what_the_last_word_did_not_let_out(opened: Opened) -> None:
    class Traced(Walk):
        trace = Trace()

    run(Traced, opened, RUNS)
    assert Traced.trace.most_public > MOST_AT_FIRST, "the walk published too little to prove anything"


def chance(which: int = 0, who: int = 0, decision: Decision = Decision.PUBLISH, times: int = 1, *,
           is_late: bool = False) -> Chance:
    return Chance(which, who, SPICES[0], times, decision, is_late)


# What chance finds sooner or later, in a few steps: every break must be found on this way.
TOUR = (
    ("post", chance(who=0)), ("post", chance(who=1)), ("reply", chance(which=1, who=1)),
    ("rule_on_all", chance(times=2)), ("edit", chance()), ("rule_on_one", chance(is_late=True)),
    ("rule_on_one", chance()), ("undo", chance()), ("rule_on_one", chance()),
    ("rule_on_one", chance(which=2, decision=Decision.HOLD)), ("rule_on_one", chance()), ("undo", chance(which=2)),
    ("erase", chance(who=0)), ("take_no_comments", chance()), ("restart", chance()),
)  # fmt: skip


def go_round(opened: Opened) -> Walk:
    """Look through the doors after every step of the tour."""
    walk: Walk = type("Tour", (Walk,), {"opened": staticmethod(opened), "trace": Trace()})()
    try:
        walk.begin()
        for deed, told in TOUR:
            walk.no_door_shows_what_the_last_word_did_not_let_out()
            walk.step(deed, told)
        walk.no_door_shows_what_the_last_word_did_not_let_out()
    finally:
        walk.teardown()
    return walk


def test_the_tour_comes_by_what_it_was_made_for(opened: Opened) -> None:
    walk = go_round(opened)
    assert walk.trace == Trace(most_public=MOST_AT_FIRST + 3, at_once=1)
    assert len(walk.public) == 2  # what the erased author did not write, save what answered that author


def test_the_walk_looks_through_every_door(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    break_every_door(monkeypatch)
    walk = type("Broken", (Walk,), {"opened": staticmethod(opened)})()
    for client in (walk.cast.client, walk.other):
        client.application.after_request_funcs.setdefault(None, []).append(show_the_flaw)
    try:
        walk.begin()
        walk.announcer.look()
        walk.page.hear()
        assert {leak.rpartition(": ")[0] for leak in leaks(walk)} == {door.name for door in doors(walk)}
    finally:
        walk.teardown()


def show_the_flaw(response: Response) -> Response:
    """Let an answer tell it, each kind in its own way."""
    if response.is_json:
        told = response.get_json()
        told["flaw"] = FLAW
        if "comments" in told:
            told["comments"].append({"text": FLAW})
        response.set_data(answer(told).data)
    else:
        response.set_data(f"{response.get_data(as_text=True)}<!-- {FLAW} -->")
    return response


def break_every_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are no answers of the application."""
    fold, find_card, campaign_card = announce.fold, share_card.find_card, share_card.campaign_card
    flaw = {"comments": [{"id": "flaw", "text": FLAW, "reply_to": None}]}
    monkeypatch.setattr(announce, "fold", lambda *asked: fold(*asked) | flaw)
    monkeypatch.setattr(share_card, "find_card", lambda *asked: replace(find_card(*asked), title=FLAW))
    monkeypatch.setattr(share_card, "campaign_card", lambda *asked: replace(campaign_card(*asked), title=FLAW))
    monkeypatch.setattr(prize_sheet, "export_prizes", lambda *_: [[FLAW]])
    monkeypatch.setattr(award_sheet, "export_awards", lambda *_: [[FLAW]])
    monkeypatch.setattr(save_draft, "save_draft", lambda *_: FLAW)


def any_state(parent_ids: Sequence[str]) -> Select[Comment, str | None]:
    """The replies, without a look at their state."""
    replies = select(Comment, Player.alias).join(Player, Player.id == Comment.player_id)
    return replies.where(Comment.parent_id.in_(parent_ids))


def kept_for_ever(pages: FirstPages, facts: first_pages.Facts, order: str, locale: str, _now: object,
                  make: Callable[[], Any]) -> first_pages.Kept:
    """A kept page that asks for no version."""
    kept = first_pages.Kept(0, NOON, orjson.dumps(make()))
    return pages.kept.setdefault((facts.campaign_id, order, locale), kept)


def as_file(_slug: str, _facts: object, page: first_pages.Kept) -> Response:
    """An answer that caches may keep."""
    return Response(page.body, mimetype="application/json", headers={"Cache-Control": "max-age=60"})


def everybody(kind: Any, _player: object) -> Select[Any]:
    return select(kind, Campaign).join(Campaign, Campaign.id == kind.campaign_id)


def anybody() -> Moderator:
    """Whoever comes, let in to every brand."""
    return Moderator("mona", "Mona", tuple(current_session().scalars(select(Brand.id))))


IS_HELD = SimpleNamespace(PUBLISHED=CommentState.HELD)
BREAKS: dict[str, tuple[object, str, object]] = {
    "an edit that stays published": (edit_comment, "CommentState", SimpleNamespace(
        HELD=CommentState.PUBLISHED, PUBLISHED=CommentState.PUBLISHED, TAKEN_BACK=CommentState.TAKEN_BACK)),
    "an edit that nobody hears of": (edit_comment, "tell_of_change", lambda *_: None),
    "a ruling that nobody hears of": (rule_on_comment, "tell_of_changes", lambda *_: None),
    "an undo that nobody hears of": (undo_ruling, "tell_of_change", lambda *_: None),
    "an erasure that the kept page does not hear of": (forget, "touch_feed", lambda *_: None),
    "an erasure that the room does not hear of": (forget, "_tell", lambda *_: None),
    "a kept page that is never made anew": (FirstPages, "page", kept_for_ever),
    "a page that caches may keep": (routes, "answer_page", as_file),
    "a list that shows what is held": (show_comment, "CommentState", IS_HELD),
    "a thread that shows what is held": (show_comment, "_published_replies", any_state),
    "a reply that outlives its parent": (show_comment, "or_", lambda *_: true()),
    "a list that goes on where comments are off": (first_pages, "CommentsMode", SimpleNamespace(OFF="")),
    "a room that hears of what is held": (announce, "published_by_id", lambda session, reading, ids: (
        show_comment.show_comments(session, reading, session.execute(select(Comment, Player.alias).join(
            Player, Player.id == Comment.player_id).where(Comment.id.in_(ids))).all()))),
    "a player who is told of others": (collect, "_of", everybody),
    "a desk that lets anybody in": (desk, "current_moderator", anybody),
    "an author who is always trusted": (post_comment, "is_trusted", lambda *_: True),
}


@pytest.fixture
def on_sqlite(prepared_sqlite: Path, tmp_path: Path) -> Opened:
    """The breaks are in Python, so that one kind of database shows that they are found."""
    return lambda: fresh_sqlite(prepared_sqlite, tmp_path)


@pytest.mark.parametrize(("module", "name", "broken"), BREAKS.values(), ids=BREAKS.keys())
def test_the_tour_finds_a_break(on_sqlite: Opened, monkeypatch: pytest.MonkeyPatch, module: object, name: str,
                                broken: object) -> None:
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(AssertionError):
        go_round(on_sqlite)
