"""The audit desk as a page and as a file."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.backoffice.audit.changes import Change, changes, shown
from server.backoffice.rights import Role
from server.db import Database
from tests.office.audit.log import Log, new_log
from tests.office.cast import OTHER_BRAND, Office, StaffClient
from tests.rig.app import add_campaign
from tests.rig.databases import fresh_sqlite

AREA = "/backoffice/audit"


@pytest.fixture
def database(prepared_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """One kind of database: test_read_acts asks both."""
    with fresh_sqlite(prepared_sqlite, tmp_path) as fresh:
        yield fresh


@pytest.fixture
def log(office: Office) -> Log:
    return new_log(office)


@pytest.fixture
def auditor(office: Office) -> StaffClient:
    return office.sign_in(Role.AUDITOR, name="mona")


def text_of(client: StaffClient, query: str = "") -> str:
    """The page's words, without its fields."""
    page = client.get(f"{AREA}{query}").get_data(as_text=True)
    acts = re.search(r"<ol.*?</ol>", page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", acts[0])) if acts else ""


def test_an_act_is_a_sentence_with_what_it_changed_and_why(office: Office, log: Log, auditor: StaffClient) -> None:
    bob = office.hire(Role.OWNER, name="bob")
    log.put("audit.export", staff_id=bob, before={"units": 5, "kind": "cap"}, after={"units": 12, "kind": "cap"},
            typed="A box <b>more</b>")
    page = text_of(auditor)
    assert "bob · Exported the audit log" in page
    assert "Units 5 → 12" in page
    assert "kind" not in page
    assert "A box &lt;b&gt;more&lt;/b&gt;" in page
    french = auditor.get(f"{AREA}?lang=fr").get_data(as_text=True)
    assert "A exporté le journal d’audit" in french


def test_what_is_looked_for_is_kept_in_the_fields_and_the_pages(log: Log, auditor: StaffClient) -> None:
    add_campaign(log.office.database, "boss-day")
    for number in range(60):
        log.put(typed=f"counted {number}")
    first = auditor.get(f"{AREA}?q=counted&campaign=").get_data(as_text=True)
    further = re.search(r'rel="next" href="([^"]*)"', first)
    assert further is not None
    assert 'value="counted"' in first
    second = text_of(auditor, further[1].replace("&amp;", "&").removeprefix(AREA))
    assert "counted 9 " in second
    assert "counted 10 " not in second
    assert text_of(auditor, "?campaign=boss-day") == ""


@pytest.mark.parametrize(("query", "said"), [
    ("?since=tomorrow", "Not a valid date value."), ("?until=0001-01-01", "from the year 2000 to 2999"),
    (f"?q={'x' * 101}", "100 characters"),
])  # fmt: skip
def test_a_field_that_cannot_be_is_told_beside_it(auditor: StaffClient, query: str, said: str) -> None:
    answer = auditor.get(f"{AREA}{query}")
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["?who=0123456789abcdef0123", "?brand=0123456789abcdef0123", "?campaign=nowhere",
                                   "?what=stock.steal"])
def test_what_is_not_there_to_be_chosen_is_not_found(auditor: StaffClient, query: str) -> None:
    assert auditor.get(f"{AREA}{query}").status_code == 404


def test_another_brands_log_is_not_there(office: Office, log: Log) -> None:
    act = log.put(typed="zounds")
    add_campaign(office.database, "boss-day")
    charlie, bob = office.charlie(), office.hire(Role.OWNER, name="bob")
    for path in (f"/{act}", "?campaign=boss-day", f"?who={bob}", f"?brand={log.brand_id}"):
        assert charlie.get(f"{AREA}{path}").status_code == 404, path
    assert "zounds" not in charlie.get(f"{AREA}?q=zounds").get_data(as_text=True).replace('value="zounds"', "")
    file = charlie.post(f"{AREA}/export", {"sheet": "csv"}).get_data(as_text=True)
    assert "zounds" not in file


def test_a_day_begins_at_midnight_where_the_campaigns_are(office: Office, log: Log, auditor: StaffClient) -> None:
    add_campaign(office.database, "boss-day", timezone="Asia/Tokyo", opens_at=office.clock())
    log.at = office.clock().replace(hour=14, minute=58)  # 23:58 in Tokyo; acts come a minute after
    log.put(typed="evening")
    log.put(typed="morning")
    day = f"{office.clock():%Y-%m-%d}"
    assert "evening" in text_of(auditor, f"?since={day}&until={day}")
    assert "morning" not in text_of(auditor, f"?since={day}&until={day}")


@pytest.mark.parametrize("sheet", ["csv", "xlsx"])
def test_the_log_is_taken_away_as_it_was_asked_for(office: Office, log: Log, auditor: StaffClient, sheet: str,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.backoffice.audit.export_acts.AT_ONCE", 10)
    for number in range(23):
        log.put("audit.export", typed="=1+1" if number == 22 else "")
    log.put("stock.restock")
    answer = auditor.post(f"{AREA}/export", {"sheet": sheet, "what": "audit.export"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="popshot-acts-')
    if sheet == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
        assert len(rows) == 23
        assert {row["act"] for row in rows} == {"audit.export"}
        assert rows[0]["why"] == "'=1+1"
    else:
        sheet_xml = zipfile.ZipFile(io.BytesIO(answer.get_data())).read("xl/worksheets/sheet1.xml").decode()
        assert sheet_xml.count("<row") == 24
        assert "<f>" not in sheet_xml
    told = office.acts()[-1]
    assert (told.word, told.after) == ("audit.export", {"sheet": sheet, "what": "audit.export"})


def test_taking_it_away_asks_for_a_fresh_proof_and_the_right(office: Office) -> None:
    stale = office.sign_in(Role.AUDITOR, name="mona", fresh=False)
    assert "/prove" in stale.post(f"{AREA}/export", {"sheet": "csv"}).headers["Location"]
    analyst = office.sign_in(Role.ANALYST, name="bob")
    assert analyst.post(f"{AREA}/export", {"sheet": "csv"}).status_code == 403
    assert office.acts() == []


@pytest.mark.parametrize("form", [{"sheet": "pdf"}, {}, {"sheet": "csv", "since": "soon"}])
def test_a_file_of_another_kind_is_refused(office: Office, auditor: StaffClient, form: dict[str, str]) -> None:
    assert auditor.post(f"{AREA}/export", form).status_code == 400
    assert office.acts() == []


def test_the_log_of_two_brands_is_one_and_can_be_parted(office: Office, log: Log) -> None:
    office.hire(Role.AUDITOR, name="mona", brand=OTHER_BRAND)
    auditor = office.sign_in(Role.AUDITOR, name="mona")
    log.put(typed="ours")
    log.put(typed="theirs", brand_id=office.brand(OTHER_BRAND))
    assert all(word in text_of(auditor) for word in ("ours", "theirs", OTHER_BRAND))
    assert "theirs" not in text_of(auditor, f"?brand={log.brand_id}")


def test_changes_are_what_differs_deeply_and_what_came_or_went() -> None:
    before = {"a": 1, "b": {"c": [1, 2], "d": "same"}, "gone": False}
    after = {"a": 1, "b": {"c": [1, 3], "d": "same"}, "came": 0}
    assert changes(before, after) == [Change("b.c", [1, 2], [1, 3]), Change("gone", False, None),
                                      Change("came", None, 0)]
    assert changes(None, None) == []
    assert [shown(value) for value in (None, True, 0, [1, "a"], "x" * 300)] == ["–", "✓", "0", "1, a", f"{'x' * 200}…"]
