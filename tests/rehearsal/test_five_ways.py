"""A draft with all five ways is played to its end in test mode; then it is published, and nothing of that is left."""

import tomllib
from collections import defaultdict

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, AwardState, Way
from prizes.ledger import StockEntry
from prizes.prize import Prize, SharedLife
from prizes.stock import Stock
from server.campaigns.campaign import CampaignState, find_campaign
from server.campaigns.load_draft import load_draft
from server.campaigns.toml_text import toml_of
from server.cli import popshot
from server.db import Database
from server.play.places import confirm
from server.play.round import Round
from server.rehearsal.world import root_of, terms_of
from tests.campaigns.drafts import TOYS_FILE, read
from tests.campaigns.test_cli_campaigns import Shell
from tests.rehearsal.scene import CONFIG, KEYS, Scene
from tests.rig.bot import Skill
from tests.rig.clock import NOON
from tests.rig.dump import dump
from tests.rig.play import Player, json_of

KEEN = Skill(error=0, pause=20, reaction=30, at_boss=0)  # opens most gifts
Won = dict[Way, list[tuple[str, str, AwardState]]]  # by way: the prize's key, the player, the state


def load_easy_fair(database: Database) -> None:
    """The example with all five ways, so that two rounds win by each: a gift a wave, all of which ask the plan; every
    cap waits for 9 hits by all together.
    """
    fair = tomllib.loads((TOYS_FILE.parent / "fair.toml").read_text("utf-8"))
    cap = next(prize for prize in fair["prizes"] if prize["key"] == "cap")
    cap["releases"] = [{"units": cap["units"], "at_hits": 9}]
    fair["rules"]["gift_waves"] = list(range(1, 10))
    fair["limits"] |= {"review_line": 1_000_000, "value_limit_cents": 1_000_000}
    fair["ways"]["instant_win"]["one_in"] = 1
    fair["ways"]["community"]["steps"] = [{"at": 5, "prize": "badge"}, {"at": 9, "release": "cap"}]
    with database.sessions() as session:
        load_draft(session, read(toml_of(fair).encode()), NOON)


@pytest.fixture
def fair(scene: Scene) -> str:
    """The token of the easy fair's rehearsal, begun at noon."""
    load_easy_fair(scene.database)
    return scene.start("fair")


def won_in(world: Session) -> Won:
    won: Won = defaultdict(list)
    for award, prize in world.execute(select(Award, Prize).join(Prize, Prize.id == Award.prize_id)):
        won[award.way].append((key_of(prize), award.player_id, award.state))
    return won


def key_of(prize: Prize) -> str:
    return prize.key or ""


def play_both(scene: Scene, app: Flask, token: str) -> tuple[Player, Player]:
    """Ten days on some winning moments have come. Alice's hits open the caps, so that Charlie finds them."""
    scene.clock.advance(days=10)
    alice, charlie = scene.player(app, token), scene.player(app, token)
    for player, name in ((alice, "Alice"), (charlie, "Charlie")):
        outcome = player.play(1, KEEN, slug="fair").outcome
        assert outcome["keepsake"]["url"].split("/claim/")[0].endswith(f"/rehearsal/{token}")
        contact = {"email": f"{name}@example.org", "name": name, "address": "1 rue du Tir"}
        for award in outcome["awards"]:
            json_of(player.post("/claims", {"claim_code": award["claim_code"], **contact}), 201)
    return alice, charlie


def close_and_confirm(scene: Scene, app: Flask, token: str) -> None:
    """The campaign is over; its own requests find that out, and a person looks at the places."""
    scene.clock.advance(days=300)
    assert app.test_client().get(f"{root_of(token)}/c/fair").status_code == 200
    with scene.world(token) as world, world.sessions() as session:
        assert {state for _, _, state in won_in(session)[Way.STANDINGS]} == {AwardState.KEPT_BACK}
        campaign = find_campaign(session, "fair")
        assert campaign is not None
        assert len(confirm(session, campaign, (), "Bob", terms_of(CONFIG, KEYS, token), scene.clock())) == 2


def test_all_five_ways_are_won_in_a_rehearsal_and_nothing_live_moves(scene: Scene, app: Flask, fair: str) -> None:
    before = dump(scene.database)
    alice, charlie = play_both(scene, app, fair)
    close_and_confirm(scene, app, fair)
    with scene.world(fair) as world, world.sessions() as session:
        won = won_in(session)
        assert audit(session) == []
        assert session.scalars(select(SharedLife.drained)).one() >= 9
    assert sorted(won[Way.LADDER]) == sorted(
        [("stickers", alice.id, AwardState.CLAIMED), ("cap", charlie.id, AwardState.CLAIMED)])
    assert sorted(won[Way.INSTANT_WIN]) == sorted(("golden", one.id, AwardState.CLAIMED) for one in (alice, charlie))
    assert {(key, player) for key, player, _ in won[Way.COMMUNITY]} == {("badge", alice.id), ("badge", charlie.id)}
    assert sorted(won[Way.STANDINGS]) == sorted(("blaster", one.id, AwardState.OPEN) for one in (alice, charlie))
    assert sorted(won[Way.DRAW]) == sorted(("trip", one.id, AwardState.OPEN) for one in (alice, charlie))
    assert set(won) == set(Way)
    assert dump(scene.database) == before


def test_publishing_by_command_leaves_nothing_of_what_was_played(scene: Scene, app: Flask, fair: str) -> None:
    play_both(scene, app, fair)
    close_and_confirm(scene, app, fair)
    done = CliRunner().invoke(popshot.commands["campaign"], ["publish", "fair"], obj=Shell(scene.database, CONFIG))
    assert (done.exit_code, done.stdout) == (0, "fair is published and sealed\n")
    assert scene.places() == []
    assert app.test_client().get(f"{root_of(fair)}/c/fair").status_code == 404
    with scene.database.sessions() as session:
        published = find_campaign(session, "fair")
        assert published is not None
        assert (published.state, published.rehearsal_token) == (CampaignState.PUBLISHED, None)
        assert [session.scalar(select(func.count()).select_from(table)) for table in (Round, Award)] == [0, 0]
        assert audit(session) == []
        assert books_of(session, published.id) == {"cap": 400, "golden": 300, "blaster": 3, "trip": 2}


def books_of(session: Session, campaign_id: str) -> dict[str, int]:
    """What is free of each prize that was ever received: once, when the draft was loaded."""
    stocked = (select(Prize, Stock, func.count(StockEntry.id)).join(Stock, Stock.prize_id == Prize.id)
               .join(StockEntry, StockEntry.prize_id == Prize.id).where(Prize.campaign_id == campaign_id)
               .group_by(Prize.id, Stock.prize_id))
    lines = session.execute(stocked).all()
    assert all((stock.reserved, stock.awarded, count) == (0, 0, 1) for _, stock, count in lines)
    return {key_of(prize): stock.free for prize, stock, _ in lines}
