"""What stands behind a code, what a wrong one costs, and what a keepsake tells while it waits and when it has won."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import altcha
import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState
from prizes.codes import ALPHABET, code_hash
from prizes.give_up import expire_awards
from prizes.keepsake import Keepsake
from prizes.staff_word import revoke_award
from server.app import create_app
from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.errors import Problem
from server.keys import derive_keys
from server.limits.proof import COST
from server.play.claim_prize import claim_prize, parse_claim
from server.play.rule_on_round import release_round
from tests.limits.test_proof import solve
from tests.play.later import CLOSES_AT, OVER, later_campaign
from tests.rig.app import MASTER, PLAY_TERMS, calm_config, fresh_app
from tests.rig.bot import BEGINNER, GOOD
from tests.rig.clock import FakeClock
from tests.rig.long import LONG
from tests.rig.play import Player, json_of, problem_of
from tests.rig.race import Race

WHO = {"email": "alice@example.org", "name": "Alice", "address": {"street": "1 rue du Tir", "city": "Paris"}}
TRIES = 10_000 if LONG else 1_000  # wrong codes


def look(client: FlaskClient, code: str, **headers: str) -> Any:
    return client.post("/api/v1/claims/look", json={"claim_code": code}, headers=headers)


def test_a_look_tells_the_prize_and_only_what_it_needs(client: FlaskClient, alice: Player) -> None:
    award = alice.play(1, BEGINNER, enough=400).outcome["awards"][0]
    seen = json_of(look(client, award["claim_code"]), 200)["award"]
    assert (seen["state"], seen["prize"]["kind"], seen["needs"]) == ("open", "download", [])
    claimed = json_of(client.post("/api/v1/claims", json={"claim_code": award["claim_code"], **WHO}), 201)["claim"]
    assert claimed["download"] == "/static/prizes/stickers.svg"
    assert client.get(claimed["download"]).status_code == 200
    assert json_of(look(client, award["claim_code"]), 200)["award"]["download"] == claimed["download"]


def test_a_download_keeps_nothing_of_what_was_sent_along(client: FlaskClient, alice: Player) -> None:
    code = alice.play(1, BEGINNER, enough=400).outcome["awards"][0]["claim_code"]
    json_of(client.post("/api/v1/claims", json={"claim_code": code, **WHO}), 201)
    told = json_of(alice.get("/players/me"), 200)
    assert set(told["awards"][0]["claim"]) == {"claimed_at", "download"}


@pytest.mark.parametrize("missing", ["email", "name", "address"])
def test_a_parcel_says_what_is_missing(client: FlaskClient, alice: Player, missing: str) -> None:
    code = alice.play(1, GOOD, enough=2_000).outcome["awards"][0]["claim_code"]
    assert json_of(look(client, code), 200)["award"]["needs"] == ["email", "name", "address"]
    body = {"claim_code": code, **{part: value for part, value in WHO.items() if part != missing}}
    refused = client.post("/api/v1/claims", json=body)
    assert problem_of(refused) == "malformed"
    assert f"`{missing}`" in refused.get_json()["detail"]


@pytest.mark.parametrize("address", [7, ["a"], {"street": 7}, "a" * 401, "a\x07b",
                                     {"street": "a" * 300, "city": "b" * 300}])
def test_an_address_that_is_none_is_refused(client: FlaskClient, alice: Player, address: object) -> None:
    code = alice.play(1, GOOD, enough=2_000).outcome["awards"][0]["claim_code"]
    assert client.post("/api/v1/claims", json={"claim_code": code, **WHO, "address": address}).status_code in (400, 413)


@pytest.fixture
def strict(database: Database, clock: FakeClock) -> Flask:
    """An app that asks for a proof after ten wrong codes, as it is shipped."""
    fresh_app(database, clock)
    config = calm_config()
    shipped = replace(config, limits=replace(config.limits, wrong_codes=10))
    return create_app(shipped, derive_keys(MASTER), clock=clock, database=database)


def test_after_ten_wrong_codes_each_further_one_costs_a_proof_and_a_right_one_nothing(
        strict: Flask, clock: FakeClock) -> None:
    alice, client = Player(strict, clock), strict.test_client()
    code = alice.play(1, BEGINNER, enough=400).outcome["awards"][0]["claim_code"]
    assert [look(client, f"WRONG-{number}").status_code for number in range(10)] == [404] * 10
    refused = look(client, "WRONG-11")
    assert (refused.status_code, problem_of(refused)) == (403, "proof_required")
    challenge = altcha.Challenge.from_dict(refused.get_json()["challenge"])
    assert challenge.parameters.cost == COST
    assert json_of(look(client, code), 200)["award"]["state"] == "open"
    assert client.post("/api/v1/claims", json={"claim_code": code}).status_code == 201
    assert client.get("/claim/NOBODY/calendar.ics").status_code == 403


def guesses(count: int) -> list[str]:
    """Codes of the right shape, by a generator with a fixed seed."""
    symbols = np.frombuffer(ALPHABET.encode(), np.uint8)
    drawn = symbols[np.random.default_rng(1).integers(0, 32, count * 20)].tobytes().decode()
    return [drawn[start:start + 20] for start in range(0, len(drawn), 20)]


@pytest.mark.timeout(600)  # ten thousand calls: half a minute when nothing else runs
def test_many_wrong_codes_from_one_address_hit_nothing_and_never_keep_a_right_one_out(
        strict: Flask, clock: FakeClock) -> None:
    """Ten are answered, each further one is asked for a proof; the right code passes among them all the time."""
    alice, client = Player(strict, clock), strict.test_client()
    code = alice.play(1, BEGINNER, enough=400).outcome["awards"][0]["claim_code"]
    wrong, right = Counter[int](), Counter[int]()
    for number, guess in enumerate(guesses(TRIES)):
        wrong[look(client, guess).status_code] += 1
        if number % (TRIES // 20) == 0:
            right[look(client, code).status_code] += 1
    assert (wrong, right) == ({404: 10, 403: TRIES - 10}, {200: 20})
    assert client.post("/api/v1/claims", json={"claim_code": code}).status_code == 201


def test_a_million_guesses_hit_nothing(alice: Player, database: Database) -> None:
    """Against every award's hash."""
    alice.play(1, GOOD)
    with database.sessions() as session:
        hashes = set(session.scalars(select(Award.code_hash)))
    assert hashes
    assert not any(code_hash(guess) in hashes for guess in guesses(1_000_000))


def test_a_keepsake_waits_then_tells_who_won(app: Flask, client: FlaskClient, alice: Player, charlie: Player,
                                             database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    plays = [player.play(number, BEGINNER, slug=slug) for number, player in enumerate((alice, charlie), start=1)]
    tickets = [play.outcome["keepsake"]["ticket"] for play in plays]
    assert plays[0].outcome["keepsake"]["url"].endswith(f"/claim/{tickets[0]}")
    assert plays[0].present()["outcome"]["keepsake"] == plays[0].outcome["keepsake"]
    waiting = json_of(look(client, tickets[0]), 200)["keepsake"]
    assert (waiting["state"], waiting["is_closed"], waiting["ways"]) == ("waiting", False, ["standings", "draw"])
    clock.now = OVER
    seen = [json_of(look(client, ticket), 200)["keepsake"] for ticket in tickets]
    drawn = [one for one in seen if any(won["way"] == "draw" for won in one["won"])]
    assert [one["state"] for one in drawn] == ["won"]
    code = drawn[0]["won"][0]["claim_code"]
    assert json_of(client.post("/api/v1/claims", json={"claim_code": code, **WHO}), 201)["claim"]["state"] == "claimed"
    assert json_of(look(client, tickets[0]), 200)


def states_of(client: FlaskClient, tickets: list[str]) -> list[str]:
    return sorted(json_of(look(client, ticket), 200)["keepsake"]["state"] for ticket in tickets)


def test_a_keepsake_waits_until_no_slot_can_pass_on_any_more(app: Flask, client: FlaskClient, alice: Player,
                                                             charlie: Player, database: Database,
                                                             clock: FakeClock) -> None:
    """One drawn trip for three, no places: the reserves wait for its claim, then know."""
    slug = later_campaign(database, "secret", places=False)
    tickets = [player.play(number, BEGINNER, slug=slug).outcome["keepsake"]["ticket"]
               for number, player in enumerate((alice, charlie, Player(app, clock)), start=1)]
    clock.now = OVER
    assert states_of(client, tickets) == ["waiting", "waiting", "won"]
    clock.advance(days=15)  # nobody claimed it
    with database.sessions() as session, transaction(session):
        assert expire_awards(session, clock(), 9) == 1
    assert states_of(client, tickets) == ["not_won", "waiting", "won"]
    won = [won for ticket in tickets for won in json_of(look(client, ticket), 200)["keepsake"]["won"]]
    json_of(client.post("/api/v1/claims", json={"claim_code": won[0]["claim_code"], **WHO}), 201)
    assert states_of(client, tickets) == ["not_won", "not_won", "won"]


def test_who_stands_in_no_line_does_not_wait_for_the_claims_of_others(
        app: Flask, client: FlaskClient, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret", places=False, reserves=0)
    tickets = [player.play(number, BEGINNER, slug=slug).outcome["keepsake"]["ticket"]
               for number, player in enumerate((alice, charlie), start=1)]
    clock.now = OVER
    assert states_of(client, tickets) == ["not_won", "won"]


def test_the_held_round_of_an_erased_player_gets_no_keepsake_when_it_is_released(alice: Player, database: Database,
                                                                                 clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == slug).values(review_line=0))
    held = alice.play(1, BEGINNER, slug=slug)
    assert alice.call("DELETE", "/players/me").status_code == 204
    with database.sessions() as session:
        release_round(session, held.id, "Mona", PLAY_TERMS, clock())
        assert session.scalars(select(Keepsake)).all() == []


def test_a_campaign_without_later_prizes_gives_no_keepsake(alice: Player) -> None:
    assert alice.play(1, BEGINNER).outcome["keepsake"] is None


def test_a_keepsake_has_a_date_and_a_picture_and_a_stranger_neither(client: FlaskClient, alice: Player,
                                                                    database: Database) -> None:
    ticket = alice.play(1, BEGINNER, slug=later_campaign(database, "secret")).outcome["keepsake"]["ticket"]
    dates = client.get(f"/claim/{ticket}/calendar.ics")
    assert dates.content_type.startswith("text/calendar")
    assert f"DTSTART:{CLOSES_AT:%Y%m%dT%H%M%S}Z" in dates.text
    assert f"/claim/{ticket}" in dates.text.replace("\r\n ", "")
    picture = client.get(f"/claim/{ticket}/qr.svg")
    assert picture.text.startswith("<?xml")
    assert "frame-ancestors 'none'" in client.get(f"/claim/{ticket}").headers["Content-Security-Policy"]
    lent = ticket.replace("-", "") + "%0A"
    assert client.get(f"/claim/{lent}/calendar.ics").text == dates.text
    assert client.get(f"/claim/{lent}/qr.svg").text == picture.text
    assert client.get(f"/claim/{ticket + '-' * 2_400}/qr.svg").status_code == 404
    assert [client.get(f"/claim/NOBODY/{part}").status_code for part in ("calendar.ics", "qr.svg")] == [404, 404]


def test_a_keepsake_waits_while_the_last_round_is_still_played(client: FlaskClient, alice: Player, charlie: Player,
                                                               database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    ticket = alice.play(1, BEGINNER, slug=slug).outcome["keepsake"]["ticket"]
    clock.now = CLOSES_AT - timedelta(seconds=1)
    charlie.open(slug)
    clock.now = OVER
    assert json_of(look(client, ticket), 200)["keepsake"]["state"] == "waiting"


def test_a_claim_above_a_cap_is_told_so_again_and_a_revoked_code_is_nobodys(
        app: Flask, client: FlaskClient, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    codes = [player.play(number, GOOD, enough=2_000).outcome["awards"][0]["claim_code"]
             for number, player in enumerate((alice, charlie), start=1)]
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(per_person=1))
    json_of(client.post("/api/v1/claims", json={"claim_code": codes[0], **WHO}), 201)
    for _ in range(2):
        assert problem_of(client.post("/api/v1/claims", json={"claim_code": codes[1], **WHO})) == "cap_reached"
    with database.sessions() as session, transaction(session):
        own = select(Award.id).where(Award.player_id == alice.id)
        assert revoke_award(session, session.scalars(own).one(), "fraud", "bob", clock())
    assert problem_of(client.post("/api/v1/claims", json={"claim_code": codes[0]})) == "claim_not_found"
    assert [json_of(look(client, code), 200)["award"]["state"] for code in codes] == ["gone", "gone"]


def test_who_loses_the_race_for_an_award_above_a_cap_hears_of_the_cap_too(
        app: Flask, client: FlaskClient, alice: Player, charlie: Player, database: Database, clock: FakeClock,
        race: Race) -> None:
    codes = [player.play(number, GOOD, enough=2_000).outcome["awards"][0]["claim_code"]
             for number, player in enumerate((alice, charlie), start=1)]
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(per_person=1))
    json_of(client.post("/api/v1/claims", json={"claim_code": codes[0], **WHO}), 201)
    _, who = parse_claim({"claim_code": codes[1], **WHO})

    def refused(own: Session) -> str:
        with pytest.raises(Problem) as problem:
            claim_prize(own, codes[1], who, PLAY_TERMS, "en", clock())
        return problem.value.code

    assert set(race(refused, players=8)) == {"cap_reached"}


def test_a_code_whose_award_is_kept_back_or_gone_is_no_wrong_guess(strict: Flask, database: Database,
                                                                   clock: FakeClock) -> None:
    client = strict.test_client()
    award = Player(strict, clock).play(1, GOOD, enough=2_000).outcome["awards"][0]
    claim = {"claim_code": award["claim_code"], **WHO}
    for state in (AwardState.KEPT_BACK, AwardState.REVOKED):
        with database.sessions() as session, transaction(session):
            session.execute(update(Award).values(state=state))
        for _ in range(11):
            assert problem_of(client.post("/api/v1/claims", json=claim)) == "claim_not_found"
    assert problem_of(look(client, "WRONG")) == "claim_not_found"


def test_a_solved_proof_pays_for_one_wrong_code_once(strict: Flask) -> None:
    client = strict.test_client()
    for number in range(10):
        look(client, f"WRONG-{number}")
    header = solve(look(client, "WRONG").get_json()["challenge"])
    assert problem_of(look(client, "WRONG", Altcha=header)) == "claim_not_found"
    assert problem_of(look(client, "WRONG", Altcha=header)) == "proof_required"
