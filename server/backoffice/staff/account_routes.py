"""My account: name and language, password, second factors, and signing out everywhere."""

from flask import make_response
from flask import session as visit
from werkzeug.wrappers import Response as AnyResponse

from server.backoffice.access import Asker, signed_in
from server.backoffice.acts.act import tell_act
from server.backoffice.page import done, office_page, say
from server.backoffice.staff import account
from server.backoffice.staff.blueprint import bp
from server.backoffice.staff.codes import recovery_codes_left
from server.backoffice.staff.device import calling
from server.backoffice.staff.factor_routes import ACCOUNT
from server.backoffice.staff.forms import ChangePasswordForm, PersonForm
from server.backoffice.staff.passkey import passkeys_of
from server.backoffice.staff.person import Staff, needs_factor
from server.backoffice.staff.security import passwords
from server.backoffice.staff.sign_in import check_password
from server.backoffice.staff.visit import LOCALE, renew_visit
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem


@bp.get(ACCOUNT)
def account_page() -> str:
    return _page(signed_in())


@bp.post(ACCOUNT)
def change_person() -> AnyResponse:
    """Change one's name and language."""
    asker, form = signed_in(), PersonForm.of_request()
    if not form.validate():
        return make_response(_page(asker, person_form=form), 422)
    tell_act(subject=("staff", asker.id), after={"locale": form.locale.data}, texts={"name": form.name.data or ""})
    account.change_person(current_session(), asker.id, form.name.data or "", form.locale.data)
    visit[LOCALE] = form.locale.data
    return done(say("staff.saved"), ACCOUNT)


@bp.post(f"{ACCOUNT}/password")
def change_password() -> AnyResponse:
    """Change one's password; every other visit ends."""
    asker, form = signed_in(), ChangePasswordForm.of_request()
    if not form.validate() or not _knows_old(asker, form):
        return make_response(_page(asker, password_form=form), 422)
    tell_act(subject=("staff", asker.id))
    kept = passwords().hash(form.password.data or "")
    renew_visit(account.change_password(current_session(), asker.id, kept))
    return done(say("staff.password_changed"), ACCOUNT)


@bp.post(f"{ACCOUNT}/visits/end")
def end_visits() -> AnyResponse:
    """Sign out everywhere else."""
    asker = signed_in()
    tell_act(subject=("staff", asker.id))
    renew_visit(account.end_all_visits(current_session(), asker.id))
    return done(say("staff.visits_ended"), ACCOUNT)


def _knows_old(asker: Asker, form: ChangePasswordForm) -> bool:
    """Whether the old password was right; the form says so if not."""
    staff = current_session().get_one(Staff, asker.id)
    try:
        with calling(asker.id) as caller:
            is_right = check_password(passwords(), caller, staff, staff.email, form.old.data or "", utc_now())
    except Problem as wait:
        form.old.errors = [say("staff.error.wait", wrong=wait.more["wrong"], seconds=wait.retry_after)]
        return False
    if not is_right:
        form.old.errors = [say("staff.error.old_password")]
    return is_right


def _page(asker: Asker, *, person_form: PersonForm | None = None,
          password_form: ChangePasswordForm | None = None) -> str:
    session = current_session()
    staff = session.get_one(Staff, asker.id)
    form = person_form or PersonForm(name=staff.name, locale=staff.locale or "en")
    return office_page("staff/account.html", here="account", staff=staff, person_form=form,
                       password_form=password_form or ChangePasswordForm(), passkeys=passkeys_of(session, asker.id),
                       left=recovery_codes_left(session, asker.id), is_needed=needs_factor(asker.all_roles))
