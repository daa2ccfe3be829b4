"""Sources are a few rows that many share: no flood fills the table, and what staff announced is never displaced."""

from itertools import count
from threading import Barrier, Lock

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.campaigns.came_from import CameFrom, SourceKind
from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.source import MOST_A_DAY, Source, keep_source, source_id_of
from server.db import Database, transaction
from server.play.round import Round
from tests.rig.app import add_campaign
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Player
from tests.rig.race import PATIENCE_S, Race


@pytest.fixture
def campaign(database: Database) -> Campaign:
    slug = add_campaign(database, "few")
    with database.sessions() as session:
        found = find_campaign(session, slug)
        assert found is not None
        return found


def link(name: str) -> CameFrom:
    return CameFrom(SourceKind.LINK, name)


def numbered(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Source).where(Source.number.is_not(None))) or 0


def kind_of(session: Session, source_id: int) -> SourceKind:
    return session.get_one(Source, source_id).kind


def test_all_who_came_one_way_share_a_row(session: Session, campaign: Campaign) -> None:
    assert source_id_of(session, campaign, link("a"), NOON) == source_id_of(session, campaign, link("a"), NOON)
    assert source_id_of(session, campaign, link("a"), NOON) != source_id_of(session, campaign, link("b"), NOON)


def test_a_flood_of_links_ends_in_other(session: Session, campaign: Campaign, clock: FakeClock) -> None:
    made = [source_id_of(session, campaign, link(f"x{number}"), NOON) for number in range(MOST_A_DAY + 20)]
    assert numbered(session) == MOST_A_DAY
    assert len(set(made)) == MOST_A_DAY + 1
    assert kind_of(session, made[-1]) == SourceKind.OTHER
    assert source_id_of(session, campaign, link("x3"), NOON) == made[3]  # those that are there go on being counted
    clock.advance(hours=24)
    assert kind_of(session, source_id_of(session, campaign, link("new"), clock())) == SourceKind.LINK


def test_a_flood_hides_neither_named_sources_nor_links_that_staff_made(
        session: Session, campaign: Campaign) -> None:
    with transaction(session):
        keep_source(session, campaign, link("ours"))
    for number in range(MOST_A_DAY + 1):
        source_id_of(session, campaign, link(f"x{number}"), NOON)
    for came_from in (link("ours"), CameFrom(SourceKind.SOCIAL, "tiktok"), CameFrom(SourceKind.DIRECT)):
        assert kind_of(session, source_id_of(session, campaign, came_from, NOON)) == came_from.kind


def test_more_than_a_day_s_links_come_in_if_we_count_then_write(
        database: Database, race: Race, campaign: Campaign) -> None:
    meet, numbers = Barrier(2, timeout=PATIENCE_S), count()
    with database.sessions() as session:
        for number in range(MOST_A_DAY - 1):
            source_id_of(session, campaign, link(f"x{number}"), NOON)

    def naive(session: Session) -> bool:
        seen = numbered(session)
        session.rollback()
        meet.wait()
        if seen >= MOST_A_DAY:
            return False
        with transaction(session):
            session.add(Source(campaign_id=campaign.id, **link(f"y{next(numbers)}")._asdict(), is_ours=False))
        return True

    assert sum(race(naive, players=2)) == 2


def test_of_160_links_at_once_a_day_lets_thirty_in(database: Database, race: Race, campaign: Campaign) -> None:
    numbers, lock = count(), Lock()

    def come(session: Session) -> int:
        with lock:
            number = next(numbers)
        return source_id_of(session, campaign, link(f"x{number // 2}"), NOON)

    race(come, players=8, attempts=20)
    with database.sessions() as session:
        assert numbered(session) <= MOST_A_DAY
        assert source_id_of(session, campaign, link("one-more"), NOON)
        assert numbered(session) <= MOST_A_DAY


@pytest.mark.parametrize("body", [
    {"source": {"query": "?utm_source=x%0d%0aSet-Cookie:a=b&utm_medium=\u0000"}}, {"source": ["utm_source"]},
    {"source": {"query": "?" + "utm_source=a&" * 500}}, {"source": {"query": "?utm_source=" + "é" * 5_000}},
    {"source": {"query": {"$gt": ""}, "referrer": 7, "framed": []}}, {"source": "\ud7ff"}, {"source": None},
])  # fmt: skip
def test_no_round_is_refused_for_how_its_player_came(
        alice: Player, database: Database, body: dict[str, object]) -> None:
    response = alice.post("/campaigns/boss/rounds", body)
    assert response.status_code == 201
    assert "Set-Cookie" not in str(response.headers) + response.get_data(as_text=True)
    with database.sessions() as session:
        [source] = session.scalars(select(Source).join(Round, Round.source_id == Source.id))
        assert source.name in ("", "a", "x-set-cookie-a-b")


def test_a_page_with_odd_values_in_its_address_shows_none_of_them(alice: Player) -> None:
    client = alice.app.test_client()
    for path in ("/c/boss", "/e/boss"):
        answer = client.get(f"{path}?utm_source=x%0d%0aSet-Cookie:evil=1&friend=%22><script>evil</script>")
        assert answer.status_code == 200
        assert "evil" not in str(answer.headers) + answer.get_data(as_text=True)
