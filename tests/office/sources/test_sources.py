"""Where players come from, as staff read it: counted rightly, small counts not told, nothing of a person."""

import csv
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.backoffice.few import FEW
from server.backoffice.rights import Role
from server.backoffice.sources.figures import count_sources
from server.campaigns.came_from import CameFrom, SourceKind
from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.source import Source, source_id_of
from server.db import Database, transaction
from server.play.round import Round
from tests.office.cast import Office
from tests.rig.bot import BEGINNER
from tests.rig.clock import FakeClock
from tests.rig.play import Player

HOME = "/backoffice/campaigns/boss/sources"
LETTER = CameFrom(SourceKind.LINK, "newsletter", "email", "december")


@pytest.fixture(autouse=True)
def _of_bob(office: Office, database: Database) -> None:
    brand_id = office.brand_id
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(brand_id=brand_id))


def come(office: Office, query: str, times: int) -> None:
    """So many players open a round, each having come by a link."""
    for _ in range(times):
        Player(office.app, office.clock).open(came=query)


def lines(database: Database, clock: FakeClock, days: int = 30) -> dict[CameFrom, tuple[int | None, ...]]:
    with database.sessions() as session:
        campaign = find_campaign(session, "boss")
        assert campaign is not None
        return {line.came_from: line.counts for line in count_sources(session, campaign, days, clock())}


def test_rounds_are_counted_by_the_way_their_players_came(office: Office, database: Database, clock: FakeClock) -> None:
    come(office, "?utm_source=Newsletter&utm_medium=email&utm_campaign=December", 6)
    come(office, "", FEW)
    assert lines(database, clock) == {LETTER: (6, 6, 0, 0, 0), CameFrom(SourceKind.DIRECT): (5, 5, 0, 0, 0)}


def test_what_few_have_in_common_is_not_told_to_the_unit(office: Office, database: Database, clock: FakeClock) -> None:
    come(office, "?utm_source=rare", FEW - 1)
    assert lines(database, clock)[CameFrom(SourceKind.LINK, "rare")] == (None, None, 0, 0, 0)
    page = office.sign_in(Role.ANALYST).get(HOME).get_data(as_text=True)
    assert page.count("&lt;5</span>") == 2


def test_wins_follow_their_rounds_when_the_hour_is_full(office: Office, database: Database, clock: FakeClock) -> None:
    for number in range(FEW):
        player = Player(office.app, clock)
        assert player.play(number, BEGINNER, enough=200, came="?utm_source=ad").outcome["awards"]
    ad = CameFrom(SourceKind.LINK, "ad")
    assert lines(database, clock)[ad] == (5, 5, 5, 0, 0)
    clock.advance(hours=1)
    assert lines(database, clock)[ad] == (5, 5, 5, 5, 0)


def test_rounds_of_before_count_as_direct_and_old_ones_leave_a_short_period(
        office: Office, database: Database, clock: FakeClock) -> None:
    come(office, "?utm_source=ad", FEW)
    with database.sessions() as session, transaction(session):
        session.execute(update(Round).values(source_id=None))
    assert lines(database, clock) == {CameFrom(SourceKind.DIRECT): (5, 5, 0, 0, 0)}
    clock.advance(hours=24 * 8)
    assert lines(database, clock, days=7) == {}
    assert lines(database, clock, days=0) == {CameFrom(SourceKind.DIRECT): (5, 5, 0, 0, 0)}


def test_nobody_yet_is_said(office: Office) -> None:
    page = office.sign_in(Role.ANALYST).get(HOME).get_data(as_text=True)
    assert "Nobody has played in this time" in page
    assert "<table" not in page


def test_bob_makes_a_link_and_what_it_brings_is_counted_by_it(
        office: Office, database: Database, clock: FakeClock) -> None:
    bob = office.sign_in(Role.EDITOR)
    form = {"source": "News letter", "medium": "E-Mail", "tag": "Décembre"}
    assert bob.post(HOME, form).status_code == 303
    page = bob.get(HOME).get_data(as_text=True)
    [address] = re.findall(r'value="(http[^"]*)"', page)
    query = address.partition("?")[2].replace("&amp;", "&")
    assert query == "utm_source=news-letter&utm_medium=e-mail&utm_campaign=d-cembre"
    come(office, f"?{query}", FEW)
    assert lines(database, clock)[CameFrom(SourceKind.LINK, "news-letter", "e-mail", "d-cembre")][1] == FEW
    assert [(act.word, act.after) for act in office.acts()] == [
        ("sources.make_link", {"source": "news-letter", "medium": "e-mail", "tag": "d-cembre"})]


@pytest.mark.parametrize("name", ["", "   ", "…", "alice@example.com", "0612345678", "x" * 41])
def test_a_name_that_would_count_as_nothing_or_as_somebody_is_refused(
        office: Office, database: Database, name: str) -> None:
    bob = office.sign_in(Role.EDITOR)
    answer = bob.post(HOME, {"source": name})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.get_data(as_text=True)
    with database.sessions() as session:
        assert session.scalars(select(Source.id)).all() == []
    assert office.acts() == []


def test_a_poster_is_no_link_of_staff_and_no_link_takes_its_name(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.EDITOR)
    bob.post("/backoffice/campaigns/boss/codes/new", {"name": "Shop window", "kind": "poster", "bonus": "1"})
    bob.post(HOME, {"source": "leaflet", "medium": "qr"})
    with database.sessions() as session:
        assert {*session.scalars(select(Source.name).where(Source.is_ours))} == {"poster", "leaflet"}
    assert re.findall(r'value="http[^"]*(utm_source=[a-z]*)', bob.get(HOME).text) == ["utm_source=leaflet"]
    for name in ("Poster", "pack"):
        answer = bob.post(HOME, {"source": name, "medium": "qr"})
        assert (answer.status_code, "name your QR codes" in answer.text) == (422, True)


def test_the_file_says_what_the_page_says(office: Office, clock: FakeClock) -> None:
    come(office, "?utm_source==cmd|evil&utm_medium=email", 1)
    come(office, "", FEW)
    answer = office.sign_in(Role.ANALYST).post(f"{HOME}/export", {"days": "7"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sources-boss-2026-12-01.csv"'
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0] == ["kind", "source", "medium", "campaign", "players", "rounds", "accepted", "wins", "claims"]
    assert rows[1:] == [["direct", "", "", "", "5", "5", "0", "0", "0"],
                        ["link", "cmd-evil", "email", "", "<5", "<5", "0", "0", "0"]]
    assert [(act.word, act.after) for act in office.acts()] == [("sources.export", {"rows": 2, "days": 7})]


def test_charlie_finds_nothing(office: Office) -> None:
    charlie = office.charlie()
    assert charlie.get(HOME).status_code == 404
    assert charlie.post(HOME, {"source": "x"}).status_code == 404
    assert charlie.post(f"{HOME}/export").status_code == 404


def test_who_only_reads_is_offered_no_form(office: Office) -> None:
    analyst = office.sign_in(Role.ANALYST)
    assert 'name="source"' not in analyst.get(HOME).get_data(as_text=True)
    assert analyst.post(HOME, {"source": "x"}).status_code == 403


def test_two_campaigns_share_no_source(office: Office, database: Database, clock: FakeClock) -> None:
    come(office, "?utm_source=ad", FEW)
    with database.sessions() as session:
        boss = find_campaign(session, "boss")
        assert boss is not None
        other = Campaign(id="other", timezone="UTC", opens_at=clock() - timedelta(days=1))
        assert count_sources(session, other, 0, clock()) == []
        assert source_id_of(session, boss, CameFrom(SourceKind.LINK, "ad"), clock())
