"""The desk of QR codes over HTTP: made, seen, taken away with a second factor, revoked; nobody else's business."""

import csv
import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from server.backoffice.few import FEW
from server.backoffice.posters import print_routes
from server.backoffice.rights import Role
from server.db import Database, current_session, transaction
from server.keys import derive_keys
from server.play.posters.code import read_code
from server.play.posters.poster import Poster, PosterDay, PosterKind, PosterUse
from server.players.player import add_player
from tests.office.cast import Office
from tests.rig.app import MASTER, add_campaign

LIST = "/backoffice/campaigns/boss/codes"
POSTER = {"name": "Shop window", "kind": "poster", "bonus": "1", "scene": "city/night", "from_at": "", "until_at": "",
          "per_day": "500", "codes": ""}
PACK = {**POSTER, "name": "Blaster XL", "kind": "pack", "codes": "30", "scene": ""}


@pytest.fixture(autouse=True)
def demo(office: Office) -> None:
    """The demo is of Bob's brand."""
    office.draft_again()


def posters(database: Database) -> list[Poster]:
    with database.sessions() as session:
        return list(session.scalars(select(Poster).order_by(Poster.created_at, Poster.id)))


def test_a_poster_is_made_seen_and_revoked(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.EDITOR)
    assert "No QR codes yet" in bob.get(LIST).text
    page = bob.post(f"{LIST}/new", POSTER).headers["Location"]
    [poster] = posters(database)
    assert page == f"{LIST}/{poster.id}"
    assert (poster.name, poster.kind, poster.bonus, poster.scene, poster.per_day, poster.codes) == (
        "Shop window", PosterKind.POSTER, 1, "city/night", 500, 0)
    shown = bob.get(page).text
    assert "localhost:8000/q/" in shown
    assert "<svg" in shown
    assert "City, night" in bob.get(LIST).text
    bob.post(f"{page}/revoke")
    assert "Print or download" not in bob.get(page).text
    for answer in (bob.get(f"{page}/print"), bob.post(f"{page}/print", {"file": "svg", "language": "fr"})):
        assert (answer.status_code, "nothing to print of it" in answer.text) == (409, True)
    assert "Revoked" in bob.get(LIST).text
    assert sorted(act.word for act in office.acts()) == ["posters.make", "posters.revoke"]
    assert {act.brand_id for act in office.acts()} == {office.brand_id}


@pytest.mark.parametrize(("came", "shown"), [(FEW - 1, "&lt;5"), (FEW, "5")])
def test_scans_are_told_to_the_unit_and_people_only_where_they_are_many(
        office: Office, database: Database, came: int, shown: str) -> None:
    bob = office.sign_in(Role.EDITOR)
    page = bob.post(f"{LIST}/new", POSTER).headers["Location"]
    [poster] = posters(database)
    now = office.clock()
    with database.sessions() as session, transaction(session):
        session.add(PosterDay(poster_id=poster.id, day="2026-12-01", scans=3))
        session.add_all(PosterUse(poster_id=poster.id, copy=0, player_id=add_player(session, now)[0].id, at=now,
                                  counts_from=now) for _ in range(came))
    assert told_at(bob.get(page).text) == told_at(bob.get(LIST).text) == ["3", shown, "0"]


def told_at(page: str) -> list[str]:
    """The three counts of the only poster on a page."""
    figures = re.findall(r'(?:<div class="h1 mb-0">|codes-number"[^>]*>)(.*?)</(?:div|td)>', page)
    return [re.sub(r"<[^>]*>", "", figure) for figure in figures]


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"name": " "}, "A name has 1 to 80"), ({"name": "x" * 81}, "A name has 1 to 80"), ({"name": "a\nb"}, "A name has"),
    ({"kind": "pack", "codes": "0"}, "A pack has 1 to 10,000"), ({"kind": "pack", "codes": "10001"}, "A pack has 1 to"),
    ({"kind": "pack", "codes": "ten"}, "A pack has 1 to"), ({"per_day": "0"}, "Between 1 and"),
    ({"bonus": "9"}, "choice"),
    ({"scene": "moon/noon"}, "choice"), ({"kind": "banner"}, "choice"), ({"from_at": "tomorrow"}, "Choose a day"),
    ({"from_at": "2027-03-28T02:30"}, "Choose a day"),  # clocks in Paris skip it
    ({"from_at": "2026-12-02T10:00", "until_at": "2026-12-02T10:00"}, "must end after"),
])  # fmt: skip
def test_what_is_typed_wrongly_is_told_and_makes_nothing(
        office: Office, database: Database, wrong: dict[str, str], sentence: str) -> None:
    refused = office.sign_in(Role.EDITOR).post(f"{LIST}/new", {**POSTER, **wrong})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert posters(database) == []
    assert office.acts() == []


def test_a_window_is_on_the_clocks_of_the_campaigns_zone(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.EDITOR)
    bob.post(f"{LIST}/new", {**POSTER, "from_at": "2026-12-02T10:00", "until_at": "2026-12-03T10:00", "per_day": ""})
    [poster] = posters(database)
    assert poster.from_at is not None
    assert poster.from_at.isoformat() == "2026-12-02T09:00:00+00:00"
    assert poster.per_day is None


def test_every_file_of_a_poster_says_its_own_address(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.EDITOR)
    page = bob.post(f"{LIST}/new", POSTER).headers["Location"]
    wish = {"language": "fr", "headline": "Touché ?", "first": "1"}
    svg = bob.post(f"{page}/print", {**wish, "file": "svg"})
    assert (svg.mimetype, svg.headers["Content-Disposition"].endswith('.svg"')) == ("image/svg+xml", True)
    png = bob.post(f"{page}/print", {**wish, "file": "png-512"})
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(png.data)).convert("L"))
    assert found.text.startswith("HTTP://LOCALHOST:8000/Q/")
    [poster] = posters(database)
    mark = read_code(derive_keys(MASTER).poster, found.text.rpartition("/")[2])
    assert mark is not None
    assert (mark.number, mark.copy) == (poster.number, 0)
    pdf = bob.post(f"{page}/print", {**wish, "file": "a4"})
    assert pdf.mimetype == "application/pdf"
    with pypdfium2.PdfDocument(pdf.data) as document:
        assert zxingcpp.read_barcodes(document[0].render(scale=1).to_pil().convert("L"))[0].text == found.text
        assert "Touché ?" in document[0].get_textpage().get_text_range()
    assert [act.word for act in office.acts()].count("posters.print_out") == 3


@pytest.mark.parametrize("file", ["a4", "medium"])
def test_who_waits_for_a_sheet_holds_no_connection(office: Office, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    bob, held = office.sign_in(Role.EDITOR), []

    class Press:
        def run(self, job: Callable[[], bytes]) -> bytes:
            held.append(current_session().in_transaction())
            return b"%PDF"

    monkeypatch.setattr(print_routes, "current_press", Press)
    page = bob.post(f"{LIST}/new", POSTER).headers["Location"]
    assert bob.post(f"{page}/print", {"file": file, "language": "fr", "headline": "", "first": "1"}).data == b"%PDF"
    assert held == [False]


def test_a_packs_list_and_its_stickers_are_the_same_codes(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.OWNER)
    page = bob.post(f"{LIST}/new", PACK).headers["Location"]
    assert "localhost:8000/q/" not in bob.get(page).text  # a pack's codes are worth something: in its files only
    rows = list(csv.DictReader(io.StringIO(bob.post(f"{page}/print", {"file": "csv", "language": "en", "first": "1"})
                                           .data.decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 31)]
    assert len({row["code"] for row in rows}) == 30
    pdf = bob.post(f"{page}/print", {"file": "medium", "language": "en", "first": "29"}).data
    with pypdfium2.PdfDocument(pdf) as document:
        seen = zxingcpp.read_barcodes(document[0].render(scale=2).to_pil().convert("L"))
    assert sorted(one.text for one in seen) == sorted(row["address"] for row in rows[28:])


@pytest.mark.parametrize("wrong", [{"file": "exe"}, {"language": "xx"}, {"headline": "漢字"}, {"headline": "x" * 61},
                                   {"file": "csv"}])
def test_what_cannot_be_printed_is_told(office: Office, wrong: dict[str, str]) -> None:
    bob = office.sign_in(Role.EDITOR)
    page = bob.post(f"{LIST}/new", POSTER).headers["Location"]
    refused = bob.post(f"{page}/print", {"file": "a4", "language": "fr", "headline": "", "first": "1", **wrong})
    assert refused.status_code == 422
    assert [act.word for act in office.acts()] == ["posters.make"]


def test_files_ask_for_a_second_factor_again(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    page = bob.post(f"{LIST}/new", POSTER).headers["Location"]
    stale = office.visit(bob.id, fresh=False)
    for answer in (stale.get(f"{page}/print"), stale.post(f"{page}/print", {"file": "svg", "language": "fr"})):
        assert answer.status_code == 303
        assert "/backoffice/prove" in answer.headers["Location"]


def test_another_campaigns_page_does_not_show_it_and_charlie_sees_nothing(office: Office, database: Database) -> None:
    add_campaign(database, "other", brand_id=office.brand_id)
    bob = office.sign_in(Role.EDITOR)
    page = bob.post(f"{LIST}/new", POSTER).headers["Location"]
    assert bob.get(page.replace("/boss/", "/other/")).status_code == 404
    charlie = office.charlie()
    assert [charlie.get(path).status_code for path in (LIST, page, f"{page}/print")] == [404] * 3
    assert charlie.post(f"{page}/revoke").status_code == 404
    analyst = office.sign_in(Role.ANALYST, name="mona")
    assert (analyst.get(page).status_code, analyst.post(f"{page}/revoke").status_code) == (200, 403)
