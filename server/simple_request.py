"""Calls without a preflight: what a frame sandboxed to `allow-scripts` sends.

Its origin is `null`, for which browsers keep no preflight: each call with a token or in JSON would ask first, every
time. So any call may also come as a POST of `text/plain`, which the Fetch standard calls a simple request, with
`bearer`, `method` and `altcha` beside the other members of the body in the place of the headers. Nothing else of a
call changes, and nothing is allowed by it: it names its player by the token, as all calls do.
"""

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import orjson

from server.wire import MAX_BODY_BYTES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CALL = re.compile(r"(/rehearsal/\w+)?/api/v1/")  # the back office knows its staff by a cookie: its calls are not taken
LENGTH = re.compile(r"[0-9]{1,6}")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NO_METHOD = "UNKNOWN"  # of which a route says that it has no such method
PLAIN_WORD = re.compile(r"[!-~]{1,4000}")  # printable ASCII, as in a header


class SimpleRequests:
    """The WSGI layer that turns a simple request into the call it stands for; all else passes untouched."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self.inner = inner

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return self.inner(_meant(environ) if _may_be_simple(environ) else environ, start_response)


def _may_be_simple(environ: "WSGIEnvironment") -> bool:
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    length = environ.get("CONTENT_LENGTH") or ""
    return (environ["REQUEST_METHOD"] == "POST" and kind == "text/plain"
            and CALL.match(environ.get("PATH_INFO", "")) is not None
            and LENGTH.fullmatch(length) is not None and int(length) <= MAX_BODY_BYTES)


def _meant(environ: "WSGIEnvironment") -> "WSGIEnvironment":
    """The request as it would be with headers. A body that is no JSON object is left for the route to refuse."""
    raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    told = {**environ, "wsgi.input": io.BytesIO(raw)}
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return told
    if isinstance(body, dict):
        told |= _headers(body)
        if "method" in body:
            told["REQUEST_METHOD"] = body["method"] if body["method"] in METHODS else NO_METHOD
    return told


def _headers(body: dict[str, Any]) -> dict[str, str]:
    """What a body says in the place of headers; what could not stand in one is left out."""
    said = {name: body[name] for name in ("bearer", "altcha")
            if isinstance(body.get(name), str) and PLAIN_WORD.fullmatch(body[name])}
    return {**({"HTTP_AUTHORIZATION": f"Bearer {said['bearer']}"} if "bearer" in said else {}),
            **({"HTTP_ALTCHA": said["altcha"]} if "altcha" in said else {})}
