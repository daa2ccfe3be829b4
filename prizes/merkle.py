"""The root of a list by RFC 6962: what is published before a draw fixes every entry and its place.

A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), the empty list SHA-256("")
(https://www.rfc-editor.org/rfc/rfc6962#section-2.1).
"""

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256(b"").digest()


def merkle_root(entries: Iterable[bytes]) -> bytes:
    """The 32-byte root. One pass, and memory for one hash a level, however many entries there are."""
    sha256 = hashlib.sha256
    peaks: list[bytes] = []  # the roots of the whole subtrees so far, the tallest first
    for count, entry in enumerate(entries):
        root = sha256(b"\0" + entry).digest()
        while count & 1:  # each bit of the count so far is a subtree; a set one below is as tall as ours
            root = sha256(b"\1" + peaks.pop() + root).digest()
            count >>= 1  # noqa: PLW2901  (the loop's own count goes on)
        peaks.append(root)
    if not peaks:
        return EMPTY
    root = peaks.pop()
    while peaks:
        root = sha256(b"\1" + peaks.pop() + root).digest()
    return root
