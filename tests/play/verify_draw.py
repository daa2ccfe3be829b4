"""A draw checked by an outsider: written from `server/openapi.json`, it takes only what is public."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import Any

LOST = {"expired", "rejected", "revoked", "has_enough"}  # a slot, when one was given
PASSED_OVER = {"same_player", "struck"}


class WrongDraw(Exception):
    """Something that is public does not follow from the rest."""


def verify_draw(draw: dict[str, Any], lines: Sequence[str]) -> dict[int, str | None]:
    """Who must have each slot (an entry, or None for nobody) by the answer of a draw and the lines of its entries.

    Raises WrongDraw.
    """
    require(root_of([line.encode() for line in lines]).hex() == draw["root"], "the list has another root")
    seed = seed_of(draw)
    require(seed.hex() == draw["seed"], "the seed is another")
    entries = [tuple(line.split(" ")) for line in lines]
    line = [entries[number] for number in order_of(seed, len(entries))]
    require(line[:len(draw["line"])] == [(one["entry"], one["player"]) for one in draw["line"]], "the order is another")
    may_be_next = check_line(draw, len(line))
    held = check_turns(may_be_next, len(draw["slots"]))
    shown = {slot["slot"]: slot.get("entry") for slot in draw["slots"]}
    require(shown == held, f"{shown} is shown and {held} follows")
    return held


def require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise WrongDraw(otherwise)


def root_of(entries: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\0" + entries[0]).digest()
    half = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(entries[:half]) + root_of(entries[half:])).digest()


def seed_of(draw: dict[str, Any]) -> bytes:
    value = bytes.fromhex(draw["value"]) if draw["seed_by"] == "secret" else draw["value"].encode()
    if draw["seed_by"] == "secret":
        require(hashlib.sha256(value).hexdigest() == draw["commitment"], "another secret was promised")
    return hashlib.sha256(bytes.fromhex(draw["root"]) + value).digest()


def order_of(seed: bytes, count: int) -> list[int]:
    numbers, left = numbers_of(seed), list(range(count))
    for place in range(count):
        bound = count - place
        number = next(number for number in numbers if number < 2**64 // bound * bound)
        chosen = place + number % bound
        left[place], left[chosen] = left[chosen], left[place]
    return left


def numbers_of(seed: bytes) -> Iterator[int]:
    counter = 0
    while True:
        yield int.from_bytes(hmac.new(seed, counter.to_bytes(8, "big"), hashlib.sha256).digest()[:8], "big")
        counter += 1


def check_line(draw: dict[str, Any], entries: int) -> list[dict[str, Any]]:
    """Those of the line who may be next: all but struck entries and further ones of a player."""
    struck = {one["entry"] for one in draw["struck"] if one["at"] < draw["drawn_at"]}
    players: set[str] = set()
    may_be_next = []
    for one in draw["line"]:
        because = "struck" if one["entry"] in struck else "same_player" if one["player"] in players else None
        require(one["fate"] == because if because else one["fate"] not in PASSED_OVER, f"{one} is passed over wrongly")
        if because is None:
            players.add(one["player"])
            may_be_next.append(one)
    wanted = len(draw["slots"]) + draw["reserves"]
    require(len(may_be_next) == wanted or len(draw["line"]) == entries, "the line ends too early")
    require(len(may_be_next) <= wanted and (not draw["line"] or draw["line"][-1] in may_be_next
                                            or len(draw["line"]) == entries), "the line ends too late")
    return may_be_next


def check_turns(line: Sequence[dict[str, Any]], slots: int) -> dict[int, str | None]:
    """Each gives way to the next of the line, and nobody is passed by without a reason."""
    turns: dict[int, list[dict[str, Any]]] = {slot: [] for slot in range(1, slots + 1)}
    given = [number for number, one in enumerate(line) if "slot" in one]
    for one in line[:given[-1] + 1 if given else 0]:
        require("slot" in one or one["fate"] in ("has_enough", "rejected"), f"{one} was passed by")
        if "slot" in one:
            before = turns[one["slot"]]
            require(one["turn"] == len(before) + 1, f"{one} is out of turn")
            require(all(earlier["fate"] in LOST for earlier in before), f"{one} has a slot that is another's")
            before.append(one)
    firsts = [number for one in line if one.get("turn") == 1 for number in [one["slot"]]]
    require(firsts == sorted(firsts), "the slots were not given in their order")
    return {slot: held[-1]["entry"] if held and held[-1]["fate"] == "won" else None for slot, held in turns.items()}
