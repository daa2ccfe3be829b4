"""axe-core on a page that stands still: what it holds against the page, in a form that a failure can show."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target, failureSummary }) =>
    `${target.join(' ')}: ${failureSummary.split('\\n')[1] ?? ''}`) }));
}"""
SETTLED = """() => new Promise((done) => {
  const look = () => document.getAnimations().some((one) => one.playState === 'running'
    && one.effect.getTiming().iterations !== Infinity) ? requestAnimationFrame(look) : done();
  requestAnimationFrame(look);
})"""


def violations(page: Page) -> list[str]:
    """One line for each rule that the page breaks, with the places where."""
    page.evaluate(SETTLED)  # a colour half-way through a transition is nobody's colour
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{one['id']} ({one['help']}): {'; '.join(one['at'])}" for one in found]
