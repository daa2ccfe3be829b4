"""The root of a list by RFC 6962: what is published before a draw fixes every entry and its place.

A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), the empty list SHA-256("")
(https://www.rfc-editor.org/rfc/rfc6962#section-2.1).
"""

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256(b"").digest()


def merkle_root(entries: Iterable[bytes]) -> bytes:
    """The 32-byte root. One pass, and memory for one hash a level, however many entries there are."""
    peaks: list[tuple[int, bytes]] = []  # (height, root) of the whole subtrees so far, the tallest first
    for entry in entries:
        height, root = 0, hashlib.sha256(b"\0" + entry).digest()
        while peaks and peaks[-1][0] == height:
            root = _node(peaks.pop()[1], root)
            height += 1
        peaks.append((height, root))
    if not peaks:
        return EMPTY
    _, root = peaks.pop()
    while peaks:
        root = _node(peaks.pop()[1], root)
    return root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
