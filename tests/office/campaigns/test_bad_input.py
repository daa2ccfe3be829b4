"""Whatever is typed into the studio: it is refused beside its field or it is saved, and it never breaks a page."""

from typing import Any

import pytest

from server.backoffice.rights import Role
from server.campaigns.campaign import find_campaign
from server.campaigns.save_draft import table_of
from tests.office.campaigns.forms import HOME, STEPS, change, faults, make, open_step
from tests.office.cast import Office, StaffClient

ODD = ("\0", "a\0b", "9" * 31, "-1", "1e999", "NaN", "x" * 600, "<script>", "0000-00-00T99:99", ",;–;;",
       "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"))  # fmt: skip
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # test_studio.py meets both
KEPT = ("seen", "opened", "go", "prizes")


@pytest.fixture
def bob(office: Office) -> StaffClient:
    return office.sign_in(Role.EDITOR)


def test_a_step_takes_any_text_in_all_of_its_fields(bob: StaffClient) -> None:
    slug = make(bob)
    for step in STEPS:
        for odd in ODD:
            fields = open_step(bob, slug, step)
            sent = fields | {name: odd for name in fields if name not in KEPT}
            assert bob.post(f"{HOME}/{slug}/{step}", sent).status_code in (303, 422), (step, odd[:40])


def test_a_step_takes_any_text_in_what_no_field_shows(bob: StaffClient) -> None:
    slug = make(bob)
    for step in STEPS:
        fields = open_step(bob, slug, step)
        for name in (*KEPT, "ready", "choose.theme.boss.name", "prizes.\0.units"):
            for odd in ODD[:2]:
                answer = bob.post(f"{HOME}/{slug}/{step}", fields | {name: odd})
                assert answer.status_code in (303, 409, 422), (name, odd)


REFUSED = (
    ("theme", "theme.boss.name", " ", "1 to 60 characters"),
    ("theme", "theme.boss.name", "x" * 61, "1 to 60 characters"),
    ("theme", "theme.palette.can", "red", "Choose a colour"),
    ("theme", "theme.scene.place", "moon", "Choose one of the list"),
    ("texts", "titles.en", "x" * 121, "1 to 120 characters"),
    ("texts", "theme.texts.en.boss.hit.1", "x" * 25, "1 to 24 characters"),
    ("texts", "theme.texts.en.start.title", "a\0b", "1 to 60 characters"),
    ("prizes", "prizes.cap.names.en", "x" * 61, "1 to 60 characters"),
    ("prizes", "prizes.cap.value_cents", "12,345", "from 0 to 1,000,000"),
    ("prizes", "prizes.cap.units", "9" * 31, "from 0 to 1,000,000"),
    ("prizes", "prizes.cap.units", "-1", "from 0 to 1,000,000"),
    ("prizes", "prizes.cap.per_player", "0", "from 1 to 1,000"),
    ("prizes", "prizes.cap.currency", "EURO", "three letters"),
    ("prizes", "prizes.cap.kind", "car", "Choose one of the list"),
    ("prizes", "prizes.cap.kind", "download", "keeps its kind"),
    ("prizes", "prizes.cap.plan", "never", "Choose one of the plans"),
    ("prizes", "prizes.cap.ladder", "high", "from 0 to 10,000,000"),
    ("prizes", "prizes.cap.ladder", "4000; 4000", "stands at 4,000 points already"),
    ("prizes", "prizes.blaster.places", "2-3", "Place 1 has no prize yet"),
    ("prizes", "prizes.blaster.places", "first", "places from 1 to 1,000"),
    ("prizes", "prizes.trip.draw", "0", "from 1 to 100,000"),
    ("prizes", "prizes.badge.community", "10000000000", "from 1 to 1,000,000,000"),
    ("prizes", "ways.instant_win.one_in", "0", "from 1 to 10,000"),
    ("prizes", "ways.community.life", "0", "from 1 to 1,000,000,000"),
    ("prizes", "limits.per_person", "0", "from 1 to 1,000,000"),
    ("prizes", "limits.value_limit_cents", "lots", "from 0 to 20,000,000"),
    ("prizes", "rules.gift_waves", "10", "from 1 to 9"),
    ("dates", "opens", "soon", "a date and a time"),
    ("dates", "opens", "2027-03-28T02:30", "Clocks skip this time"),
    ("dates", "closes", "2027-10-31T02:30", "twice that night: say which one, +02:00 or +01:00"),
    ("dates", "closes", "2020-01-01T00:00", "after the beginning"),
    ("dates", "closes", "9999-01-01T00:00", "from 2,000 to 3,000"),
    ("dates", "timezone", "Europe/Pari", "Choose a zone"),
    ("dates", "comments", "maybe", "Choose one of the list"),
    ("dates", "limits.rounds_per_day", "0", "from 1 to 1,000,000"),
    ("dates", "limits.friend_rounds", "101", "from 1 to 100"),
    ("dates", "limits.friend_rounds_per_day", "1", "how many bonus rounds there are in all"),
    ("dates", "limits.liability_limit_cents", "-5", "from 0 to 20,000,000"),
    ("dates", "framed_by", "https://zapp.example/x", "Line 1: Write an address"),
    ("dates", "banned_words", "*", "Line 1: Write a word"),
)  # fmt: skip


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(bob: StaffClient, office: Office) -> None:
    slug = make(bob)
    before = saved(office, slug)
    for step, field, typed, said in REFUSED:
        status, told = change(bob, slug, step, {field: typed})
        assert (status, list(told)) == (422, [field]), (field, typed)
        assert said in told[field], (field, typed)
    assert saved(office, slug) == before


def saved(office: Office, slug: str) -> dict[str, Any]:
    with office.database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        return table_of(session, campaign)


def test_what_was_typed_is_kept_and_all_faults_are_told_at_once(bob: StaffClient) -> None:
    slug = make(bob)
    fields = open_step(bob, slug, "prizes") | {"prizes.cap.units": "many", "prizes.trip.value_cents": "a lot",
                                               "prizes.golden.names.en": "Better dart", "limits.per_person": "x"}
    answer = bob.post(f"{HOME}/{slug}/prizes", fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for typed in ("many", "a lot", "Better dart"):
        assert f'value="{typed}"' in page
    assert set(faults(page)) == {"prizes.cap.units", "prizes.trip.value_cents", "limits.per_person"}


BAD_FORMS: tuple[dict[str, str], ...] = (
    {"name": ""}, {"name": "\0"}, {"name": "x" * 121}, {"name": "Zapp", "slug": "../x"},
    {"name": "Zapp", "slug": "a\0"}, {"name": "Zapp", "slug": "boss"}, {"name": "Zapp", "slug": "x" * 65},
    {"name": "Zapp", "languages": ""}, {"name": "Zapp", "languages": "xx"},
)  # fmt: skip


def test_a_new_campaign_says_what_is_wrong_beside_its_field(bob: StaffClient) -> None:
    for form in BAD_FORMS:
        answer = bob.post(f"{HOME}/new", form)
        page = answer.get_data(as_text=True)
        field = "name" if set(form) == {"name"} else next(name for name in form if name != "name")
        assert answer.status_code == 422, form
        assert f'id="{field}-fault"' in page, form


def test_what_a_browser_would_never_send_gives_way_to_the_default(bob: StaffClient) -> None:
    for name in ("template", "timezone", "theme"):
        for odd in ("nothing", "\0"):
            assert bob.post(f"{HOME}/new", {"name": "Zapp", name: odd}).status_code == 303, (name, odd)


def test_a_new_campaign_is_of_a_brand_of_ones_own(bob: StaffClient, office: Office) -> None:
    for brand in (office.brand("Acme"), "\0", "x" * 3_000):
        assert bob.post(f"{HOME}/new", {"name": "Zapp", "brand": brand}).status_code == 404


def test_a_megabyte_is_too_much(bob: StaffClient) -> None:
    slug = make(bob)
    fields = open_step(bob, slug, "theme") | {"theme.boss.name": "x" * 1_000_000}
    assert bob.post(f"{HOME}/{slug}/theme", fields).status_code in (413, 422)


def test_odd_slugs_are_not_found(bob: StaffClient) -> None:
    for path in ("/theme", "/check", "/versions", "", "/turn/end"):
        for slug in ("nothing", "%00", "a%00b", "x" * 3_000, "%F0%9F%92%A5"):
            assert bob.get(f"{HOME}/{slug}{path}").status_code == 404


def test_odd_numbers_of_versions_and_odd_turns_are_not_found(bob: StaffClient) -> None:
    slug = make(bob)
    for path in ("versions/0.toml", "versions/99.toml", f"versions/{'9' * 30}.toml", "turn/explode", "turn/%00"):
        assert bob.get(f"{HOME}/{slug}/{path}").status_code == 404
    assert bob.post(f"{HOME}/{slug}/versions/{'9' * 30}/restore").status_code == 404
    assert bob.get(f"{HOME}/{slug}/versions?before={'9' * 30}").status_code == 200
    assert bob.get(f"{HOME}/{slug}/check?players={'9' * 30}").status_code == 200
    assert bob.get(f"{HOME}?view=%00&q=%00").status_code == 200
