"""Staff take a campaign's practice away as one file; what they asked for is noted."""

import pytest

from server.backoffice.rights import Role
from tests.office.cast import Office

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # nothing is stored but the act
PAGE = "/backoffice/campaigns/boss/playable"
WANTED = {"language": "fr", "source": "tiktok", "mraid": ""}


def test_an_editor_takes_the_file_away_and_the_act_says_which(office: Office) -> None:
    office.draft_again()
    bob = office.sign_in(Role.EDITOR)
    assert 'value="fr"' in bob.get(PAGE).text
    answer = bob.post(PAGE, WANTED)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="boss-fr-tiktok.html"'
    assert "utm_source=tiktok" in answer.text
    assert '<html lang="fr">' in answer.text
    [act] = [act for act in office.acts() if act.word == "studio.make_playable"]
    assert act.after is not None
    assert act.after | {"sha256": ""} == {"language": "fr", "source": "tiktok", "mraid": False, "sha256": ""}
    assert act.subject_kind == "campaign"


@pytest.mark.parametrize("odd", [{"language": "xx"}, {"language": ""}, {"source": "a&b=c"}, {"source": "x" * 33},
                                 {"source": "a\r\nSet-Cookie: a=b"}])
def test_what_cannot_be_made_is_told_beside_its_field(office: Office, odd: dict[str, str]) -> None:
    office.draft_again()
    answer = office.sign_in(Role.EDITOR).post(PAGE, WANTED | odd)
    assert answer.status_code == 422
    assert f'id="{next(iter(odd))}-fault"' in answer.text
    assert [act for act in office.acts() if act.word == "studio.make_playable"] == []


def test_charlie_sees_nothing_of_it_and_an_analyst_makes_none(office: Office) -> None:
    office.draft_again()
    charlie = office.charlie()
    assert charlie.get(PAGE).status_code == charlie.post(PAGE, WANTED).status_code == 404
    analyst = office.sign_in(Role.ANALYST, name="ann")
    assert "<button class=\"btn btn-primary\" type=\"submit\">" not in analyst.get(PAGE).text
    assert analyst.post(PAGE, WANTED).status_code == 403
