"""Reading what clients send: every body is bounded, parsed and typed here, in one place."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

import brotli
import orjson
from flask import Request, Response, current_app, request

from server.errors import Problem

MAX_BODY_BYTES = 64 * 1024  # a whole wave of shots is below 1 KiB, the longest comment below 8
MAX_NUMBER = 2**53  # what JavaScript holds exactly

Word = TypeVar("Word", bound=StrEnum)
View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(most_bytes: int) -> Callable[[View], View]:
    """Let a route read a longer body than others do, such as an uploaded file."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def refuse_at_the_door() -> None:
    """Before any route: raises Problem not_found for an address that PostgreSQL could not even look up,
    too_large for a body that no call would read, also where none is read.
    """
    if "\x00" in request.path:
        raise Problem("not_found", "There is nothing at this address.")
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", MAX_BODY_BYTES)
    if most != MAX_BODY_BYTES:
        request.max_content_length = most
    if (request.content_length or 0) > most:
        raise Problem("too_large", f"The body has {request.content_length} bytes; {most} are the most.")


def read_body(source: Request | None = None) -> dict[str, Any]:
    """The JSON object of a request; an empty body is an empty object.

    Raises Problem malformed (not JSON, not an object) or too_large.
    """
    source = source or request
    raw = source.get_data(cache=False)
    if source.content_length is None and len(raw) >= MAX_BODY_BYTES:  # chunked: the rest of it was not read
        raise Problem("too_large", f"The body is longer than {MAX_BODY_BYTES} bytes, the most that are read.")
    if not raw.strip():
        return {}
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Problem("malformed", f"The body is not JSON in UTF-8: {error}.") from None
    if not isinstance(body, dict):
        raise Problem("malformed", f"The body must be a JSON object, not {json_type(body)}.")
    return body


def text_of(body: dict[str, Any], name: str, *, most: int, required: bool = True) -> str:
    """A text member, stripped; '' when it may be missing and is.

    Raises Problem malformed (missing, not a text, holds a NUL) or too_large (longer than `most`).
    """
    value = body.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise Problem("malformed", f"`{name}` must be a text, not {json_type(value)}.")
    if "\x00" in value:
        raise Problem("malformed", f"`{name}` holds a NUL character.")
    if len(value) > most:
        raise Problem("too_large", f"`{name}` has {len(value)} characters; {most} are the most.")
    return value.strip()


def whole_number(value: Any, name: str) -> int:
    """A whole number; raises Problem malformed for anything else, true and 1.0 too."""
    if type(value) is not int or abs(value) >= MAX_NUMBER:
        raise Problem("malformed", f"`{name}` must be a whole number, not {json_type(value)}.")
    return value


def word_of(kind: type[Word], given: str, name: str) -> Word:
    """One of the words of a StrEnum; raises Problem malformed, with those that there are."""
    try:
        return kind(given)
    except ValueError:
        raise Problem("malformed", f"`{name}` must be one of {', '.join(kind)}.") from None


def number_argument(name: str, default: int, least: int, most: int) -> int:
    """A whole number out of the query, held within its bounds."""
    given = request.args.get(name)
    if given is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,9}", given):
        raise Problem("malformed", f"`{name}` must be a whole number.")
    return max(least, min(most, int(given)))


def json_type(value: Any) -> str:
    """How a sentence names a JSON value's type."""
    names = {"NoneType": "nothing", "bool": "a truth value", "int": "a number", "float": "a fraction",
             "str": "a text", "list": "a list", "dict": "an object"}
    return names[type(value).__name__]


def answer(body: Any, status: int = 200) -> Response:
    """A JSON answer."""
    return current_app.response_class(orjson.dumps(body), status, mimetype="application/json")


def pack(response: Response) -> None:
    """Make an answer as small as it can be, for whoever takes brotli; for what many ask for and seldom changes."""
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["br"]:
        response.set_data(_packed(response.get_data()))
        response.content_encoding = "br"


@lru_cache(maxsize=64)
def _packed(body: bytes) -> bytes:
    small: bytes = brotli.compress(body)
    return small
