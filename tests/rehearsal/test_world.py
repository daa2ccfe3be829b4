"""What is done in a rehearsal is done there alone, and everything that it shows leads back into it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from prizes.audit import audit
from prizes.award import Award, AwardState
from server.campaigns.campaign import Campaign, CampaignState
from server.db import transaction
from server.play.secret import commitment, round_secret
from server.rehearsal.world import keys_of, root_of
from tests.rehearsal.scene import KEYS, Scene
from tests.rig.bot import GOOD
from tests.rig.dump import dump
from tests.rig.play import Player, json_of, problem_of

EMAIL = {"email": "alice@example.org", "name": "Alice", "address": "1 rue du Tir"}
ADDRESS = re.compile(r'(?:href|src|action)="(/[^"]*)"')


def page(app: Flask, path: str, status: int = 200) -> str:
    answer = app.test_client().get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def live_everything(alice: Player) -> None:
    """Play, win, claim, comment, report, move to another device and be erased."""
    play = alice.play(1, GOOD, slug="spring")
    won = play.outcome["awards"][0]
    assert won["prize"]["name"] == "Sticker sheet"
    json_of(alice.post("/claims", {"claim_code": won["claim_code"], **EMAIL}), 201)
    comment = json_of(alice.post("/campaigns/spring/comments", {"text": "Well ducked!", "round_id": play.id}), 201)
    assert alice.post(f"/comments/{comment['comment']['id']}/reports", {"reason": "spam"}).status_code in (202, 404)
    json_of(alice.post("/players/me/moves"), 201)
    json_of(alice.get("/campaigns/spring/standings"), 200)
    assert len(json_of(alice.get("/players/me"), 200)["rounds"]) == 1
    assert alice.call("DELETE", "/players/me").status_code == 204


def test_nothing_done_in_a_rehearsal_touches_a_live_table(scene: Scene, app: Flask, token: str) -> None:
    before = dump(scene.database)
    live_everything(scene.player(app, token))
    scene.clock.advance(days=20)
    page(app, f"{root_of(token)}/c/spring")  # what is due is done in passing
    assert dump(scene.database) == before
    with scene.world(token) as world, world.sessions() as session:
        assert session.scalars(select(Award)).one().state == AwardState.CLAIMED
        assert audit(session) == []


def test_the_same_deeds_in_the_live_world_do_touch_its_tables(scene: Scene, app: Flask) -> None:
    """The control: the dump would show it."""
    with scene.database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == "spring").values(
            state=CampaignState.PUBLISHED, opens_at=scene.clock()))
    before = dump(scene.database)
    live_everything(Player(app, scene.clock))
    assert dump(scene.database) != before


def test_a_rehearsal_has_secrets_of_its_own(token: str, alice: Player) -> None:
    play = alice.open("spring")
    told = play.opened["round"]["commitment"]
    assert told == commitment(round_secret(keys_of(KEYS, token).round, play.id))
    assert told != commitment(round_secret(KEYS.round, play.id))
    own, live, other = (set(vars(keys).values()) for keys in (keys_of(KEYS, token), KEYS, keys_of(KEYS, "0" * 32)))
    assert own & (live | other) == {KEYS.legal}  # a public key, and the legal role is one


def test_a_live_player_is_nobody_in_a_rehearsal_and_the_other_way_round(
        scene: Scene, app: Flask, token: str, alice: Player) -> None:
    charlie = Player(app, scene.clock)
    charlie.root, alice.root = root_of(token), ""
    assert problem_of(charlie.get("/players/me")) == problem_of(alice.get("/players/me")) == "unknown_player"


def test_a_round_of_a_rehearsal_is_not_found_in_the_live_world(app: Flask, token: str, alice: Player) -> None:
    play = alice.play(1, GOOD, slug="spring")
    page(app, f"{root_of(token)}/r/{play.id}")
    page(app, f"/r/{play.id}", 404)


def test_every_address_that_a_rehearsal_shows_leads_back_into_it(app: Flask, token: str, alice: Player) -> None:
    root, play = root_of(token), alice.play(1, GOOD, slug="spring")
    assert play.outcome["replay_url"] == f"http://localhost:8000{root}/r/{play.id}"
    for path in ("/c/spring", "/e/spring", f"/r/{play.id}", "/claim", "/me", "/fairness", "/nowhere"):
        text = page(app, root + path, 404 if path == "/nowhere" else 200)
        inner = [found for found in ADDRESS.findall(text) if not found.startswith(("/static/", "/pictures/"))]
        assert [found for found in inner if not found.startswith(f"{root}/")] == []
        assert len(inner) >= 2
        assert "nothing here can be claimed for real" in text
    assert f"http://localhost:8000{root}/r/{play.id}/card.png" in page(app, f"{root}/r/{play.id}")
    move = json_of(alice.post("/players/me/moves"), 201)
    assert move["address"].startswith(f"http://localhost:8000{root}/me#move=")


@pytest.mark.parametrize("path", ["", "/"])
def test_the_front_page_of_a_rehearsal_is_its_campaign_alone(app: Flask, token: str, path: str) -> None:
    answer = app.test_client().get(root_of(token) + path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{root_of(token)}/c/spring"
    page(app, f"{root_of(token)}/c/boss", 404)


def test_no_robot_keeps_a_rehearsal_and_no_live_page_says_that_it_is_one(app: Flask, token: str) -> None:
    ask = app.test_client().get
    assert ask(f"{root_of(token)}/c/spring").headers["X-Robots-Tag"] == "noindex, nofollow"
    live = ask("/c/boss")
    assert "X-Robots-Tag" not in live.headers
    assert "ribbon" not in live.get_data(as_text=True)


def test_a_share_card_shows_the_pictures_of_the_draft(scene: Scene, app: Flask, token: str, alice: Player) -> None:
    play = alice.play(1, GOOD, slug="spring")
    with scene.world(token) as world, world.sessions() as session:
        theme = session.scalars(select(Campaign)).one().read_theme()
    assert theme.logo is not None
    assert app.test_client().get(f"{root_of(token)}/pictures/{theme.logo}").data[:4] == b"RIFF"
    assert app.test_client().get(f"{root_of(token)}/r/{play.id}/card.png").status_code == 200


def same(one: TestResponse, other: TestResponse) -> bool:
    return (one.status_code, one.content_type, one.get_data()) == (other.status_code, other.content_type,
                                                                  other.get_data())


@pytest.mark.parametrize("wrong", [
    "/rehearsal", "/rehearsal/", "/rehearsal/x/c/spring", f"/rehearsal/{'0' * 32}/c/spring", f"/rehearsal/{'0' * 33}",
    f"/rehearsal/{'A' * 32}/", "/rehearsal/../c/boss", "/rehearsal/%00/", f"/rehearsal/{'٣' * 32}/",
])
def test_an_unknown_token_is_not_found_like_any_address(app: Flask, token: str, wrong: str) -> None:
    ask = app.test_client().get
    assert same(ask(wrong), ask("/nowhere"))


def test_a_draft_in_test_mode_is_still_nobody_elses_business(app: Flask, token: str) -> None:
    page(app, "/c/spring", 404)
    assert app.test_client().get("/").headers["Location"] == "/c/boss"


def test_what_is_due_in_a_rehearsal_is_done_by_its_own_requests(
        scene: Scene, app: Flask, token: str, alice: Player) -> None:
    won = alice.play(1, GOOD, slug="spring").outcome["awards"][0]["id"]
    scene.clock.advance(days=15)  # past the claim's end, before the campaign's
    page(app, f"{root_of(token)}/fairness")
    with scene.world(token) as world, world.sessions() as session:
        assert session.get_one(Award, won).state == AwardState.EXPIRED


def test_a_rehearsal_looks_at_what_is_due_every_few_seconds_only(
        scene: Scene, app: Flask, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = list[int]()
    monkeypatch.setattr("server.runner.Runner.look", lambda _: looks.append(1))
    for seconds in (0, 1, 3.9, 0.1, 5):
        scene.clock.now += timedelta(seconds=seconds)
        page(app, f"{root_of(token)}/fairness")
    assert len(looks) == 3
