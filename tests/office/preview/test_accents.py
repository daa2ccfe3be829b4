"""The preview works an accent out in the page; the server does for players. Both come to the same."""

import json
import random
import subprocess
from dataclasses import replace

from server.campaigns.accents import accents_css
from server.campaigns.theme import FOLDER, HOUSE, read_theme_file
from tests.rig.node import find_node

SCRIPT = """
import { accents } from './static/game/preview/accents.js';
const asked = JSON.parse(process.argv[1]);
console.log(JSON.stringify(asked.map((accent) => accents({ accent, blaster: '#2f8fff' }))));
"""
CORNERS = ["#000000", "#ffffff", "#ff8a1f", "#777777", "#ffff00", "#0000ff", "#767676"]


def in_javascript(colours: list[str]) -> list[dict[str, str]]:
    run = subprocess.run([find_node(), "--input-type=module", "--eval", SCRIPT, json.dumps(colours)],
                         cwd=FOLDER.parent, capture_output=True, text=True, check=True)
    found: list[dict[str, str]] = json.loads(run.stdout)
    return found


def on_the_server(accent: str) -> dict[str, str]:
    theme = read_theme_file(HOUSE)
    css = accents_css(replace(theme, palette=replace(theme.palette, accent=accent, blaster="#2f8fff")))
    properties = css.removeprefix(":root{").rstrip("\n").removesuffix("}").split(";")
    return dict(one.split(":") for one in properties)


def test_any_accent_comes_to_the_same_in_the_page_and_on_the_server() -> None:
    chance = random.Random(6)
    colours = CORNERS + [f"#{chance.randrange(1 << 24):06x}" for _ in range(300)]
    for colour, drawn in zip(colours, in_javascript(colours), strict=True):
        assert drawn == on_the_server(colour), colour
