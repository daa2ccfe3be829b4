"""axe-core on a page that stands still: what it holds against the page, in a form that a failure can show.

Colours are looked at by themselves, with the picture put away and what sticks or scrolls laid out: axe-core gives up on
a text as soon as one of its lines has another thing of the page somewhere under it than the next, even where an opaque
card lies between; and a text it gave up on is no violation. So what it gives up on is told as well, but for `EXCUSED`.
"""

from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
EXCUSED = {
    "bgGradient": "a button, a badge: their colours are few, and tests/browser/test_contrast.py reckons them",
    "shortTextContent": "a sign of one character, whose neighbour says it in words",
    "bgImage": "a choice with its arrow, a field with its mark: Tabler paints them into the field, beside the words",
    "nonBmp": "the same, of a character that is no letter",
}
LAID_OUT = {".world *, .hud, .banner, .tutor, .curtain": ["visibility", "hidden"],  # their words: test_contrast
            ".blurred > .text, .quoted.blurred": ["visibility", "hidden"],  # judged where it may be read
            ".result .actions, .studio-save": ["position", "static"], ".waves": ["max-height", "none"]}
RUN = """async ([laidOut, excused, isWhole]) => {
  const each = (act) => Object.entries(laidOut).forEach(([selector, [name, value]]) =>
    document.querySelectorAll(selector).forEach(({ style }) => act(style, name, value)));
  const told = ({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target, failureSummary }) =>
    `${target.join(' ')}: ${failureSummary.split('\\n')[1] ?? ''}`) });
  const colour = 'color-contrast', links = 'link-in-text-block'; // the colours of links among others
  const others = { resultTypes: ['violations'], rules: { [colour]: { enabled: false } } };
  const all = isWhole ? await axe.run(document, others) : null;
  each((style, name, value) => style.setProperty(name, value));
  const { violations, incomplete } = await axe.run(document, { runOnly: isWhole ? [colour] : [colour, links] });
  each((style, name) => style.removeProperty(name));
  const unjudged = incomplete.map((one) => ({ ...one, nodes: one.nodes.filter(({ any }) =>
    !excused.includes(any[0].data?.messageKey)) })).filter(({ nodes }) => nodes.length);
  return [...all?.violations ?? [], ...violations, ...unjudged].map(told);
}"""
SETTLED = """() => new Promise((done) => {
  const look = () => document.getAnimations().some((one) => one.playState === 'running'
    && one.effect.getTiming().iterations !== Infinity) ? requestAnimationFrame(look) : done();
  requestAnimationFrame(look);
})"""


def violations(page: Page, *, is_whole: bool = True) -> list[str]:
    """One line for each rule that the page breaks or that could not be judged, with the places where.

    Not whole: the colours alone, for a page whose other rules were looked at under another scheme.
    """
    page.evaluate(SETTLED)  # a colour half-way through a transition is nobody's colour
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN, [LAID_OUT, list(EXCUSED), is_whole])
    return [f"{one['id']} ({one['help']}): {'; '.join(one['at'])}" for one in found]


NOTHING: dict[str, list[str]] = {"light": [], "dark": []}


def held_against(page: Page) -> dict[str, list[str]]:
    """What axe-core finds on the page as it is now, by scheme of the device; the page is left by day."""
    found: dict[str, list[str]] = {}
    schemes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[scheme] = violations(page, is_whole=scheme == "light")  # but for colours it is the same by night
    return found
