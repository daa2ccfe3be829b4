"""A pass: the name of a moderator and until when, signed. It stands in for accounts until there are some."""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

VALID_FOR = timedelta(hours=12)
PASS = re.compile(r"([a-z][a-z0-9_]{0,31})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})")


def make_pass(key: bytes, name: str, until: datetime) -> str:
    """A pass for a name (a short word) that is valid until a moment."""
    signed = f"{name}.{int(until.timestamp())}"
    return f"{signed}.{_signature(key, signed)}"


def read_pass(key: bytes, shown: str, now: datetime) -> tuple[str, datetime] | None:
    """Whose pass it is and until when; None for what is not signed by this key, or is over."""
    parts = PASS.fullmatch(shown)
    if parts is None or not hmac.compare_digest(parts[3], _signature(key, f"{parts[1]}.{parts[2]}")):
        return None
    until = datetime.fromtimestamp(int(parts[2]), UTC)
    return (parts[1], until) if now < until else None


def _signature(key: bytes, signed: str) -> str:
    digest = hmac.digest(key, signed.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
