"""What is asked for at fixed addresses, whatever the page: the icon, and the word to robots."""

from functools import cache
from pathlib import Path

from flask import Blueprint, Response, request
from resvg_py import svg_to_bytes

MARK = Path(__file__).resolve().parents[2] / "static" / "icons" / "popshot.svg"
A_DAY_S = 24 * 3600
ICON_SIDE = 180  # pixels, as Apple's devices want it; others make it smaller
CLOSED_TO_ROBOTS = ("/api/", "/backoffice", "/claim", "/me", "/rehearsal/")

bp = Blueprint("site", __name__)


@bp.get("/favicon.ico")
@bp.get("/apple-touch-icon.png")
def icon() -> Response:
    response = Response(_drawn_icon(), mimetype="image/png")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY_S}"
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/robots.txt")
def robots() -> Response:
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS)]
    return Response("\n".join(rules) + "\n", mimetype="text/plain")


@cache
def _drawn_icon() -> bytes:
    mark = MARK.read_text("utf-8")
    return bytes(svg_to_bytes(svg_string=mark, width=ICON_SIDE, height=ICON_SIDE, background="#3f86e0",
                              skip_system_fonts=True))
