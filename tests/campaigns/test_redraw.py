"""What is uploaded as a picture is decoded, made small, stripped and drawn anew, or refused with a reason."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from server.campaigns.redraw import MOST_BYTES, MOST_KEPT_BYTES, MOST_SIDE, BadPicture, redraw

RED, BLUE = (230, 30, 30), (30, 30, 230)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def drawn(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **saved: object) -> bytes:
    """A red picture with a blue left half."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **saved)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 99))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def code_of(upload: bytes) -> str:
    with pytest.raises(BadPicture) as refusal:
        redraw(upload)
    assert str(refusal.value).endswith(".")
    return refusal.value.code


@pytest.mark.parametrize(("kind", "mode"), [
    ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "1"), ("JPEG", "RGB"),
    ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGB"), ("GIF", "P"),
])  # fmt: skip
def test_the_usual_kinds_become_a_webp(kind: str, mode: str) -> None:
    redrawn = redraw(drawn(kind, mode=mode))
    picture = opened(redrawn.content)
    assert (redrawn.media_type, picture.format, picture.size) == ("image/webp", "WEBP", (60, 40))
    assert (redrawn.width, redrawn.height) == (60, 40)


def test_what_is_transparent_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(redraw(out.getvalue()).content).convert("RGBA").getpixel((20, 20))[3] == 0  # type: ignore[index]


def test_grey_of_16_bits_keeps_its_shades() -> None:
    out = io.BytesIO()
    Image.new("I;16", (40, 40), 0x8000).save(out, "PNG")
    red, _green, _blue = opened(redraw(out.getvalue()).content).convert("RGB").getpixel((20, 20))  # type: ignore[misc]
    assert 124 <= red <= 132


def test_a_large_picture_is_made_small_and_a_small_one_left() -> None:
    assert opened(redraw(drawn(size=(3000, 1500))).content).size == (MOST_SIDE, MOST_SIDE // 2)
    assert opened(redraw(drawn(size=(3, 2))).content).size == (3, 2)


def noise(mode: str) -> bytes:
    """A PNG that no encoder can make much smaller."""
    out = io.BytesIO()
    Image.frombytes(mode, (512, 512), random.Random(7).randbytes(512 * 512 * len(mode))).save(out, "PNG")
    return out.getvalue()


def test_noise_is_packed_harder_until_it_is_small_enough() -> None:
    assert len(redraw(noise("RGB")).content) <= MOST_KEPT_BYTES


def test_what_cannot_be_made_small_enough_is_refused() -> None:
    assert code_of(noise("RGBA")) == "picture_too_large"


def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held sideways: to be turned a quarter clockwise
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)  # GPS latitude
    photo = drawn("JPEG", exif=exif, comment=b"at home")
    assert b"A camera" in photo
    redrawn = redraw(photo)
    assert (redrawn.width, redrawn.height) == (40, 60)
    picture = opened(redrawn.content)
    assert dict(picture.getexif()) == {}
    assert {"exif", "xmp", "icc_profile", "comment"} & picture.info.keys() == set()
    red, _green, blue = picture.convert("RGB").getpixel((20, 5))  # type: ignore[misc]
    assert blue > red  # the left half is on top now


def test_of_an_animation_the_first_frame_stays() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in (BLUE, RED, RED)]
    for kind in ("GIF", "WEBP", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=50)
        picture = opened(redraw(out.getvalue()).content)
        assert getattr(picture, "n_frames", 1) == 1
        red, _green, blue = picture.convert("RGB").getpixel((15, 15))  # type: ignore[misc]
        assert blue > red, kind


def test_what_hangs_behind_or_inside_a_picture_is_gone() -> None:
    picture = drawn()
    told = chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")
    polyglot = picture[:33] + told + picture[33:] + b"PK\x03\x04<html><script>alert(2)</script>"
    content = redraw(polyglot).content
    assert b"script" not in content
    assert b"PK\x03\x04" not in content


@pytest.mark.parametrize("other", [
    b"", b"GIF89a", SVG, b"<?xml version='1.0'?>" + SVG, b"%PDF-1.7\n", b"BM" + bytes(60), b"\xff\xd8\xff",
    b"MZ" + bytes(99), b"\x00\x00\x01\x00" + bytes(60), b"8BPS" + bytes(60),
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
], ids=lambda other: repr(other[:8]))  # fmt: skip
def test_what_is_none_of_the_four_kinds_is_refused(other: bytes) -> None:
    assert code_of(other) in ("not_a_picture", "broken_picture")


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM", "TGA"])
def test_other_kinds_that_pillow_could_read_are_refused(kind: str) -> None:
    assert code_of(drawn(kind)) == "not_a_picture"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.5, 0.1])
def test_a_cut_picture_is_refused(kind: str, share: float) -> None:
    whole = drawn(kind, size=(300, 200))
    assert code_of(whole[: int(len(whole) * share)]) in ("broken_picture", "not_a_picture")


@pytest.mark.parametrize("size", [(5001, 5000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_a_pixel_is_decoded(size: tuple[int, int]) -> None:
    assert code_of(png_that_claims(*size)) == "too_many_pixels"  # there are none: decoding would say broken_picture


def test_a_text_bomb_in_a_png_is_refused() -> None:
    swollen = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))
    picture = drawn()
    assert code_of(picture[:33] + swollen + picture[33:]) == "broken_picture"


def test_too_many_bytes_are_refused_unread() -> None:
    assert code_of(drawn() + bytes(MOST_BYTES)) == "picture_too_large"
