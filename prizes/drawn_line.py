"""Who stands where in the line of a draw: its entries in drawn order, with those who could never be next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from prizes.slots import InLine, PassedOver

LEAST_DRAWN = 100  # numbers drawn before their entries are looked up


def make_line(drawn: Iterator[int], most: int, struck: set[str],
              look_up: Callable[[set[int]], Mapping[int, InLine]]) -> list[InLine]:
    """The entries in drawn order until `most` of them may be next; struck ones and further ones of a player may not.

    `struck` are the rounds that were rejected. `look_up` finds entries by their numbers, many at a time: each
    time a million of them are counted.
    """
    line, players = list[InLine](), set[str]()
    while len(players) < most and (numbers := list(islice(drawn, max(LEAST_DRAWN, 2 * most)))):
        found = look_up(set(numbers))
        for number in numbers:
            if len(players) < most:
                line.append(_judge(found[number], players, struck))
    return line


def _judge(entry: InLine, players: set[str], struck: set[str]) -> InLine:
    """An entry as it stands in line; its player is one of the `players` from when they may be next."""
    if entry.round_id in struck:
        return replace(entry, passed_over=PassedOver.STRUCK)
    if entry.player_id in players:
        return replace(entry, passed_over=PassedOver.SAME_PLAYER)
    players.add(entry.player_id)
    return entry
