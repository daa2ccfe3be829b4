"""What each address under /backoffice asks for, read from the desks' files in `tests/office/rows/`.

A desk's file says, by endpoint:

    ROWS = {"stock.restock": Right.STOCK}        a right, or a word of `Open`; every address must be there
    BODIES = {"stock.restock": {"units": "5"}}   a right body for each POST, PUT, PATCH, DELETE; JSON under …/api/
    QUERIES = {"stock.ledger": {"q": "x"}}       a query, where a page needs or has one
    ARGUMENTS = {"stock.codes": {"slug": "…"}}   values for the <arguments> of its address, where not those of the scene
    HARD = {"moderation.undo": 409}              what a right call that no table can make is answered instead
    MET = {"home.board": {"charlie": "yes"}}     what somebody meets there against the rule; say why
    FRESH = {"stock.correct"}                    asks for a second factor again
    NEUTRAL = {"campaigns.step": ("step",)}      arguments that name no brand's thing
    def prepare(scene: Scene) -> None            adds to the scene what the desk needs, and names it in `scene.names`

In bodies, queries and arguments a text `$name` stands for `scene.names["name"]`, and an `Upload` for a file; `{who}` in
such a name is whoever calls. A body `FormOf("stock.restock", {…})` is the form on that page as it stands there, with
some fields filled in.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from server.backoffice.rights import Right
from tests.office import rows as folder


class Open(StrEnum):
    """What an address asks for that is no right."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    BY_HAND = "by hand"  # what only a person carries, such as a passkey: its desk's own tests call it rightly


ANYONE, SIGNED_IN, BY_HAND = Open


@dataclass(frozen=True)
class Upload:
    """A file in a body."""

    content: bytes
    name: str
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class FormOf:
    """A body: the form that a page shows for the address in question, and what is typed into it."""

    page: str
    typed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """What a desk's file says of one endpoint; `body` is None when it says none."""

    needs: Right | Open
    body: Mapping[str, Any] | FormOf | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, str] = field(default_factory=dict)
    is_fresh: bool = False
    neutral: tuple[str, ...] = ()
    hard: int | None = None
    met: Mapping[str, str] = field(default_factory=dict)


def read_rows() -> dict[str, Row]:
    """Every endpoint's row; an endpoint that two files name, or one named beside ROWS alone, is a mistake."""
    found: dict[str, Row] = {}
    for desk in _desks():
        told: dict[str, Right | str] = getattr(desk, "ROWS", {})
        beside = [name for part in ("BODIES", "QUERIES", "ARGUMENTS", "NEUTRAL", "FRESH", "HARD", "MET")
                  for name in getattr(desk, part, ()) if name not in told]
        twice = sorted(told.keys() & found.keys())
        if beside or twice:
            raise AssertionError(f"{desk.__name__}: not in ROWS {beside}, in another file too {twice}")
        found |= {endpoint: _row(desk, endpoint, needs) for endpoint, needs in told.items()}
    return found


def preparations() -> list[Callable[[Any], None]]:
    """What the desks add to the scene, in the order of their names."""
    return [desk.prepare for desk in _desks() if hasattr(desk, "prepare")]


def _desks() -> list[Any]:
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    return [importlib.import_module(f"{folder.__name__}.{name}") for name in names]


def _row(desk: Any, endpoint: str, needs: Right | str) -> Row:
    def of(part: str, otherwise: Any) -> Any:
        return getattr(desk, part, {}).get(endpoint, otherwise)

    return Row(needs if isinstance(needs, Right) else _open(needs), of("BODIES", None), of("QUERIES", {}),
               of("ARGUMENTS", {}), endpoint in getattr(desk, "FRESH", ()), tuple(of("NEUTRAL", ())), of("HARD", None),
               of("MET", {}))


def _open(word: str) -> Open:
    return Open(word.lower().replace("_", " "))
