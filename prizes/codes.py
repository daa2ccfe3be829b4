"""Claim codes: what a winner holds. A code follows from the award's id and a key; only its hash is stored."""

import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: https://www.crockford.com/base32.html
SYMBOLS = 20  # of 5 bits each: 100 bits, which nobody guesses
GROUP = 5
FORGIVEN = str.maketrans("OIL", "011")  # what people read or type for what is meant


def claim_code(key: bytes, award_id: str) -> str:
    """An award's code: the first 100 bits of HMAC-SHA256(key, "claim:" + id), as XXXXX-XXXXX-XXXXX-XXXXX."""
    seal = hmac.digest(key, b"claim:" + award_id.encode(), hashlib.sha256)
    bits = int.from_bytes(seal) >> (8 * len(seal) - 5 * SYMBOLS)
    symbols = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(SYMBOLS)))
    return "-".join(symbols[start:start + GROUP] for start in range(0, SYMBOLS, GROUP))


def normal_code(code: str) -> str:
    """A code as it was meant: case, dashes, spaces, O for 0 and I or L for 1 are forgiven."""
    return "".join(filter(str.isalnum, code)).upper().translate(FORGIVEN)


def code_hash(code: str) -> str:
    """What is stored of a code: SHA-256 of its normal form, in hex. Plain is enough for 100 random bits."""
    return hashlib.sha256(normal_code(code).encode("utf-8", "replace")).hexdigest()
