"""What the strict checks have against a table, said beside the field that it came from."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from prizes.fault import Fault
from server.backoffice.campaigns.fields import Fields
from server.backoffice.campaigns.labels import label_of
from server.backoffice.page import office_locale, say
from server.backoffice.words import office_texts
from server.words import say_number

if TYPE_CHECKING:
    from server.backoffice.campaigns.step import Reading

CENTS = 100


class Told(NamedTuple):
    """A sentence for each field, those that no field of the form is to blame for, and the code of each field's."""

    by_field: dict[str, str]
    general: list[str]
    codes: Mapping[str, str] = {}


def tell_faults(faults: Sequence[Fault], reading: "Reading", fields: Fields) -> Told:
    by_field, general, codes = dict[str, str](), list[str](), dict[str, str]()
    for fault in faults:
        path = _plain(fault.key, reading)
        name = _field_of(path, reading.origins, fields)
        if name is None:
            general.append(f"{label_of(path)}: {fault_text(fault)}" if path else fault_text(fault))
        elif name not in by_field:
            by_field[name], codes[name] = _with_line(fault), fault.code
    return Told(by_field, general, codes)


def _with_line(fault: Fault) -> str:
    """What is wrong with one line of a list says which."""
    _, _, number = fault.key.partition(" ")
    return say("campaigns.fault.line", line=number, what=fault_text(fault)) if number.isdigit() else fault_text(fault)


def fault_text(fault: Fault) -> str:
    """Why something cannot be used, in the page's language; what a file calls cents is money on a page."""
    code = "money" if fault.code == "number" and fault.key.endswith("_cents") else fault.code
    key = f"campaigns.fault.{code}"
    if key not in office_texts().of(office_locale()):
        key = "campaigns.fault.odd"
    return say(key, **{name: _said(value, is_money=code == "money") for name, value in fault.places.items()})


def _said(value: object, *, is_money: bool) -> str:
    if type(value) is int:
        return say_number(office_locale(), value // CENTS if is_money else value)
    return str(value)


def _plain(key: str, reading: "Reading") -> str:
    """A file's `prizes 2.units` as the path `prizes.cap.units`; the number of a line in a list is left out."""
    top, _, rest = key.partition(" ")
    if top != "prizes" or not rest:
        return top if rest and "." not in rest else key.replace(" ", ".")
    number, _, member = rest.partition(".")
    prizes = reading.table.get("prizes", [])
    place = int(number) - 1
    prize = prizes[place].get("key", number) if place < len(prizes) else number
    return f"prizes.{prize}.{member.partition(' ')[0]}" if member else f"prizes.{prize}"


def _field_of(path: str, origins: Mapping[str, str], fields: Fields) -> str | None:
    """The field of a path: its own, one that it was made of, or one of the same thing's."""
    tried = path
    while tried:
        if tried in origins:
            tried = origins[tried] + path[len(tried):]
            path = tried
        if tried in fields:
            return tried
        inner = next((name for name in fields if name.startswith(f"{tried}.")), None)
        if inner is not None and "." in tried:
            return inner
        tried = tried.rpartition(".")[0]
    return None
