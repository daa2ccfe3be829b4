"""Python files and functions stay small enough to be read at once; eslint.config.js says it of scripts."""

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(file for part in ("server", "prizes", "tools", "tests") for file in (ROOT / part).rglob("*.py"))
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
USUAL_LINES = 7


def function_sizes(file: Path) -> dict[str, int]:
    """Lines of each function of a file, its decorators left out."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, functions)]
    return {f"{node.name}:{node.lineno}": (node.end_lineno or 0) - node.lineno + 1 for node in nodes}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_has_at_most_300_lines(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= LINES_OF_A_FILE


def test_a_function_has_at_most_40_lines_and_the_usual_one_7() -> None:
    grown = [file for file in SOURCES if file.parent.name != "versions"]  # a migration is a list, read once
    sizes = {
        f"{file.relative_to(ROOT)}:{name}": size for file in grown for name, size in function_sizes(file).items()
    }
    assert {name: size for name, size in sizes.items() if size > LINES_OF_A_FUNCTION} == {}
    assert median(sizes.values()) <= USUAL_LINES
