"""Together: hits drain one life, and each step opens its prize once for everyone who took part."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, Way
from prizes.db import new_id
from prizes.give_up import lock_desks
from prizes.prize import Prize, PrizeKind, Release, SharedLife, still_locked
from prizes.stock import add_prize, restock
from prizes.way import AwardTerms, BadSettings, CampaignFacts, FinishedRound
from prizes.ways import WAYS
from prizes.ways.community import Community, drain, drained_of
from server.db import Database, transaction
from tests.prizes.scene import CAMPAIGN, TERMS, Scene
from tests.rig.clock import NOON
from tests.rig.race import Race

WAY = Community()
FACTS = CampaignFacts(CAMPAIGN, NOON, NOON.replace(year=NOON.year + 1), "Europe/Paris")


def finished(player: str, hits: int, *, may_win: bool = True) -> FinishedRound:
    return FinishedRound(id=new_id(), player_id=player, network="school", score=0, hits=hits, gifts=(), secret=b"",
                         closed_at=NOON, may_win=may_win)


@dataclass
class Together:
    """A campaign whose boss has 1,000 hits of life, with a badge and a cap; each deed is a transaction."""

    database: Database
    badge: str
    cap: str

    def set_up(self, *steps: dict[str, Any], life: int = 1_000) -> "Together":
        with self.database.sessions() as session, transaction(session):
            WAY.set_up(session, CAMPAIGN, {"life": life, "steps": list(steps)}, {"badge": self.badge, "cap": self.cap})
        return self

    def play(self, player: str, hits: int, *, may_win: bool = True) -> list[Award]:
        with self.database.sessions() as session:
            return accept(session, finished(player, hits, may_win=may_win))

    def look_again(self, player: str) -> list[Award]:
        with self.database.sessions() as session, transaction(session):
            lock_desks(session, [CAMPAIGN])
            return list(WAY.catch_up(session, FACTS, finished(player, 0), TERMS, NOON))

    def drained(self) -> int:
        with self.database.sessions() as session:
            return drained_of(session, CAMPAIGN)

    def flaws(self) -> list[str]:
        with self.database.sessions() as session:
            return [flaw.code for flaw in WAY.flaws(session, FACTS)]


def accept(session: Session, round_: FinishedRound, terms: AwardTerms = TERMS) -> list[Award]:
    with transaction(session):
        lock_desks(session, [CAMPAIGN])
        return list(WAY.accept_round(session, FACTS, round_, terms, NOON))


@pytest.fixture
def together(database: Database) -> Together:
    badge = Prize(id=new_id(), campaign_id=CAMPAIGN, names={"en": "Badge"}, kind=PrizeKind.BADGE, value_cents=0,
                  is_unlimited=True, created_at=NOON)
    cap = Prize(id=new_id(), campaign_id=CAMPAIGN, names={"en": "Cap"}, kind=PrizeKind.PARCEL, value_cents=900,
                created_at=NOON)
    with database.sessions() as session, transaction(session):
        for prize in (badge, cap):
            add_prize(session, prize)
        restock(session, cap.id, 10, NOON, "delivered")
        session.add(Release(prize_id=cap.id, number=1, units=6, at_hits=200))
    return Together(database, badge.id, cap.id)


BADGE_AT_100 = {"at": 100, "prize": "badge"}
CAP_AT_200 = {"at": 200, "release": "cap"}


def test_the_hits_of_accepted_rounds_add_up(together: Together) -> None:
    together.set_up(BADGE_AT_100)
    for hits in (40, 0, 2):
        together.play("alice", hits)
    assert together.drained() == 42


@pytest.mark.parametrize(("hits", "wins"), [(99, False), (100, True)])
def test_a_step_opens_with_the_very_round_that_reaches_it(together: Together, hits: int, wins: bool) -> None:
    together.set_up(BADGE_AT_100)
    assert [award.prize_id for award in together.play("alice", hits)] == [together.badge] * wins


def test_who_played_before_a_step_opened_is_given_its_prize_at_the_next_look(together: Together) -> None:
    together.set_up(BADGE_AT_100)
    together.play("alice", 60)
    assert together.look_again("alice") == []
    together.play("charlie", 60)
    (award,) = together.look_again("alice")
    assert (award.prize_id, award.way, award.cause) == (together.badge, Way.COMMUNITY, "100:alice")
    assert together.look_again("alice") == []


def test_who_comes_after_a_step_has_opened_is_given_its_prize_at_once(together: Together) -> None:
    together.set_up(BADGE_AT_100)
    together.play("alice", 100)
    assert len(together.play("charlie", 0)) == 1


def test_a_player_is_given_a_step_s_prize_once_however_many_rounds_they_play(
        session: Session, together: Together) -> None:
    together.set_up(BADGE_AT_100)
    assert [len(together.play("alice", 100)) for _ in range(3)] == [1, 0, 0]
    assert audit(session) == []


def test_a_round_that_nobody_finished_drains_but_wins_nothing(together: Together) -> None:
    together.set_up(BADGE_AT_100)
    assert together.play("alice", 100, may_win=False) == []
    assert together.drained() == 100


def test_a_whole_school_behind_one_address_is_given_its_prize(together: Together) -> None:
    together.set_up(BADGE_AT_100)
    together.play("alice", 100)
    strict = AwardTerms(claim_key=TERMS.claim_key, claim_days=30, value_limit_cents=None, keep_back=False,
                        per_network=1)
    for player in ("bob", "charlie", "mona"):
        with together.database.sessions() as session:
            assert len(accept(session, finished(player, 1), strict)) == 1


def test_a_release_step_sets_stock_free_for_the_other_ways_and_gives_nothing_itself(
        session: Session, together: Together) -> None:
    together.set_up(CAP_AT_200)
    cap = session.get_one(Prize, together.cap)
    assert still_locked(session, cap, NOON) == 6
    assert together.play("alice", 200) == []
    session.rollback()
    assert still_locked(session, cap, NOON) == 0


def test_without_a_life_nothing_is_given_and_nothing_shown(session: Session, together: Together) -> None:
    assert together.play("alice", 100) == []
    assert WAY.shown(session, FACTS, NOON) == {}
    assert WAY.settings_of(session, CAMPAIGN, {}) is None
    assert not WAY.is_used(session, CAMPAIGN)


def test_anybody_may_know_what_is_left_and_which_steps_are_open(session: Session, together: Together) -> None:
    together.set_up(CAP_AT_200, BADGE_AT_100, life=150)
    together.play("alice", 160)
    assert WAY.shown(session, FACTS, NOON) == {"boss_life": {"life": 150, "left": 0, "steps": [
        {"at": 100, "open": True, "prize_id": together.badge}, {"at": 200, "open": False, "releases": together.cap}]}}


def test_the_settings_come_back_as_they_were_given(session: Session, together: Together) -> None:
    together.set_up(CAP_AT_200, BADGE_AT_100)
    names = {together.badge: "badge", together.cap: "cap"}
    assert WAY.settings_of(session, CAMPAIGN, names) == {"life": 1_000, "steps": [CAP_AT_200, BADGE_AT_100]}
    assert WAY.most_awards(session, FACTS) == {together.badge: None}


@pytest.mark.parametrize(("settings", "sentence"), [
    ([], "a life and steps"), ({"life": 5}, "a life and steps"), ({"life": 0, "steps": [BADGE_AT_100]}, "not 0"),
    ({"life": True, "steps": [BADGE_AT_100]}, "not True"), ({"life": 10**10, "steps": [BADGE_AT_100]}, "1000000000"),
    ({"life": 5, "steps": []}, "1 to 20 steps"), ({"life": 5, "steps": [BADGE_AT_100] * 21}, "1 to 20 steps"),
    ({"life": 5, "steps": [7]}, "step 1 must have an at"), ({"life": 5, "steps": [{"at": 1}]}, "a prize or a release"),
    ({"life": 5, "steps": [BADGE_AT_100, {"at": "1", "prize": "badge"}]}, "step 2: at must"),
    ({"life": 5, "steps": [{"at": 1, "prize": "moon"}]}, "no prize 'moon'"),
    ({"life": 5, "steps": [{"at": 1, "prize": ["badge"]}]}, "no prize"),
])  # fmt: skip
def test_settings_that_cannot_be_are_refused_in_a_sentence(session: Session, settings: object, sentence: str) -> None:
    with pytest.raises(BadSettings, match=sentence):
        WAY.set_up(session, CAMPAIGN, settings, {"badge": "b"})


@pytest.mark.parametrize(("steps", "codes"), [
    ([BADGE_AT_100, CAP_AT_200], []), ([{"at": 100, "prize": "cap"}], ["promised_to_everyone"]),
    ([{"at": 1_001, "prize": "badge"}], ["step_beyond_life"]), ([{"at": 1_000, "prize": "badge"}], []),
    ([BADGE_AT_100, BADGE_AT_100], ["step_twice"]), ([{"at": 201, "release": "cap"}], ["step_without_release"]),
])  # fmt: skip
def test_what_cannot_be_kept_is_a_flaw(together: Together, steps: list[dict[str, Any]], codes: list[str]) -> None:
    assert together.set_up(*steps).flaws() == codes


def test_it_is_one_of_the_ways() -> None:
    assert isinstance(WAYS[Way.COMMUNITY], Community)


# Races


def naive_drain(session: Session, hits: int) -> None:
    """What everybody writes first: read, add, write."""
    with transaction(session):
        drained = drained_of(session, CAMPAIGN)
        session.execute(update(SharedLife).values(drained=drained + hits))


def drain_once(session: Session, hits: int) -> None:
    with transaction(session):
        drain(session, CAMPAIGN, hits)


def test_hits_are_lost_if_we_read_then_write(together: Together, race: Race) -> None:
    """The control: the rig can show the race. SQLite's one writer hides it, so only PostgreSQL is asked."""
    together.set_up(BADGE_AT_100, life=10**6)
    if race.database.engine.dialect.name == "postgresql":
        race(lambda session: naive_drain(session, 3), players=16, attempts=20)
        assert together.drained() < 960
    else:
        race(lambda session: naive_drain(session, 3), players=16, attempts=1)
        assert together.drained() == 48


def test_a_hundred_rounds_at_once_drain_exactly_their_sum(together: Together, race: Race) -> None:
    together.set_up(BADGE_AT_100, life=10**6)
    race(lambda session: drain_once(session, 7), players=20, attempts=5)
    assert together.drained() == 700


def test_a_hundred_accepted_rounds_at_once_give_each_player_every_open_step_once(
        session: Session, together: Together, race: Race) -> None:
    together.set_up(BADGE_AT_100, {"at": 1_000, "prize": "badge"}, CAP_AT_200)
    players = [f"player {number}" for number in range(20)]
    waiting = players * 5
    race(lambda opened: accept(opened, finished(waiting.pop(), 10)), players=20, attempts=5)
    assert together.drained() == 1_000
    for player in players:
        together.look_again(player)
    causes = Counter(session.scalars(select(Award.cause)))
    assert causes == {f"100:{player}": 1 for player in players}  # one badge a player is the badge's own cap
    assert audit(session) == []


def test_two_rounds_that_pass_a_step_at_once_are_both_given_its_prize_once(
        scene: Scene, together: Together, race: Race) -> None:
    together.set_up(BADGE_AT_100)
    together.play("mona", 95)
    waiting = ["alice", "charlie"]
    race(lambda opened: accept(opened, finished(waiting.pop(), 4)), players=2)
    for player in ("alice", "charlie", "mona"):
        together.look_again(player)
    assert Counter(award.cause for award in scene.awards()) == {"100:alice": 1, "100:charlie": 1, "100:mona": 1}


def test_the_same_player_s_looks_at_once_give_one_award(together: Together, race: Race) -> None:
    together.set_up(BADGE_AT_100)
    together.play("charlie", 100)

    def look(session: Session) -> int:
        with transaction(session):
            return len(WAY.catch_up(session, FACTS, finished("alice", 0), TERMS, NOON))

    race(look, players=12)
    with together.database.sessions() as session:
        assert list(session.scalars(select(Award.cause).where(Award.player_id == "alice"))) == ["100:alice"]
