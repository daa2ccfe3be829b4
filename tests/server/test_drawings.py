"""What the server draws is what the game draws, for every theme; and no look can bring in markup of its own."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from server.drawings import HOUSE_LOOK, STYLES, draw, look_of, mix, stage_of
from tests.rig.node import find_node

ROOT = Path(__file__).resolve().parents[2]
THEMES = sorted((ROOT / "themes").glob("*.json"))
ODD = {"palette": {"can": "red", "accent": "#FF0080"}, "boss": {"hairstyle": "mohawk", "glasses": "square"},
       "scene": "day"}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.stem)
def test_the_server_draws_a_theme_as_the_game_does(theme: Path) -> None:
    _assert_twins(theme)


def test_what_a_theme_says_oddly_falls_back_the_same_way_on_both_sides(tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text(json.dumps(ODD))
    _assert_twins(odd)


def _assert_twins(theme: Path) -> None:
    words = [find_node(), "tests/game/first_picture.js", str(theme)]
    told = json.loads(subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout)
    look = look_of(json.loads(theme.read_text("utf-8")))
    assert {name: draw(name, look) for name in told} == told


def test_a_look_has_the_house_s_values_where_the_theme_is_silent_or_odd() -> None:
    look = look_of(ODD)
    assert (look["accent"], look["can"]) == ("#ff0080", HOUSE_LOOK["can"])
    assert (look["glasses"], look["hairstyle"], look["time"]) == ("square", STYLES["hairstyle"][0], "day")


def test_only_the_address_of_a_stored_picture_gets_into_a_look() -> None:
    assert look_of({"boss": {"picture": "ab" * 32}})["picture"] == "/pictures/" + "ab" * 32
    assert look_of({"boss": {"picture": '"><script>'}})["picture"] == ""


def test_a_colour_that_is_none_is_refused_by_its_words() -> None:
    with pytest.raises(ValueError, match="'url\\(evil\\)' is no colour"):
        draw("cast", HOUSE_LOOK | {"skin": "url(evil)"})


@pytest.mark.parametrize("name", ["scene", "cast", "boss", "boss-lost"])
def test_nothing_of_a_recipe_is_left_in_a_drawing(name: str) -> None:
    assert not set(draw(name, HOUSE_LOOK)) & set("[]{}|")


def test_colours_mix_by_halves_upwards() -> None:
    assert (mix("#000000", "#ffffff", 0.5), mix("#102030", "#405060", 0)) == ("#808080", "#102030")


def test_a_page_without_a_theme_has_the_house_s_stage() -> None:
    stage = stage_of({})
    assert (stage.place, stage.time, stage.shape) == ("hills", "day", "round")
    assert stage.drawn.startswith('<svg class="layer far"')
    assert stage.mark == "/static/icons/popshot.svg"


def test_a_brand_s_logo_is_its_mark_on_the_page() -> None:
    assert stage_of({"logo": "ab" * 32}).mark == "/pictures/" + "ab" * 32


def test_every_ready_theme_gives_a_whole_look_of_its_own() -> None:
    looks = [look_of(json.loads(theme.read_text("utf-8"))) for theme in THEMES]
    assert len(looks) == 3
    for name in ("accent", "suit", "hairstyle", "neckwear", "canSkin", "balloonSkin", "duckSkin", "place", "time"):
        assert len({look[name] for look in looks}) == 3, f"two brands share their {name}"


@pytest.mark.parametrize("place", STYLES["place"])
@pytest.mark.parametrize("time", STYLES["time"])
def test_every_place_is_drawn_at_every_hour(place: str, time: str) -> None:
    drawn = draw("scene", HOUSE_LOOK | {"place": place, "time": time})
    others = [draw("scene", HOUSE_LOOK | {"place": place, "time": other}) for other in STYLES["time"] if other != time]
    assert len(drawn) > 5_000
    assert drawn not in others
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))


def test_a_picture_takes_the_place_of_the_drawn_face() -> None:
    boss = draw("boss", HOUSE_LOOK | {"picture": "/pictures/1"})
    assert '<image href="/pictures/1"' in boss
    assert "url(#boss-hair)" not in boss
