"""What a place of a page has said, also when it says something else by now."""

from collections.abc import Callable

from playwright.sync_api import Page

LISTEN = """(place) => {
  const at = document.querySelector(place), said = (window.said ??= {})[place] ??= [at.textContent];
  const anything = { childList: true, characterData: true, subtree: true };
  new MutationObserver(() => said.push(at.textContent)).observe(at, anything);
}"""
WAS_SAID = "([place, words]) => window.said[place].some((text) => text.includes(words))"

# A script that was fetched later has come and run.
HAS_COME = """(name) => {
  const found = performance.getEntriesByType('resource').find((one) => one.name.includes(name));
  return found && import(found.name).then(() => true);
}"""
COPIES = "/dist/copy-"


def heard(page: Page, place: str) -> Callable[[str], None]:
    """Listen to a place from now on; what is given waits until some words were said there."""
    page.evaluate(LISTEN, place)

    def wait(words: str) -> None:
        page.wait_for_function(WAS_SAID, arg=[place, words])

    return wait


def was_heard(page: Page, place: str, words: str) -> bool:
    """Whether they were, since `heard` began to listen."""
    said: bool = page.evaluate(WAS_SAID, [place, words])
    return said
