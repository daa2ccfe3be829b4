"""From a template to live, over HTTP."""

import re

from server.backoffice.rights import Role
from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from server.campaigns.version import SavedBy, newest_version
from tests.office.campaigns.forms import HOME, change, faults, make, open_step, publish
from tests.office.cast import Office


def state_of(office: Office, slug: str) -> Campaign:
    with office.database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        return campaign


def test_from_a_template_to_live(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR, brand="Zapp Toys")
    assert "Make your first campaign" in bob.get(HOME).get_data(as_text=True)
    assert bob.get(f"{HOME}/new").status_code == 200
    made = bob.post(f"{HOME}/new", {"name": "Zapp the boss", "template": "fair", "timezone": "Europe/Paris"})
    assert (made.status_code, made.headers["Location"]) == (303, f"{HOME}/zapp-the-boss/theme")
    for step in ("theme", "texts", "prizes", "dates"):
        fields = open_step(bob, "zapp-the-boss", step)
        saved = bob.post(f"{HOME}/zapp-the-boss/{step}", fields | {"go": "next"})
        assert saved.status_code == 303, saved.get_data(as_text=True)
    check = bob.get(f"{HOME}/zapp-the-boss/check").get_data(as_text=True)
    assert "Publish and seal" in check
    done = bob.post(f"{HOME}/zapp-the-boss/publish", {"confirmation": "zapp-the-boss"})
    assert done.status_code == 303, done.get_data(as_text=True)
    with office.database.sessions() as session:
        campaign = find_campaign(session, "zapp-the-boss")
        assert campaign is not None
        assert campaign.state == CampaignState.PUBLISHED
        newest = newest_version(session, campaign.id)
        assert newest is not None
        assert newest.number == 1, newest.content  # what was not changed is no version
    assert {act.word for act in office.acts()} == {
        "studio.make", "studio.save_theme", "studio.save_texts", "studio.save_prizes", "studio.save_dates",
        "studio.publish_campaign"}


def test_the_second_of_two_is_shown_the_difference_and_chooses(office: Office) -> None:
    bob, mona = office.sign_in(Role.EDITOR), office.sign_in(Role.EDITOR, name="mona")
    slug = make(bob)
    hers, his = open_step(mona, slug, "theme"), open_step(bob, slug, "theme")
    assert mona.post(f"{HOME}/{slug}/theme", hers | {"theme.boss.name": "Hers", "theme.boss.beard": "full"}
                     ).status_code == 303
    clash = bob.post(f"{HOME}/{slug}/theme", his | {"theme.boss.name": "His", "theme.boss.glasses": "round"})
    page = clash.get_data(as_text=True)
    assert clash.status_code == 409
    assert "mona saved it after you had opened it" in page
    assert set(re.findall(r'type="radio" name="choose\.([a-z.]+)"', page)) == {
        "theme.boss.name", "theme.boss.beard", "theme.boss.glasses"}
    assert re.findall(r'name="choose\.([a-z.]+)" value="(\w+)" required checked', page) == [
        ("theme.boss.beard", "theirs"), ("theme.boss.glasses", "mine")]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page[page.index("clash-form"):]))
    chosen = {"choose.theme.boss.name": "theirs", "choose.theme.boss.beard": "theirs",
              "choose.theme.boss.glasses": "mine"}
    assert bob.post(f"{HOME}/{slug}/theme", hidden | chosen).status_code == 303
    after = open_step(bob, slug, "theme")
    assert (after["theme.boss.name"], after["theme.boss.beard"], after["theme.boss.glasses"]) == (
        "Hers", "full", "round")


def test_a_campaign_is_paused_resumed_and_ended_each_with_a_reason(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    slug = make(bob)
    publish(bob, slug)
    told = bob.post(f"{HOME}/{slug}/turn/pause", {"reason": "because"})
    assert (told.status_code, list(faults(told.get_data(as_text=True)))) == (422, ["reason"])
    assert bob.post(f"{HOME}/{slug}/turn/pause", {"reason": "stock", "why": "Waiting for caps"}).status_code == 303
    assert state_of(office, slug).state == CampaignState.PAUSED
    assert bob.post(f"{HOME}/{slug}/turn/pause", {"reason": "stock"}).status_code == 409
    assert bob.post(f"{HOME}/{slug}/turn/resume", {"reason": "stock"}).status_code == 303
    ended = bob.post(f"{HOME}/{slug}/turn/end", {"reason": "brand", "confirmation": "zap"})
    assert (ended.status_code, list(faults(ended.get_data(as_text=True)))) == (422, ["confirmation"])
    assert bob.post(f"{HOME}/{slug}/turn/end", {"reason": "brand", "confirmation": slug}).status_code == 303
    turns = [act for act in office.acts() if act.word == "studio.make_turn"]
    assert sorted((act.after or {})["state"] for act in turns) == ["ended", "paused", "published"]
    assert {(act.before or {})["state"] for act in turns} == {"published", "paused"}
    assert all(act.subject_id == state_of(office, slug).id for act in turns)


def test_versions_tell_who_changed_what_and_an_older_one_comes_back(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob)
    change(bob, slug, "theme", {"theme.boss.name": "Madame Zapp"})
    change(bob, slug, "prizes", {"prizes.cap.value_cents": "15,50", "prizes.cap.units": "300"})
    page = bob.get(f"{HOME}/{slug}/versions").get_data(as_text=True)
    for told in ("Version 3", "The Boss", "Madame Zapp", "cap: Value", "12.90", "15.50", "bob"):
        assert told in page
    file = bob.get(f"{HOME}/{slug}/versions/1.toml")
    assert 'name = "The Boss"' in file.get_data(as_text=True)
    assert bob.post(f"{HOME}/{slug}/versions/1/restore").status_code == 303
    assert open_step(bob, slug, "theme")["theme.boss.name"] == "The Boss"
    assert open_step(bob, slug, "prizes")["prizes.cap.units"] == "400"
    with office.database.sessions() as session:
        newest = newest_version(session, state_of(office, slug).id)
        assert newest is not None
        assert (newest.number, newest.saved_by) == (4, SavedBy.RESTORE)


def test_what_no_database_holds_is_refused_by_both(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob)
    for step, field in (("theme", "theme.boss.name"), ("texts", "titles.en"), ("prizes", "prizes.cap.names.en"),
                        ("prizes", "prizes.cap.units"), ("dates", "limits.liability_limit_cents"), ("dates", "closes")):
        for odd in ("a\0b", "9" * 31, "9999-12-31T23:59:59.999999"):
            status, told = change(bob, slug, step, {field: odd})
            assert (status, list(told)) == (422, [field]) or odd != "a\0b", (field, odd)
            assert status in (303, 422), (field, odd)
