"""What a link opens: an account by an invitation, a new password by a way back in."""

from flask import Response, make_response
from flask import session as visit
from werkzeug.wrappers import Response as AnyResponse

from server.backoffice.access import find_signed_in, signed_in
from server.backoffice.acts.act import tell_act
from server.backoffice.page import SIGN_IN, done, office_locale, office_page, say
from server.backoffice.staff.account import accept_invite, make_account
from server.backoffice.staff.account import choose_password as choose
from server.backoffice.staff.blueprint import bp
from server.backoffice.staff.door_routes import JOIN, let_in
from server.backoffice.staff.forms import JoinForm, NewPasswordForm
from server.backoffice.staff.link import LinkKind, StaffLink, find_link, hash_of
from server.backoffice.staff.person import find_staff
from server.backoffice.staff.security import passwords
from server.backoffice.staff.visit import LINK
from server.backoffice.walls import AREA
from server.campaigns.brand import Brand
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.wire import answer, read_body, text_of

MOST_SECRET = 64
NEW_PASSWORD = f"{AREA}/new-password"


@bp.get(f"{AREA}/welcome")
def welcome_page() -> str:
    """The page that a link leads to; its script sends on what stands in the fragment."""
    return office_page("staff/welcome.html")


@bp.post(f"{AREA}/api/staff/link")
def open_link() -> Response:
    """Look at the link whose secret is shown, and keep it for this browser; it is used up only by what it is for."""
    shown = hash_of(text_of(read_body(), "secret", most=MOST_SECRET))
    link = find_link(current_session(), shown, utc_now())
    if link is None:
        raise Problem("link_over", say("staff.error.link"))
    tell_act(brand_id=link.brand_id, subject=("staff_link", link.id))
    visit[LINK] = shown
    return answer({"to": JOIN if link.kind == LinkKind.INVITE else NEW_PASSWORD})


@bp.get(JOIN)
def join_page() -> str:
    return _join_page(_opened(LinkKind.INVITE), None)


@bp.post(JOIN)
def join() -> AnyResponse:
    """Make the account that an invitation is for."""
    link, form, session = _opened(LinkKind.INVITE), JoinForm.of_request(), current_session()
    if link.email:
        form.email.data = link.email
    if not form.validate():
        return make_response(_join_page(link, form), 422)
    if find_staff(session, form.email.data or ""):
        form.email.errors = [say("staff.error.taken")]
        return make_response(_join_page(link, form), 422)
    kept = passwords().hash(form.password.data or "")
    tell_act(brand_id=link.brand_id, subject=("staff_link", link.id), after={"role": link.role})
    staff = make_account(session, link.secret_hash, form.email.data or "", form.name.data or "", kept, office_locale(),
                         utc_now())
    visit.pop(LINK, None)
    return let_in(staff, is_proven=False)


@bp.post(f"{JOIN}/here")
def accept() -> AnyResponse:
    """Take on a role with the account that is signed in."""
    link, asker = _opened(LinkKind.INVITE), signed_in()
    tell_act(brand_id=link.brand_id, subject=("staff_link", link.id), after={"role": link.role})
    accept_invite(current_session(), link.secret_hash, asker.id, asker.email, utc_now())
    visit.pop(LINK, None)
    return done(say("staff.joined"), f"{AREA}/")


@bp.get(NEW_PASSWORD)
def new_password_page() -> str:
    _opened(LinkKind.RESET)
    return office_page("staff/new_password.html", form=NewPasswordForm())


@bp.post(NEW_PASSWORD)
def choose_password() -> AnyResponse:
    """Choose a new password by a link; signing in comes next, with the second factor if there is one."""
    link, form = _opened(LinkKind.RESET), NewPasswordForm.of_request()
    if not form.validate():
        return make_response(office_page("staff/new_password.html", form=form), 422)
    tell_act(subject=("staff", link.staff_id or ""), staff_id=link.staff_id, after={"factor": not link.clears_factor})
    choose(current_session(), link.secret_hash, passwords().hash(form.password.data or ""), utc_now())
    visit.clear()
    return done(say("staff.password_chosen"), SIGN_IN)


def _opened(kind: LinkKind) -> StaffLink:
    """The link that this browser opened, while it may be used; raises Problem link_over."""
    shown = visit.get(LINK)
    link = find_link(current_session(), shown, utc_now()) if isinstance(shown, str) else None
    if link is None or link.kind != kind:
        visit.pop(LINK, None)
        raise Problem("link_over", say("staff.error.link"))
    return link


def _join_page(link: StaffLink, form: JoinForm | None) -> str:
    form = form or JoinForm(email=link.email)
    brand = current_session().get_one(Brand, link.brand_id)
    return office_page("staff/join.html", form=form, link=link, brand=brand.name, person=find_signed_in())
