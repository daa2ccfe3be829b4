"""Is it alive, and is it ready: for whoever watches the process."""

from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from server.errors import Problem
from server.migrate import is_migrated
from server.wire import answer

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    return answer({"status": "alive"})


@bp.get("/readyz")
def ready() -> Response:
    try:
        if is_migrated(current_app.extensions["popshot_database"].engine):
            return answer({"status": "ready"})
    except SQLAlchemyError:
        raise Problem("not_ready", "The database does not answer.") from None
    raise Problem("not_ready", "The database is not migrated; run: popshot migrate")
