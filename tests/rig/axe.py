"""axe-core on a page that stands still: what it holds against the page, in a form that a failure can show.

Colours are looked at by themselves, with the picture put away and what sticks or scrolls laid out: axe-core gives up on
a text as soon as one of its lines has another thing of the page somewhere under it than the next, even where an opaque
card lies between; and a text it gave up on is no violation. So what it gives up on is told as well, but for `EXCUSED`.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
EXCUSED = {
    "bgGradient": "a button, a badge: their colours are few, and tests/browser/test_contrast.py reckons them",
    "shortTextContent": "a sign of one character, whose neighbour says it in words",
    "nonBmp": "the same, of a character that is no letter",
}
LAID_OUT = {".world *, .hud, .banner, .tutor, .curtain": ["visibility", "hidden"],  # their words: test_contrast
            ".blurred > .text, .quoted.blurred": ["visibility", "hidden"],  # judged where it may be read
            ".result .actions": ["position", "static"], ".waves": ["max-height", "none"]}
RUN = """async ([laidOut, excused]) => {
  const each = (act) => Object.entries(laidOut).forEach(([selector, [name, value]]) =>
    document.querySelectorAll(selector).forEach(({ style }) => act(style, name, value)));
  const told = ({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target, failureSummary }) =>
    `${target.join(' ')}: ${failureSummary.split('\\n')[1] ?? ''}`) });
  const colour = 'color-contrast';
  const all = await axe.run(document, { resultTypes: ['violations'], rules: { [colour]: { enabled: false } } });
  each((style, name, value) => style.setProperty(name, value));
  const { violations, incomplete } = await axe.run(document, { runOnly: [colour] });
  each((style, name) => style.removeProperty(name));
  const unjudged = incomplete.map((one) => ({ ...one, nodes: one.nodes.filter(({ any }) =>
    !excused.includes(any[0].data?.messageKey)) })).filter(({ nodes }) => nodes.length);
  return [...all.violations, ...violations, ...unjudged].map(told);
}"""
SETTLED = """() => new Promise((done) => {
  const look = () => document.getAnimations().some((one) => one.playState === 'running'
    && one.effect.getTiming().iterations !== Infinity) ? requestAnimationFrame(look) : done();
  requestAnimationFrame(look);
})"""


def violations(page: Page) -> list[str]:
    """One line for each rule that the page breaks or that could not be judged, with the places where."""
    page.evaluate(SETTLED)  # a colour half-way through a transition is nobody's colour
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN, [LAID_OUT, list(EXCUSED)])
    return [f"{one['id']} ({one['help']}): {'; '.join(one['at'])}" for one in found]
