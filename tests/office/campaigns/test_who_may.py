"""Who may do what in the studio: the brand's own, by their role; another brand's staff find nothing."""

import pytest

from server.backoffice.rights import RIGHTS, Right, Role
from server.campaigns.campaign import CampaignState, find_campaign
from tests.office.campaigns.forms import HOME, STEPS, make, open_step
from tests.office.cast import Office

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # test_studio.py meets both
PAGES = ("", *(f"/{step}" for step in STEPS), "/check", "/versions", "/versions/1.toml")
DEEDS = (*(f"/{step}" for step in STEPS), "/publish", "/accept", "/turn/end", "/copy", "/archive", "/unarchive",
         "/versions/1/restore")


def test_charlie_finds_nothing_of_another_brand(office: Office) -> None:
    bob, charlie = office.sign_in(Role.OWNER), office.charlie()
    slug = make(bob)
    acts = len(office.acts())
    for path in PAGES:
        assert charlie.get(f"{HOME}/{slug}{path}").status_code == 404, path
    for path in DEEDS:
        assert charlie.post(f"{HOME}/{slug}{path}", {"confirmation": slug, "reason": "legal"}).status_code == 404, path
    assert slug not in charlie.get(HOME).get_data(as_text=True)
    assert len(office.acts()) == acts
    with office.database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        assert (campaign.state, campaign.archived_at) == (CampaignState.DRAFT, None)


def test_each_role_looks_and_only_who_may_edit_changes(office: Office) -> None:
    slug = make(office.sign_in(Role.OWNER, name="mona"))
    for role in Role:
        bob = office.sign_in(role, name=role.value)
        may_edit = Right.EDIT in RIGHTS[role]
        for step in (*STEPS, "check", "versions"):
            page = bob.get(f"{HOME}/{slug}/{step}")
            assert page.status_code == 200, (role, step)
            if step in STEPS:
                assert ("Save and go on" in page.get_data(as_text=True)) == may_edit, (role, step)
        if not may_edit:
            fields = open_step(bob, slug, "theme")
            assert bob.post(f"{HOME}/{slug}/theme", fields).status_code == 403
            assert bob.post(f"{HOME}/{slug}/publish", {"confirmation": slug}).status_code == 403
            assert bob.get(f"{HOME}/new").status_code == 403


def test_the_list_says_what_each_campaign_is_and_finds_it(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    make(bob, "Zapp the boss")
    page = bob.get(HOME).get_data(as_text=True)
    assert "Zapp the boss" in page
    assert "Europe/Paris" in page
    assert "change it" in page
    drafts = bob.get(f"{HOME}?view=draft").get_data(as_text=True)
    assert ("Zapp the boss" in drafts, "Hit the boss!" in drafts) == (True, False)
    found = bob.get(f"{HOME}?q=hit").get_data(as_text=True)
    assert ("Zapp the boss" in found, "Hit the boss!" in found) == (False, True)
    assert "No campaign like this" in bob.get(f"{HOME}?q=zebra").get_data(as_text=True)
    bob.post(f"{HOME}/zapp-the-boss/archive")
    assert "Zapp the boss" not in bob.get(HOME).get_data(as_text=True)
    assert "Zapp the boss" in bob.get(f"{HOME}?view=archived").get_data(as_text=True)
