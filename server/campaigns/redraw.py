"""An uploaded picture, decoded and drawn anew: what is kept was made here, and nothing else of the upload stays."""

import io
import struct
import zlib
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from server.campaigns.picture_end import holds_another_file

KINDS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 25_000_000  # a phone's largest photo; decoded it takes 100 MB for a moment
MOST_SIDE = 512  # pixels; the boss's head is at most about 400 on any screen
MOST_KEPT_BYTES = 200 * 1024
MOST_AROUND = 4  # times the picture's longer side, that a crop may take in
QUALITIES = (90, 80, 65, 50, 30)  # of WebP; the first that is small enough
# What Pillow's decoders raise on bytes made to confuse them. Too little memory is one more way to be refused.
UNDECODABLE = (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, AttributeError,
               RuntimeError, MemoryError, struct.error, zlib.error)
# By EXIF's orientation: whether sides are swapped as stored, and counted from the far end across, and down.
TURNS = {1: (False, False, False), 2: (False, True, False), 3: (False, True, True), 4: (False, False, True),
         5: (True, False, False), 6: (True, False, True), 7: (True, True, True), 8: (True, True, False)}


class BadPicture(Exception):
    """An upload that is not kept: a stable code, and a sentence with the numbers in it (which are `places` too)."""

    def __init__(self, code: str, sentence: str, **places: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.places = places


@dataclass(frozen=True)
class Redrawn:
    media_type: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Crop:
    """The part to keep, in pixels of the picture held upright; what lies outside of the picture is transparent."""

    x: int
    y: int
    width: int
    height: int

    def within(self, width: int, height: int) -> "Crop":
        """What of it lies in a picture of this size; raises BadPicture where that is nothing, or next to nothing."""
        left, top = max(0, self.x), max(0, self.y)
        right, bottom = min(width, self.x + self.width), min(height, self.y + self.height)
        if right <= left or bottom <= top or max(self.width, self.height) > MOST_AROUND * max(width, height):
            raise BadPicture("empty_crop", "The part to keep lies outside of the picture.")
        return Crop(left, top, right - left, bottom - top)


def redraw(upload: bytes, most_side: int = MOST_SIDE, crop: Crop | None = None,
           most_kept: int = MOST_KEPT_BYTES) -> Redrawn:
    """A WebP of at most `most_side` pixels a side and `most_kept` bytes, upright, without any metadata.

    Raises BadPicture for too many bytes or pixels, for all that is no PNG, JPEG, WebP or GIF (its first frame is
    taken), and for two files in one. SVG is a program as much as a picture, so it is none of them.
    """
    if len(upload) > MOST_BYTES:
        raise BadPicture("picture_too_large", f"The picture has more than {MOST_BYTES} bytes, the most.",
                         most=MOST_BYTES)
    try:
        with Image.open(io.BytesIO(upload), formats=KINDS) as opened:
            _require_few_pixels(*opened.size)
            _require_one_file(upload)
            picture = _upright(opened, most_side, crop)
    except UnidentifiedImageError:
        raise BadPicture("not_a_picture", f"This is none of {', '.join(KINDS)}.") from None
    except Image.DecompressionBombError:
        raise _too_many_pixels(f"far more than {MOST_PIXELS} pixels") from None
    except UNDECODABLE as error:
        raise BadPicture("broken_picture", f"The picture cannot be decoded: {error}.") from None
    return Redrawn("image/webp", _pack(picture, most_kept), *picture.size)


def _require_few_pixels(width: int, height: int) -> None:
    """The header tells the size: a bomb is refused before a single pixel is decoded."""
    if width * height > MOST_PIXELS:
        raise _too_many_pixels(f"{width} × {height} pixels")


def _too_many_pixels(size: str) -> BadPicture:
    return BadPicture("too_many_pixels", f"The picture has {size}; {MOST_PIXELS} are the most.", most=MOST_PIXELS)


def _require_one_file(upload: bytes) -> None:
    if holds_another_file(upload):
        raise BadPicture("two_files", "Another file hangs behind the picture; save it anew as a picture only.")


def _upright(opened: Image.Image, most_side: int, crop: Crop | None) -> Image.Image:
    """The first frame made small, turned as the camera was held, on a fresh canvas that carries nothing else."""
    if crop is None:
        opened.draft("RGB", (most_side, most_side))  # a JPEG is decoded small at once
    orientation = _orientation(opened)
    size = _swapped(opened.size, orientation)
    asked = crop or Crop(0, 0, *size)
    seen, scale = asked.within(*size), min(1.0, most_side / max(asked.width, asked.height))
    box = _as_stored(seen, orientation, *opened.size)
    small = _swapped(_scaled(scale, seen.width, seen.height), orientation)
    picture = _resizable(opened).resize(small, Image.Resampling.LANCZOS, box, reducing_gap=2.0)
    picture.getexif()[ExifTags.Base.Orientation] = orientation
    canvas = Image.new("RGBA", _scaled(scale, asked.width, asked.height))
    canvas.paste(ImageOps.exif_transpose(picture).convert("RGBA"),
                 (round((seen.x - asked.x) * scale), round((seen.y - asked.y) * scale)))
    return canvas


def _scaled(scale: float, width: int, height: int) -> tuple[int, int]:
    return max(1, round(width * scale)), max(1, round(height * scale))


def _resizable(opened: Image.Image) -> Image.Image:
    if opened.mode in ("1", "P", "PA"):  # cannot be made small
        return opened.convert("RGBA")
    if opened.mode.startswith("I;16"):  # 16 bits of grey: converted as it is, all but the darkest would be white
        return opened.point(lambda grey: grey / 256).convert("L")
    return opened


def _orientation(opened: Image.Image) -> int:
    told = opened.getexif().get(ExifTags.Base.Orientation, 1)
    return told if isinstance(told, int) and told in TURNS else 1


def _swapped(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """A size as stored for one as seen, and the other way round."""
    return (size[1], size[0]) if TURNS[orientation][0] else size


def _as_stored(seen: Crop, orientation: int, width: int, height: int) -> tuple[int, int, int, int]:
    """Where a part lies in the picture as it is stored, in a width and a height: (left, top, right, bottom).

    Turning only the part keeps a large photo from being in memory twice.
    """
    swaps, from_right, from_below = TURNS[orientation]
    left, top, wide, high = ((seen.y, seen.x, seen.height, seen.width) if swaps
                             else (seen.x, seen.y, seen.width, seen.height))
    left = width - left - wide if from_right else left
    top = height - top - high if from_below else top
    return left, top, left + wide, top + high


def _pack(picture: Image.Image, most_kept: int) -> bytes:
    for quality in QUALITIES:
        packed = io.BytesIO()
        picture.save(packed, "WEBP", quality=quality, alpha_quality=quality)
        if packed.tell() <= most_kept:
            return packed.getvalue()
    raise BadPicture("picture_too_busy", f"The picture cannot be made smaller than {most_kept} bytes.", most=most_kept)
