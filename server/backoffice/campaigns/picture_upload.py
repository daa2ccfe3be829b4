"""Reading an uploaded picture out of a form: the file, the part of it to keep, and in plain words why it is refused."""

import re
from dataclasses import dataclass

from flask import request

from server.backoffice.page import office_locale, say
from server.campaigns.dress_campaign import Place
from server.campaigns.easel import current_easel
from server.campaigns.redraw import MOST_BYTES, BadPicture, Crop, Redrawn
from server.errors import Problem
from server.words import say_number

MOST_UPLOAD = MOST_BYTES + 64 * 1024  # the form around the file
PRIZE = "prize"
_WHOLE = re.compile(r"-?[0-9]{1,6}")
_UNITS = {"picture_too_large": 1024 * 1024, "picture_too_busy": 1024, "too_many_pixels": 1_000_000}  # of its `most`


@dataclass(frozen=True)
class Frame:
    """What a place asks of its picture: pixels of the longer side, bytes, and the shape of the cut."""

    most_side: int
    most_kept: int
    width: int
    height: int
    must_fill: bool  # nothing transparent beside the picture


FRAMES = {  # as large as each is ever shown, on a screen of three pixels to one
    Place.BOSS.value: Frame(512, 120 * 1024, 156, 178, must_fill=True),  # the head in static/game/art/head.js
    Place.LOGO.value: Frame(256, 48 * 1024, 1, 1, must_fill=False),
    PRIZE: Frame(288, 40 * 1024, 1, 1, must_fill=False),
}


def read_picture(place: str) -> Redrawn:
    """The picture of this request, cut and drawn anew for a place. Call it while no transaction is open.

    Raises Problem picture_refused with the sentence to show, malformed for a part that is none.
    """
    file, frame = request.files.get("picture"), FRAMES[place]
    upload = file.read(MOST_BYTES + 1) if file else b""
    if not upload:
        raise _refusal("no_picture")
    try:
        return current_easel().redraw(upload, frame.most_side, _read_crop(), frame.most_kept)
    except BadPicture as bad:
        raise _refusal(bad.code, bad) from None


def _read_crop() -> Crop | None:
    told = [request.form.get(name, "") for name in ("x", "y", "width", "height")]
    if not any(told):
        return None
    if not all(_WHOLE.fullmatch(number) for number in told):
        raise Problem("malformed", "`x`, `y`, `width` and `height` must be whole numbers, or all left out.")
    return Crop(*map(int, told))


def _refusal(code: str, bad: BadPicture | None = None) -> Problem:
    most = bad.places.get("most") if bad else None
    places = {"most": say_number(office_locale(), most // _UNITS[code])} if isinstance(most, int) else {}
    return Problem("picture_refused", say(f"pictures.{code}", **places), reason=code)
