"""Beside the studio's form the real game changes while one types; a picture is cut there and saved."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, ViewportSize, expect

from server.backoffice.rights import Role
from server.campaigns.campaign import CampaignState, find_campaign
from server.db import transaction
from tests.browser.conftest import Troubles
from tests.rig.app import add_campaign
from tests.rig.databases import opened
from tests.rig.served import Served
from tests.rig.staff_visit import sign_in

DESKTOP = ViewportSize(width=1440, height=1000)


@pytest.fixture
def draft(demo: Served) -> Iterator[str]:
    """The slug of a draft of the demo's brand."""
    with opened(demo.database_url) as database:
        yield add_campaign(database, "preview-me", state=CampaignState.DRAFT, titles={"en": "Zapp!", "fr": "Zappe !"})
        with database.sessions() as session, transaction(session):
            session.delete(find_campaign(session, "preview-me"))


def photo() -> bytes:
    drawn = BytesIO()
    picture = Image.new("RGB", (600, 800), "#7fb3e6")
    ImageDraw.Draw(picture).ellipse((150, 100, 450, 500), fill="#e9b48a")
    picture.save(drawn, "JPEG")
    return drawn.getvalue()


def logo_of(demo: Served, slug: str) -> str | None:
    with opened(demo.database_url) as database, database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        return campaign.read_theme().logo


def test_typing_changes_the_framed_game_and_a_picture_is_cut_and_saved(
        demo: Served, page: Page, troubles: Troubles, draft: str, tmp_path: Path) -> None:
    sign_in(demo, page, Role.EDITOR, "bob")
    page.set_viewport_size(DESKTOP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    game = page.frame_locator("[data-preview] iframe")
    page.goto(f"{demo.url}/backoffice/campaigns/{draft}/texts")
    expect(page.locator("[data-preview]")).to_have_attribute("data-state", "ready")
    page.locator("[id='theme.texts.en.start.title']").fill("Bonk the boss!")
    expect(game.locator("#start > h1")).to_have_text("Bonk the boss!")
    page.locator("[id='titles.en']").fill("Zapp away")
    expect(game.locator("#start .eyebrow")).to_have_text("Zapp away")
    game.locator("#play").click()
    expect(game.locator("body")).to_have_attribute("data-state", "playing")
    assert not [address for address in asked if "/api/v1/" in address]  # a round runs, and nobody was asked for it
    page.goto(f"{demo.url}/backoffice/campaigns/{draft}/theme")
    expect(page.locator("[data-preview]")).to_have_attribute("data-state", "ready")
    page.locator("[id='theme.scene.time']").select_option("night")
    expect(game.locator("body")).to_have_attribute("data-time", "night")
    expect(game.locator("body")).to_have_attribute("data-worn", "1")
    (tmp_path / "logo.jpg").write_bytes(photo())
    page.locator("#picture-logo").set_input_files(tmp_path / "logo.jpg")
    expect(page.locator("canvas.office-crop-field")).to_be_focused()
    page.keyboard.press("+")
    page.keyboard.press("ArrowDown")
    page.locator("[data-crop-keep]").click()
    kept = page.locator("[data-picture-id][name='theme.logo']")
    expect(kept).not_to_have_value("")
    assert kept.input_value() == logo_of(demo, draft)
    expect(game.locator(".brand img")).to_have_attribute("src", f"/pictures/{logo_of(demo, draft)}")
    assert troubles.but_left == []
