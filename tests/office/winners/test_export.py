"""Winners as a file: what is in it, for whom, and that a million rows need little memory."""

import csv
import io
import tracemalloc
from itertools import islice

import pytest
from python_calamine import CalamineWorkbook

from prizes.claim import Contact
from prizes.sheets.stream import stream_csv, stream_xlsx
from server.backoffice.rights import Role
from server.backoffice.winners.export import COLUMNS, CONTACT, export_rows
from server.backoffice.winners.list_awards import Wanted
from tests.office.cast import Office
from tests.office.winners.scene import Winners

DESK = "/backoffice/winners/export"
EVIL = Contact("alice@example.org", '=HYPERLINK("http://example.org")', "@SUM(1)\n75001 Paris")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_file_has_what_the_filters_show_and_no_cell_becomes_a_formula(office: Office, winners: Winners) -> None:
    award, bob = winners.claimed(contact=EVIL), office.sign_in(Role.OWNER)
    winners.win()
    answer = bob.post(DESK, {"kind": "csv", "back": "state=claimed"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="winners-all-2026-12-01.csv"'
    (row,) = rows_of(answer.get_data(as_text=True))
    assert tuple(row) == (*COLUMNS, *CONTACT)
    assert (row["award_id"], row["alias"], row["name"]) == (award.id, "Sunny Otter 482", f"'{EVIL.name}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(bob.post(DESK, {"kind": "xlsx"}).get_data()))
    head, *lines = book.get_sheet_by_index(0).to_python()
    names = {line[head.index("name")] for line in lines}
    assert names == {EVIL.name, ""}
    words = sorted((act.word, (act.after or {})["rows"], (act.after or {})["kind"]) for act in office.acts())
    assert words == [("winners.export", 1, "csv"), ("winners.export", 2, "xlsx")]


def test_names_and_addresses_go_to_who_serves_winners_and_to_nobody_else(office: Office, winners: Winners) -> None:
    winners.claimed()
    analyst = office.sign_in(Role.ANALYST)
    text = analyst.post(DESK, {"kind": "csv"}).get_data(as_text=True)
    assert [tuple(row) for row in rows_of(text)] == [COLUMNS]
    assert "Martin" not in text
    for role in (Role.EDITOR, Role.MODERATOR):
        somebody = office.sign_in(role, name=role.value)
        assert (somebody.get(DESK).status_code, somebody.post(DESK, {"kind": "csv"}).status_code) == (403, 403)
    stale = office.visit(analyst.id, fresh=False)
    assert stale.get(DESK).headers["Location"].startswith("/backoffice/prove?next=/backoffice/winners/export")
    assert stale.post(DESK, {"kind": "csv"}).status_code == 303
    assert len(office.acts()) == 1


def test_what_cannot_be_read_and_what_is_another_brands_is_refused(office: Office, winners: Winners) -> None:
    winners.claimed()
    bob, charlie = office.sign_in(Role.OWNER), office.charlie()
    for wrong in ({}, {"kind": "pdf"}, {"kind": "csv", "back": "state=eaten"}, {"kind": "csv", "back": "campaign=x"}):
        assert bob.post(DESK, wrong).status_code == 422, wrong
    assert charlie.post(DESK, {"kind": "csv", "back": "campaign=party"}).status_code == 422  # as if there were none
    assert office.acts() == []
    assert rows_of(charlie.post(DESK, {"kind": "csv"}).get_data(as_text=True)) == []


def test_a_million_rows_leave_piece_by_piece() -> None:
    row: list[str | int | None] = ["x" * 20, "2026-12-01T12:00:00+00:00", "=1+1", 2990, None, "1 rue du Tir"] * 2
    tracemalloc.start()
    for stream in (stream_csv, stream_xlsx):
        pieces = stream([f"column {number}" for number in range(12)], (row for _ in range(40_000)))
        assert sum(map(len, islice(pieces, 1_000))) > 100_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000  # it does not grow with the rows: 40,000 of them are 5 MB of CSV and 20 MB of XML


def test_a_full_sheet_is_followed_by_another() -> None:
    for lines in (3, 4, 7, 8):
        rows: list[list[str | int | None]] = [[number, "\x00<&>é"] for number in range(lines)]
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(stream_xlsx(["number", "text"], rows, 4))))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        assert [sheet[0] for sheet in sheets] == [["number", "text"]] * len(sheets)
        assert [line[0] for sheet in sheets for line in sheet[1:]] == list(range(lines))
        assert max(map(len, sheets)) <= 4


def test_rows_are_read_in_pieces_and_none_is_lost_between_them(winners: Winners,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.backoffice.winners.export.AT_ONCE", 2)
    ids = {winners.claimed().id for _ in range(5)}
    rows = export_rows(winners.database.sessions, Wanted((winners.campaign_id,)), {winners.campaign_id: "party"},
                       with_contact=True)
    assert {row[0] for row in rows} == ids
