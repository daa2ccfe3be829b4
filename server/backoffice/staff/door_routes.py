"""The door: signing in with a password and what only the person has, proving it again, signing out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, flash, make_response, redirect, request
from flask import session as visit
from werkzeug.wrappers import Response as AnyResponse

from server.backoffice.access import find_signed_in
from server.backoffice.acts.act import tell_act
from server.backoffice.page import PROVE, SIGN_IN, office_page, say
from server.backoffice.staff.account import note_sign_in, show_factor
from server.backoffice.staff.blueprint import bp
from server.backoffice.staff.codes import can_use_codes
from server.backoffice.staff.device import calling, give_token, shown_token
from server.backoffice.staff.forms import CodeForm, SignInForm
from server.backoffice.staff.passkey import Place, passkeys_of, place_of, sign_options
from server.backoffice.staff.person import Staff, find_staff, has_factor
from server.backoffice.staff.security import codes, find_email, passwords
from server.backoffice.staff.sign_in import check_code, check_password, guesses_since
from server.backoffice.staff.visit import (
    LINK,
    begin_visit,
    end_visit,
    find_half_in,
    half_in,
    keep_challenge,
    prove_visit,
    take_challenge,
)
from server.backoffice.walls import AREA
from server.clock import utc_now
from server.db import current_session, transaction
from server.errors import Problem
from server.play.terms import play_terms
from server.wire import answer, read_body

API = f"{AREA}/api/staff"
FACTOR, JOIN = f"{AREA}/second-factor", f"{AREA}/join"


@bp.get(SIGN_IN)
def sign_in_page() -> AnyResponse:
    if find_signed_in() is not None:
        return redirect(onward(), 303)
    return _sign_in_page(SignInForm(), 200)


@bp.post(SIGN_IN)
def sign_in() -> AnyResponse:
    """The first step: whose password this is."""
    form = SignInForm.of_request()
    if not form.validate():
        return _sign_in_page(form, 422)
    try:
        staff = _find_by_password(form)
    except Problem as wait:
        form.password.errors = [say("staff.error.wait", wrong=wait.more["wrong"], seconds=wait.retry_after)]
        return _sign_in_page(form, wait.status, wait.retry_after)
    if staff is None:
        form.password.errors = [say("staff.error.wrong")]
        return _sign_in_page(form, 422)
    tell_act(staff_id=staff.id, subject=("staff", staff.id))
    if has_factor(current_session(), staff):
        half_in(staff)
        return redirect(_with_next(PROVE), 303)
    return let_in(staff, is_proven=False)


@bp.post(f"{AREA}/sign-out")
def sign_out() -> AnyResponse:
    with transaction(current_session()) as session:
        end_visit(session, utc_now())
    return redirect(SIGN_IN, 303)


@bp.get(PROVE)
def prove_page() -> AnyResponse:
    staff = _find_prover()
    if staff is None:
        return redirect(_with_next(SIGN_IN), 303)
    if not has_factor(current_session(), staff):
        return redirect(_with_next(FACTOR), 303)
    return _prove_page(staff, CodeForm(), 200)


@bp.post(PROVE)
def prove() -> AnyResponse:
    """The second step, or the same once more: a code of the app, or one for recovery."""
    staff = _find_prover()
    if staff is None:
        raise Problem("signed_out", say("staff.error.too_late"))
    form = CodeForm.of_request()
    if not form.validate():
        return _prove_page(staff, form, 422)
    try:
        with calling(staff.id) as caller:
            is_right = check_code(codes(), caller, staff, form.code.data or "", utc_now())
    except Problem as wait:
        form.code.errors = [say("staff.error.wait", wrong=wait.more["wrong"], seconds=wait.retry_after)]
        return _prove_page(staff, form, wait.status, wait.retry_after)
    if not is_right:
        form.code.errors = [say("staff.error.code")]
        return _prove_page(staff, form, 422)
    return proven(staff, redirect(onward(), 303))


@bp.get(f"{API}/challenge")
def challenge() -> Response:
    """What the browser needs to show a passkey: to sign in with it alone, or as a second step."""
    staff = None if request.args.get("for") == "sign-in" else _find_prover()
    options = sign_options(current_session(), place(), staff.id if staff else None)
    keep_challenge(options["challenge"], "prove" if staff else "sign-in", staff.id if staff else "")
    return answer(options)


@bp.post(f"{API}/sign-in")
def sign_in_by_passkey() -> Response:
    """Sign in with a passkey whose device made sure of its holder: two factors in one."""
    staff = _answered("sign-in")
    return let_in(staff, is_proven=True, response=answer({"to": onward()}))


@bp.post(f"{API}/prove")
def prove_by_passkey() -> Response:
    """The second step, or the same once more, with a passkey."""
    prover = _find_prover()
    if prover is None:
        raise Problem("signed_out", say("staff.error.too_late"))
    return proven(_answered("prove"), answer({"to": onward()}))


def let_in(staff: Staff, *, is_proven: bool, response: Response | None = None) -> Response:
    """Begin a visit in this browser, which is known from here on."""
    response = response or make_response(redirect(onward(), 303))
    tell_act(staff_id=staff.id, subject=("staff", staff.id))
    guesses = guesses_since(current_session(), staff.id, staff.seen_at)
    token = note_sign_in(current_session(), staff.id, shown_token(), utc_now())
    begin_visit(staff, is_proven=is_proven)
    if guesses:
        flash(say("staff.guessed", guesses=guesses))
    if visit.get(LINK) and "Location" in response.headers:
        response.headers["Location"] = JOIN
    return give_token(response, token)


def proven(staff: Staff, response: AnyResponse) -> Response:
    """Go on after a second factor: into a visit, or on with it."""
    made = make_response(response)
    if find_signed_in() is None:
        return let_in(staff, is_proven=True, response=made)
    prove_visit()
    return made


@contextmanager
def passkey_words() -> Iterator[None]:
    """What is wrong with a passkey, in the page's language."""
    try:
        yield
    except Problem as refused:
        if refused.code != "passkey_refused":
            raise
        raise Problem(refused.code, say("staff.error.passkey")) from None


def place() -> Place:
    """Where passkeys belong to; raises Problem passkey_refused where no browser makes them."""
    found = place_of(play_terms().public_url)
    if found is None:
        raise Problem("passkey_refused", say("staff.error.no_passkeys"))
    return found


def onward() -> str:
    """Where to go on: an address of our own area, or its start page. A link that was opened comes first."""
    if visit.get(LINK):
        return JOIN
    asked = request.args.get("next", "")
    is_ours = asked == AREA or asked.startswith(f"{AREA}/")
    return asked if is_ours and asked.isprintable() and "\\" not in asked else f"{AREA}/"


def _find_by_password(form: SignInForm) -> Staff | None:
    """Raises Problem slow_down."""
    session, email = current_session(), find_email(form.email.data or "") or ""
    staff = find_staff(session, email)
    with calling(staff.id if staff else None) as caller:
        is_right = check_password(passwords(), caller, staff, email, form.password.data or "", utc_now())
    return staff if is_right else None


def _find_prover() -> Staff | None:
    """Who may show a second factor: who is signed in, or has shown a password just now."""
    session, asker = current_session(), find_signed_in()
    return session.get(Staff, asker.id) if asker else find_half_in(session)


def _answered(purpose: str) -> Staff:
    """Whose passkey answered; raises Problem passkey_refused."""
    shown = read_body().get("credential")
    if not isinstance(shown, dict):
        raise Problem("passkey_refused", say("staff.error.passkey"))
    with passkey_words():
        return show_factor(current_session(), place(), take_challenge(), purpose, shown, utc_now())


def _with_next(address: str) -> str:
    asked = request.args.get("next")
    return f"{address}?{request.query_string.decode('ascii', 'ignore')}" if asked else address


def _sign_in_page(form: SignInForm, status: int, retry_after: int | None = None) -> Response:
    return _page("staff/sign_in.html", status, retry_after, form=form, here_address=_with_next(SIGN_IN),
                 has_place=place_of(play_terms().public_url) is not None)


def _prove_page(staff: Staff, form: CodeForm, status: int, retry_after: int | None = None) -> Response:
    session = current_session()
    has_place = place_of(play_terms().public_url) is not None
    return _page("staff/prove.html", status, retry_after, form=form, here_address=_with_next(PROVE),
                 has_passkey=has_place and bool(passkeys_of(session, staff.id)),
                 has_codes=can_use_codes(session, staff), is_again=find_signed_in() is not None)


def _page(template: str, status: int, retry_after: int | None, **values: Any) -> Response:
    response = make_response(office_page(template, **values), status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
