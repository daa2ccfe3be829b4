"""Pictures that staff upload: redrawn and put where they belong, or refused with a sentence, each told as a deed."""

import io
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from prizes.prize import Prize
from server.backoffice.rights import Role
from server.campaigns.campaign import find_campaign
from server.campaigns.picture_prize import picture_prize
from server.campaigns.redraw import MOST_BYTES, redraw
from server.db import Database, transaction
from tests.campaigns.test_redraw import SVG, ZIP, drawn, png_that_claims
from tests.office.cast import Office, StaffClient
from tests.rig.clock import NOON

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # pictures are bytes to every database
HOME = "/backoffice/campaigns/boss"


def send(who: StaffClient, content: bytes, to: str = "pictures/logo", **form: Any) -> TestResponse:
    return who.post(f"{HOME}/{to}", {"picture": (io.BytesIO(content), "logo.png"), **form})


def theme_of(database: Database) -> dict[str, Any]:
    with database.sessions() as session:
        campaign = find_campaign(session, "boss")
        assert campaign is not None
        return campaign.theme


def a_prize(database: Database) -> str:
    with database.sessions() as session:
        return session.scalars(select(Prize.id).order_by(Prize.value_cents)).all()[1]


def photo_of_somewhere() -> bytes:
    """A photo that was held sideways and says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    return drawn("JPEG", (400, 300), exif=exif)


@pytest.mark.usefixtures("draft")
def test_a_logo_and_a_face_go_into_the_theme_and_out_again(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.EDITOR)
    logo = send(bob, photo_of_somewhere(), x=0, y=50, width=300, height=300).get_json()
    assert (logo["width"], logo["height"]) == (256, 256)
    face = send(bob, drawn(), "pictures/boss").get_json()
    assert (theme_of(database)["logo"], theme_of(database)["boss"]["picture"]) == (logo["id"], face["id"])
    kept = bob.get(f"/pictures/{logo['id']}")
    assert kept.mimetype == "image/webp"
    assert b"Exif" not in kept.data
    assert dict(Image.open(io.BytesIO(kept.data)).getexif()) == {}
    assert bob.post(f"{HOME}/pictures/boss/remove").get_json() == {"id": None}
    assert theme_of(database)["boss"]["picture"] is None
    assert theme_of(database)["logo"] == logo["id"]
    told = sorted(((act.word, act.before, act.after) for act in office.acts()), key=str)  # all at one moment
    assert told == [("pictures.place", {"boss": None}, {"boss": face["id"]}),
                    ("pictures.place", {"logo": None}, {"logo": logo["id"]}),
                    ("pictures.remove", {"boss": face["id"]}, {"boss": None})]


def test_a_prize_of_a_draft_gets_its_picture_and_one_of_a_published_campaign_keeps_what_it_has(
        office: Office, database: Database, draft: str) -> None:
    bob, prize_id = office.sign_in(Role.OWNER), a_prize(database)
    to = f"prizes/{prize_id}/picture"
    given = send(bob, drawn(size=(500, 500)), to).get_json()
    with database.sessions() as session, transaction(session):
        assert list(session.get_one(Prize, prize_id).pictures.values()) == [given["id"]]
        campaign = find_campaign(session, draft)
        assert campaign is not None
        campaign.sealed_at = NOON
    with database.sessions() as session:  # as when it was published while the picture was being drawn
        sealed = find_campaign(session, draft)
        assert sealed is not None
        assert not picture_prize(session, sealed, prize_id, redraw(drawn()), NOON)
    refused = send(bob, b"not even looked at", to)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "campaign_sealed")
    assert bob.post(f"{HOME}/{to}/remove").status_code == 409
    assert len(office.acts()) == 1


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(("content", "reason"), [
    (b"", "no_picture"), (drawn()[:-40], "broken_picture"), (SVG, "not_a_picture"),
    (drawn("GIF")[:6] + b"/*" + drawn("GIF")[8:] + b"*/=1;alert(1)", "two_files"), (drawn() + ZIP, "two_files"),
    (png_that_claims(25_000_001, 1), "too_many_pixels"), (png_that_claims(60_000, 60_000), "too_many_pixels"),
    (drawn("TIFF"), "not_a_picture"), (b"<html>", "not_a_picture"),
], ids=["nothing", "cut", "svg", "gif and script", "png and zip", "25 MP + 1", "bomb", "tiff", "html"])  # fmt: skip
def test_what_is_no_picture_is_refused_with_a_sentence(
        office: Office, database: Database, content: bytes, reason: str) -> None:
    before = theme_of(database)
    refused = send(office.sign_in(Role.EDITOR), content)
    told = refused.get_json()
    assert (refused.status_code, told["code"], told["reason"]) == (422, "picture_refused", reason)
    assert told["detail"].endswith(".")
    assert "{" not in told["detail"]
    assert theme_of(database) == before
    assert office.acts() == []


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("content", [drawn("JPEG", mode="CMYK"), drawn(mode="I;16"), drawn("WEBP"), drawn("GIF")],
                         ids=["CMYK", "16 bits", "webp", "gif"])
def test_odd_but_good_pictures_are_taken(office: Office, content: bytes) -> None:
    assert send(office.sign_in(Role.EDITOR), content, "pictures/boss").status_code == 200


@pytest.mark.usefixtures("draft")
def test_too_many_bytes_are_refused_before_they_are_read(office: Office) -> None:
    bob = office.sign_in(Role.EDITOR)
    assert send(bob, drawn() + bytes(MOST_BYTES + 70_000)).status_code == 413
    refused = send(bob, drawn() + bytes(MOST_BYTES))
    assert refused.get_json()["detail"] == "The file is larger than 8 MB, the most."
    assert bob.post(f"{HOME}/nowhere", {"picture": (io.BytesIO(bytes(70_000)), "x")}).status_code == 413


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("crop", [
    {"x": "a", "y": "0", "width": "9", "height": "9"}, {"x": "1"}, {"x": "1", "y": "1", "width": "nan", "height": "1"},
    {"x": "9" * 30, "y": "0", "width": "1", "height": "1"}, {"x": "\x00", "y": "0", "width": "1", "height": "1"},
])  # fmt: skip
def test_an_odd_part_is_refused(office: Office, crop: dict[str, str]) -> None:
    assert send(office.sign_in(Role.EDITOR), drawn(), **crop).status_code == 400


@pytest.mark.usefixtures("draft")
def test_a_form_without_a_file_and_unknown_places_are_refused(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.EDITOR)
    assert bob.post(f"{HOME}/pictures/logo", {"picture": "text"}).status_code == 422
    assert bob.call("POST", f"{HOME}/pictures/logo", {"picture": "text"}).status_code == 422
    for to in ("pictures/prize", "pictures/x%00", f"prizes/{'a' * 900}/picture", "prizes/%00/picture"):
        assert send(bob, drawn(), to).status_code == 404, to
    assert bob.post(f"{HOME}/pictures/prize/remove").status_code == 404


@pytest.mark.usefixtures("draft")
def test_others_may_not_and_charlie_finds_nothing(office: Office, database: Database) -> None:
    alice, charlie, bob = office.sign_in(Role.ANALYST, name="alice"), office.charlie(), office.sign_in(Role.OWNER)
    for to in ("pictures/logo", f"prizes/{a_prize(database)}/picture"):
        assert send(alice, drawn(), to).status_code == 403
        assert send(charlie, drawn(), to).status_code == 404
        assert charlie.post(f"{HOME}/{to}/remove").status_code == 404
        assert send(StaffClient(office.app.test_client(), ""), drawn(), to).status_code == 303  # to the sign-in
        assert bob.client.post(f"{HOME}/{to}").status_code == 403  # no word of where from
    assert office.acts() == []
