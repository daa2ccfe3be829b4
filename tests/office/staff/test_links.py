"""Links: an account by an invitation, a new password by a way back in; each once, not for long, kept as a hash."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.backoffice.rights import Role
from server.backoffice.staff.account import make_account
from server.backoffice.staff.link import StaffLink, hash_of, invite, renew_invite, reset, revoke_invite
from server.backoffice.staff.person import Passkey, Staff
from server.campaigns.brand import brand_named
from server.db import Database, transaction
from server.errors import Problem
from tests.office.cast import Office
from tests.office.staff.door import PASSWORD, Door, digits, hire, invitation
from tests.rig.clock import NOON
from tests.rig.race import Race


def test_an_invitation_makes_an_account_with_its_role(office: Office, door: Door) -> None:
    answer = door.join(invitation(office, Role.MODERATOR), "  Mona@Example.COM ", " Mona  ")
    assert answer.headers["Location"] == "/backoffice/"
    assert door.get("/backoffice/").status_code == 200
    again = Door(office)
    assert again.sign_in("mona@example.com").headers["Location"] == "/backoffice/"


def test_a_link_works_once(office: Office, door: Door) -> None:
    secret = invitation(office)
    door.join(secret)
    second = Door(office)
    assert second.open(secret).get_json()["code"] == "link_over"
    assert second.get("/backoffice/join").status_code == 410


def test_a_link_ends_with_its_seven_days_with_a_newer_one_and_when_taken_back(office: Office, door: Door) -> None:
    secret = invitation(office)
    with office.database.sessions() as session:
        link = session.scalars(select(StaffLink)).one()
        newer = renew_invite(session, link.id, office.brand_id, office.clock())
        assert door.open(secret).status_code == 410
        assert door.open(newer).status_code == 200
        revoke_invite(session, link.id, office.brand_id, office.clock())
    assert door.get("/backoffice/join").status_code == 410
    late = invitation(office)
    office.clock.advance(days=7)
    assert door.open(late).status_code == 410


def test_only_a_hash_of_the_secret_is_kept(office: Office) -> None:
    secret = invitation(office)
    with office.database.sessions() as session:
        link = session.scalars(select(StaffLink)).one()
        assert link.secret_hash == hash_of(secret) != secret


def test_an_invitation_for_an_address_is_for_nobody_else(office: Office, door: Door) -> None:
    secret = invitation(office, Role.EDITOR, "mona@example.com")
    assert door.join(secret, "charlie@example.com").status_code == 303
    with office.database.sessions() as session:
        assert [staff.email for staff in session.scalars(select(Staff))] == ["mona@example.com"]
    bob = Door(office)
    hire(office, Role.ANALYST, has_app=False)
    bob.open(invitation(office, Role.EDITOR, "charlie@example.com"))
    bob.sign_in()
    assert bob.post("/backoffice/join/here").status_code == 403


def test_what_is_wrong_in_the_form_is_told_beside_its_field_and_what_was_typed_is_kept(office: Office,
                                                                                      door: Door) -> None:
    hire(office, Role.ANALYST, name="taken")
    door.open(invitation(office))
    for form, told in (({"email": "nobody", "name": "Bob", "password": PASSWORD}, "no e-mail address"),
                       ({"email": "b@example.com", "name": " ", "password": PASSWORD}, "1 to 80"),
                       ({"email": "b@example.com", "name": "Bob", "password": "short"}, "10 to 128"),
                       ({"email": "b@example.com", "name": "Bob", "password": "1234567890"}, "among the first"),
                       ({"email": "taken@example.com", "name": "Bob", "password": PASSWORD}, "an account with"),
                       ({"email": "b@example.com", "name": "B" * 9_000, "password": "\x00" * 9_000}, "1 to 80")):
        answer = door.post("/backoffice/join", form)
        page = answer.get_data(as_text=True)
        assert (answer.status_code, told in page) == (422, True), form
        assert f'value="{form["email"]}"' in page
        assert PASSWORD not in page


def test_two_at_once_with_one_invitation_make_one_account(database: Database, race: Race) -> None:
    with database.sessions() as session:
        with transaction(session):
            brand_id = brand_named(session, "Zapp & Co", NOON)
        _, secret = invite(session, brand_id, Role.OWNER, None, NOON)
    names = iter(range(100))

    def take(session: Session) -> bool:
        try:
            make_account(session, hash_of(secret), f"{next(names)}@example.com", "Bob", "hash", "en", NOON)
        except Problem:
            return False
        return True

    assert sum(race(take, players=6)) == 1
    with database.sessions() as session:
        assert len(session.scalars(select(Staff)).all()) == 1


@pytest.mark.parametrize("clears", [False, True])
def test_a_new_password_by_a_link_ends_every_visit_and_the_second_step_if_it_says_so(office: Office, door: Door, *,
                                                                                    clears: bool) -> None:
    staff_id = door.sign_in_wholly("bob", Role.OWNER)
    with office.database.sessions() as session:
        with transaction(session):
            session.add(Passkey(id="key", staff_id=staff_id, name="Laptop", public_key=b"", sign_count=0, made_at=NOON))
        _, secret = reset(session, staff_id, None, office.clock(), clears_factor=clears)
    other = Door(office)
    assert other.open(secret).get_json() == {"to": "/backoffice/new-password"}
    assert other.post("/backoffice/new-password", {"password": "short"}).status_code == 422
    assert other.post("/backoffice/new-password", {"password": "another foam dart"}).status_code == 303
    assert not door.is_in()
    assert other.sign_in().status_code == 422
    answer = other.sign_in(password="another foam dart")
    assert answer.headers["Location"] == ("/backoffice/" if clears else "/backoffice/prove")
    office.clock.advance(minutes=1)
    if not clears:
        assert other.prove(digits(office, staff_id)).status_code == 303


def test_an_invitation_chooses_no_password_and_a_way_back_makes_no_account(office: Office, door: Door) -> None:
    door.open(invitation(office))
    assert door.post("/backoffice/new-password", {"password": PASSWORD}).status_code == 410
    staff_id = hire(office, Role.OWNER)
    with office.database.sessions() as session:
        _, secret = reset(session, staff_id, None, office.clock())
    door.open(secret)
    form = {"email": "b@example.com", "name": "B", "password": PASSWORD}
    assert door.post("/backoffice/join", form).status_code == 410


def test_an_older_way_back_in_ends_with_a_newer_one_and_with_its_day(office: Office, door: Door) -> None:
    staff_id = hire(office, Role.OWNER)
    with office.database.sessions() as session:
        _, older = reset(session, staff_id, None, office.clock())
        _, newer = reset(session, staff_id, None, office.clock())
    assert door.open(older).status_code == 410
    assert door.open(newer).status_code == 200
    office.clock.advance(days=1)
    assert door.open(newer).status_code == 410


@pytest.mark.parametrize("body", [{}, {"secret": 7}, {"secret": "x" * 5_000}, {"secret": "\x00"}])
def test_what_is_no_secret_opens_nothing(door: Door, body: dict[str, object]) -> None:
    assert door.call("link", body).status_code in (400, 410, 413)
