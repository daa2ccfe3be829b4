"""Where a picture's file ends: what hangs behind that is a second file in disguise, a polyglot."""

import re
from collections.abc import Callable

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # what is left out stands among the pixels
_LONELY = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG's markers without a length
_END_OF_IMAGE = 0xD9
_FOREIGN = re.compile(rb"PK[\x01-\x06][\x02-\x06]|<(?:script|html|svg|!doctype|\?)|%PDF-|Rar!\x1a|7z\xbc\xaf|\x7fELF"
                      rb"|#!/", re.IGNORECASE)


def holds_another_file(upload: bytes) -> bool:
    """Whether more than padding follows the end of a PNG, GIF or WebP, or a file of another kind that of a JPEG: phones
    hang previews, films and notes of their own behind it. False where no end is found: decoding will tell.
    """
    is_jpeg = upload.startswith(b"\xff\xd8")
    end = _end_of(upload)
    rest = upload[end:].strip(b"\0\r\n\t ") if end is not None else b""
    return _FOREIGN.search(rest) is not None if is_jpeg else bool(rest)


def _end_of(upload: bytes) -> int | None:
    walk = next((walk for magic, walk in _WALKS.items() if upload.startswith(magic)), None)
    try:
        return walk(upload) if walk else None
    except IndexError:
        return None


def _after_png(upload: bytes) -> int:
    at, kind = 8, b""
    while kind != b"IEND":
        kind = upload[at + 4:at + 8]
        at += 12 + int.from_bytes(_take(upload, at, 4))
    return at


def _after_gif(upload: bytes) -> int:
    at = 13 + _colours(upload[10])
    while upload[at] != 0x3B:
        if upload[at] == 0x2C:  # a frame: its place, its own colours, the size of its codes
            at += 11 + _colours(upload[at + 9])
        else:  # an extension: the introducer and its label
            at += 2
        while upload[at]:
            at += 1 + upload[at]
        at += 1
    return at + 1


def _colours(flags: int) -> int:
    """How many bytes a GIF's table of colours takes."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_webp(upload: bytes) -> int:
    length = int.from_bytes(_take(upload, 4, 4), "little")
    return 8 + length + length % 2


def _after_jpeg(upload: bytes) -> int | None:
    at = 2
    while found := _NEXT_MARKER.search(upload, at):
        at, marker = found.end(), upload[found.end() - 1]
        if marker == _END_OF_IMAGE:
            return at
        if marker not in _LONELY:
            at += int.from_bytes(_take(upload, at, 2))
    return None


def _take(upload: bytes, at: int, count: int) -> bytes:
    """Raises IndexError where the file is over before."""
    taken = upload[at:at + count]
    if len(taken) < count:
        raise IndexError(at)
    return taken


_WALKS: dict[bytes, Callable[[bytes], int | None]] = {
    b"\x89PNG\r\n\x1a\n": _after_png, b"GIF8": _after_gif, b"RIFF": _after_webp, b"\xff\xd8": _after_jpeg}
