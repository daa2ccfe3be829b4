"""Every address, walked with every role, with another brand's owner and with a stranger.

Seen to fail: `stock.overview` with `brands_to` left out let everybody in; `campaign_to` asking only whether somebody is
signed in showed Charlie the campaign; a row taken out of a desk's file was missed by name.
"""

import os
from pathlib import Path

from tests.office.matrix import ANYONE, BY_HAND
from tests.office.walls.expect import expected, matrix_page
from tests.office.walls.walk import CHARLIE, STRANGER, Answer, World

PAGE = Path(__file__).parents[3] / "docs" / "office-matrix.md"


def test_every_address_is_in_a_desks_file_and_no_file_names_another(world: World) -> None:
    there = {route.endpoint for route in world.routes()}
    assert sorted(there - world.rows.keys()) == []
    assert sorted(world.rows.keys() - there) == []


def test_everybody_meets_what_their_role_allows(world: World, walked: list[Answer]) -> None:
    met = {f"{answer.route} as {answer.who}": f"{answer.word}, expected {expected(world, answer.route, answer.who)}"
           for answer in walked if expected(world, answer.route, answer.who) not in (answer.word, BY_HAND)}
    assert met == {}


def test_nobody_of_another_brand_is_shown_anything_of_this_one(world: World, walked: list[Answer]) -> None:
    leaks = {}
    for answer in walked:
        if answer.who == CHARLIE or (answer.who == STRANGER and world.row(answer.route).needs not in (ANYONE, BY_HAND)):
            sent = f"{answer.path} {world.body(answer.route)} {world.scene.fill(world.row(answer.route).query)}"
            shown = [secret for secret in world.scene.secrets if secret not in sent
                     and (secret in answer.text or secret in str(answer.headers))]
            if shown:
                leaks[f"{answer.route} as {answer.who}"] = shown
    assert leaks == {}


def test_the_matrix_is_written_down(world: World) -> None:
    page = matrix_page(world)
    if os.environ.get("POPSHOT_MATRIX") == "write":
        PAGE.write_text(page)
    assert PAGE.read_text() == page
