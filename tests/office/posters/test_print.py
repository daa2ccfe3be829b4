"""What is printed can be scanned: pictures, posters and stickers are decoded again, small and damaged ones too."""

import io
import json
import re
import zlib
from collections.abc import Sequence

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw
from resvg_py import svg_to_bytes

from server.backoffice.posters.paper import POINTS
from server.backoffice.posters.print_out import (
    POSTERS,
    SHEET,
    STICKERS,
    Layout,
    Printed,
    Words,
    across,
    poster_pdf,
    sticker_pdf,
)
from server.backoffice.posters.qr import make_qr, png_of, runs_of, side_of, svg_of
from server.campaigns.theme import HOUSE
from server.drawings import look_of
from server.play.posters.code import Mark, address_of, code_of, spoken_address

URL = "https://play.zapp.example"
LOOK = look_of(json.loads(HOUSE.read_text("utf-8")))
WORDS = Words("Zapp & Cie", "Saurez-vous toucher le patron ?", "Scannez et jouez", "Gratuit · sans appli", "fr")
PRINT_DOTS = 300 / 72  # pixels a point


def printed(copy: int = 0) -> Printed:
    code = code_of(b"k" * 32, Mark(123_456_789, copy))
    return Printed(address_of(URL, code), spoken_address(URL, code), f"{copy:03}" if copy else "")


ADDRESS = printed().address


def read(picture: Image.Image) -> list[str]:
    return sorted(found.text for found in zxingcpp.read_barcodes(picture.convert("L")))


def pages(pdf: bytes, dots: float = 2) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dots).to_pil() for page in document]


def text_in(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_svg_says_the_address() -> None:
    drawn = svg_to_bytes(svg_string=svg_of(ADDRESS).decode(), width=400)
    assert read(Image.open(io.BytesIO(drawn))) == [ADDRESS]


@pytest.mark.parametrize("least", [512, 4096])
def test_the_png_says_the_address_and_is_large_enough(least: int) -> None:
    picture = Image.open(io.BytesIO(png_of(ADDRESS, least)))
    assert picture.width == picture.height >= least
    assert read(picture) == [ADDRESS]


@pytest.mark.parametrize("layout", POSTERS)
def test_a_poster_says_the_address_in_its_code_and_in_words(layout: Layout) -> None:
    pdf = poster_pdf(layout, printed(), WORDS, LOOK)
    [page] = pages(pdf, 1)
    assert read(page) == [ADDRESS]
    said = text_in(pdf)
    for words in (WORDS.brand, "patron", "Scannez", WORDS.free, printed().spoken.partition("/q/")[2]):
        assert words in said


@pytest.mark.parametrize("layout", STICKERS)
def test_every_sticker_of_every_sheet_has_its_own_code(layout: Layout) -> None:
    columns, rows = across(STICKERS[layout])
    copies = [printed(copy) for copy in range(1, columns * rows + 3)]
    pdf = sticker_pdf(layout, copies, WORDS, LOOK["accent"])
    first, second = pages(pdf)
    assert read(first) == sorted(one.address for one in copies[:columns * rows])
    assert read(second) == sorted(one.address for one in copies[columns * rows:])
    assert "Zapp & Cie · 001" in text_in(pdf)


def test_every_code_is_two_centimetres_wide_at_least_and_quiet_around() -> None:
    qr = make_qr(printed(1).address)
    for sticker in STICKERS.values():
        assert sticker.code * (side_of(qr) - 8) / side_of(qr) >= 20  # millimetres without the quiet zone
    [page] = pages(sticker_pdf(Layout.SMALL, [printed(1)], WORDS, LOOK["accent"]), PRINT_DOTS)
    [found] = zxingcpp.read_barcodes(page.convert("L"))
    left, top, right = found.position.top_left.x, found.position.top_left.y, found.position.top_right.x
    module = (right - left) / (side_of(qr) - 8)
    beside = page.convert("L").crop((round(left - 3.5 * module), top, round(left - 0.5 * module), top + 60))
    assert beside.getextrema() == (255, 255)


def test_it_is_read_small_and_dirty_until_too_much_of_it_is_gone() -> None:
    whole = Image.open(io.BytesIO(png_of(ADDRESS, 600))).convert("L")
    assert read(whole.resize((90, 90), Image.Resampling.LANCZOS)) == [ADDRESS]  # 2.5 pixels a module
    assert read(with_holes(whole, 3)) == [ADDRESS]
    assert read(with_holes(whole, 60)) == []  # the rig does damage it


def with_holes(picture: Image.Image, holes: int) -> Image.Image:
    """White stains of 3 × 3 modules, away from the corners by which a reader finds the code."""
    torn, module = picture.copy(), picture.width / side_of(make_qr(ADDRESS))
    draw = ImageDraw.Draw(torn)
    for hole in range(holes):
        x, y = (14 + hole * 5 % 14) * module, (13 + hole * 7 % 15) * module
        draw.rectangle((x, y, x + 3 * module, y + 3 * module), fill=255)
    return torn


def boxes(pdf: bytes) -> dict[str, Sequence[float]]:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        found = {"media": page.get_mediabox(), "bleed": page.get_bleedbox(), "trim": page.get_trimbox()}
    return {name: [round(side / POINTS, 1) for side in box] for name, box in found.items()}


def test_a_print_shop_finds_trim_and_bleed() -> None:
    assert boxes(poster_pdf(Layout.A4, printed(), WORDS, LOOK)) == {
        "media": [0, 0, 234, 321], "bleed": [9, 9, 225, 312], "trim": [12, 12, 222, 309]}
    sheet = boxes(sticker_pdf(Layout.SMALL, [printed()], WORDS, LOOK["accent"]))
    assert sheet["trim"] == [0, 0, SHEET.width, SHEET.height]


def test_fonts_are_embedded_and_black_is_black_ink_alone() -> None:
    pdf = sticker_pdf(Layout.LARGE, [printed(1)], WORDS, LOOK["accent"])
    assert pdf.count(b"/FontFile2") >= 1
    assert b"/Helvetica" not in pdf
    with pypdfium2.PdfDocument(pdf) as document:
        kinds = {item.type for item in document[0].get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds  # vectors and text only
    assert b" k" in drawn_in(pdf)
    assert b"0 0 0 1 k" in drawn_in(pdf)
    assert re.search(rb"(^|\s)0(\.0+)? 0(\.0+)? 0(\.0+)? rg\b", drawn_in(pdf)) is None


def drawn_in(pdf: bytes) -> bytes:
    """The operators of its pages, unpacked."""
    streams = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = [zlib.decompressobj().decompress(stream) for stream in streams]
    return b"\n".join(part for part in unpacked if b" re" in part)


def test_runs_are_the_dark_modules() -> None:
    qr = make_qr(ADDRESS)
    assert sum(length for _, _, length in runs_of(qr)) == sum(map(sum, qr.matrix))


def test_long_words_are_made_to_fit() -> None:
    long = Words("A brand with a rather long name indeed & Sons",
                 "Donaudampfschifffahrtsgesellschaftskapitänsmütze triffst du?", "Jetzt sofort scannen und losspielen",
                 "Kostenlos · ohne App · ohne Konto", "de")
    host = "https://gewinnspiel.eine-sehr-lange-marke.example"
    code = code_of(b"k" * 32, Mark(7, 9_999))
    far = Printed(address_of(host, code), spoken_address(host, code), "9999")
    assert read(pages(poster_pdf(Layout.A4, far, long, LOOK), 1)[0]) == [far.address]
    assert read(pages(sticker_pdf(Layout.SMALL, [far], long, LOOK["accent"]))[0]) == [far.address]
