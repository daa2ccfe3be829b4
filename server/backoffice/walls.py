"""The walls of the back office: whose requests may change something, what its pages may run, who may frame them."""

import ipaddress
import secrets
from urllib.parse import urlsplit

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.errors import Problem
from server.play.terms import play_terms

AREA = "/backoffice"
READS = ("GET", "HEAD", "OPTIONS")
BODIES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")


def lead_to_our_name() -> AnyResponse | None:
    """Before every page of the back office: whoever asked an address of digits goes on to our public name, for passkeys
    belong to a name. Nothing is led anywhere when the public address is of digits too.
    """
    is_page = request.path == AREA or request.path.startswith(f"{AREA}/")
    if not is_page or request.method not in READS or not is_digits(request.host):
        return None
    ours = urlsplit(play_terms().public_url)
    if is_digits(ours.netloc):
        return None
    return redirect(f"{ours.scheme}://{ours.netloc}{request.full_path.rstrip('?')}", 307)


def is_digits(netloc: str) -> bool:
    """Whether a host, with its port or without, is an IP address."""
    try:
        ipaddress.ip_address(urlsplit(f"//{netloc}").hostname or "")
    except ValueError:
        return False
    return True


def refuse_other_sites() -> None:
    """Before every call of the back office: what changes something comes from our own pages, as JSON or a form.

    Raises Problem not_allowed.
    """
    if not request.path.startswith(f"{AREA}/") or request.method in READS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    is_own = site == "same-origin" if site else request.headers.get("Origin") == _own_origin()
    if not is_own or request.mimetype not in BODIES:
        raise Problem("not_allowed", "Only the pages of the back office may do this, with JSON or a form.")


def keep_to_ourselves(response: Response) -> Response:
    """No address of the back office is told to another site or framed by one, and only its own scripts run there."""
    if request.path == AREA or request.path.startswith(f"{AREA}/"):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = _policy()
    return response


def current_nonce() -> str:
    """What lets a script or style of this very answer run."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    nonce: str = g.nonce
    return nonce


def _policy() -> str:
    address = urlsplit(play_terms().public_url)
    socket = f"{'wss' if address.scheme == 'https' else 'ws'}://{address.netloc}"
    own = f"'self' 'nonce-{current_nonce()}'"
    return (f"default-src 'self'; script-src {own}; style-src {own}; img-src 'self' data: blob:; "
            f"connect-src 'self' {socket}; worker-src 'self' blob:; frame-src 'self'; object-src 'none'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")


def _own_origin() -> str:
    address = urlsplit(play_terms().public_url)
    return f"{address.scheme}://{address.netloc}"
