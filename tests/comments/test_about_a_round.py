"""Comments about a round: anyone's that is public, at a moment within it, listed under its replay."""

from typing import Any

import pytest

from prizes.award import Award, AwardState, Way
from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from server.db import transaction
from server.play.round import Ending, Verdict
from server.play.standings import keep_best
from tests.comments.cast import Cast, Person


def test_anybody_may_point_at_a_moment_of_a_public_round(cast: Cast, alice: Person) -> None:
    round_id = cast.public_round(cast.player())
    cast.publish("at 0:31 look at this", alice, round_id=round_id, at_ms=31_000)
    [shown] = cast.published()["comments"]
    assert (shown["round_id"], shown["at_ms"]) == (round_id, 31_000)


@pytest.mark.parametrize("verdict", [Verdict.HELD, Verdict.REJECTED, None])
def test_a_round_that_is_not_public_is_its_players_alone(cast: Cast, alice: Person, verdict: Verdict | None) -> None:
    round_id = cast.public_round(alice, verdict=verdict)
    assert cast.player().say("What?", round_id=round_id).get_json()["code"] == "round_not_found"
    assert alice.say("Mine!", round_id=round_id).status_code == 201


def test_a_round_of_another_campaign_is_not_found(cast: Cast, alice: Person) -> None:
    cast.open_campaign("other")
    answer = alice.post("/campaigns/other/comments", {"text": "Look", "round_id": cast.public_round(alice)})
    assert (answer.status_code, answer.get_json()["code"]) == (404, "round_not_found")


@pytest.mark.parametrize("at_ms", [-1, 45_001, 2**52, 1.5, "31", True, [31]])
def test_a_moment_outside_the_round_or_no_whole_number_is_malformed(cast: Cast, alice: Person, at_ms: Any) -> None:
    answer = alice.say("Look", round_id=cast.public_round(alice), at_ms=at_ms)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_the_first_and_the_last_moment_are_within_the_round(cast: Cast, alice: Person) -> None:
    round_id = cast.public_round(alice)
    assert alice.say("start", round_id=round_id, at_ms=0).status_code == 201
    assert alice.say("end", round_id=round_id, at_ms=45_000).status_code == 201


def test_a_round_that_was_cut_short_is_as_long_as_it_was_played(cast: Cast, alice: Person) -> None:
    round_id = cast.public_round(alice, submitted=3, ending=Ending.CUT_SHORT)
    assert alice.say("end", round_id=round_id, at_ms=15_000).status_code == 201
    assert alice.say("after", round_id=round_id, at_ms=15_001).get_json()["code"] == "malformed"


def test_a_moment_of_nothing_is_malformed(alice: Person) -> None:
    assert alice.say("Look", at_ms=31_000).get_json()["code"] == "malformed"


def test_a_replay_lists_the_comments_about_it_alone(cast: Cast, alice: Person) -> None:
    one, two = cast.public_round(alice), cast.public_round(cast.player())
    about = cast.publish("about one", round_id=one)
    cast.publish("about two", round_id=two)
    cast.publish("about nothing")
    assert [comment["id"] for comment in cast.published(round_id=one)["comments"]] == [about]
    assert cast.published(round_id="nowhere")["comments"] == []


@pytest.mark.parametrize("round_id", ["\x00", "a" * 65])
def test_what_can_be_no_round_is_malformed(cast: Cast, round_id: str) -> None:
    answer = cast.client.get("/api/v1/campaigns/boss/comments", query_string={"round_id": round_id})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_an_author_wears_the_best_score_and_the_badge_that_was_won(cast: Cast, alice: Person) -> None:
    with cast.database.sessions() as session, transaction(session):
        keep_best(session, cast.campaign.id, alice.id, "round", 4_200, cast.clock())
        badge, dart = (Prize(id=new_id(), campaign_id=cast.campaign.id, names={"en": name, "fr": name + "!"}, kind=kind,
                             value_cents=0, created_at=cast.clock())
                       for name, kind in (("Sharp eye", PrizeKind.BADGE), ("Dart", PrizeKind.PARCEL)))
        session.add_all([badge, dart])
        session.flush()
        session.add_all(award(cast, alice, prize, state) for prize, state in (
            (badge, AwardState.CLAIMED), (dart, AwardState.CLAIMED)))
    cast.publish("Look at me", alice)
    cast.publish("And me")
    assert [(one["score"], one["badge"]) for one in cast.published()["comments"]] == [(None, None),
                                                                                      (4_200, "Sharp eye")]
    assert cast.published(lang="fr")["comments"][1]["badge"] == "Sharp eye!"


@pytest.mark.parametrize("state", [AwardState.KEPT_BACK, AwardState.EXPIRED, AwardState.REVOKED])
def test_a_badge_that_was_not_won_in_the_end_is_not_worn(cast: Cast, alice: Person, state: AwardState) -> None:
    with cast.database.sessions() as session, transaction(session):
        badge = Prize(id=new_id(), campaign_id=cast.campaign.id, names={"en": "Sharp eye"}, kind=PrizeKind.BADGE,
                      value_cents=0, created_at=cast.clock())
        session.add(badge)
        session.flush()
        session.add(award(cast, alice, badge, state))
    cast.publish("Look at me", alice)
    assert cast.published()["comments"][0]["badge"] is None


def award(cast: Cast, player: Person, prize: Prize, state: AwardState) -> Award:
    cause = new_id()
    return Award(id=new_id(), campaign_id=cast.campaign.id, prize_id=prize.id, player_id=player.id, round_id="round",
                 way=Way.LADDER, cause=cause, state=state, awarded_at=cast.clock(), claim_before=cast.clock(),
                 code_hash=cause)
