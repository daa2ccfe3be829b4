"""Signing in: a password, then what only the person has; and visits that end when they should."""

import pytest

from server.backoffice.rights import Role
from tests.office.cast import Office
from tests.office.staff.door import PASSWORD, Door, digits, hire, invitation

HOME = "/backoffice/"


def cookie_of(door: Door) -> str:
    cookie = door.client.get_cookie("popshot_staff", path="/backoffice")
    return cookie.value if cookie else ""


def test_a_password_alone_is_half_the_way_for_who_has_an_app(office: Office, door: Door) -> None:
    staff_id = hire(office, Role.OWNER)
    answer = door.sign_in()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/backoffice/prove")
    assert not door.is_in()
    assert door.prove("000000").status_code == 422
    assert not door.is_in()
    assert door.prove(digits(office, staff_id)).headers["Location"] == HOME
    assert door.get(HOME).status_code == 200
    assert {(act.word, act.staff_id) for act in office.acts()} == {("staff.sign_in", staff_id),
                                                                  ("staff.prove", staff_id)}


def test_a_moderator_without_an_app_comes_in_by_the_password(office: Office, door: Door) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    assert door.sign_in().headers["Location"] == HOME
    assert door.get(HOME).status_code == 200


@pytest.mark.parametrize("role", [Role.OWNER, Role.STOCK_KEEPER])
def test_who_can_give_prizes_away_can_do_nothing_before_a_second_step(office: Office, door: Door, role: Role) -> None:
    hire(office, role, has_app=False)
    door.sign_in()
    for page in (HOME, "/backoffice/campaigns", "/backoffice/stock"):
        assert door.get(page).headers["Location"].startswith("/backoffice/second-factor?next=")
    assert door.get("/backoffice/second-factor").status_code == 200
    assert "Campaigns" not in door.get("/backoffice/second-factor").get_data(as_text=True)


@pytest.mark.parametrize(("email", "password"), [
    ("bob@example.com", "wrong"), ("nobody@example.com", PASSWORD), ("no address", PASSWORD), ("bob@example.com", ""),
    ("bob@example.com", "x" * 5_000), ("b\x00b@example.com", PASSWORD), ("\ud83d" * 3, "\ud83d"),
])  # fmt: skip
def test_what_is_no_account_lets_nobody_in(office: Office, door: Door, email: str, password: str) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    answer = door.post("/backoffice/sign-in", {"email": email.encode("utf-8", "surrogatepass"),
                                               "password": password.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 422
    assert not door.is_in()
    assert office.acts() == []


def test_signing_in_renews_the_cookie_and_signing_out_ends_its_copies(office: Office, door: Door) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    door.get("/backoffice/sign-in")
    door.sign_in()
    copied = cookie_of(door)
    door.post("/backoffice/sign-out")
    assert not door.is_in()
    thief = Door(office)
    thief.client.set_cookie("popshot_staff", copied, path="/backoffice")
    assert not thief.is_in()
    door.sign_in()
    assert cookie_of(door) != copied
    assert door.is_in()


def test_a_visit_ends_after_twelve_hours(office: Office, door: Door) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    door.sign_in()
    office.clock.advance(hours=12)
    assert door.is_in()
    office.clock.advance(seconds=1)
    assert not door.is_in()


def test_a_password_counts_ten_minutes_while_the_second_step_is_looked_for(office: Office, door: Door) -> None:
    staff_id = hire(office, Role.OWNER)
    door.sign_in()
    office.clock.advance(minutes=10, seconds=1)
    assert door.prove(digits(office, staff_id)).headers["Location"].startswith("/backoffice/sign-in")
    assert not door.is_in()


@pytest.mark.parametrize(("asked", "gone_to"), [
    ("/backoffice/stock?q=1", "/backoffice/stock?q=1"), ("https://evil.example", HOME), ("//evil.example", HOME),
    ("/backoffice//../..//evil.example", "/backoffice//../..//evil.example"), ("/backofficer", HOME),
    ("/backoffice/\\evil", HOME), ("/backoffice/\r\nSet-Cookie: a=b", HOME), ("/c/boss", HOME),
])  # fmt: skip
def test_after_the_sign_in_one_is_where_one_wanted_to_go_but_never_elsewhere(office: Office, door: Door, asked: str,
                                                                            gone_to: str) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    answer = door.client.post("/backoffice/sign-in", query_string={"next": asked},
                              data={"email": "bob@example.com", "password": PASSWORD},
                              headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers["Location"] == gone_to


def test_no_other_site_can_sign_somebody_in_or_out(office: Office, door: Door) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    form = {"email": "bob@example.com", "password": PASSWORD}
    assert door.post("/backoffice/sign-in", form, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    door.sign_in()
    assert door.post("/backoffice/sign-out", None, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert door.is_in()


def test_players_answers_do_not_differ_by_cookie_and_set_none(office: Office) -> None:
    for path in ("/c/boss", "/api/v1/campaigns/boss"):
        answer = office.app.test_client().get(path)
        assert answer.status_code == 200
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Set-Cookie" not in answer.headers


def test_none_of_the_librarys_own_pages_is_served(office: Office) -> None:
    rules = {rule.rule for rule in office.app.url_map.iter_rules()}
    assert rules.isdisjoint({"/login", "/logout", "/register", "/reset", "/tf-setup", "/wan-signin", "/us-signin",
                             "/verify", "/mf-recovery"})


@pytest.mark.parametrize(("host", "gone_to"), [
    ("127.0.0.1:8000", "http://localhost:8000/backoffice/sign-in?next=/backoffice/"),
    ("[::1]:8000", "http://localhost:8000/backoffice/sign-in?next=/backoffice/"), ("localhost:8000", None),
])  # fmt: skip
def test_an_address_of_digits_leads_to_our_name(office: Office, host: str, gone_to: str | None) -> None:
    answer = office.app.test_client().get("/backoffice/sign-in?next=/backoffice/", headers={"Host": host})
    assert answer.headers.get("Location") == gone_to
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_link_that_was_opened_waits_until_after_the_sign_in(office: Office, door: Door) -> None:
    hire(office, Role.ANALYST, has_app=False)
    door.open(invitation(office, Role.EDITOR))
    assert door.sign_in().headers["Location"] == "/backoffice/join"
    assert door.post("/backoffice/join/here").headers["Location"] == HOME
    assert door.get("/backoffice/campaigns").status_code == 200
