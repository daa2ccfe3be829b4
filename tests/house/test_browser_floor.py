"""The lint refuses what Safari 16.4, Chrome 109 or Firefox 115 cannot do, and nothing else."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.rig.node import find_node

ROOT = Path(__file__).parents[2]
TOO_NEW = {
    "syntax: using": "{ using file = globalThis.open(); }",
    "syntax: the v flag": "export const letters = /[a--b]/v;",
    "syntax: import attributes": 'import texts from "./en.json" with { type: "json" }; export default texts;',
    "Array.fromAsync": "await Array.fromAsync([]);",
    "Array.prototype.toSorted": "[2, 1].toSorted();",
    "Set.prototype.union": "new Set().union(new Set());",
    "Promise.withResolvers": "Promise.withResolvers();",
    "Promise.try": "Promise.try(() => 1);",
    "Object.groupBy": "Object.groupBy([], () => 1);",
    "Iterator helpers": "[1].values().take(1);",
    "URL.canParse": 'URL.canParse("x");',
    "AbortSignal.any, though Promise.any is old": "AbortSignal.any([]);",
    "scheduler.yield": "await scheduler.yield();",
    "requestIdleCallback": "requestIdleCallback(() => {});",
    "view transitions": "document.startViewTransition(() => {});",
    "navigator.wakeLock, not called": "export const lock = navigator.wakeLock;",
    "popovers": "document.body.togglePopover();",
    "URLPattern": "new URLPattern({});",
}
OLD_ENOUGH = {
    "class static blocks": "export class Boss { static life = 12; static { Boss.life += 1; } }",
    "Array.prototype.at": "[1].at(-1);",
    "Promise.any": "await Promise.any([]);",
    "structuredClone": "structuredClone({});",
    "roundRect": 'document.createElement("canvas").getContext("2d").roundRect(0, 0, 1, 1, 1);',
    "OffscreenCanvas": "new OffscreenCanvas(1, 1);",
    "WebCrypto": 'await crypto.subtle.digest("SHA-256", new Uint8Array(1));',
    "asking with ?.": "navigator.vibrate?.(9);",
    "asking with typeof": 'if (typeof URLPattern === "undefined") location.reload();',
    "Intl": 'new Intl.NumberFormat("fr").format(1); new Intl.PluralRules("fr").select(2);',
    "names that only newer interfaces have": "export const paint = (view, keep) => { view.draw(); keep.forget(); view.number(1); };",
    "names of our own": "const scheduler = { first: 1, start() {} }; scheduler.start(scheduler.first);",
}


@pytest.fixture(scope="module")
def complaints() -> dict[str, list[str]]:
    """What the lint says about every snippet."""
    command = [find_node(), "tests/house/lint_snippets.mjs"]
    snippets = json.dumps(TOO_NEW | OLD_ENOUGH)
    done = subprocess.run(command, cwd=ROOT, input=snippets, capture_output=True, text=True, check=True)
    answer: dict[str, list[str]] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("name", TOO_NEW)
def test_the_lint_refuses_what_the_oldest_browsers_lack(name: str, complaints: dict[str, list[str]]) -> None:
    expected = "Parsing error" if name.startswith("syntax") else "newer than the oldest browsers"
    assert any(expected in complaint for complaint in complaints[name])


@pytest.mark.parametrize("name", OLD_ENOUGH)
def test_the_lint_lets_pass_what_they_have(name: str, complaints: dict[str, list[str]]) -> None:
    assert complaints[name] == []
