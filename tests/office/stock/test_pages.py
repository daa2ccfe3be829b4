"""The pages of the stock desk: what they show, and to whom."""

from datetime import timedelta

from prizes.prize import Prize
from server.backoffice.stock.low_stock import low_stock
from server.backoffice.stock.overview import overview_of
from tests.office.stock.shelf import SLUG, Shelf
from tests.office.stock.test_moves import form

AREA = "/backoffice/stock"


def addresses(prize_id: str, voucher: str, job_id: str) -> list[str]:
    own = [f"/{prize_id}{page}" for page in ("", "/restock", "/correct", "/withdraw", "/export", "?move=reserved")]
    return ["", *own, f"/{voucher}/codes", f"/campaigns/{SLUG}", f"/campaigns/{SLUG}/export", f"/jobs/{job_id}",
            f"/jobs/{job_id}/progress"]


def test_every_page_opens_in_both_languages_and_charlie_finds_none(shelf: Shelf) -> None:
    prize_id, voucher, bob = shelf.add(), shelf.add_voucher(), shelf.keeper()
    bob.post(f"{AREA}/check", {"once": "a" * 20})
    pages = addresses(prize_id, voucher, "a" * 20)
    for page in pages:
        for lang in ("en", "fr"):
            answer = bob.get(f"{AREA}{page}{'&' if '?' in page else '?'}lang={lang}")
            assert answer.status_code == 200, page
            assert "style=" not in answer.get_data(as_text=True)
    charlie = shelf.office.charlie()
    assert [page for page in pages[1:] if charlie.get(f"{AREA}{page}").status_code != 404] == []
    assert prize_id not in charlie.get(AREA).get_data(as_text=True)
    assert charlie.get(f"{AREA}?campaign={SLUG}").status_code == 200


def test_charlie_does_nothing_to_what_is_not_his(shelf: Shelf) -> None:
    prize_id, voucher, charlie = shelf.add(), shelf.add_voucher(), shelf.office.charlie()
    sent = form(1)
    deeds = [f"/{prize_id}/{deed}" for deed in ("restock", "correct", "withdraw", "alert", "export")]
    deeds += [f"/{voucher}/codes", f"/{prize_id}/notes/x/erase"]
    deeds += [f"/campaigns/{SLUG}/{deed}" for deed in ("import", "export")]
    assert {charlie.post(f"{AREA}{deed}", sent).status_code for deed in deeds} == {404}
    assert charlie.post(f"{AREA}/check", {**sent, "brand_id": shelf.office.brand_id}).status_code == 404
    assert shelf.office.acts() == []
    assert shelf.jobs() == []


def test_what_is_not_there_is_not_found(shelf: Shelf) -> None:
    bob = shelf.keeper()
    for page in ("/none", "/%00", "/" + "x" * 3000, "/none/codes", "/jobs/none", "/campaigns/none", "/none/export"):
        assert bob.get(AREA + page).status_code == 404, page


def test_an_odd_query_shows_the_first_page(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(), shelf.keeper()
    for query in ("before=x", "before=2026-12-01T12:00:00Z~", "before=0001-01-01T00:00:00%2B23:00~a", "before=%00",
                  "before=9999-12-31T23:59:59-23:00~a", "before=2026-12-01T12:00:00Z~%00", "move=%00", "campaign=%00",
                  "show=" + "x" * 5000):
        assert bob.get(f"{AREA}?{query}").status_code == 200, query
        assert bob.get(f"{AREA}/{prize_id}?{query}").status_code == 200, query


def test_the_equation_is_shown_with_a_tick(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(10), shelf.keeper()
    bob.post(f"{AREA}/{prize_id}/withdraw?lang=en", form(4))
    page = bob.get(f"{AREA}/{prize_id}?lang=en").get_data(as_text=True)
    figures = page[page.index("stock-equation"):page.index("stock-bar")]
    assert [part.split("<")[0] for part in figures.split("<b>")[1:]] == ["10", "6", "0", "0", "4"]
    assert "It adds up" in figures


def test_pages_of_the_overview_hold_every_prize_once(shelf: Shelf) -> None:
    ids = set()
    for _ in range(7):
        ids.add(shelf.add())
        shelf.office.clock.advance(seconds=1)
    ids.add(shelf.add())
    ids.add(shelf.add())  # two of one moment
    seen, before, brands = list[Prize](), "", [shelf.office.brand_id]
    with shelf.office.database.sessions() as session:
        while True:
            page = overview_of(session, brands, shelf.office.clock(), slug=SLUG, before=before, prizes=4)
            seen += [one.prize for one in page.prizes]
            before = page.earlier or ""
            if not before:
                break
    assert sorted(prize.id for prize in seen) == sorted(ids)


def test_a_prize_runs_low_at_its_own_level(shelf: Shelf) -> None:
    prize_id, plenty, bob = shelf.add(100), shelf.add(100), shelf.keeper()
    now, brands = shelf.office.clock(), [shelf.office.brand_id]

    def low() -> list[str]:
        with shelf.office.database.sessions() as session:
            return [one.prize.id for one in low_stock(session, brands, now)]

    def take(units: int) -> None:
        bob.post(f"{AREA}/{prize_id}/correct", form(-units))

    assert low() == []
    bob.post(f"{AREA}/{plenty}/withdraw?lang=en", form(95))  # what was taken out of play is no stock
    assert low() == []
    assert bob.post(f"{AREA}/{prize_id}/alert", {"percent": "100"}).status_code == 303
    assert low() == [prize_id]
    assert bob.post(f"{AREA}/{prize_id}/alert", {"percent": "0"}).status_code == 303
    take(99)
    assert low() == []
    acts = [(act.before, act.after) for act in shelf.office.acts() if act.word == "stock.set_level"]
    assert ({"percent": 100}, {"percent": 0}) in acts
    with shelf.office.database.sessions() as session:
        assert low_stock(session, brands, now + timedelta(days=9999)) == []
        assert low_stock(session, [], now) == []


def test_a_level_is_a_share(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(), shelf.keeper()
    for percent in ("-1", "101", "x", "", "1" + "0" * 30, "\x00"):
        answer = bob.post(f"{AREA}/{prize_id}/alert?lang=en", {"percent": percent})
        assert answer.status_code == 422
        assert "The alert level is a whole number from 0 to 100." in answer.get_data(as_text=True)
