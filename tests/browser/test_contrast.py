"""What is read over the picture is legible on any picture: axe-core cannot judge it, so it is reckoned here (WCAG 2.2).

Each text's own ground is blended over black and over white, and no scene is darker or lighter than these.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_coming_back import AWARD, OUTCOME, come_back
from tests.rig.axe import SETTLED
from tests.rig.served import Served

ENOUGH = 4.5
ENOUGH_FOR_LARGE = 3.0
Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
TEXTS = ["#hud-score", "#hud-time", ".clock.late .value", "#hud-gust", "#hud-magazine b", "#banner span", "#bubble",
         "#tutor-words", *(f'.times[data-step="{step}"]' for step in range(1, 6))]  # fmt: skip
GROUNDS = """([selector, place, time]) => {
  Object.assign(document.body.dataset, { place, time });
  const styles = [], one = document.querySelector(selector);
  for (let at = one; at.id !== 'theatre'; at = at.parentElement) styles.push(getComputedStyle(at));
  return { ink: styles[0].color, grounds: styles.map((style) => style.backgroundColor) };
}"""
SHADED = """() => [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility()
  && getComputedStyle(one).backgroundImage.includes('gradient(')
  && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).map((one) => {
    const { color, backgroundImage, fontSize, fontWeight } = getComputedStyle(one);
    const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    return { is: `${one.textContent} (${one.className})`, ink: color, shades: backgroundImage, isLarge };
  })"""
LAY_OUT = """() => {
  document.querySelector('#banner').innerHTML = '<strong>3</strong><span>Ready?</span>';
  const times = document.getElementById('hud-times'), clock = document.getElementById('hud-clock');
  for (const step of [1, 2, 3, 4, 5]) times.after(Object.assign(times.cloneNode(true), { id: '' }));
  document.querySelectorAll('.times').forEach((one, step) => { one.dataset.step = step; });
  const late = clock.cloneNode(true);
  late.classList.add('late');
  clock.after(late);
}"""


def parse(colour: str) -> tuple[Colour, float]:
    """A computed colour and its alpha."""
    red, green, blue, *alpha = (float(number) for number in re.findall(r"[\d.]+", colour))
    return (red, green, blue), alpha[0] if alpha else 1.0


def blend(grounds: list[str], under: Colour) -> Colour:
    """What shows of the grounds, the innermost first, over what is under them."""
    for ground in reversed(grounds):
        (red, green, blue), alpha = parse(ground)
        under = (under[0] + (red - under[0]) * alpha, under[1] + (green - under[1]) * alpha,
                 under[2] + (blue - under[2]) * alpha)
    return under


def luminance(colour: Colour) -> float:
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_reckoning_is_that_of_the_guideline() -> None:
    assert contrast(BLACK, WHITE) == 21
    assert round(contrast((119, 119, 119), WHITE), 2) == 4.48  # #777, the well-known near miss
    assert blend(["rgba(0, 0, 0, 0.5)", "rgba(0, 0, 0, 0)"], WHITE) == (127.5, 127.5, 127.5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_hangs_over_the_field_is_legible_in_every_place_at_every_time(
        demo: Served, page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()
    page.evaluate(LAY_OUT)
    page.evaluate(SETTLED)
    found = {(selector, place, time): page.evaluate(GROUNDS, [selector, place, time]) for selector in TEXTS
             for place in ("park", "town", "city") for time in ("day", "evening", "night")}
    worst = {where: min(contrast(parse(said["ink"])[0], blend(said["grounds"], under)) for under in (BLACK, WHITE))
             for where, said in found.items()}
    assert {where: round(ratio, 2) for where, ratio in worst.items() if ratio < ENOUGH} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_read_on_a_shaded_ground_is_legible_on_each_of_its_shades(
        demo: Served, page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    come_back(page, demo, {**OUTCOME, "awards": [AWARD]}, left="round")
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    page.evaluate(SETTLED)
    found = page.evaluate(SHADED)
    worst = {said["is"]: min(contrast(parse(said["ink"])[0], parse(shade)[0])
                             for shade in re.findall(r"rgba?\([^)]*\)", said["shades"])) for said in found}
    assert {"Play again (button small)", "Claim my prize (button small)"} <= worst.keys()
    enough = {said["is"]: ENOUGH_FOR_LARGE if said["isLarge"] else ENOUGH for said in found}
    assert {name: round(ratio, 2) for name, ratio in worst.items() if ratio < enough[name]} == {}
