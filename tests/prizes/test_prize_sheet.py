"""A campaign's prizes in and out as a sheet: all or none, and what goes out comes in again."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.prize import Prize, PrizeKind, Release
from prizes.stock import add_prize
from prizes.ways.ladder import steps_of
from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.load_draft import load_draft
from server.campaigns.prize_cells import LANGUAGES
from server.campaigns.release_cells import BadCell, read_local, write_local
from server.campaigns.save_draft import save_draft
from server.db import Database, transaction
from tests.campaigns.drafts import TOYS_FILE, read
from tests.prizes.command import Command, command_on
from tests.rig.app import add_campaign
from tests.rig.clock import NOON

HEADER = "key,kind,name_en,value,units,score,per_day,unlimited,releases,download_en\n"
GOOD = (HEADER + "cap,parcel,Boss-size cap,12.90,250,1500; 4000,20,no,2026-12-02T09:00=100; 2026-12-03=50,\n"
        "poster,download,Poster,0,0,0,,yes,,/static/poster.svg\n")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "prizes.csv"
    path.write_text(GOOD)
    return path


def boss_id(session: Session) -> str:
    boss = find_campaign(session, "boss")
    assert boss is not None
    return boss.id


def exported(command: Command, slug: str = "boss") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(command("prize", "export", "--campaign", slug, "--out", "-").stdout)))


def test_prizes_come_with_stock_steps_limits_and_releases(command: Command, sheet: Path, session: Session) -> None:
    done = command("prize", "import", str(sheet), "--campaign", "boss")
    assert re.fullmatch(r"cap  \w{20}\nposter  \w{20}\n2 imported\n", done.stdout)
    cap = session.scalars(select(Prize).where(Prize.value_cents == 1290)).one()
    assert (cap.names, cap.per_day, cap.per_player, cap.is_unlimited) == ({"en": "Boss-size cap"}, 20, 1, False)
    plan = session.scalars(select(Release).where(Release.prize_id == cap.id).order_by(Release.number)).all()
    assert [(part.units, part.opens_at) for part in plan] == [
        (100, datetime(2026, 12, 2, 8, 0, tzinfo=UTC)), (50, datetime(2026, 12, 2, 23, 0, tzinfo=UTC))]
    assert sorted(step.score for step in steps_of(session, cap.campaign_id)) == [0, 1500, 4000]
    assert audit(session) == []


def test_an_export_tells_what_is_left_and_goes_back_in(database: Database, command: Command, sheet: Path,
                                                       tmp_path: Path) -> None:
    command("prize", "import", str(sheet), "--campaign", "boss")
    rows = exported(command)
    assert [(row["key"], row["free"], row["unlimited"]) for row in rows] == [
        ("poster", "0", "yes"), ("cap", "250", "no")]
    for name, slug in (("a.csv", "other"), ("a.xlsx", add_campaign(database, "third"))):
        out = tmp_path / name
        assert command("prize", "export", "--campaign", "boss", "--out", str(out)).exit_code == 0
        assert out.stat().st_mode & 0o077 == 0
        assert command("prize", "import", str(out), "--campaign", slug).exit_code == 0
        assert exported(command, slug) == rows


def test_the_key_of_a_sheet_is_what_a_campaigns_file_calls_the_prize(command: Command, sheet: Path,
                                                                     session: Session) -> None:
    command("prize", "import", str(sheet), "--campaign", "boss")
    load_draft(session, read(TOYS_FILE.read_bytes()), NOON)
    campaigns = [find_campaign(session, slug) for slug in ("boss", "toys")]
    in_files = [re.findall(r'^key = "(.*)"$', save_draft(session, campaign, {}), re.MULTILINE)
                for campaign in campaigns if campaign is not None]
    assert [sorted(keys) for keys in in_files] == [
        sorted(row["key"] for row in exported(command, slug)) for slug in ("boss", "toys")]
    assert sorted(in_files[0]) == ["cap", "poster"]


def test_a_prize_without_a_key_is_exported_under_one_that_no_other_has(command: Command, session: Session) -> None:
    there = ((None, "Cap"), ("cap-2", "Cap"), ("cap", "Cap"), (None, "Cap" * 11))
    with transaction(session):
        for value, (key, name) in enumerate(there):
            add_prize(session, Prize(campaign_id=boss_id(session), key=key, names={"en": name}, value_cents=value,
                                     kind=PrizeKind.PARCEL, created_at=NOON))
    assert [row["key"] for row in exported(command)] == ["cap-3", "cap-2", "cap", "cap" * 8]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_key_that_the_campaign_has_already_is_a_fault_of_its_line(command: Command, session: Session, tmp_path: Path,
                                                                    sheet: Path, ending: str) -> None:
    command("prize", "import", str(sheet), "--campaign", "boss")
    out = tmp_path / f"again{ending}"
    command("prize", "export", "--campaign", "boss", "--out", str(out))
    refused = command("prize", "import", str(out), "--campaign", "boss")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert ("line 2: key: boss has a prize poster already.\nline 3: key: boss has a prize cap already.\n"
            "2 fault(s), so nothing was imported.\n") in refused.stderr
    assert len(session.scalars(select(Prize)).all()) == 2


@pytest.mark.parametrize(("line", "told"), [
    (f"{'a' * 33},parcel,Cap,1,1,,,,,", f"line 2: key: '{'a' * 33}' is no key: a-z, 0-9, - and _, at most 32"),
    ("Cap!,parcel,Cap,1,1,,,,,", "line 2: key: 'Cap!' is no key"),
    ("a,toy,Cap,1,1,,,,,", "line 2: kind: 'toy' is none of parcel, voucher, download, badge"),
    ("a,parcel,,1,1,,,,,", "line 2: the prize needs a name"),
    ("a,parcel,Cap,-1,1,,,,,", "line 2: value: '-1' is no value"),
    ("a,parcel,Cap,1.234,1,,,,,", "line 2: value: '1.234' is no value"),
    ("a,parcel,Cap,1,1000001,,,,,", "line 2: units: '1000001' is no whole number from 0 to 1000000"),
    ("a,parcel,Cap,1,1,5; 5,,,,", "line 2: score: '5; 5' names a score twice"),
    ("a,parcel,Cap,1,1,,0,,,", "line 2: per_day: '0' is no whole number"),
    ("a,parcel,Cap,1,0,,,yes,,", "line 2: unlimited: a parcel costs something"),
    ("a,badge,Cap,1,1,,,yes,,", "line 2: units: an unlimited prize has neither units nor releases"),
    ("a,parcel,Cap,1,1,,,maybe,,", "line 2: unlimited: 'maybe' is neither yes nor no"),
    ("a,voucher,Cap,1,1,,,,,", "line 2: units: a voucher prize's units come with its codes"),
    ("a,parcel,Cap,1,1,,,,2026-12-01=2,", "line 2: releases: 2 units are released, but there are 1"),
    ("a,parcel,Cap,1,1,,,,tomorrow=1,", "line 2: releases: 'tomorrow' is no time"),
    ("a,parcel,Cap,1,1,,,,2027-03-28T02:30=1,", "line 2: releases: 2027-03-28T02:30 does not exist"),
    ("a,parcel,Cap,1,1,,,,2026-10-25T02:30=1,", "line 2: releases: 2026-10-25T02:30 comes twice"),
    ("a,download,Cap,1,1,,,,,http://example.org/a", "line 2: download_en: 'http://example.org/a' is neither"),
    ("a,download,Cap,1,1,,,,,//example.org/a", "line 2: download_en: '//example.org/a' is neither"),
    ("a,download,Cap,1,1,,,,,javascript:alert(1)", "line 2: download_en: 'javascript:alert(1)' is neither"),
    ("a,parcel,Cap,1,1,,,,,/a", "line 2: download_en: a parcel has no download"),
    ("a,parcel,C\x07ap,1,1,,,,,", "line 2: name_en: there is a character that cannot be seen"),
    ("cap,parcel,Cap,1,1,,,,,", "line 3: key: cap is that of line 2"),
], ids=lambda text: text[:40])  # fmt: skip
def test_one_bad_line_keeps_all_prizes_out(command: Command, session: Session, tmp_path: Path, line: str,
                                           told: str) -> None:
    path = tmp_path / "prizes.csv"
    path.write_text(f"{HEADER}{line}\n{GOOD.removeprefix(HEADER)}")
    refused = command("prize", "import", str(path), "--campaign", "boss")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert told in refused.stderr
    assert refused.stderr.endswith("so nothing was imported.\n")
    assert session.scalars(select(Prize)).all() == []


def test_a_published_campaign_takes_no_more_prizes(command: Command, sheet: Path, session: Session) -> None:
    with transaction(session):
        session.get_one(Campaign, boss_id(session)).sealed_at = NOON
    refused = command("prize", "import", str(sheet), "--campaign", "boss")
    assert refused.exit_code == 2
    assert "boss was published at 2026-12-01 13:00 (Europe/Paris)" in refused.stderr
    assert session.scalars(select(Prize)).all() == []


@pytest.mark.parametrize("out", ["prizes.txt", "no/such/folder/prizes.csv"])
def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(command: Command, tmp_path: Path, out: str) -> None:
    refused = command("prize", "export", "--campaign", "boss", "--out", str(tmp_path / out))
    assert refused.exit_code == 2
    assert refused.stderr.endswith(".\n")
    assert list(tmp_path.glob(".*")) == []


ZONE = ZoneInfo("Europe/Paris")
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Monrovia", "UTC"]))
def test_a_written_time_is_the_same_moment_when_read(moment: datetime, zone: str) -> None:
    assert read_local(write_local(moment, ZoneInfo(zone)), ZoneInfo(zone)) == moment


def test_the_two_times_of_one_hour_are_told_apart() -> None:
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert [write_local(moment, ZONE) for moment in twice] == [
        "2026-10-25T02:30:00+02:00".replace(":00+", "+"), "2026-10-25T02:30+01:00"]
    with pytest.raises(BadCell, match="too far away"):
        read_local("0001-01-01T00:00", ZoneInfo("Asia/Tokyo"))


NAME = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=30).map(
    str.strip).filter(bool) | st.sampled_from(["=1+1", "'@a", "-5", "5", "a;b,c", "Étoile"])


KEY = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,31}", fullmatch=True)


@st.composite
def prize_rows(draw: st.DrawFn) -> dict[str, str]:
    """What `export` writes of a prize, without what is counted."""
    kind = draw(st.sampled_from(["parcel", "voucher", "download", "badge"]))
    unlimited = kind in ("download", "badge") and draw(st.booleans())
    units = 0 if unlimited or kind == "voucher" else draw(st.integers(0, 500))
    openings = draw(st.lists(MOMENTS, max_size=2)) if units > 1 else []
    cents = draw(st.integers(0, 99_999_999))
    caps = st.just("") | st.integers(1, 1_000).map(str)
    return {
        "key": draw(KEY), "kind": kind, "value": f"{cents // 100}.{cents % 100:02}", "units": str(units),
        "unlimited": "yes" if unlimited else "no", "currency": draw(st.sampled_from(["EUR", "CHF"])),
        "per_player": str(draw(st.integers(1, 1_000))), "per_day": draw(caps), "per_hour": draw(caps),
        "score": "; ".join(map(str, sorted(draw(st.sets(st.integers(0, 10_000), max_size=2))))),
        "releases": "; ".join(f"{write_local(moment, ZONE)}=1" for moment in openings),
        **{f"name_{language}": draw(NAME) for language in draw(st.sets(st.sampled_from(LANGUAGES), min_size=1))},
        **({"download_fr": "https://example.org/a?b=c"} if kind == "download" and draw(st.booleans()) else {}),
    }  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(prize_rows(), min_size=1, max_size=3, unique_by=lambda row: row["key"]))
def test_what_was_imported_is_exported_and_imported_and_exported_again(
        database: Database, tmp_path: Path, ending: str, rows: list[dict[str, Any]]) -> None:
    command = command_on(database)
    first, second = (add_campaign(database, f"c{number}-{len(list(tmp_path.iterdir()))}") for number in range(2))
    written, again = tmp_path / f"{first}.csv", tmp_path / f"{first}-again{ending}"
    with written.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, sorted({name for row in rows for name in row}))
        sheet.writeheader()
        sheet.writerows(map(escaped, rows))
    done = command("prize", "import", str(written), "--campaign", first)
    assert done.exit_code == 0, done.stderr
    found = [{name: cell for name, cell in row.items() if cell} for row in exported(command, first)]
    counted = [{name: row.pop(name) for name in ("free", "reserved", "awarded", "withdrawn")} for row in found]
    kept = [{name: cell for name, cell in escaped(row).items() if cell} for row in rows]
    assert sorted(map(str, map(sorted_cells, found))) == sorted(map(str, map(sorted_cells, kept)))
    assert [row["free"] for row in counted] == [row["units"] for row in found]
    command("prize", "export", "--campaign", first, "--out", str(again))
    assert command("prize", "import", str(again), "--campaign", second).exit_code == 0
    by_cells = [sorted(map(str, map(sorted_cells, exported(command, slug)))) for slug in (first, second)]
    assert by_cells[0] == by_cells[1]


def escaped(row: dict[str, str]) -> dict[str, str]:
    return {name: f"'{cell}" if re.match(r"'*[=+\-@]", cell) else cell for name, cell in row.items()}


def sorted_cells(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())
