"""The headers that every answer carries: who may read it, run in it and frame it."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from server.play.frames import FRAMED_BY

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Altcha",
    "Access-Control-Max-Age": "3600",
}


def add_to(app: Flask, public_url: str) -> None:
    """Give every answer of the app its headers. No cookie is ever set on a player's path, so none is needed."""
    policy, is_secure = _policy(public_url), urlsplit(public_url).scheme == "https"

    @app.after_request
    def add(response: Response) -> Response:
        if request.path.startswith(("/api/v1/", "/static/")):
            response.headers.update(CORS)
            if request.method == "OPTIONS":
                response.headers.update(PREFLIGHT)
        response.headers["X-Content-Type-Options"] = "nosniff"
        if request.path.startswith("/static/"):
            return response  # a file is no page: it runs nothing and frames nothing by itself
        framed_by = response.headers.pop(FRAMED_BY, "") or "'none'"
        response.headers.setdefault("Content-Security-Policy", f"{policy}; frame-ancestors {framed_by}")
        if is_secure and request.path.startswith("/c/") and response.mimetype == "text/html":
            # Who has opened a game learns no name of it. Over plain http browsers ignore it, with a complaint; pages to
            # which frames lead would not open from a sandbox that keeps its windows.
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _policy(public_url: str) -> str:
    """The content policy: our own files only, the socket of our own address, pictures made in the page."""
    address = urlsplit(public_url)
    socket = f"{'wss' if address.scheme == 'https' else 'ws'}://{address.netloc}"
    return ("default-src 'self'; img-src 'self' data: blob:; "
            f"connect-src 'self' {socket}; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
            "form-action 'none'")
