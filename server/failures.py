"""Every refusal leaves as problem+json under /api/, as a page elsewhere; nothing leaves as a bare error."""

import logging
from collections.abc import Callable

import orjson
from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from server.errors import Problem
from server.play.pages import problem_page
from server.wire import refuse_at_the_door

CODES = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}

WIRE = ("/api/", "/backoffice/api/", "/oembed", "/healthz", "/readyz")  # what programs ask; people ask for the rest

ProblemPage = Callable[[Problem], ResponseReturnValue]  # the back office tells its people its own way

log = logging.getLogger(__name__)


def answer_failures(app: Flask) -> None:
    """Register what is refused before any route, and the handlers: our refusals, the framework's, the unforeseen."""
    app.before_request(refuse_at_the_door)
    app.url_map.merge_slashes = False  # the redirect to fewer slashes would repeat the Host header, anyone's choice
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(OperationalError, _answer_busy)
    app.register_error_handler(PoolTimeout, _answer_busy)
    app.register_error_handler(Exception, _answer_unforeseen)


def _answer(problem: Problem) -> Response:
    if request.path.startswith(WIRE):
        body = orjson.dumps(problem.as_json())
        response = current_app.response_class(body, problem.status, mimetype="application/problem+json")
    else:
        page: ProblemPage = current_app.extensions.get("popshot_problem_page", problem_page)
        response = current_app.make_response(page(problem))
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _answer_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # redirects are answers, not failures
        return current_app.make_response(error.get_response())
    problem = Problem(CODES.get(error.code, "malformed"), error.description or error.name)
    response = _answer(problem)
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _answer_busy(error: Exception) -> Response:
    """A lock or a connection that was not to be had in time: nothing was kept, the same call may come again."""
    log.error("the database was busy or away at %s %s", request.method, request.path, exc_info=error)
    return _answer(Problem("not_ready", "The database is busy; send the call again.", retry_after=2))


def _answer_unforeseen(error: Exception) -> Response:
    log.error("unforeseen failure at %s %s", request.method, request.path, exc_info=error)
    return _answer(Problem("internal", "Something broke on our side; it was written down. Please try again."))
