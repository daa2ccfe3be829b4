"""What no human hand does is held for a person: it wins nothing yet, ranks nowhere, and is told which sign."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select, update

from prizes.award import Award
from prizes.codes import claim_code
from prizes.stock import Stock
from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.fairplay.review import waiting_reviews
from server.fairplay.signs import Sign
from server.keys import derive_keys
from server.simulation.replay import Shot
from tests.attacks.judge import is_fair, of_wave
from tests.rig.app import MASTER, add_campaign
from tests.rig.bot import CLEVER, GOOD, SNIPER
from tests.rig.play import Play, Player, json_of, problem_of


def signs_in(database: Database) -> list[list[str]]:
    """The signs of every round that waits for a person."""
    with database.sessions() as session:
        return [review.signs for review in waiting_reviews(session)]


def play_log(player: Player, shots: Sequence[Shot], slug: str = "boss") -> Play:
    play = player.open(slug)
    while not play.outcome:
        json_of(play.wait().submit(of_wave(shots, play.wave)), 200)
    return play


def test_a_score_above_the_review_line_is_held(alice: Player, charlie: Player, database: Database) -> None:
    add_campaign(database, "strict", review_line=1_000)
    add_campaign(database, "easy", review_line=10**6)
    held, accepted = alice.play(1, CLEVER, slug="strict"), charlie.play(1, CLEVER, slug="easy")
    assert held.outcome["score"] > 1_000
    assert (held.outcome["verdict"], accepted.outcome["verdict"]) == ("held", "accepted")
    assert signs_in(database) == [[Sign.SCORE_ABOVE_LINE]]
    assert is_fair(held)


@pytest.mark.parametrize(("points_above", "verdict"), [(0, "accepted"), (1, "held")])
def test_only_more_than_the_line_is_held(
    alice: Player, database: Database, points_above: int, verdict: str
) -> None:
    add_campaign(database, "near")
    play = alice.open("near")
    bot = play.bot(1, enough=300)
    for _ in range(8):
        play.send(bot)
    bot.round.settle(2_399)  # the bot has enough long ago: all its darts have landed
    line = bot.round.score - points_above
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == "near").values(review_line=line))
    play.wait().submit()
    assert (play.outcome["score"], play.outcome["verdict"]) == (bot.round.score, verdict)


def test_a_log_equal_to_anothers_is_held(alice: Player, charlie: Player, database: Database) -> None:
    first = alice.play(1, GOOD)
    twin = play_log(charlie, first.log)
    assert (first.outcome["verdict"], twin.outcome["verdict"]) == ("accepted", "held")
    assert signs_in(database)[-1] == [Sign.SAME_LOG]


def test_two_rounds_without_a_dart_are_no_twins(alice: Player, charlie: Player) -> None:
    for player in (alice, charlie):
        assert play_log(player, []).outcome["verdict"] == "accepted"


def test_hits_that_nobody_could_have_seen_coming_are_held(alice: Player, database: Database) -> None:
    play = alice.play(1, SNIPER)
    assert play.outcome["verdict"] == "held"
    assert Sign.HITS_BEFORE_REACTION in signs_in(database)[0]
    assert is_fair(play)


@pytest.mark.parametrize(("late_ms", "verdict"), [(900, "accepted"), (901, "held")])
def test_more_than_half_the_stretch_is_held(alice: Player, database: Database, late_ms: int, verdict: str) -> None:
    play = alice.open().pass_waves(1, 1_500).pass_waves(1, late_ms).pass_waves(7)
    assert play.present()["stretch_ms"] == 1_050 + late_ms - 450
    assert play.outcome["verdict"] == verdict
    assert signs_in(database) == ([] if verdict == "accepted" else [[Sign.STRETCH_ABOVE_HALF]])


def test_a_held_round_reserves_its_prize_but_gives_no_code_and_no_place(alice: Player, database: Database) -> None:
    play = alice.play(1, SNIPER)
    assert (play.outcome["awards"], play.outcome["standing"]) == ([], None)
    assert json_of(alice.get("/campaigns/boss/standings"), 200)["players"] == 0
    with database.sessions() as session:
        award = session.scalars(select(Award)).one()
        assert session.scalar(select(func.sum(Stock.reserved))) == 1
    code = claim_code(derive_keys(MASTER).claim, award.id)  # even somebody who had the code could not claim
    response = alice.post("/claims", {"claim_code": code, "email": "alice@example.org", "name": "Alice",
                                       "address": "1 rue du Tir"})
    assert problem_of(response) == "claim_not_found"


def test_a_held_rounds_replay_is_its_players_alone(alice: Player, charlie: Player) -> None:
    play = alice.play(1, SNIPER)
    assert json_of(alice.get(f"{play.path}/replay"), 200)["score"] == play.outcome["score"]
    assert problem_of(charlie.get(f"{play.path}/replay")) == "round_not_found"
