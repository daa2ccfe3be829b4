"""What is kept about a player is shown to that player whole, and is gone after one call."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from prizes.award import Award, Way
from prizes.claim import Contact, claim, claim_code
from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from prizes.way import AwardTerms, Win
from prizes.ways.ladder import add_step, climb
from server.comments.comment import Comment, RulingEntry
from server.comments.post_comment import Posting, post_comment
from server.comments.report import CommentReport
from server.comments.ruling import Decision, Reason
from server.db import transaction
from server.errors import Problem
from server.outbox import Tail
from server.play.round import Round
from server.play.standings import Standing, keep_best
from server.players.player import Player
from tests.comments.cast import KEYS, NOWHERE, Cast, Person
from tests.rig.race import Race

ALICE_MAIL = "alice@home.example"


def me(person: Person) -> dict[str, Any]:
    answer = person.get("/players/me")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.get_json()
    return told


def win(cast: Cast, person: Person, round_id: str) -> Award:
    """An open award of a dart for the person's round."""
    prize = Prize(id=new_id(), campaign_id=cast.campaign.id, names={"en": "Dart"}, kind=PrizeKind.PARCEL,
                  value_cents=500, per_player=1, created_at=cast.clock())
    terms = AwardTerms(claim_key=KEYS.claim, claim_days=14, value_limit_cents=None, keep_back=False)
    with cast.database.sessions() as session, transaction(session):
        add_prize(session, prize)
        add_step(session, cast.campaign.id, 100, prize.id)
        restock(session, prize.id, 3, cast.clock(), "delivered")
        win = Win(cast.campaign.id, Way.LADDER, round_id, person.id, round_id)
        award = climb(session, win, 120, cast.clock(), terms)
    assert award is not None
    return award


def claim_it(cast: Cast, award: Award) -> None:
    with cast.database.sessions() as session, transaction(session):
        claim(session, claim_code(KEYS.claim, award.id), Contact(ALICE_MAIL, "Alice A.", "1 rue du Tir"), cast.clock())


def rank(cast: Cast, person: Person, round_id: str, score: int) -> None:
    with cast.database.sessions() as session, transaction(session):
        keep_best(session, cast.campaign.id, person.id, round_id, score, cast.clock())


def count(cast: Cast, table: Any, *where: Any) -> int:
    with cast.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def everything_stored(session: Session) -> str:
    """Every cell of every table, as one text."""
    names = [table.name for table in Player.metadata.sorted_tables]
    return json.dumps([[str(cell) for cell in row] for name in names
                       for row in session.execute(text(f'SELECT * FROM "{name}"'))], ensure_ascii=False)


def test_a_new_player_is_a_name_and_a_moment(alice: Person) -> None:
    assert me(alice) == {"player": {"id": alice.id, "alias": alice.alias, "created_at": "2026-12-01T12:00:00.000Z"},
                         "rounds": [], "standings": [], "awards": [], "comments": [], "reactions": [], "reports": []}


def test_my_rounds_and_places_are_told(cast: Cast, alice: Person) -> None:
    round_id = cast.round_of(alice)
    rank(cast, alice, round_id, 4200)
    told = me(alice)
    assert [(round_["id"], round_["campaign"], round_["campaign_title"], round_["state"])
            for round_ in told["rounds"]] == [(round_id, "boss", "The boss", "open")]
    assert [(place["campaign"], place["round_id"], place["score"]) for place in told["standings"]] == [
        ("boss", round_id, 4200)]


def test_my_awards_are_told_with_the_code_until_they_are_claimed_and_with_my_contact_after(cast: Cast,
                                                                                           alice: Person) -> None:
    award = win(cast, alice, cast.round_of(alice))
    [told] = me(alice)["awards"]
    assert (told["state"], told["prize"]["name"], told["claim_code"]) == (
        "open", "Dart", claim_code(KEYS.claim, award.id))
    claim_it(cast, award)
    [told] = me(alice)["awards"]
    assert told["state"] == "claimed"
    assert "claim_code" not in told
    assert told["claim"] == {"claimed_at": "2026-12-01T12:00:00.000Z", "name": "Alice A.", "email": ALICE_MAIL,
                             "address": "1 rue du Tir"}


def test_my_comments_are_told_with_every_ruling_but_not_with_who_ruled(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "appelle 06 12 34 56 78")
    cast.rule(comment_id, Decision.REFUSE, Reason.CONTACT)
    [told] = me(alice)["comments"]
    assert (told["text"], told["state"], told["reason"]) == ("appelle 06 12 34 56 78", "refused", "contact")
    assert [(ruling["decision"], ruling["by"]) for ruling in told["rulings"]] == [("hold", "rules"),
                                                                                  ("refuse", "person")]
    assert "mona" not in json.dumps(told)


def test_my_reports_are_told(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(cast.player(), "Trop bien")
    cast.rule(comment_id, Decision.PUBLISH)
    alice.post(f"/comments/{comment_id}/reports", {"reason": "spam", "text": "hm"})
    assert me(alice)["reports"] == [{"comment_id": comment_id, "reason": "spam", "text": "hm",
                                     "at": "2026-12-01T12:00:00.000Z", "settled_at": None}]


def test_nothing_of_another_player_is_told(cast: Cast, alice: Person) -> None:
    other = cast.player()
    round_id = cast.round_of(other)
    rank(cast, other, round_id, 100)
    win(cast, other, round_id)
    cast.posted(other, "somebody else")
    told = json.dumps(me(alice))
    assert not any(theirs in told for theirs in (other.id, round_id, "somebody else", "Dart"))


def test_a_stranger_is_told_nothing_and_erases_nothing(cast: Cast) -> None:
    for method in ("GET", "DELETE"):
        answer = cast.client.open("/api/v1/players/me", method=method)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "unknown_player")


def test_what_is_told_is_kept_by_no_cache(alice: Person) -> None:
    assert alice.get("/players/me").headers["Cache-Control"] == "no-store"


def test_after_erasing_the_token_is_unknown(alice: Person) -> None:
    assert alice.delete("/players/me").status_code == 204
    for answer in (alice.get("/players/me"), alice.delete("/players/me"), alice.say("still there?")):
        assert (answer.status_code, answer.get_json()["code"]) == (401, "unknown_player")


def test_erasing_takes_every_typed_word_and_the_name_out_of_every_table(cast: Cast, alice: Person) -> None:
    other = cast.posted(cast.player(), "Trop bien")
    cast.rule(other, Decision.PUBLISH)
    alice.post(f"/comments/{other}/reports", {"reason": "spam", "text": "reported-by-alice"})
    own = cast.posted(alice, "typed-by-alice")
    cast.rule(own, Decision.PUBLISH)
    cast.player().post(f"/comments/{own}/reports", {"reason": "spam", "text": "about-alice"})
    traces = (alice.alias, "typed-by-alice", "reported-by-alice", "about-alice")
    with cast.database.sessions() as session:
        assert all(trace in everything_stored(session) for trace in traces)
    alice.delete("/players/me")
    with cast.database.sessions() as session:
        assert not any(trace in everything_stored(session) for trace in traces)
    assert cast.texts() == ["Trop bien"]


def test_an_erased_player_leaves_the_standings_and_the_rooms_hear_it(cast: Cast, alice: Person) -> None:
    rank(cast, alice, cast.round_of(alice), 4200)
    alice.delete("/players/me")
    assert count(cast, Standing) == 0
    with cast.database.sessions() as session:
        assert [(line.campaign_id, line.topic) for line in Tail().read(session, cast.clock())] == [
            (cast.campaign.id, "standings")]


def test_rounds_rulings_and_reports_stay_without_a_name(cast: Cast, alice: Person) -> None:
    other = cast.posted(cast.player(), "Trop bien")
    cast.rule(other, Decision.PUBLISH)
    alice.post(f"/comments/{other}/reports", {"reason": "spam"})
    cast.round_of(alice)
    own = cast.posted(alice, "typed-by-alice")
    alice.delete("/players/me")
    assert count(cast, Player, Player.id == alice.id, Player.token_hash.is_(None), Player.alias.is_(None)) == 1
    assert count(cast, Round, Round.player_id == alice.id) == 1
    assert count(cast, RulingEntry, RulingEntry.comment_id == own) == 1
    assert count(cast, CommentReport, CommentReport.comment_id == other, CommentReport.player_id.is_(None)) == 1


def test_a_claimed_prize_can_still_be_sent_after_erasing(cast: Cast, alice: Person) -> None:
    claim_it(cast, win(cast, alice, cast.round_of(alice)))
    alice.delete("/players/me")
    with cast.database.sessions() as session:
        assert ALICE_MAIL in everything_stored(session)


def test_erasing_leaves_other_players_alone(cast: Cast, alice: Person) -> None:
    other = cast.player()
    round_id = cast.round_of(other)
    rank(cast, other, round_id, 100)
    cast.posted(other, "somebody else")
    before = me(other)
    alice.delete("/players/me")
    assert me(other) == before


def test_who_is_erased_while_posting_leaves_no_text(cast: Cast, alice: Person) -> None:
    with cast.database.sessions() as session:
        player = session.get_one(Player, alice.id)  # the token was read and found good
        alice.delete("/players/me")
        with pytest.raises(Problem, match="erased"):
            post_comment(session, cast.campaign, player, Posting("typed-by-alice"), NOWHERE, cast.clock())
    assert count(cast, Comment) == 0


def test_erasing_and_posting_at_once_leave_no_text(cast: Cast, alice: Person, race: Race) -> None:
    deeds = iter(("erase", "first word", "second word", "third word"))

    def act(_session: Session) -> int:
        deed = next(deeds)
        return (alice.delete("/players/me") if deed == "erase" else alice.say(deed)).status_code

    statuses = race(act, players=4)
    assert 204 in statuses
    assert set(statuses) <= {204, 201, 401}
    assert count(cast, Comment) == 0
