"""After publishing: what may still change, the turns with their reasons, copies, the archive, and older versions."""

import pytest

from server.backoffice.rights import Role
from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from tests.office.campaigns.forms import HOME, change, faults, make, open_step, publish
from tests.office.cast import Office

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # test_studio.py meets both


def state_of(office: Office, slug: str) -> Campaign:
    with office.database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        return campaign


def test_publishing_asks_for_the_slug_and_for_what_is_wrong_to_be_mended(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob)
    assert bob.post(f"{HOME}/{slug}/publish", {"confirmation": "zap"}).status_code == 422
    assert change(bob, slug, "dates", {"limits.liability_limit_cents": "1"})[0] == 303
    page = bob.get(f"{HOME}/{slug}/check").get_data(as_text=True)
    assert "but the limit is €1.00" in page
    assert f'href="{HOME}/{slug}/dates#limits.liability_limit_cents"' in page
    assert bob.post(f"{HOME}/{slug}/publish", {"confirmation": slug}).status_code == 422
    assert state_of(office, slug).state == CampaignState.DRAFT
    assert bob.post(f"{HOME}/{slug}/accept").status_code == 303
    publish(bob, slug)
    assert state_of(office, slug).state == CampaignState.PUBLISHED


def test_after_publishing_looks_words_and_sites_change_and_promises_do_not(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob)
    prizes, dates = open_step(bob, slug, "prizes"), open_step(bob, slug, "dates")
    publish(bob, slug)
    assert change(bob, slug, "theme", {"theme.boss.name": "Madame Zapp"}) == (303, {})
    assert change(bob, slug, "texts", {"titles.en": "Zapp him"}) == (303, {})
    assert change(bob, slug, "texts", {"titles.fr": "Zappez"})[0] == 422
    assert change(bob, slug, "dates", {"framed_by": "www.zapp.example/", "comments": "off"}) == (303, {})
    bob.post(f"{HOME}/{slug}/prizes", prizes | {"prizes.cap.units": "1"})
    bob.post(f"{HOME}/{slug}/dates", dates | {"closes": "2030-01-01T00:00", "limits.rounds_per_day": "1"})
    campaign = state_of(office, slug)
    assert campaign.titles == {"en": "Zapp him"}
    assert (campaign.framed_by, campaign.rounds_per_day) == (["https://www.zapp.example"], 10)
    assert open_step(bob, slug, "prizes")["prizes.cap.units"] == "400"


def test_a_public_campaign_is_not_archived_and_an_archived_one_is_not_published(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    slug = make(bob)
    assert bob.post(f"{HOME}/{slug}/archive").status_code == 303
    assert bob.post(f"{HOME}/{slug}/publish", {"confirmation": slug}).status_code == 422
    assert bob.post(f"{HOME}/{slug}/unarchive").status_code == 303
    publish(bob, slug)
    assert bob.post(f"{HOME}/{slug}/archive").status_code == 403
    assert state_of(office, slug).archived_at is None


def test_a_copy_of_the_demo_is_a_draft_with_all_of_its_prizes(office: Office) -> None:
    bob = office.sign_in(Role.OWNER)
    copied = bob.post(f"{HOME}/boss/copy")
    assert copied.headers["Location"] == f"{HOME}/boss-2/dates"
    assert state_of(office, "boss-2").state == CampaignState.DRAFT
    assert len(open_step(bob, "boss-2", "prizes")["prizes"].split(",")) == 5


def test_an_act_tells_numbers_before_and_after_and_of_words_only_that_they_changed(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob)
    change(bob, slug, "prizes", {"prizes.cap.units": "300", "prizes.cap.names.en": "Cap of the boss"})
    act = next(act for act in office.acts() if act.word == "studio.save_prizes")
    assert act.before == {"prizes.cap.units": 400, "prizes.cap.names.en": "changed"}
    assert act.after == {"prizes.cap.units": 300, "prizes.cap.names.en": "changed"}


def test_a_prize_is_added_and_another_removed(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob, template="toys")
    card = {"names.en": "Zapp mug", "kind": "parcel", "value_cents": "8", "units": "20", "plan": "half", "ladder": "",
            "places": "1–3", "per_player": "1", "currency": "EUR"}
    added = {f"prizes.new-0.{name}": text for name, text in card.items()}
    assert change(bob, slug, "prizes", added | {"prizes": "foam-darts,well-done,new-0"}) == (303, {})
    fields = open_step(bob, slug, "prizes")
    assert fields["prizes"] == "foam-darts,well-done,zapp-mug"
    assert (fields["prizes.zapp-mug.plan"], fields["prizes.zapp-mug.places"]) == ("half", "1–3")
    assert "prizes.cap.units" not in fields


def test_the_release_plan_moves_along_with_the_window(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob, template="toys")
    assert change(bob, slug, "dates", {"opens": "2027-02-01T10:00", "closes": "2027-03-15T10:00"}) == (303, {})
    assert change(bob, slug, "prizes", {"prizes.cap.plan": "weekly", "prizes.foam-darts.plan": "half"})[0] == 303
    assert change(bob, slug, "dates", {"opens": "2027-03-01T10:00", "closes": "2027-03-29T10:00"}) == (303, {})
    fields = open_step(bob, slug, "prizes")
    assert (fields["prizes.cap.plan"], fields["prizes.foam-darts.plan"]) == ("weekly", "half")


def test_who_lets_a_prize_be_won_at_once_gets_the_gifts_that_it_takes(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob, template="toys")
    assert change(bob, slug, "prizes", {"prizes.cap.ladder": "", "prizes.cap.instant": "yes"}) == (303, {})
    assert open_step(bob, slug, "prizes")["rules.gift_waves"] == "3,5,7"


def test_a_ready_theme_dresses_the_campaign_with_one_click(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob, template="toys")
    assert change(bob, slug, "theme", {"ready": "arcade"}) == (303, {})
    assert open_step(bob, slug, "theme")["theme.boss.name"] == "Mister Pixel"


def test_the_studio_speaks_french(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    slug = make(bob, template="toys")
    page = bob.get(f"{HOME}/{slug}/dates?lang=fr").get_data(as_text=True)
    assert "Quand elle est ouverte" in page
    answer = bob.post(f"{HOME}/{slug}/prizes?lang=fr", open_step(bob, slug, "prizes") | {"prizes.cap.units": "x"})
    assert "nombre entier de 0 à" in faults(answer.get_data(as_text=True))["prizes.cap.units"]
