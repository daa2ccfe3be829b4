"""The shell around the desks: who is let in, what each sees of the navigation, and how it says no."""

import pytest

from server.backoffice.page import NAVIGATION
from server.backoffice.rights import RIGHTS, Role
from tests.office.cast import Office

PAGES = [desk.address for desk in NAVIGATION if desk.name != "moderation"]


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_the_sign_in(office: Office, address: str) -> None:
    answer = office.app.test_client().get(address)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/backoffice/sign-in")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_own_desks(office: Office, role: Role) -> None:
    somebody = office.sign_in(role)
    page = somebody.get("/backoffice/").get_data(as_text=True)
    for desk in NAVIGATION:
        assert (f'href="{desk.address}"><span' in page or f'href="{desk.address}" aria-current' in page) == (
            desk.right in RIGHTS[role]), desk.name
        if desk.name != "moderation":
            assert somebody.get(desk.address).status_code == (200 if desk.right in RIGHTS[role] else 403)
