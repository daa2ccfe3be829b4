"""Who may come in, and as what: the staff page of a brand, for its owners."""

from typing import Any

from flask import make_response, request
from werkzeug.wrappers import Response as AnyResponse

from server.backoffice.access import Asker, brands_to, require, require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right, Role
from server.backoffice.staff import account_routes, door_routes, factor_routes, link_routes, members
from server.backoffice.staff import link as links
from server.backoffice.staff.blueprint import bp
from server.backoffice.staff.forms import InviteForm, RoleForm, role_choices
from server.backoffice.staff.overview import brands_by_id, staff_page
from server.backoffice.walls import AREA
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.play.terms import play_terms
from server.wire import word_of

__all__ = ["account_routes", "bp", "door_routes", "factor_routes", "link_routes"]

STAFF = f"{AREA}/staff"
BRAND, PERSON = f"{STAFF}/<brand_id>", f"{STAFF}/<brand_id>/people/<staff_id>"


@bp.get(STAFF)
def overview() -> str:
    owned = brands_by_id(current_session(), brands_to(Right.STAFF))
    asked = request.args.get("brand", "")
    return _page(asked if asked in owned else next(iter(owned)))


@bp.post(f"{BRAND}/invites")
def invite(brand_id: str) -> AnyResponse:
    """Make an invitation; its link is shown this once."""
    asker, form = _owner(brand_id), InviteForm.of_request()
    if not form.validate():
        return make_response(_page(brand_id, form=form), 422)
    role = Role(form.role.data)
    tell_act(brand_id=brand_id, subject=("brand", brand_id), after={"role": role},
             texts={"email": form.email.data or ""})
    _, secret = links.invite(current_session(), brand_id, role, asker.id, utc_now(), form.email.data)
    return _with_link(brand_id, secret, say("staff.invite_made", role=say(f"role.{role}")))


@bp.post(f"{BRAND}/invites/<link_id>/resend")
def resend(brand_id: str, link_id: str) -> AnyResponse:
    """Give an invitation a new link; the old one ends."""
    _owner(brand_id)
    tell_act(brand_id=brand_id, subject=("staff_link", link_id))
    secret = links.renew_invite(current_session(), link_id, brand_id, utc_now())
    return _with_link(brand_id, secret, say("staff.invite_renewed"))


@bp.post(f"{BRAND}/invites/<link_id>/revoke")
def revoke(brand_id: str, link_id: str) -> AnyResponse:
    require(Right.STAFF, brand_id)
    tell_act(brand_id=brand_id, subject=("staff_link", link_id))
    links.revoke_invite(current_session(), link_id, brand_id, utc_now())
    return done(say("staff.invite_revoked"), _address(brand_id))


@bp.post(f"{PERSON}/roles")
def grant(brand_id: str, staff_id: str) -> AnyResponse:
    """Give somebody of the brand another role."""
    asker, form = _owner(brand_id), RoleForm.of_request()
    if not form.validate():
        raise Problem("malformed", say("staff.error.role"))
    role = Role(form.role.data)
    tell_act(brand_id=brand_id, subject=("staff", staff_id), after={"role": role})
    members.grant(current_session(), asker.id, staff_id, brand_id, role, utc_now())
    return done(say("staff.granted", role=say(f"role.{role}")), _address(brand_id))


@bp.post(f"{PERSON}/roles/<role>/remove")
def take_away(brand_id: str, staff_id: str, role: str) -> AnyResponse:
    _owner(brand_id)
    taken = word_of(Role, role, "role")
    tell_act(brand_id=brand_id, subject=("staff", staff_id), before={"role": taken})
    members.take_away(current_session(), staff_id, brand_id, taken)
    return done(say("staff.taken_away", role=say(f"role.{taken}")), _address(brand_id))


@bp.post(f"{PERSON}/suspend")
def suspend(brand_id: str, staff_id: str) -> AnyResponse:
    asker = _owner(brand_id)
    tell_act(brand_id=brand_id, subject=("staff", staff_id), after={"suspended": True})
    members.suspend(current_session(), asker.id, staff_id, brand_id, utc_now())
    return done(say("staff.suspended"), _address(brand_id))


@bp.post(f"{PERSON}/resume")
def resume(brand_id: str, staff_id: str) -> AnyResponse:
    asker = _owner(brand_id)
    tell_act(brand_id=brand_id, subject=("staff", staff_id), after={"suspended": False})
    members.resume(current_session(), asker.id, staff_id, brand_id)
    return done(say("staff.resumed"), _address(brand_id))


@bp.post(f"{PERSON}/reset")
def reset(brand_id: str, staff_id: str) -> AnyResponse:
    """Make a link by which a colleague chooses a new password."""
    asker, session = _owner(brand_id), current_session()
    members.require_member(session, staff_id, brand_id)
    members.require_own_people(session, staff_id, asker.brands(Right.STAFF))
    clears = request.form.get("clears_factor") == "y"
    tell_act(brand_id=brand_id, subject=("staff", staff_id), after={"clears_factor": clears})
    _, secret = links.reset(session, staff_id, asker.id, utc_now(), clears_factor=clears)
    return _with_link(brand_id, secret, say("staff.reset_made"))


def _owner(brand_id: str) -> Asker:
    """Raises Problem signed_out, not_found, not_allowed, step_up_needed."""
    asker = require(Right.STAFF, brand_id)
    require_fresh()
    return asker


def _address(brand_id: str) -> str:
    return f"{STAFF}?brand={brand_id}"


def _with_link(brand_id: str, secret: str, sentence: str) -> AnyResponse:
    link = links.address_of(play_terms().public_url, secret)
    return make_response(_page(brand_id, link=link, sentence=sentence))


def _page(brand_id: str, *, form: InviteForm | None = None, **shown: Any) -> str:
    session = current_session()
    return office_page("staff/overview.html", here="staff", page=staff_page(session, brand_id), now=utc_now(),
                       brands=brands_by_id(session, brands_to(Right.STAFF)), form=form or InviteForm(),
                       roles=role_choices(), **shown)
