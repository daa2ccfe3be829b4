"""create_app: the only place where the parts meet."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from flask_compress import Compress
from sqlalchemy.exc import ProgrammingError
from werkzeug.middleware.proxy_fix import ProxyFix

from server import headers, health, live, openapi
from server.announce import Announcer
from server.backoffice.office import add_back_office
from server.campaigns import routes as campaigns
from server.campaigns.easel import Easel
from server.campaigns.theme import load_themes
from server.clock import Clock, system_clock
from server.comments import appeal_routes, count_routes
from server.comments import report_routes as reports
from server.comments import routes as comments
from server.comments.page_gate import FirstPageGate
from server.comments.score import FILE, Scorer
from server.comments.terms import CommentTerms
from server.config import Config
from server.db import Database, close_session, open_database
from server.errors import Problem
from server.failures import answer_failures
from server.keys import Keys
from server.limits.rates import Limiter
from server.play import (
    about_comments,
    app_routes,
    card_routes,
    claim_routes,
    draw_routes,
    oembed,
    pages,
    routes,
    site_routes,
)
from server.play.card_picture import Studio
from server.play.posters import routes as posters
from server.play.terms import make_terms
from server.players import routes as players
from server.players.guard import limit_call
from server.privacy import routes as privacy
from server.rehearsal.by_staff import StaffRehearsals
from server.rehearsal.serve import Build, RehearsalGate, Worlds
from server.rehearsal.world import config_of, keys_of, root_of
from server.runner import Runner
from server.simple_request import SimpleRequests
from server.static_files import create_static_blueprint, page_scripts
from server.texts import FALLBACK, load_texts
from server.wire import MAX_BODY_BYTES

ROOT = Path(__file__).resolve().parent.parent
SELF_LIMITED = ("play.submit",)  # asks the limiter itself: an exact repeat passes it

log = logging.getLogger(__name__)


class _App(Flask):
    """Flask asks anew at every call whether each hook is a coroutine; none of ours is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


@dataclass(frozen=True)
class Background:
    """The two loops that a serving process runs beside its requests."""

    announcer: Announcer
    runner: Runner
    config: Config

    def start(self) -> None:
        """Start both as Socket.IO background tasks (greenlets under gevent)."""
        live.socketio.start_background_task(_loop, self.announcer.look, 1 / self.config.live.messages_per_second)
        live.socketio.start_background_task(_loop, self.runner.look, float(self.config.runner.every_s))


def create_app(config: Config, keys: Keys, *, clock: Clock = system_clock, database: Database | None = None) -> Flask:
    """Build the web application; nothing is served, migrated or run in the background yet."""
    database = database or open_database(config.database_url)
    app = _build(config, keys, clock, database)
    gate = RehearsalGate(app.wsgi_app, Worlds(database, _rehearsal_builder(app, config, keys, clock)), clock)
    add_back_office(app)  # in the live world only: what is said in a rehearsal is thrown away with it
    app.extensions["popshot_rehearsals"] = StaffRehearsals(database, config, keys)
    app.wsgi_app = gate  # type: ignore[method-assign]
    live.start_live(app)
    app.wsgi_app = FirstPageGate(app.wsgi_app, database, app.extensions["popshot_limiter"],  # type: ignore[method-assign]
                                 keys.address, clock)
    app.wsgi_app = SimpleRequests(app.wsgi_app)  # type: ignore[method-assign]
    hops = config.server.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _rehearsal_builder(live_app: Flask, config: Config, keys: Keys, clock: Clock) -> Build:
    """How the app of a rehearsal is made: this very app, on its own database, keys and address, without rooms."""

    def build(token: str, database: Database) -> Flask:
        app = _build(config_of(config, token), keys_of(keys, token), clock, database, root_of(token))
        app.extensions["popshot_studio"] = live_app.extensions["popshot_studio"]  # one at the easel, in any world
        app.after_request(_hide_from_robots)
        app.register_error_handler(ProgrammingError, _tell_it_is_over)
        return app

    return build


def _tell_it_is_over(error: ProgrammingError) -> Response:
    """A table is gone: the rehearsal was thrown away while the request was under way."""
    log.warning("a request met no table: %s", error)
    return current_app.make_response(current_app.handle_user_exception(
        Problem("not_found", "This rehearsal is over.")))


def _hide_from_robots(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _build(config: Config, keys: Keys, clock: Clock, database: Database, root: str = "") -> Flask:
    app = _App("popshot", root_path=str(ROOT / "server"), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY_BYTES, COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=7)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # a page's texts as they are: fewer bytes
    terms, texts = make_terms(config, keys, root), load_texts()
    load_themes(texts.of(FALLBACK))  # a ready theme that cannot be used stops the start, with the key's name
    app.extensions.update(
        popshot_clock=clock, popshot_keys=keys, popshot_database=database, popshot_play_terms=terms,
        popshot_texts=texts, popshot_scripts=page_scripts(), popshot_limiter=_limiter(config),
        popshot_studio=Studio(), popshot_easel=Easel(),
        popshot_comments=_comment_terms(config, keys, terms.public_url),
        popshot_background=Background(Announcer(database, clock), Runner(database, terms, clock), config))
    _add_routes(app)
    answer_failures(app)
    headers.add_to(app, config.public_url)
    Compress(app)
    return app


def _comment_terms(config: Config, keys: Keys, public_url: str) -> CommentTerms:
    scorer = Scorer(Path(config.storage.data) / FILE) if config.desk.is_by_score else None
    return CommentTerms(about_comments.find_round_ms, about_comments.laurels_of, pages.player_page, public_url,
                        keys.legal, scorer=scorer)


def _limiter(config: Config) -> Limiter:
    return Limiter(config.limits, config.storage.redis_url or None)


def _add_routes(app: Flask) -> None:
    for blueprint in (players.bp, campaigns.bp, routes.bp, app_routes.bp, card_routes.bp, claim_routes.bp,
                      draw_routes.bp, oembed.bp, posters.bp, comments.bp, reports.bp, appeal_routes.bp, count_routes.bp,
                      privacy.bp, openapi.bp, health.bp, pages.bp, site_routes.bp,
                      create_static_blueprint()):
        app.register_blueprint(blueprint)
    app.before_request(_limit_api_calls)
    app.teardown_appcontext(close_session)


def _limit_api_calls() -> None:
    if request.path.startswith("/api/") and request.method != "OPTIONS" and request.endpoint not in SELF_LIMITED:
        limit_call()


def _loop(look: Callable[[], None], every_s: float) -> None:
    while True:
        look()
        live.socketio.sleep(every_s)
