"""Step 3: the prizes, and the ways to win them."""

from typing import Any

from flask.typing import ResponseReturnValue

from prizes.prize import PrizeKind, prizes_of
from server.backoffice.campaigns.blueprint import EVERY, MOST_BYTES, bp
from server.backoffice.campaigns.fields import LIST, Fields, cents, listed, put, say_cents, under, whole
from server.backoffice.campaigns.plans import Hours, Plan
from server.backoffice.campaigns.prize_fields import new_key, read_prize, shown_prize
from server.backoffice.campaigns.step import Reading, Step, Table, save_step, show_step
from server.backoffice.campaigns.way_fields import GIFT_WAVES, read_ways, shown_ways
from server.campaigns.campaign import Campaign
from server.campaigns.compare import Part
from server.campaigns.save_draft import prize_keys
from server.db import current_session
from server.simulation.rules import WAVES
from server.wire import takes_up_to

NUMBERS = ("per_network", "per_person", "per_household", "review_line")
ORDER = "prizes"  # a field with the names of all cards
MOST_CARDS = 200


def shown(table: Table) -> Fields:
    limits = table["limits"]
    told = {f"limits.{name}": str(limits.get(name, "")) for name in NUMBERS}
    told["limits.value_limit_cents"] = say_cents(limits.get("value_limit_cents"))
    told[ORDER] = LIST.join(prize["key"] for prize in table.get("prizes", []))
    for prize in table.get("prizes", []):
        told |= {f"prizes.{prize['key']}.{name}": text for name, text in shown_prize(prize, table).items()}
    return told | shown_ways(table)


def read(fields: Fields, table: Table, is_sealed: bool) -> Reading:
    """After publishing nothing of this changes, and the page has no form for it."""
    if is_sealed or ORDER not in fields:
        return Reading(table, {})
    there = {prize["key"]: prize for prize in table.get("prizes", [])}
    origins: dict[str, str] = {}
    cards: list[tuple[str, str, Fields]] = []
    prizes: list[Table] = []
    for name in _cards(fields):
        card = under(fields, f"prizes.{name}")
        key = name if name in there else new_key(card, {*there, *(key for key, _, _ in cards)})
        prize = there.get(name, {"key": key, "names": {}, "value_cents": 0, "per_player": 1})
        read_prize(card, prize, table)
        prizes.append(prize)
        cards.append((key, name, card))
        origins[f"prizes.{key}.releases"] = f"prizes.{name}.plan"
        origins[f"prizes.{key}"] = f"prizes.{name}"
    ways, of_ways = read_ways(fields, cards, table.get("ways", {}))
    _read_limits(fields, table)
    _read_gifts(fields, table, ways)
    return Reading(table | {"prizes": prizes, "ways": ways}, origins | of_ways)


def _cards(fields: Fields) -> list[str]:
    return list(dict.fromkeys(fields[ORDER].split(LIST)))[:MOST_CARDS] if fields[ORDER] else []


def _read_limits(fields: Fields, table: Table) -> None:
    for name in NUMBERS:
        if f"limits.{name}" in fields:
            put(table["limits"], name, whole(fields[f"limits.{name}"]))
    if "limits.value_limit_cents" in fields:
        put(table["limits"], "value_limit_cents", cents(fields["limits.value_limit_cents"]))


def _read_gifts(fields: Fields, table: Table, ways: dict[str, Any]) -> None:
    """Who lets a prize be won at once for the first time gets the gifts that it takes."""
    waves = listed(fields["rules.gift_waves"]) if "rules.gift_waves" in fields else None
    is_new = "instant_win" in ways and "instant_win" not in table.get("ways", {})
    if waves is not None:
        table["rules"] = {"gift_waves": list(dict.fromkeys(waves))}
    if is_new and not table.get("rules", {}).get("gift_waves"):
        table["rules"] = {"gift_waves": GIFT_WAVES}


def _more(campaign: Campaign, table: Table, fields: Fields) -> dict[str, Any]:
    own = prizes_of(current_session(), campaign.id)
    keys = prize_keys(sorted(own, key=lambda prize: (prize.created_at, prize.id)))
    return {"cards": _cards(fields), "picture_of": {keys[prize.id]: prize for prize in own},
            "kinds": list(PrizeKind), "plans": [plan for plan in Plan if plan != Plan.KEPT],
            "hours": [hours for hours in Hours if hours != Hours.KEPT], "waves": range(1, WAVES + 1),
            "waves_on": fields["rules.gift_waves"].split(LIST)}


STEP = Step(Part.PRIZES, shown, read, _more)


@bp.get(f"{EVERY}/prizes")
def prizes(slug: str) -> str:
    return show_step(STEP, slug)


@bp.post(f"{EVERY}/prizes")
@takes_up_to(MOST_BYTES)
def save_prizes(slug: str) -> ResponseReturnValue:
    return save_step(STEP, slug)
