"""axe-core in a page: what it finds wrong for people who cannot see, hear or point."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """() => axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`))"""


def violations(page: Page) -> list[str]:
    """Every rule that the page breaks, with the elements that do."""
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found
