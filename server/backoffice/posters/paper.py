"""A print-ready PDF: vector QR codes, embedded fonts, black as black ink alone, page boxes and marks for the cutter.

All lengths in millimetres, from the top left of the trimmed page. Brand colours and pictures are RGB, as they are
known; the printer's software brings them into its inks.
"""

from typing import Literal, NamedTuple

from fpdf import FPDF
from fpdf.drawing_primitives import DeviceCMYK, DeviceRGB
from segno import QRCode

from server.backoffice.posters.qr import QUIET, runs_of, side_of
from server.play.lettering import FOLDER

POINTS = 72 / 25.4  # in a millimetre
PT = 25.4 / 72
BLACK_INK = DeviceCMYK(0, 0, 0, 1)
GREY_INK = DeviceCMYK(0, 0, 0, 0.65)
PAPER_WHITE = DeviceCMYK(0, 0, 0, 0)
ALL_INKS = DeviceCMYK(1, 1, 1, 1)  # marks are on every plate
MARK, HAIR = 5.0, 0.25 * PT  # length of a cut mark; its line
BLACK, BOLD = "nunito-900", "nunito-700"

Ink = DeviceCMYK | DeviceRGB
Align = Literal["L", "C", "R"]


class Format(NamedTuple):
    """A trimmed page; what is printed over its edge (`bleed`), and the room for marks around that (`slug`)."""

    width: float
    height: float
    bleed: float = 0
    slug: float = 0


class Paper:
    """A document of pages of one format."""

    def __init__(self, form: Format, title: str, locale: str) -> None:
        self.form = form
        self.around = form.bleed + form.slug
        self.pdf = FPDF(unit="mm", format=(form.width + 2 * self.around, form.height + 2 * self.around))
        self.pdf.set_title(title)
        self.pdf.set_creator("Popshot")
        self.pdf.set_lang(locale)
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        for weight in (900, 700):
            for part in ("latin", "latin-ext"):
                name = f"nunito-{weight}" + ("" if part == "latin" else "-ext")
                self.pdf.add_font(name, fname=FOLDER / f"nunito-{part}-{weight}-normal.woff2")

    def add_page(self) -> None:
        """A new page, with the boxes by which a print shop's software knows what is cut off."""
        self.pdf.add_page()
        page = self.pdf.pages[self.pdf.page]
        page.media_box = self._box(self.around)
        boxes = {"trim_box": self._box(0), "bleed_box": self._box(self.form.bleed)}
        vars(page).update(boxes)  # fpdf2 writes whatever a page object holds

    def _box(self, over: float) -> str:
        low = (self.around - over) * POINTS
        width, height = (side + 2 * self.around for side in self.form[:2])
        return f"[{low:.2f} {low:.2f} {width * POINTS - low:.2f} {height * POINTS - low:.2f}]"

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        self.pdf.image(content, x + self.around, y + self.around, width, height, keep_aspect_ratio=True)

    def panel(self, x: float, y: float, width: float, height: float, ink: Ink, corner: float = 0) -> None:
        """A filled rectangle, its corners rounded."""
        self.pdf.set_fill_color(ink)
        self.pdf.rect(x + self.around, y + self.around, width, height, "F", round_corners=corner > 0,
                      corner_radius=corner)

    def frame(self, x: float, y: float, width: float, height: float, ink: Ink, corner: float, line: float) -> None:
        """The outline of a panel."""
        self.pdf.set_draw_color(ink)
        self.pdf.set_line_width(line)
        self.pdf.rect(x + self.around, y + self.around, width, height, "D", round_corners=True, corner_radius=corner)

    def code(self, qr: QRCode, x: float, y: float, side: float) -> None:
        """A QR code with its quiet zone in a square, as one path: no seams between its modules."""
        module = side / side_of(qr)
        left, top = x + self.around + QUIET * module, y + self.around + QUIET * module
        self.panel(x, y, side, side, PAPER_WHITE)
        with self.pdf.new_path() as path:
            path.style.fill_color, path.style.stroke_color, path.style.auto_close = BLACK_INK, None, False
            for column, row, length in runs_of(qr):
                path.rectangle(left + column * module, top + row * module, length * module, module)

    def fit(self, text: str, font: str, width: float, most: float, least: float) -> float:
        """The largest size, in points, at which a line fits."""
        self._font(font, most)
        return max(least, min(most, most * width / max(self.pdf.get_string_width(text), 0.01)))

    def wrap(self, text: str, font: str, width: float, lines: int, most: float,
             least: float) -> tuple[list[str], float]:
        """A text in at most so many lines, at the largest size, in points, at which they fit; smaller if they must."""
        size = most
        while size > least and len(self._broken(text, font, size, width)) > lines:
            size -= 1
        return self._broken(text, font, size, width), size

    def _broken(self, text: str, font: str, size: float, width: float) -> list[str]:
        self._font(font, size)
        broken: list[str] = []
        for word in text.split(" "):
            longer = f"{broken[-1]} {word}" if broken else word
            if broken and self.pdf.get_string_width(longer) <= width:
                broken[-1] = longer
            else:
                broken.append(word)
        return broken

    def write(self, text: str, x: float, y: float, width: float, font: str, size: float, ink: Ink,
              align: Align = "L") -> None:
        """One line on a base line, in a box of a width; made smaller where it would not fit."""
        self._font(font, self.fit(text, font, width, size, 1))
        self.pdf.set_text_color(ink)
        room = width - self.pdf.get_string_width(text)
        self.pdf.text(x + self.around + {"L": 0, "C": room / 2, "R": room}[align], y + self.around, text)

    def _font(self, font: str, size: float) -> None:
        self.pdf.set_font(font, size=size)
        self.pdf.set_fallback_fonts([f"{font}-ext"], exact_match=False)

    def corner_marks(self) -> None:
        """Where the page is cut, outside of what is printed over the edge."""
        self.cut_marks([0, self.form.width], [0, self.form.height], 0, self.form.width, 0, self.form.height,
                       self.form.bleed)

    def cut_marks(self, columns: list[float], rows: list[float], left: float, right: float, top: float, bottom: float,
                  away: float) -> None:
        """Marks for cuts down at each of `columns` and across at each of `rows`, at the edges of a block."""
        self.pdf.set_draw_color(ALL_INKS)
        self.pdf.set_line_width(HAIR)
        for x in columns:
            self._line(x, top - away, x, top - away - MARK)
            self._line(x, bottom + away, x, bottom + away + MARK)
        for y in rows:
            self._line(left - away, y, left - away - MARK, y)
            self._line(right + away, y, right + away + MARK, y)

    def _line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self.pdf.line(x + self.around, y + self.around, to_x + self.around, to_y + self.around)

    def finish(self) -> bytes:
        return bytes(self.pdf.output())


def brand_ink(colour: str) -> DeviceRGB:
    """A colour written "#rrggbb"."""
    red, green, blue = (int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5))
    return DeviceRGB(red, green, blue)
