"""The lint refuses what Safari 16.4, Chrome 109 or Firefox 115 cannot do, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).with_name("node")  # linked there by tools/link_commands.py
NEW_SYNTAX = {
    "using": "{ using file = globalThis.open(); }",
    "the v flag": "export const letters = /[a--b]/v;",
    "import attributes": 'import texts from "./en.json" with { type: "json" }; export default texts;',
}
NEW_INTERFACES = {
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
NEW_STYLES = {
    "color-mix()": ".boss { color: color-mix(in srgb, red, blue); }",
    ":has()": ".boss:has(.tie) { color: red; }",
    "nesting": ".boss { .tie { color: red; } }",
}
OLD_SCRIPTS = {
    "class static blocks": "export class Boss { static life = 12; static { Boss.life += 1; } }",
    "Array.prototype.at": "[1].at(-1);",
    "Promise.any": "await Promise.any([]);",
    "structuredClone": "structuredClone({});",
    "roundRect": 'document.createElement("canvas").getContext("2d").roundRect(0, 0, 1, 1, 1);',
    "OffscreenCanvas": "new OffscreenCanvas(1, 1);",
    "WebCrypto": 'await crypto.subtle.digest("SHA-256", new Uint8Array(1));',
    "Intl": 'new Intl.NumberFormat("fr").format(1); new Intl.PluralRules("fr").select(2);',
    "asking with ?.": "navigator.vibrate?.(9);",
    "asking with typeof": 'if (typeof URLPattern === "undefined") location.reload();',
    "names of newer interfaces' members": "export const all = (view) => [view.draw(), view.forget()];",
    "names of our own": "const scheduler = { first: 1, start() {} }; scheduler.start(scheduler.first);",
}
OLD_STYLES = {
    "grid, inset, dvh": ".boss { display: grid; inset: 0; height: 100dvh; aspect-ratio: 1; touch-action: none; }",
    "adornments": ".boss { user-select: none; text-wrap: balance; }",
}
REFUSALS = (
    ("snippet.js", NEW_SYNTAX, "Parsing error"),
    ("snippet.js", NEW_INTERFACES, "newer than the oldest browsers"),
    ("snippet.css", NEW_STYLES, ""),
)
TOO_NEW = {name: (file, code, words) for file, codes, words in REFUSALS for name, code in codes.items()}
OLD_ENOUGH = {
    name: (file, code)
    for file, codes in (("snippet.js", OLD_SCRIPTS), ("snippet.css", OLD_STYLES))
    for name, code in codes.items()
}


@pytest.fixture(scope="module")
def complaints() -> dict[str, list[str]]:
    """What the lint says about every snippet."""
    snippets = {name: (file, code) for name, (file, code, _) in TOO_NEW.items()} | OLD_ENOUGH
    command = [str(NODE), "tests/house/lint_snippets.mjs"]
    told = json.dumps(list(snippets.values()))
    done = subprocess.run(command, cwd=ROOT, input=told, capture_output=True, text=True, check=True)
    return dict(zip(snippets, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", TOO_NEW)
def test_the_lint_refuses_what_the_oldest_browsers_lack(name: str, complaints: dict[str, list[str]]) -> None:
    words = TOO_NEW[name][2]
    assert any(words in complaint for complaint in complaints[name])


@pytest.mark.parametrize("name", OLD_ENOUGH)
def test_the_lint_lets_pass_what_they_have(name: str, complaints: dict[str, list[str]]) -> None:
    assert complaints[name] == []
