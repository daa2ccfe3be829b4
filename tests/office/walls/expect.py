"""What each person should meet at each address, and the matrix of it as a page."""

from server.backoffice.rights import RIGHTS, Right, Role
from tests.office.matrix import ANYONE, BY_HAND, Open
from tests.office.walls.walk import CHARLIE, PEOPLE, STALE, STRANGER, Route, World

HEAD = """# Who may do what in the back office

Every address under `/backoffice`, as `tests/office/walls` walks it with every role of a brand, with the owner of
another brand who asks for this brand's things, with a stranger, and with an owner whose second factor was shown too
long ago. `yes`: it answers; `no`: refused by name (403); `hidden`: as if it did not exist (404); `sign in`: sent to the
sign-in (a page) or 401 (JSON); `prove`: asked for the second factor again. A test compares this page with what it
finds; `POPSHOT_MATRIX=write` before it writes the page anew. `by hand`: it wants what only a person carries, such as a
passkey, and its desk's own tests call it.
"""


def expected(world: World, route: Route, who: str) -> str:
    """The word of the matrix that a right call should meet."""
    row = world.row(route)
    if row.needs == BY_HAND:
        return str(BY_HAND)
    if who in row.met:
        return row.met[who]
    if who == STRANGER:
        return "yes" if row.needs == ANYONE else "sign in"
    if who == CHARLIE:
        return "yes" if row.needs == ANYONE or not world.names_things(route) else "hidden"
    if who == STALE:
        return "prove" if row.is_fresh else "yes"
    return "yes" if _allows(row.needs, Role(who)) else "no"


def _allows(needs: Right | Open, role: Role) -> bool:
    return isinstance(needs, Open) or needs in RIGHTS[role]


def matrix_page(world: World) -> str:
    """The page of the matrix, out of what is expected; the walk proves that it is so."""
    columns = list(PEOPLE)
    lines = ["| | asks for | " + " | ".join(_title(who) for who in columns) + " |", "|---" * (len(columns) + 2) + "|"]
    for route in world.routes():
        cells = [expected(world, route, who) for who in columns]
        lines.append(f"| `{route}` | {world.row(route).needs} | " + " | ".join(cells) + " |")
    return HEAD + "\n" + "\n".join(lines) + "\n"


def _title(who: str) -> str:
    return {CHARLIE: "another brand's owner"}.get(who, who.replace("_", " "))
