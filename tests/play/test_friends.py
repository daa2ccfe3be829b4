"""Who brings a friend has one round more when the friend's first round was accepted, and nobody else ever."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from prizes.db import Base
from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.play.bonus_round import BonusCount, BonusKind, BonusRound
from server.play.friends import FriendLink, Referral, cause_of, link_of, settle_referral
from server.play.round import Ending, Round, Verdict
from server.play.rule_on_round import reject_round, release_round
from tests.rig.app import PLAY_TERMS, add_campaign
from tests.rig.bot import BEGINNER
from tests.rig.clock import FakeClock
from tests.rig.play import Play, Player, json_of, problem_of

SLUG = "few"


@pytest.fixture
def campaign(database: Database) -> str:
    return add_campaign(database, SLUG, rounds_per_day=1, friend_rounds=2, friend_rounds_per_day=2)


@pytest.fixture
def alice(app: Flask, clock: FakeClock, campaign: str) -> Player:
    """Alice at home; her round of today is played and accepted."""
    player = Player(app, clock, address="203.0.113.7")
    player.play(1, BEGINNER, slug=SLUG, enough=100)
    clock.advance(seconds=1)
    return player


@pytest.fixture
def friend(app: Flask, clock: FakeClock) -> Callable[..., Player]:
    """Call it for a new player at another address each time, or at one that is told."""
    numbers = iter(range(1, 100))
    return lambda address=None: Player(app, clock, address=address or f"198.51.{next(numbers)}.7")


def came_by(player: Player, slug: str = SLUG) -> str:
    return f"?friend={json_of(player.post(f'/campaigns/{slug}/friends'), 200)['friend']}"


def left(player: Player) -> int:
    rounds: int = json_of(player.get(f"/campaigns/{SLUG}"), 200)["rounds_left"]
    return rounds


def play_as(friend: Player, came: str, number: int = 2) -> Play:
    return friend.play(number, BEGINNER, slug=SLUG, enough=100, came=came)


def count(database: Database, table: type) -> int:
    with database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_friend_s_first_accepted_round_gives_one_more(alice: Player, friend: Callable[..., Player]) -> None:
    assert left(alice) == 0
    play_as(friend(), came_by(alice))
    told = json_of(alice.get(f"/campaigns/{SLUG}"), 200)
    assert (told["rounds_left"], told["bonus_rounds"]) == (1, 1)
    alice.play(3, BEGINNER, slug=SLUG)
    assert left(alice) == 0
    assert problem_of(alice.post(f"/campaigns/{SLUG}/rounds")) == "no_rounds_left"


def test_a_bonus_round_is_spent_only_when_the_day_s_are_and_lasts_until_then(
        alice: Player, friend: Callable[..., Player], clock: FakeClock) -> None:
    play_as(friend(), came_by(alice))
    clock.advance(hours=24)
    assert left(alice) == 2
    alice.play(3, BEGINNER, slug=SLUG)
    assert json_of(alice.get(f"/campaigns/{SLUG}"), 200)["bonus_rounds"] == 1
    alice.play(4, BEGINNER, slug=SLUG)
    assert left(alice) == 0


def test_an_abandoned_round_gives_nothing(alice: Player, friend: Callable[..., Player], clock: FakeClock) -> None:
    bob = friend()
    bob.open(SLUG, came_by(alice))
    clock.advance(seconds=200)
    assert problem_of(bob.post(f"/campaigns/{SLUG}/rounds")) == "no_rounds_left"  # and closes it in passing
    assert left(alice) == 0


def test_a_round_without_a_hit_gives_nothing(alice: Player, friend: Callable[..., Player]) -> None:
    friend().open(SLUG, came_by(alice)).pass_waves(9)
    assert left(alice) == 0


@pytest.mark.parametrize("ruling", ["release", "reject"])
def test_a_held_round_gives_one_when_a_person_releases_it(
        alice: Player, friend: Callable[..., Player], database: Database, clock: FakeClock, ruling: str) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == SLUG).values(review_line=1))
    play = play_as(friend(), came_by(alice))
    assert play.outcome["verdict"] == "held"
    assert left(alice) == 0
    with database.sessions() as session:
        if ruling == "release":
            release_round(session, play.id, "bob", PLAY_TERMS, clock())
        else:
            reject_round(session, play.id, "script", "bob", clock())
    assert left(alice) == (1 if ruling == "release" else 0)
    assert count(database, Referral) == 0


def test_only_the_first_round_counts(alice: Player, friend: Callable[..., Player], clock: FakeClock) -> None:
    charlie = friend()
    play_as(charlie, "")
    clock.advance(hours=24)
    before = left(alice)
    play_as(charlie, came_by(alice), 3)
    assert left(alice) == before


def test_nobody_brings_themselves(app: Flask, clock: FakeClock, campaign: str) -> None:
    alice = Player(app, clock)
    play_as(alice, came_by(alice))
    assert left(alice) == 0


def test_who_was_there_before_the_referrer_s_round_is_no_new_friend(
        app: Flask, clock: FakeClock, campaign: str, friend: Callable[..., Player]) -> None:
    charlie, alice = friend(), friend()
    play_as(alice, "")
    play_as(charlie, came_by(alice), 3)
    assert left(alice) == 0


def test_two_who_bring_each_other_get_nothing_at_all(
        app: Flask, clock: FakeClock, campaign: str, friend: Callable[..., Player]) -> None:
    """Each has the other's link before either has played."""
    alice, charlie = friend(), friend()
    to_alice, to_charlie = came_by(alice), came_by(charlie)
    play_as(charlie, to_alice)
    clock.advance(seconds=1)
    play_as(alice, to_charlie, 3)
    assert (left(alice), left(charlie)) == (0, 0)


def test_a_friend_in_the_same_network_gives_nothing(alice: Player, friend: Callable[..., Player]) -> None:
    play_as(friend("203.0.113.99"), came_by(alice))
    assert left(alice) == 0


def test_one_network_brings_three_rounds_a_day_whoever_asks(
        app: Flask, clock: FakeClock, database: Database, friend: Callable[..., Player]) -> None:
    add_campaign(database, SLUG, rounds_per_day=1, friend_rounds=50)
    alice = friend()
    play_as(alice, "")
    clock.advance(seconds=1)
    for number in range(2, 7):
        play_as(friend("192.0.2.7"), came_by(alice), number)
    assert left(alice) == 3
    play_as(friend(), came_by(alice), 8)  # and another network still does
    assert left(alice) == 4


def test_no_more_than_the_cap(alice: Player, friend: Callable[..., Player], database: Database) -> None:
    for number in range(2, 6):
        play_as(friend(), came_by(alice), number)
    assert left(alice) == 2
    told = json_of(alice.post(f"/campaigns/{SLUG}/friends"), 200)
    assert (told["earned"], told["may_earn"], told["may_earn_today"], told["bonus_rounds"]) == (2, 0, 0, 2)


def test_no_more_than_a_day_s_cap(
        app: Flask, clock: FakeClock, database: Database, friend: Callable[..., Player]) -> None:
    add_campaign(database, SLUG, rounds_per_day=1, friend_rounds=9, friend_rounds_per_day=1)
    alice = friend()
    play_as(alice, "")
    clock.advance(seconds=1)
    for number in (2, 3):
        play_as(friend(), came_by(alice), number)
    assert left(alice) == 1
    clock.advance(hours=24)
    play_as(friend(), came_by(alice), 4)
    assert left(alice) == 3  # today's own, and two


@pytest.mark.parametrize("link", ["", "0" * 32, "' OR 1=1", "\x00", "é" * 32, "a" * 5_000])
def test_a_link_that_nobody_has_opens_the_round_all_the_same(
        alice: Player, friend: Callable[..., Player], link: str, database: Database) -> None:
    friend().open(SLUG, f"?friend={link}")
    assert count(database, Referral) == 0


def test_a_link_of_another_campaign_gives_nothing(
        alice: Player, friend: Callable[..., Player], database: Database) -> None:
    add_campaign(database, "other", rounds_per_day=1, friend_rounds=2)
    play_as(friend(), came_by(alice, "other"))
    assert left(alice) == 0


def test_where_it_is_off_there_is_no_link(alice: Player) -> None:
    assert problem_of(alice.post("/campaigns/boss/friends")) == "not_allowed"
    assert "friend_rounds" not in json_of(alice.get("/campaigns/boss"), 200)


def test_a_link_names_nobody_and_is_another_in_each_campaign(alice: Player, database: Database) -> None:
    add_campaign(database, "other", rounds_per_day=1, friend_rounds=2)
    links = {came_by(alice), came_by(alice), came_by(alice, "other")}
    assert len(links) == 2
    assert not any(alice.id in link or alice.alias in link for link in links)


@pytest.mark.parametrize("erased", ["alice", "friend"])
def test_erasing_either_forgets_who_brought_whom_and_the_rounds_still_add_up(
        alice: Player, friend: Callable[..., Player], database: Database, erased: str) -> None:
    bob, waits = friend(), friend()
    play_as(bob, came_by(alice))
    waits.open(SLUG, came_by(alice))
    for player in (alice,) if erased == "alice" else (bob, waits):
        assert player.call("DELETE", "/players/me").status_code == 204
    assert count(database, Referral) == 0
    assert count(database, FriendLink) == (0 if erased == "alice" else 1)
    with database.sessions() as session:
        assert len(session.scalars(select(BonusRound.id)).all()) == 1
        ever = select(func.sum(BonusCount.units)).where(BonusCount.day == "")
        assert session.scalar(ever) == 1
    if erased == "friend":
        assert left(alice) == 1


def test_a_friend_whose_referrer_was_erased_meanwhile_plays_on(
        alice: Player, friend: Callable[..., Player], database: Database) -> None:
    play = friend().open(SLUG, came_by(alice))
    alice.call("DELETE", "/players/me")
    play.finish(play.bot(2, BEGINNER, 100))
    assert (play.outcome["verdict"], count(database, BonusRound)) == ("accepted", 0)


def test_who_brought_whom_is_stored_until_the_verdict_and_not_after_it(
        alice: Player, friend: Callable[..., Player], database: Database) -> None:
    """While the round is open the friend's id does stand beside the referrer's: what is searched for can be found."""
    bob = friend()
    play = bob.open(SLUG, came_by(alice))
    assert named_together(database, alice, bob) == ["referral"]
    play.finish(play.bot(2, BEGINNER, 100))
    assert (left(alice), named_together(database, alice, bob)) == (1, [])
    with database.sessions() as session:
        assert session.scalars(select(BonusRound.kind)).all() == [BonusKind.FRIEND]


def test_a_cause_is_another_in_each_campaign_and_for_each_friend_and_is_no_link() -> None:
    key = PLAY_TERMS.friend_key
    causes = {cause_of(key, campaign, friend) for campaign in ("few", "other") for friend in ("bob", "mona")}
    assert len(causes | {link_of(key, "few", "bob")}) == 5
    assert all(len(cause) == 32 for cause in causes)


@pytest.mark.parametrize("ending", [*Ending, None])
def test_only_a_round_played_to_its_end_counts(
        alice: Player, friend: Callable[..., Player], database: Database, clock: FakeClock,
        ending: Ending | None) -> None:
    play = friend().open(SLUG, came_by(alice))
    with database.sessions() as session, transaction(session):
        closed = session.get_one(Round, play.id)
        closed.ending, closed.hits, closed.verdict = ending, 3, Verdict.ACCEPTED
        session.flush()
        campaign = session.get_one(Campaign, closed.campaign_id)
        assert settle_referral(session, closed, campaign, PLAY_TERMS, clock()) == (ending == Ending.FINISHED)


def test_a_link_of_an_older_key_gives_way_to_the_one_that_is_told(
        alice: Player, friend: Callable[..., Player], database: Database) -> None:
    told = came_by(alice)
    with database.sessions() as session, transaction(session):
        session.execute(update(FriendLink).values(id="0" * 32))
    assert came_by(alice) == told
    assert count(database, FriendLink) == 1
    play_as(friend(), told)
    assert left(alice) == 1


def named_together(database: Database, *players: Player) -> list[str]:
    """The tables with a row in which each of the players' ids stands."""
    with database.sessions() as session:
        return [table.name for table in Base.metadata.sorted_tables for row in session.execute(select(table)).all()
                if all(player.id in str(row) for player in players)]
