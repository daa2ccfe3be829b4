"""Test mode: what of a draft goes into its rehearsal, who may start one, and that nothing stays of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from prizes.append_only import missing_guards
from prizes.audit import audit
from prizes.db import Base
from prizes.ledger import Move, StockEntry
from prizes.prize import Prize, Release
from prizes.stock import Stock
from prizes.way import BadSettings
from prizes.ways.ladder import Ladder, steps_of
from server.campaigns.campaign import Campaign, CampaignState, Phase
from server.db import Database, is_sqlite, transaction
from server.migrate import is_migrated, upgrade
from server.rehearsal import places
from server.rehearsal.start import NoRehearsal
from server.rehearsal.world import root_of
from tests.rehearsal.scene import CLOSES_AT, STICKERS, Scene, add_draft
from tests.rig.clock import NOON
from tests.rig.play import Player
from tests.rig.race import Race

OLD = "0008"  # before rehearsals were there


@contextmanager
def writing(world: Database) -> Iterator[Connection]:
    with world.engine.connect().execution_options(popshot_writes=True) as connection, connection.begin():
        yield connection


def set_draft(scene: Scene, **values: object) -> None:
    with scene.database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == "spring").values(**values))


def token_of(scene: Scene, slug: str = "spring") -> str | None:
    with scene.database.sessions() as session:
        return session.scalar(select(Campaign.rehearsal_token).where(Campaign.slug == slug))


def test_a_rehearsal_is_open_from_now_to_the_drafts_own_end_and_sealed(scene: Scene) -> None:
    with scene.world(scene.start()) as world, world.sessions() as session:
        campaign = session.scalars(select(Campaign)).one()
        assert (campaign.opens_at, campaign.closes_at, campaign.sealed_at) == (NOON, CLOSES_AT, NOON)
        assert campaign.phase(NOON) == Phase.OPEN
        assert campaign.rehearsal_token is None


def test_a_draft_whose_end_is_over_is_rehearsed_for_thirty_days(scene: Scene) -> None:
    set_draft(scene, opens_at=NOON - timedelta(days=9), closes_at=NOON - timedelta(days=1))
    with scene.world(scene.start()) as world, world.sessions() as session:
        assert session.scalars(select(Campaign.closes_at)).one() == NOON + timedelta(days=30)


def test_prizes_come_with_their_stock_through_a_ledger_that_agrees(scene: Scene) -> None:
    with scene.database.sessions() as session:
        live = set(session.scalars(select(Prize.id)))
    with scene.world(scene.start()) as world, world.sessions() as session:
        prizes = {prize.names["en"]: prize for prize in session.scalars(select(Prize))}
        assert set(prizes) == {"Sticker sheet", "Badge"}
        assert not {prize.id for prize in prizes.values()} & live
        assert (prizes["Sticker sheet"].per_player, prizes["Badge"].is_unlimited) == (2, True)
        assert session.get_one(Stock, prizes["Sticker sheet"].id).free == STICKERS
        assert [(line.move, line.units) for line in session.scalars(select(StockEntry))] == [(Move.RECEIVED, STICKERS)]
        steps = steps_of(session, prizes["Badge"].campaign_id)
        assert [(step.score, step.prize_id) for step in steps] == [
            (0, prizes["Badge"].id), (150, prizes["Sticker sheet"].id)]
        assert audit(session) == []


def test_the_release_plan_keeps_its_distance_from_the_opening(scene: Scene) -> None:
    with scene.world(scene.start()) as world, world.sessions() as session:
        planned = session.execute(select(Release.units, Release.opens_at).order_by(Release.number)).all()
    assert [tuple(row) for row in planned] == [(1, NOON), (2, NOON + timedelta(days=3))]


def test_the_drafts_live_rows_stay_as_they_are_but_for_the_token(scene: Scene) -> None:
    token = scene.start()
    with scene.database.sessions() as session:
        draft = session.scalars(select(Campaign).where(Campaign.slug == "spring")).one()
        assert (draft.state, draft.sealed_at, draft.rehearsal_token) == (CampaignState.DRAFT, None, token)
        assert set(session.scalars(select(StockEntry.reason))) == {"opening_stock", "delivered"}


def test_a_rehearsals_database_is_migrated_and_guarded_by_itself(scene: Scene) -> None:
    with scene.world(scene.start()) as world, world.engine.connect() as connection:
        assert is_migrated(world.engine)
        assert missing_guards(connection) == []


def test_a_guard_that_only_the_live_tables_have_is_missed_in_a_rehearsal(scene: Scene) -> None:
    with scene.world(scene.start()) as world, writing(world) as connection:
        on_table = "" if is_sqlite(world.engine) else " ON stock_entry"
        connection.execute(text(f"DROP TRIGGER stock_entry_refuses_update{on_table}"))
        assert missing_guards(connection) == ["stock_entry_refuses_update"]


def test_a_rehearsal_older_than_the_code_is_brought_up_to_it(scene: Scene, app: Flask) -> None:
    token = scene.start()
    with scene.world(token) as world:
        with writing(world) as connection:
            Base.metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
        upgrade(world.engine, OLD)
        assert not is_migrated(world.engine)
    assert app.test_client().get(f"{root_of(token)}/c/spring").status_code == 404  # nothing is in it, but tables
    with scene.world(token) as world, world.engine.connect() as connection:
        assert is_migrated(world.engine)
        assert missing_guards(connection) == []


def test_thrown_away_nothing_of_a_rehearsal_is_left(scene: Scene, app: Flask) -> None:
    before, token = scene.places(), scene.start()
    Player(app, scene.clock, root_of(token)).open("spring")
    assert before == []
    assert scene.places() != []
    assert scene.throw_away()
    assert scene.places() == []
    assert token_of(scene) is None
    assert app.test_client().get(f"{root_of(token)}/c/spring").status_code == 404
    assert scene.places() == []  # the connections that were open bring nothing back
    assert not scene.throw_away()


def test_a_request_that_comes_while_its_rehearsal_goes_gets_a_plain_refusal(
        scene: Scene, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    token = scene.start()
    alice = Player(app, scene.clock, root_of(token))
    monkeypatch.setattr("server.rehearsal.serve.Worlds._is_going_on", lambda *_: True)  # it was, a moment ago
    monkeypatch.setattr("server.runner.Runner.look", lambda _: None)
    places.drop_place(scene.database.engine, token)
    assert alice.get("/players/me").status_code in (200, 404, 503)  # on SQLite an open file lives until it is closed
    assert scene.app().test_client().get(f"{root_of(token)}/c/spring").status_code == 404
    assert scene.places() == []


def test_a_connection_opened_late_brings_nothing_back(scene: Scene) -> None:
    with scene.world(scene.start()) as world:
        scene.throw_away()
        world.engine.dispose()  # as a full pool would: the next connection is a new one
        with pytest.raises(DBAPIError), world.sessions() as session:
            session.scalars(select(Campaign)).all()
    assert scene.places() == []


def test_after_a_crash_halfway_throwing_away_can_be_done_again(scene: Scene, app: Flask) -> None:
    token = scene.start()
    places.drop_place(scene.database.engine, token)  # and then the process died
    assert app.test_client().get(f"{root_of(token)}/c/spring").status_code == 404
    assert scene.throw_away()
    assert token_of(scene) is None


def test_a_start_that_fails_keeps_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BadSettings("ladder step 1 is broken")

    monkeypatch.setattr(Ladder, "set_up", refuse)
    with pytest.raises(BadSettings):
        scene.start()
    assert scene.places() == []
    assert token_of(scene) is None


@pytest.mark.parametrize("state", [CampaignState.PUBLISHED, CampaignState.PAUSED, CampaignState.ENDED])
def test_only_a_draft_can_be_rehearsed(scene: Scene, state: CampaignState) -> None:
    set_draft(scene, state=state)
    with pytest.raises(NoRehearsal, match=f"spring is {state}"):
        scene.start()
    assert scene.places() == []


def test_a_rehearsal_is_not_started_twice_nor_one_of_nothing(scene: Scene) -> None:
    scene.start()
    with pytest.raises(NoRehearsal, match="in test mode already"):
        scene.start()
    with pytest.raises(NoRehearsal, match="no campaign 'autumn'"):
        scene.start("autumn")


def test_the_live_database_is_let_go_of_while_the_second_one_is_made(
        scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds, in turn, and PostgreSQL ends a transaction that waits too long."""
    held = list[int]()
    in_use = scene.database.engine.pool.checkedout  # type: ignore[attr-defined]

    def make_and_look(live: Engine, token: str) -> Database:
        held.append(in_use())
        return places.make_place(live, token)

    monkeypatch.setattr("server.rehearsal.start.make_place", make_and_look)
    assert scene.start()
    assert held == [0]


def test_of_four_starts_at_once_one_stays(scene: Scene, race: Race) -> None:
    def start(_: object) -> bool:
        try:
            return bool(scene.start())
        except NoRehearsal:
            return False

    assert sum(race(start, players=4)) == 1
    assert len({name.partition(".")[0] for name in scene.places()}) == 1


def test_two_rehearsals_know_nothing_of_each_other(scene: Scene, app: Flask) -> None:
    add_draft(scene.database, "summer")
    one, other = scene.start(), scene.start("summer")
    ask = app.test_client().get
    assert ask(f"{root_of(one)}/c/summer").status_code == ask(f"{root_of(other)}/c/spring").status_code == 404
    Player(app, scene.clock, root_of(one)).open("spring")
    scene.throw_away("summer")
    assert ask(f"{root_of(one)}/c/spring").status_code == 200


def test_a_token_that_is_none_never_becomes_part_of_a_name(scene: Scene) -> None:
    for wrong in ("", "../popshot", 'x"; DROP SCHEMA public', "A" * 32, "0" * 32 + "\n"):
        with pytest.raises(ValueError, match="no token"):
            places.has_place(scene.database.engine, wrong)


def test_the_schema_of_a_rehearsal_holds_every_table(scene: Scene) -> None:
    with scene.world(scene.start()) as world:
        assert set(inspect(world.engine).get_table_names()) == set(inspect(scene.database.engine).get_table_names())
