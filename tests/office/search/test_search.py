"""One box finds by id, by its beginning, by name; what is another's it does not find."""

import re

import pytest

from server.backoffice.rights import Role
from tests.office.cast import Office, StaffClient
from tests.office.home.played import put_awards, put_rounds
from tests.rig.app import add_campaign
from tests.rig.clock import NOON
from tests.rig.desk import Said, put_comments

PAGE, BOX = "/backoffice/search", "/backoffice/search/box"


@pytest.fixture
def summer(office: Office) -> str:
    return add_campaign(office.database, "summer-2026", titles={"en": "Garden days", "fr": "Jours au jardin"})


def found(client: StaffClient, asked: str, address: str = BOX) -> list[str]:
    """The addresses that a search leads to."""
    answer = client.get(address, query_string={"q": asked})
    assert answer.status_code == 200
    return re.findall(r'class="search-hit" href="([^"]+)"', answer.text)


@pytest.mark.parametrize("asked", ["summer", "SUMMER-2026", "garden d", "Days", "jours"])
def test_a_campaign_is_found_by_slug_and_title(office: Office, summer: str, asked: str) -> None:
    assert found(office.sign_in(Role.EDITOR), asked) == ["/backoffice/campaigns/summer-2026"]


def test_awards_and_prizes_are_found_by_id_and_name(office: Office, summer: str) -> None:
    [award_id] = put_awards(office.database, summer, NOON)
    bob = office.sign_in(Role.STOCK_KEEPER)
    for asked in (award_id, award_id[:6], award_id[:4].upper(), f"  {award_id} "):
        assert f"/backoffice/winners/{award_id}" in found(bob, asked)
    [address] = found(bob, "garden bl")
    assert address.startswith("/backoffice/stock/")
    assert address in found(bob, address.rpartition("/")[2][:8])
    assert found(bob, award_id[:3]) == []


def test_rounds_and_comments_are_found_by_id_comments_by_moderators(office: Office, summer: str) -> None:
    [round_id] = put_rounds(office.database, summer, NOON)
    [comment_id] = put_comments(office.database, [Said("<b>what a foam</b>")], NOON, summer)
    mona = office.sign_in(Role.MODERATOR, name="mona")
    assert found(mona, round_id[:7]) == [f"/backoffice/rounds/{round_id}"]
    assert found(mona, comment_id) == [f"/backoffice/moderation?q={comment_id}"]
    assert "<b>what" not in mona.get(BOX, query_string={"q": comment_id}).text
    editor = office.sign_in(Role.EDITOR)
    assert (found(editor, round_id), found(editor, comment_id)) == ([f"/backoffice/rounds/{round_id}"], [])


def test_an_alias_leads_to_what_its_player_left(office: Office, summer: str) -> None:
    put_awards(office.database, summer, NOON)
    mona, bob = office.sign_in(Role.MODERATOR, name="mona"), office.sign_in(Role.EDITOR)
    winners = "/backoffice/winners?q=Sunny%20Otter%20482"
    for asked in ("sunny ott", "Sunny Otter 482", "SUN"):
        assert found(bob, asked)[0] == winners
        assert found(bob, asked)[1].startswith("/backoffice/rounds/")
    assert [address.partition("?")[0] for address in found(mona, "sunny otter")] == [
        "/backoffice/winners", found(bob, "sunny otter")[1]]
    assert found(mona, "unny") == []


def test_another_brands_owner_finds_nothing(office: Office, summer: str) -> None:
    [award_id], [round_id] = put_awards(office.database, summer, NOON), put_rounds(office.database, summer, NOON)
    [comment_id] = put_comments(office.database, [Said("foam")], NOON, summer)
    charlie = office.charlie()
    for asked in ("summer", "Garden", award_id, award_id[:5], round_id, comment_id, "Sunny Otter"):
        for address in (BOX, PAGE):
            assert found(charlie, asked, address) == [], asked


@pytest.mark.parametrize("asked", ["", " ", "a", "\x00", "%", "_" * 5, "f" * 5_000, "'\";--", "🎯🎯", "0" * 20,
                                   "ﬀﬀﬀ", "g" * 20, "\udcff", "\U0010ffff\U0010ffff\U0010ffff"])
def test_what_means_nothing_finds_nothing_and_breaks_nothing(office: Office, summer: str, asked: str) -> None:
    bob = office.sign_in(Role.OWNER)
    query = asked.encode("utf-8", "surrogatepass")
    for address in (BOX, PAGE):
        assert bob.get(f"{address}?q=" + "".join(f"%{byte:02x}" for byte in query)).status_code == 200


def test_the_page_keeps_what_was_asked_and_says_when_there_is_nothing(office: Office, summer: str) -> None:
    bob = office.sign_in(Role.OWNER)
    page = bob.get(PAGE, query_string={"q": '"><script>nothing'}).text
    assert "Nothing found for" in page
    assert "<script>nothing" not in page
    assert "Rien trouvé" in bob.get(f"{BOX}?lang=fr&q=nothing-there").text
    assert found(bob, "garden days", PAGE) == ["/backoffice/campaigns/summer-2026"]


def test_a_stranger_finds_nothing(office: Office) -> None:
    for address in (BOX, PAGE):
        assert office.app.test_client().get(f"{address}?q=summer").status_code == 303
