"""What is uploaded as a picture is decoded, made small, stripped and drawn anew, or refused with a reason."""

import contextlib
import io
import random
import struct
import time
import zlib

import pytest
from PIL import Image, ImageOps

from server.campaigns.picture_end import holds_another_file
from server.campaigns.redraw import MOST_BYTES, MOST_KEPT_BYTES, MOST_SIDE, BadPicture, Crop, redraw

RED, BLUE = (230, 30, 30), (30, 30, 230)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
ZIP = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)


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


def code_of(upload: bytes, crop: Crop | None = None) -> str:
    with pytest.raises(BadPicture) as refusal:
        redraw(upload, crop=crop)
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
    assert code_of(noise("RGBA")) == "picture_too_busy"


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


def test_what_is_hidden_inside_a_picture_is_gone() -> None:
    picture = drawn()
    told = chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")
    assert b"script" not in redraw(picture[:33] + told + picture[33:]).content


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("tail", [ZIP, b"*/=1;alert(1)//<script>", b"<?php phpinfo();", b"\0\0\n%PDF-1.7"],
                         ids=["zip", "script", "php", "pdf"])
def test_two_files_in_one_are_refused(kind: str, tail: bytes) -> None:
    assert code_of(drawn(kind) + tail) == "two_files"


def test_a_gif_that_is_a_script_is_refused() -> None:
    """GIF89a/*…*/=1;alert(1): its width reads as the beginning of a comment."""
    gif = drawn("GIF", (8, 2), "P")
    assert code_of(gif[:6] + b"/*" + gif[8:] + b"*/=1;alert(1)") == "two_files"


@pytest.mark.parametrize("tail", [bytes(64), b"\xff\xd8\xff\xe1 a preview", b"\0\0\0\x18ftypmp42 a film", b"SEFT"])
def test_what_phones_hang_behind_a_photo_is_dropped(tail: bytes) -> None:
    assert redraw(drawn("JPEG") + tail).content == redraw(drawn("JPEG")).content


def test_a_photo_of_nothing_but_marks_is_read_in_no_time() -> None:
    began = time.process_time()
    assert not holds_another_file(b"\xff\xd8" + b"\xff" * (MOST_BYTES - 2))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_no_bytes_make_it_fall_over(kind: str) -> None:
    chance, whole = random.Random(kind), drawn(kind, (90, 60), comment=b"hello") if kind == "GIF" else drawn(kind)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(BadPicture):
            redraw(bytes(broken), crop=Crop(3, 3, 20, 20))


@pytest.mark.parametrize("turn", range(1, 9))
def test_the_part_to_keep_is_meant_as_the_picture_is_seen(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    stored = Image.frombytes("L", (60, 40), bytes(x * 3 + y for y in range(40) for x in range(60)))
    out = io.BytesIO()
    stored.save(out, "PNG", exif=exif)
    upright = ImageOps.exif_transpose(opened(out.getvalue())).convert("L")
    kept = opened(redraw(out.getvalue(), crop=Crop(5, 8, 20, 12)).content).convert("L")
    wanted = upright.crop((5, 8, 25, 20))
    assert kept.size == (20, 12)
    assert max(abs(one - two) for one, two in zip(kept.tobytes(), wanted.tobytes(), strict=True)) <= 6


def test_what_a_part_takes_in_beside_the_picture_is_transparent() -> None:
    kept = opened(redraw(drawn(), crop=Crop(-20, -10, 50, 30)).content).convert("RGBA")
    assert kept.size == (50, 30)
    assert [kept.getpixel(at)[3] for at in ((9, 20), (30, 4), (21, 11), (49, 29))] == [0, 0, 255, 255]  # type: ignore[index]


@pytest.mark.parametrize("crop", [
    Crop(60, 0, 5, 5), Crop(0, 0, 0, 9), Crop(-9, 0, 9, 9), Crop(2**62, 0, 2**62, 1), Crop(-9**9, -9**9, 9**10, 9**10),
])  # fmt: skip
def test_a_part_outside_of_the_picture_is_refused(crop: Crop) -> None:
    assert code_of(drawn(), crop) == "empty_crop"


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
