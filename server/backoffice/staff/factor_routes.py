"""Second factors: setting up a passkey or an authenticator app, removing one, and recovery codes."""

from typing import Any

import segno
from flask import Response, make_response, redirect
from flask import session as visit
from werkzeug.wrappers import Response as AnyResponse

from server.backoffice.access import Asker, require_fresh, signed_in
from server.backoffice.acts.act import forget_act, tell_act
from server.backoffice.page import done, office_page, say
from server.backoffice.staff import account
from server.backoffice.staff.blueprint import bp
from server.backoffice.staff.codes import recovery_codes_left
from server.backoffice.staff.door_routes import API, FACTOR, passkey_words, place
from server.backoffice.staff.forms import AppForm
from server.backoffice.staff.passkey import place_of, registration_options
from server.backoffice.staff.person import Staff, needs_factor
from server.backoffice.staff.security import codes
from server.backoffice.staff.visit import APP, keep_challenge, prove_visit, take_challenge
from server.backoffice.walls import AREA
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.play.terms import play_terms
from server.wire import answer, read_body, text_of

ACCOUNT, CODES = f"{AREA}/account", f"{AREA}/recovery-codes"
MOST_NAME, MOST_SHOWN = 60, 200


@bp.get(FACTOR)
def factor_page() -> AnyResponse:
    """Choose what only you have: a passkey or an app."""
    asker = _with_right_to_add()
    has_place = place_of(play_terms().public_url) is not None
    return make_response(office_page("staff/factor.html", has_place=has_place, is_needed=_is_needed(asker)))


@bp.get(f"{API}/registration")
def registration() -> Response:
    """What the browser needs to make a passkey."""
    asker, session = _with_right_to_add(), current_session()
    options = registration_options(session, place(), session.get_one(Staff, asker.id))
    keep_challenge(options["challenge"], "register", asker.id)
    return answer(options)


@bp.post(f"{API}/passkeys")
def add_passkey() -> Response:
    """Keep the passkey that the browser made."""
    asker, body = _with_right_to_add(), read_body()
    shown = body.get("credential")
    name = text_of(body, "name", most=MOST_SHOWN, required=False)[:MOST_NAME] or say("staff.passkey")
    if not isinstance(shown, dict):
        raise Problem("passkey_refused", say("staff.error.passkey"))
    tell_act(subject=("staff", asker.id), after={"factor": "passkey"}, texts={"name": name})
    with passkey_words():
        account.keep_passkey(current_session(), place(), take_challenge(), asker.id, shown, name, utc_now())
    prove_visit()
    return answer({"to": _after_adding(asker)})


@bp.get(f"{FACTOR}/app")
def app_page() -> str:
    """The picture that an authenticator app reads; its secret waits in the visit, encrypted."""
    asker = _with_right_to_add()
    visit[APP] = visit.get(APP) or codes().generate_totp_secret()
    return _app_page(asker, AppForm())


@bp.post(f"{FACTOR}/app")
def add_app() -> AnyResponse:
    """Keep the app's secret, once it has shown a code of it."""
    asker, form, secret = _with_right_to_add(), AppForm.of_request(), visit.get(APP)
    if not isinstance(secret, str):
        forget_act()
        return redirect(f"{FACTOR}/app", 303)
    code = (form.code.data or "").replace(" ", "")
    counter = codes().match(secret, code, utc_now(), None) if form.validate() else None
    if counter is None:
        form.code.errors = form.code.errors or [say("staff.error.code")]
        return make_response(_app_page(asker, form), 422)
    tell_act(subject=("staff", asker.id), after={"factor": "app"})
    account.keep_app(current_session(), asker.id, secret, counter)
    visit.pop(APP)
    prove_visit()
    return redirect(_after_adding(asker), 303)


@bp.post(f"{ACCOUNT}/passkeys/<passkey_id>/remove")
def remove_passkey(passkey_id: str) -> AnyResponse:
    asker = signed_in()
    require_fresh()
    tell_act(subject=("staff", asker.id), before={"factor": "passkey"})
    account.remove_passkey(current_session(), asker.id, asker.all_roles, passkey_id)
    return done(say("staff.passkey_removed"), ACCOUNT)


@bp.post(f"{ACCOUNT}/app/remove")
def remove_app() -> AnyResponse:
    asker = signed_in()
    require_fresh()
    tell_act(subject=("staff", asker.id), before={"factor": "app"})
    account.remove_app(current_session(), asker.id, asker.all_roles)
    return done(say("staff.app_removed"), ACCOUNT)


@bp.get(CODES)
def codes_page() -> str:
    asker = signed_in()
    return office_page("staff/codes.html", left=recovery_codes_left(current_session(), asker.id), codes=None)


@bp.post(CODES)
def make_codes() -> str:
    """Ten new recovery codes, told this once."""
    asker = signed_in()
    require_fresh()
    tell_act(subject=("staff", asker.id))
    made = account.make_recovery_codes(current_session(), asker.id)
    return office_page("staff/codes.html", codes=made, left=len(made))


def _with_right_to_add() -> Asker:
    """Who may add a factor: without any, whoever is signed in; else who has just shown one.

    Raises Problem signed_out, step_up_needed.
    """
    asker = signed_in()
    if asker.has_factor:
        require_fresh()
    return asker


def _is_needed(asker: Asker) -> bool:
    return needs_factor(asker.all_roles) and not asker.has_factor


def _after_adding(asker: Asker) -> str:
    """The first factor brings recovery codes along."""
    return ACCOUNT if asker.has_factor and recovery_codes_left(current_session(), asker.id) else CODES


def _app_page(asker: Asker, form: AppForm) -> str:
    secret = visit[APP]
    address = codes().get_totp_uri(asker.email, secret)
    shown: dict[str, Any] = {"picture": segno.make(address, error="m").svg_data_uri(scale=5, border=2, light="#fff"),
                             "secret": codes().get_totp_pretty_key(secret), "address": address}
    return office_page("staff/app.html", form=form, **shown)
