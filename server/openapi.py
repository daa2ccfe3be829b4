"""The wire as OpenAPI 3.1, for whoever builds on it; a test holds it and the routes together."""

from functools import cache
from pathlib import Path

import orjson
from flask import Blueprint, Response

from server.wire import answer

FILE = Path(__file__).with_name("openapi.json")

bp = Blueprint("openapi", __name__, url_prefix="/api/v1")


@cache
def description() -> dict[str, object]:
    """The OpenAPI document, read once."""
    document: dict[str, object] = orjson.loads(FILE.read_bytes())
    return document


@bp.get("/openapi.json")
def show() -> Response:
    return answer(description())
