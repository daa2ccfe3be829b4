"""The back office in the app: its desks, who may not pass its door, and how its pages say things."""

from flask import Flask

from server.backoffice import walls
from server.backoffice.acts.act import begin_act, end_act
from server.backoffice.audit import routes as audit
from server.backoffice.campaigns import picture_routes as pictures
from server.backoffice.campaigns import preview_routes as preview
from server.backoffice.campaigns import rehearsal_routes as rehearsals
from server.backoffice.campaigns import routes as campaigns
from server.backoffice.home import routes as home
from server.backoffice.moderation import mark_routes, mute_routes
from server.backoffice.moderation import routes as moderation
from server.backoffice.page import FILTERS, GLOBALS, office_problem
from server.backoffice.posters import routes as posters
from server.backoffice.posters.press import Press
from server.backoffice.rounds import routes as rounds
from server.backoffice.search import routes as search
from server.backoffice.sources import routes as sources
from server.backoffice.staff import routes as staff
from server.backoffice.staff.security import add_security
from server.backoffice.stock import routes as stock
from server.backoffice.winners import routes as winners

DESKS = (home.bp, campaigns.bp, preview.bp, pictures.bp, rehearsals.bp, posters.bp, stock.bp, winners.bp, rounds.bp,
         moderation.bp, mark_routes.bp, mute_routes.bp, staff.bp, audit.bp, search.bp, sources.bp)
COOKIE = "popshot_staff"


def add_back_office(app: Flask) -> None:
    """Register the desks. A visit's cookie is sent to the back office alone, and set nowhere else."""
    is_secure = app.extensions["popshot_play_terms"].public_url.startswith("https:")
    app.config.update(
        SECRET_KEY=app.extensions["popshot_keys"].visit, SESSION_COOKIE_NAME=COOKIE, SESSION_COOKIE_PATH=walls.AREA,
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=is_secure)
    for blueprint in DESKS:
        app.register_blueprint(blueprint)
    app.extensions["popshot_problem_page"] = office_problem
    app.extensions["popshot_press"] = Press()
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)
    add_security(app, app.extensions["popshot_keys"])
    app.before_request(walls.lead_to_our_name)
    app.before_request(walls.refuse_other_sites)
    app.before_request(begin_act)
    app.after_request(walls.keep_to_ourselves)
    app.after_request(end_act)
