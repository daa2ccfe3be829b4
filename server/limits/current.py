"""The limiter of the running app, for routes."""

from flask import current_app

from server.limits.rates import Limiter


def current_limiter() -> Limiter:
    limiter: Limiter = current_app.extensions["popshot_limiter"]
    return limiter
