"""The code in a QR: which poster or pack it is, which copy of it, and a signature that nobody can make up.

Crockford's base32 in capitals, which a QR code writes in 5.5 bits a letter instead of 8: six letters for the poster's
number, four for the copy where there is one, ten for the signature. A guess is right once in 2⁵⁰ (10¹⁵): of a thousand
million guesses one in a million makes a single right one.
"""

import hashlib
import hmac
from typing import NamedTuple
from urllib.parse import urlsplit

from prizes.codes import ALPHABET, normal_code

NUMBER_LETTERS, COPY_LETTERS, SEAL_LETTERS = 6, 4, 10
NUMBERS = 32 ** NUMBER_LETTERS
MOST_COPIES = 32 ** COPY_LETTERS - 1
LENGTHS = {NUMBER_LETTERS + SEAL_LETTERS: 0, NUMBER_LETTERS + COPY_LETTERS + SEAL_LETTERS: COPY_LETTERS}
GROUP = 4


class Mark(NamedTuple):
    """What a code names: a poster's number, and the copy of a pack from 1 on; 0 is the one code of a poster."""

    number: int
    copy: int = 0


def code_of(key: bytes, mark: Mark) -> str:
    """The code of a mark, 16 letters for a poster's and 20 for a copy's."""
    named = _letters(mark.number, NUMBER_LETTERS) + (_letters(mark.copy, COPY_LETTERS) if mark.copy else "")
    return named + _seal(key, mark)


def read_code(key: bytes, typed: str) -> Mark | None:
    """What a code names, without asking any database; None for one that this installation never signed. Case, dashes,
    spaces, O for 0 and I or L for 1 are forgiven.
    """
    code = normal_code(typed[:64])
    copied = LENGTHS.get(len(code))
    if copied is None or not set(code) <= set(ALPHABET):
        return None
    mark = Mark(_number(code[:NUMBER_LETTERS]), _number(code[NUMBER_LETTERS:NUMBER_LETTERS + copied]))
    return mark if hmac.compare_digest(code, code_of(key, mark)) else None


def number_word(number: int) -> str:
    """A poster's number as its codes begin, in small letters."""
    return _letters(number, NUMBER_LETTERS).lower()


def address_of(public_url: str, code: str) -> str:
    """What the QR holds. In capitals where the case of an address says nothing (scheme and host never do, our own path
    is served in both): the picture is smaller by a size or two.
    """
    address = f"{public_url}/q/{code}"
    return address.upper() if not urlsplit(public_url).path and address.isascii() else address


def spoken_address(public_url: str, code: str) -> str:
    """The same for people: without the scheme, the code in fours."""
    parts = "-".join(code[start:start + GROUP] for start in range(0, len(code), GROUP))
    return f"{public_url.split('://', 1)[1]}/q/{parts}"


def _seal(key: bytes, mark: Mark) -> str:
    """The first 50 bits of HMAC-SHA256(key, "poster:" + number + ":" + copy)."""
    seal = hmac.digest(key, f"poster:{mark.number}:{mark.copy}".encode(), hashlib.sha256)
    return _letters(int.from_bytes(seal) >> (8 * len(seal) - 5 * SEAL_LETTERS), SEAL_LETTERS)


def _letters(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    return number
