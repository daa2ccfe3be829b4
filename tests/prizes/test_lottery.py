"""Roots and draws, against an account of the method written down a second time, and against chance."""

import hashlib
import hmac
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import chisquare

from prizes.lottery import drawn_order, seed_of
from prizes.merkle import EMPTY, merkle_root

LEAVES = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", bytes(range(0x50, 0x58)),
          bytes(range(0x60, 0x70))]
DRAWS = 100_000


def test_the_root_is_that_of_rfc_6962s_known_tree() -> None:
    """The reference vectors of the Certificate Transparency project's own tests."""
    assert merkle_root(LEAVES).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert merkle_root([]) == EMPTY


def by_the_book(entries: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is written there: split at the largest power of two below the length."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\0" + entries[0]).digest()
    split = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + by_the_book(entries[:split]) + by_the_book(entries[split:])).digest()


@given(some.lists(some.binary(max_size=4), max_size=40))
def test_the_root_in_one_pass_is_the_books(entries: list[bytes]) -> None:
    assert merkle_root(entries) == by_the_book(entries)


@given(some.lists(some.binary(min_size=1, max_size=4), min_size=1, max_size=20), some.data())
def test_a_flipped_bit_of_any_entry_changes_the_root(entries: list[bytes], draw: some.DataObject) -> None:
    place = draw.draw(some.integers(0, len(entries) - 1))
    at, bit = draw.draw(some.integers(0, len(entries[place]) - 1)), draw.draw(some.integers(0, 7))
    flipped = bytearray(entries[place])
    flipped[at] ^= 1 << bit
    assert merkle_root([*entries[:place], bytes(flipped), *entries[place + 1:]]) != merkle_root(entries)


def shuffled(seed: bytes, count: int) -> list[int]:
    """The whole list, shuffled from the front with the numbers of the docstring of `prizes/lottery.py`."""
    listed, counter = list(range(count)), 0
    for place in range(count):
        bound = count - place
        while True:
            number = int.from_bytes(hmac.new(seed, counter.to_bytes(8, "big"), hashlib.sha256).digest()[:8], "big")
            counter += 1
            if number < 2**64 // bound * bound:
                break
        chosen = place + number % bound
        listed[place], listed[chosen] = listed[chosen], listed[place]
    return listed


@given(some.binary(min_size=32, max_size=32), some.integers(0, 60))
def test_a_draw_is_what_a_second_account_of_it_finds(seed: bytes, count: int) -> None:
    assert list(drawn_order(seed, count)) == shuffled(seed, count)


def test_the_seed_hangs_on_the_root_and_on_the_value() -> None:
    assert len({seed_of(root, value) for root in (b"a" * 32, b"b" * 32) for value in (b"4 2 6", b"4 2 7")}) == 4
    assert seed_of(b"r" * 32, b"v") == hashlib.sha256(b"r" * 32 + b"v").digest()


def test_a_million_entries_are_drawn_from_without_a_list_of_them() -> None:
    first = [number for number, _ in zip(drawn_order(b"s" * 32, 1_000_000), range(50), strict=False)]
    assert len(set(first)) == 50
    assert max(first) < 1_000_000


@pytest.mark.parametrize("place", [0, 3])
def test_a_hundred_thousand_draws_favour_nobody(place: int) -> None:
    won: Counter[int] = Counter()
    for number in range(DRAWS):
        order = drawn_order(hashlib.sha256(b"draw %d" % number).digest(), 7)
        won[[next(order) for _ in range(place + 1)][place]] += 1
    assert 0.001 <= chisquare([won[entry] for entry in range(7)]).pvalue <= 0.999


def test_a_draw_that_favours_somebody_would_be_noticed() -> None:
    """The control: numbers below 10 taken modulo 7, as a careless draw does."""
    won = Counter(hashlib.sha256(b"%d" % number).digest()[0] % 10 % 7 for number in range(DRAWS))
    assert chisquare([won[entry] for entry in range(7)]).pvalue < 0.001
