"""The staff page: who may come in and as what, for owners of this brand alone, and never a brand without an owner."""

from typing import Any

import pytest
from sqlalchemy import select

from server.backoffice.rights import Role
from server.backoffice.staff.person import Membership, Staff
from tests.office.cast import Office, StaffClient
from tests.office.staff.door import Door, hire, invitation, link_on


def deeds(brand_id: str, staff_id: str, link_id: str = "0" * 20) -> list[tuple[str, dict[str, Any]]]:
    """Every deed of the page, with a form that it takes."""
    of_brand, of_person = f"/backoffice/staff/{brand_id}", f"/backoffice/staff/{brand_id}/people/{staff_id}"
    return [(f"{of_brand}/invites", {"role": "editor"}), (f"{of_brand}/invites/{link_id}/resend", {}),
            (f"{of_brand}/invites/{link_id}/revoke", {}), (f"{of_person}/roles", {"role": "editor"}),
            (f"{of_person}/roles/moderator/remove", {}), (f"{of_person}/suspend", {}), (f"{of_person}/resume", {}),
            (f"{of_person}/reset", {})]


def roles_of(office: Office, staff_id: str) -> set[Role]:
    with office.database.sessions() as session:
        return set(session.scalars(select(Membership.role).where(Membership.staff_id == staff_id)))


def test_the_page_tells_who_which_roles_and_whether_there_is_a_second_step(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    hire(office, Role.MODERATOR, Role.ANALYST, name="mona", has_app=False)
    office.charlie()
    page = bob.get("/backoffice/staff").get_data(as_text=True)
    for told in ("mona@example.com", "Moderator", "Analyst", "Password only", "Second step on", "never signed in"):
        assert told in page
    assert "charlie" not in page


def test_an_owner_invites_renews_and_takes_back(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    at = f"/backoffice/staff/{office.brand_id}/invites"
    page = bob.post(at, {"role": "analyst", "email": "Mona@example.com"})
    secret = link_on(page)
    assert "mona@example.com" in page.get_data(as_text=True)
    link_id = page.get_data(as_text=True).split(f"{at}/")[1].split("/")[0]
    newer = link_on(bob.post(f"{at}/{link_id}/resend"))
    door = Door(office)
    assert door.open(secret).status_code == 410
    assert door.open(newer).status_code == 200
    assert bob.post(f"{at}/{link_id}/revoke").status_code == 303
    assert door.open(newer).status_code == 410
    assert bob.post(f"{at}/{link_id}/revoke").status_code == 410
    told = sorted(act.word for act in office.acts() if act.brand_id == office.brand_id and act.staff_id == bob.id)
    assert told == ["staff.invite", "staff.resend", "staff.revoke"]


def test_what_is_wrong_in_an_invitation_is_told(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    at = f"/backoffice/staff/{office.brand_id}/invites"
    for form in ({"role": "king"}, {"role": "owner", "email": "nobody"}, {}, {"role": "\x00", "email": "x" * 9_000}):
        assert bob.post(at, form).status_code == 422


def test_a_role_is_given_and_taken_away_and_ends_the_persons_visits(office: Office) -> None:
    bob, mona = office.sign_in(Role.OWNER), office.sign_in(Role.MODERATOR, name="mona")
    at = f"/backoffice/staff/{office.brand_id}/people/{mona.id}/roles"
    assert bob.post(at, {"role": "analyst"}).status_code == 303
    assert roles_of(office, mona.id) == {Role.MODERATOR, Role.ANALYST}
    assert mona.get("/backoffice/account").status_code == 200
    assert bob.post(f"{at}/moderator/remove").status_code == 303
    assert roles_of(office, mona.id) == {Role.ANALYST}
    assert mona.get("/backoffice/account").status_code == 303
    assert bob.post(f"{at}/moderator/remove").status_code == 404
    assert bob.post(f"{at}/king/remove").status_code == 400


def test_who_is_suspended_may_do_nothing_for_this_brand_until_let_in_again(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    mona = office.hire(Role.MODERATOR, name="mona")
    at = f"/backoffice/staff/{office.brand_id}/people/{mona}"
    assert bob.post(f"{at}/suspend").status_code == 303
    assert office.visit(mona).get("/backoffice/").status_code == 403
    assert bob.post(f"{at}/roles", {"role": "analyst"}).status_code == 303  # a new role is no way round
    assert office.visit(mona).get("/backoffice/").status_code == 403
    assert bob.post(f"{at}/resume").status_code == 303
    assert office.visit(mona).get("/backoffice/").status_code == 200


def test_the_last_owner_stays(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    at = f"/backoffice/staff/{office.brand_id}/people"
    answer = bob.post(f"{at}/{bob.id}/roles/owner/remove")
    assert (answer.status_code, "at least one owner" in answer.get_data(as_text=True)) == (409, True)
    second = office.sign_in(Role.OWNER, name="second")
    assert second.post(f"{at}/{bob.id}/suspend").status_code == 303
    assert second.post(f"{at}/{second.id}/roles/owner/remove").status_code == 409  # who is suspended owns nothing
    with office.database.sessions() as session:
        assert session.scalars(select(Membership.role).where(Membership.staff_id == second.id)).all() == [Role.OWNER]


def test_nobody_changes_the_own_roles_or_lets_themselves_in_again(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    office.sign_in(Role.OWNER, name="second")
    at = f"/backoffice/staff/{office.brand_id}/people/{bob.id}"
    for path, form in ((f"{at}/roles", {"role": "auditor"}), (f"{at}/suspend", {}), (f"{at}/resume", {})):
        answer = bob.post(path, form)
        assert (answer.status_code, "Another owner" in answer.get_data(as_text=True)) == (403, True), path


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNER])
def test_nobody_but_an_owner_changes_who_may_come_in(office: Office, role: Role) -> None:
    somebody, mona = office.sign_in(role), office.hire(Role.MODERATOR, name="mona")
    assert somebody.get("/backoffice/staff").status_code == 403
    for path, form in deeds(office.brand_id, mona):
        assert somebody.post(path, form).status_code == 403, path
    assert roles_of(office, mona) == {Role.MODERATOR}


def test_charlie_finds_nobody_of_another_brand(office: Office) -> None:
    charlie, mona = office.charlie(), office.hire(Role.MODERATOR, name="mona")
    invitation(office)
    for path, form in deeds(office.brand_id, mona):
        assert charlie.post(path, form).status_code == 404, path
    own = office.brand("Acme")
    for path, form in deeds(own, mona)[1:]:  # the own brand's address, another brand's person and invitation
        assert charlie.post(path, form).status_code == 404, path
    page = charlie.get(f"/backoffice/staff?brand={office.brand_id}").get_data(as_text=True)
    assert "mona" not in page
    assert roles_of(office, mona) == {Role.MODERATOR}


def test_an_owner_hands_a_way_in_only_to_who_works_for_nobody_else(office: Office) -> None:
    bob, mona = office.sign_in(Role.OWNER), office.hire(Role.MODERATOR, name="mona")
    at = f"/backoffice/staff/{office.brand_id}/people/{mona}/reset"
    door = Door(office)
    assert door.open(link_on(bob.post(at, {"clears_factor": "y"}))).status_code == 200
    office.hire(Role.ANALYST, name="mona", brand="Acme")
    assert bob.post(at).status_code == 403


def stale(office: Office) -> StaffClient:
    bob = office.sign_in(Role.OWNER)
    office.clock.advance(minutes=5, seconds=1)
    return bob


def test_what_gives_rights_asks_for_a_fresh_second_step_and_comes_back_to_the_page(office: Office) -> None:
    bob, mona = stale(office), office.hire(Role.MODERATOR, name="mona")
    for path, form in deeds(office.brand_id, mona):
        answer = bob.post(path, form)
        if not path.endswith("/revoke"):
            assert answer.headers["Location"] == "/backoffice/prove?next=/backoffice/staff", path
    assert roles_of(office, mona) == {Role.MODERATOR}
    assert office.acts() == []


def test_a_moderator_without_an_app_is_led_to_one_when_a_fresh_step_is_asked_for(office: Office, door: Door) -> None:
    hire(office, Role.ANALYST, has_app=False)
    door.sign_in()
    answer = door.get("/backoffice/prove?next=/backoffice/winners")
    assert answer.headers["Location"] == "/backoffice/second-factor?next=/backoffice/winners"


def test_a_new_password_ends_the_other_visits_and_a_wrong_old_one_changes_nothing(office: Office, door: Door) -> None:
    hire(office, Role.MODERATOR, has_app=False)
    elsewhere = Door(office)
    for one in (door, elsewhere):
        one.sign_in()
    at, old = "/backoffice/account/password", "a foam dart a day"
    assert door.post(at, {"old": "wrong", "password": "a second foam dart"}).status_code == 422
    assert door.post(at, {"old": old, "password": "short"}).status_code == 422
    assert elsewhere.is_in()
    assert door.post(at, {"old": old, "password": "a second foam dart"}).status_code == 303
    assert door.is_in()
    assert not elsewhere.is_in()
    elsewhere.sign_in(password="a second foam dart")
    assert door.post("/backoffice/account/visits/end").status_code == 303
    assert door.is_in()
    assert not elsewhere.is_in()


def test_name_and_language_are_ones_own(office: Office, door: Door) -> None:
    staff_id = hire(office, Role.MODERATOR, has_app=False)
    door.sign_in()
    assert door.post("/backoffice/account", {"name": "Bob B.", "locale": "fr"}).status_code == 303
    assert "Mon compte" in door.get("/backoffice/account").get_data(as_text=True)
    assert door.post("/backoffice/account", {"name": "", "locale": "xx"}).status_code == 422
    with office.database.sessions() as session:
        assert session.get_one(Staff, staff_id).name == "Bob B."
