"""An uploaded picture, decoded and drawn anew: what is kept was made here, and nothing else of the upload stays."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

KINDS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000  # a phone's largest photo; decoded it takes 100 MB for a moment
MOST_SIDE = 512  # pixels; the boss's head is at most about 400 on any screen
MOST_KEPT_BYTES = 200 * 1024
QUALITIES = (90, 80, 65, 50, 30)  # of WebP; the first that is small enough


class BadPicture(Exception):
    """An upload that is not kept: a stable code, and a sentence with the numbers in it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Redrawn:
    media_type: str
    content: bytes
    width: int
    height: int


def redraw(upload: bytes, most_side: int = MOST_SIDE) -> Redrawn:
    """A WebP of at most `most_side` pixels a side and 200 KB, upright, without any metadata.

    Raises BadPicture for too many bytes or pixels, and for all that is no PNG, JPEG, WebP or GIF (its first
    frame is taken). SVG is a program as much as a picture, so it is none of them.
    """
    if len(upload) > MOST_BYTES:
        raise BadPicture("picture_too_large", f"The picture has more than {MOST_BYTES} bytes, the most.")
    try:
        with Image.open(io.BytesIO(upload), formats=KINDS) as opened:
            _require_few_pixels(*opened.size)
            picture = _upright(opened, most_side)
    except UnidentifiedImageError:
        raise BadPicture("not_a_picture", f"This is none of {', '.join(KINDS)}.") from None
    except Image.DecompressionBombError:
        raise BadPicture("too_many_pixels", f"The picture has far more than {MOST_PIXELS} pixels, the most.") from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow's decoders raise
        raise BadPicture("broken_picture", f"The picture cannot be decoded: {error}.") from None
    return Redrawn("image/webp", _pack(picture), *picture.size)


def _require_few_pixels(width: int, height: int) -> None:
    """The header tells the size: a bomb is refused before a single pixel is decoded."""
    if width * height > MOST_PIXELS:
        raise BadPicture("too_many_pixels", f"The picture has {width} × {height} pixels; {MOST_PIXELS} are the most.")


def _upright(opened: Image.Image, most_side: int) -> Image.Image:
    """The first frame made small, turned as the camera was held, on a fresh canvas that carries nothing else."""
    picture = opened
    if opened.mode in ("1", "P", "PA"):  # cannot be made small
        picture = opened.convert("RGBA")
    elif opened.mode == "I;16":  # 16 bits of grey: converted as it is, all but the darkest would be white
        picture = opened.point(lambda grey: grey / 256).convert("L")
    picture.thumbnail((most_side, most_side), Image.Resampling.LANCZOS)
    turned = ImageOps.exif_transpose(picture).convert("RGBA")
    canvas = Image.new("RGBA", turned.size)
    canvas.paste(turned)
    return canvas


def _pack(picture: Image.Image) -> bytes:
    for quality in QUALITIES:
        packed = io.BytesIO()
        picture.save(packed, "WEBP", quality=quality, alpha_quality=quality)
        if packed.tell() <= MOST_KEPT_BYTES:
            return packed.getvalue()
    raise BadPicture("picture_too_large", f"The picture cannot be made smaller than {MOST_KEPT_BYTES} bytes.")
