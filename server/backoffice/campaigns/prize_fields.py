"""One prize as a card of step 3, and back: what it is, how many there are, and each way in which it is won."""

import re
from collections.abc import Mapping
from typing import Any

from server.backoffice.campaigns.fields import YES, Fields, cents, put, say_cents, under, whole
from server.backoffice.campaigns.plans import Plan, plan_of, releases_of
from server.campaigns.local_time import BadTime
from server.campaigns.make_campaign import window_of
from server.campaigns.prize_sheet import keys_like

NUMBERS = ("units", "per_player", "per_day", "per_hour")
PARTS = re.compile(r"[;,]")
PLACES = re.compile(r"\s*([0-9]{1,6})\s*(?:[-–—]\s*([0-9]{1,6})\s*)?")
COUNTED = ("parcel", "download", "badge")

Prize = dict[str, Any]
Table = dict[str, Any]
Ways = Mapping[str, Any]


def shown_prize(prize: Prize, table: Table) -> Fields:
    """What stands on a prize's card."""
    told = {f"names.{locale}": name for locale, name in prize["names"].items()}
    told |= {f"downloads.{locale}": address for locale, address in prize.get("downloads", {}).items()}
    told |= {name: str(prize.get(name, "")) for name in (*NUMBERS, "kind", "currency")}
    told["value_cents"] = say_cents(prize.get("value_cents", 0))
    told["unlimited"] = YES if prize.get("unlimited") else ""
    releases = prize.get("releases", [])
    plan = plan_of(releases, prize.get("units"), _window(table), str(table["timezone"]))
    told["plan"], told["hits"] = plan, str(releases[0]["at_hits"]) if plan == Plan.HITS else ""
    return told | _shown_ways(prize["key"], table.get("ways", {}))


def _shown_ways(key: str, ways: Ways) -> Fields:
    community = ways.get("community", {}).get("steps", [])
    return {"ladder": "; ".join(str(step["score"]) for step in ways.get("ladder", []) if step["prize"] == key),
            "instant": YES if key in ways.get("instant_win", {}).get("prizes", []) else "",
            "places": "; ".join(_said_places(place) for place in ways.get("standings", []) if place["prize"] == key),
            "draw": "; ".join(str(one["units"]) for one in ways.get("draw", {}).get("prizes", [])
                              if one["prize"] == key),
            "community": "; ".join(str(step["at"]) for step in community if step.get("prize") == key)}


def _said_places(place: Mapping[str, Any]) -> str:
    return str(place["from"]) if place["from"] == place["to"] else f"{place['from']}–{place['to']}"


def _window(table: Table) -> Any:
    """The window as moments, None while it is none."""
    try:
        opens_at, closes_at = window_of(table)
    except (AttributeError, BadTime, KeyError, TypeError, ValueError):  # the strict checks say what
        return None
    return (opens_at, closes_at) if opens_at < closes_at else None


def read_prize(fields: Fields, prize: Prize, table: Table) -> None:
    """Change a prize into what its card says; what the card does not show stays."""
    kind = fields.get("kind", prize.get("kind", ""))
    prize["kind"] = kind
    for what in ("names", "downloads"):
        texts = prize.get(what, {}) | under(fields, what)
        prize[what] = {locale: text for locale, text in texts.items() if text.strip()}
    if not prize["downloads"] or kind != "download":
        prize.pop("downloads")
    for name in NUMBERS:
        if name in fields:
            put(prize, name, whole(fields[name]))
    if "value_cents" in fields:
        prize["value_cents"] = cents(fields["value_cents"] or "0")
    currency: str = fields.get("currency") or prize.get("currency", "EUR")
    prize["currency"] = currency.strip().upper()
    _read_units(fields, prize)
    _read_plan(fields, prize, table)


def _read_units(fields: Fields, prize: Prize) -> None:
    """What has no end and what comes by codes has no number of units; a card may still show one."""
    if fields.get("unlimited", YES if prize.get("unlimited") else "") == YES:
        prize["unlimited"] = True
    else:
        prize.pop("unlimited", None)
    if prize.get("unlimited") or prize["kind"] == "voucher":
        prize.pop("units", None)
    elif "units" not in prize:
        prize["units"] = fields.get("units", 0)


def _read_plan(fields: Fields, prize: Prize, table: Table) -> None:
    plan = fields.get("plan", Plan.KEPT)
    if plan == Plan.KEPT and not prize.get("unlimited"):
        return
    units, window = prize.get("units"), _window(table)
    if plan == Plan.ALL or prize.get("unlimited"):
        prize.pop("releases", None)
    elif plan not in list(Plan) or units is None:
        prize["releases"] = plan  # no list: the checks say so
    elif type(units) is int and window is not None:
        releases = releases_of(Plan(plan), min(max(units, 0), 10**9), window, table["timezone"],
                               whole(fields.get("hits", "")))
        put(prize, "releases", releases or "")


def new_key(fields: Fields, taken: set[str]) -> str:
    """A key like the name of a prize that is new."""
    name = next((text for name, text in fields.items() if name.startswith("names.") and text.strip()), "")
    return next(key for key in keys_like(name) if key not in taken)


def split(text: str) -> list[str]:
    return [part.strip() for part in PARTS.split(text) if part.strip()]


def read_places(text: str) -> tuple[Any, Any]:
    """The first and the last place of `1–3`; the text twice when it names none."""
    found = PLACES.fullmatch(text)
    return (int(found[1]), int(found[2] or found[1])) if found else (text, text)
