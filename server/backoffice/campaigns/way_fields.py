"""The ways to win as the cards of step 3 say them: gathered from all prizes, with what each way itself asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from prizes.audience import WAKING_HOURS
from server.backoffice.campaigns.fields import YES, Fields, put, whole
from server.backoffice.campaigns.plans import Hours
from server.backoffice.campaigns.prize_fields import read_places, split

ONE_IN, ENTRIES, RESERVES, LIFE = 10, 10, 10, 1_000_000  # of a way that is new
GIFT_WAVES = [3, 5, 7]
HOURS: dict[str, list[int]] = {
    Hours.AWAKE: list(WAKING_HOURS), Hours.EVEN: [1] * 24,
    Hours.EVENING: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 4, 8, 10, 12, 12, 8, 3],
    Hours.SHOP: [0] * 9 + [1] * 10 + [0] * 5,
}
Ways = dict[str, Any]
Cards = Sequence[tuple[str, str, Fields]]  # of each prize: its key, its card's name, what the card says


def shown_ways(table: Mapping[str, Any]) -> Fields:
    """What each way asks beside its prizes."""
    ways = table.get("ways", {})
    instant, draw = ways.get("instant_win", {}), ways.get("draw", {})
    return {"rules.gift_waves": ",".join(map(str, table.get("rules", {}).get("gift_waves", []))),
            "ways.instant_win.one_in": str(instant.get("one_in", ONE_IN)),
            "ways.instant_win.hours": _hours_of(instant.get("hours", HOURS[Hours.AWAKE])),
            "ways.draw.most_entries": str(draw.get("most_entries", ENTRIES)),
            "ways.draw.reserves": str(draw.get("reserves", RESERVES)),
            "ways.draw.seed": str(draw.get("seed", "secret")),
            "ways.community.life": str(ways.get("community", {}).get("life", LIFE))}

def _hours_of(hours: Sequence[int]) -> str:
    return next((name for name, known in HOURS.items() if known == list(hours)), Hours.KEPT)


def read_ways(fields: Fields, cards: Cards, before: Ways) -> tuple[Ways, dict[str, str]]:
    """The ways that the cards name, and of which field each part of them came."""
    origins: dict[str, str] = {}
    ways: Ways = {
        "ladder": _gather(cards, "ladder", "ways.ladder", origins, lambda text, key: {
            "score": whole(text), "prize": key}),
        "standings": _gather(cards, "places", "ways.standings", origins, lambda text, key: dict(
            zip(("from", "to", "prize"), (*read_places(text), key), strict=True))),
        "instant_win": _instant(fields, cards, before), "draw": _draw(fields, cards, origins),
        "community": _community(fields, cards, before, origins)}
    ways["standings"].sort(key=lambda place: place["from"] if type(place["from"]) is int else 0)
    _renumber(ways["standings"], cards, origins)
    return {word: settings for word, settings in ways.items() if settings}, origins


def _gather(cards: Cards, field: str, path: str, origins: dict[str, str], make: Any) -> list[Any]:
    """A line of a way for each part of what the cards say in a field."""
    found = []
    for key, name, card in cards:
        for part in split(card.get(field, "")):
            found.append(make(part, key))
            origins[f"{path}.{len(found)}"] = f"prizes.{name}.{field}"
    return found


def _renumber(places: list[Any], cards: Cards, origins: dict[str, str]) -> None:
    """The places were sorted: each number's field is that of its prize."""
    names = {key: name for key, name, _ in cards}
    for number, place in enumerate(places, start=1):
        origins[f"ways.standings.{number}"] = f"prizes.{names[place['prize']]}.places"


def _instant(fields: Fields, cards: Cards, before: Ways) -> Any:
    names = sorted(key for key, _, card in cards if card.get("instant") == YES)
    if not names:
        return None
    there = before.get("instant_win", {})
    hours = fields.get("ways.instant_win.hours", Hours.KEPT)
    settings = {"prizes": names, "hours": HOURS.get(hours) or there.get("hours", HOURS[Hours.AWAKE])}
    put(settings, "one_in", whole(fields.get("ways.instant_win.one_in", str(there.get("one_in", ONE_IN)))))
    return settings


def _draw(fields: Fields, cards: Cards, origins: dict[str, str]) -> Any:
    prizes = _gather(cards, "draw", "ways.draw.prizes", origins, lambda text, key: {
        "prize": key, "units": whole(text)})
    if not prizes:
        return None
    return {"prizes": prizes, "most_entries": whole(fields.get("ways.draw.most_entries") or str(ENTRIES)),
            "reserves": whole(fields.get("ways.draw.reserves") or str(RESERVES)),
            "seed": fields.get("ways.draw.seed") or "secret"}


def _community(fields: Fields, cards: Cards, before: Ways, origins: dict[str, str]) -> Any:
    """Steps of the cards, then what a plan by hits releases, then what a file released and the card keeps."""
    steps = _gather(cards, "community", "ways.community", origins, lambda text, key: {
        "at": whole(text), "prize": key})
    plans = {key: card.get("plan", "kept") for key, _, card in cards}
    for key, name, card in cards:
        if plans[key] == "hits":
            steps.append({"at": whole(card.get("hits", "")), "release": key})
            origins[f"ways.community.{len(steps)}"] = f"prizes.{name}.hits"
    steps += [step for step in before.get("community", {}).get("steps", [])
              if "release" in step and plans.get(step["release"]) == "kept"]
    there = before.get("community", {}).get("life", LIFE)
    return {"life": whole(fields.get("ways.community.life") or str(there)), "steps": steps} if steps else None
