"""What each address of this desk asks for. Those "by hand" want what only a person carries (a link that was opened, a
passkey, an app's code, the old password): tests/office/staff walks them.
"""

from typing import Any

from server.backoffice.rights import Right, Role
from server.backoffice.staff.link import invite
from server.backoffice.staff.person import Staff
from server.db import transaction

ANYONE, SIGNED_IN, BY_HAND = "anyone", "signed in", "by hand"
PASSWORD = "a foam dart a day"

ROWS = {
    "staff.overview": Right.STAFF, "staff.invite": Right.STAFF, "staff.resend": Right.STAFF,
    "staff.revoke": Right.STAFF, "staff.grant": Right.STAFF, "staff.take_away": Right.STAFF,
    "staff.suspend": Right.STAFF, "staff.resume": Right.STAFF, "staff.reset": Right.STAFF,
    "staff.sign_in_page": ANYONE, "staff.sign_in": ANYONE, "staff.sign_out": ANYONE, "staff.prove_page": ANYONE,
    "staff.challenge": ANYONE, "staff.welcome_page": ANYONE, "staff.open_link": ANYONE,
    "staff.account_page": SIGNED_IN, "staff.change_person": SIGNED_IN, "staff.end_visits": SIGNED_IN,
    "staff.factor_page": SIGNED_IN, "staff.app_page": SIGNED_IN, "staff.registration": SIGNED_IN,
    "staff.codes_page": SIGNED_IN, "staff.make_codes": SIGNED_IN,
    "staff.prove": BY_HAND, "staff.sign_in_by_passkey": BY_HAND, "staff.prove_by_passkey": BY_HAND,
    "staff.join_page": BY_HAND, "staff.join": BY_HAND, "staff.accept": BY_HAND, "staff.new_password_page": BY_HAND,
    "staff.choose_password": BY_HAND, "staff.add_passkey": BY_HAND, "staff.add_app": BY_HAND,
    "staff.remove_passkey": BY_HAND, "staff.remove_app": BY_HAND, "staff.change_password": BY_HAND,
}  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "staff.invite": {"role": "editor", "email": "somebody@example.com"}, "staff.resend": {}, "staff.revoke": {},
    "staff.grant": {"role": "moderator"}, "staff.take_away": {}, "staff.suspend": {}, "staff.resume": {},
    "staff.reset": {"clears_factor": "y"}, "staff.sign_in": {"email": "door@example.com", "password": PASSWORD},
    "staff.sign_out": {}, "staff.open_link": {"secret": "$invitation"},
    "staff.change_person": {"name": "Bob B.", "locale": "fr"}, "staff.end_visits": {}, "staff.make_codes": {},
    "staff.prove": {"code": "000000"}, "staff.sign_in_by_passkey": {"credential": {"id": "a"}},
    "staff.prove_by_passkey": {"credential": {"id": "a"}},
    "staff.join": {"email": "somebody@example.com", "name": "Bob", "password": PASSWORD}, "staff.accept": {},
    "staff.choose_password": {"password": PASSWORD}, "staff.add_passkey": {"credential": {"id": "a"}, "name": "Key"},
    "staff.add_app": {"code": "000000"}, "staff.remove_passkey": {}, "staff.remove_app": {},
    "staff.change_password": {"old": PASSWORD, "password": "another foam dart"},
}  # fmt: skip
ARGUMENTS = {"staff.take_away": {"brand_id": "$brand_id", "staff_id": "$staff_id", "role": "analyst"},
             "staff.remove_passkey": {"passkey_id": "YQ"}}
NEUTRAL = {"staff.take_away": ("role",), "staff.open_link": ("secret",)}
FRESH = {"staff.invite", "staff.resend", "staff.grant", "staff.take_away", "staff.suspend", "staff.resume",
         "staff.reset", "staff.factor_page", "staff.app_page", "staff.registration", "staff.make_codes"}


def prepare(scene: Any) -> None:
    """An invitation that waits, and somebody who comes in by a password alone."""
    office = scene.office
    staff_id = office.hire(Role.ANALYST, name="door")
    with office.app.app_context():
        kept = office.app.extensions["popshot_passwords"].hash(PASSWORD)
    with office.database.sessions() as session:
        with transaction(session):
            staff = session.get_one(Staff, staff_id)
            staff.password, staff.totp_secret = kept, None
        link_id, secret = invite(session, office.brand_id, Role.EDITOR, None, office.clock())
    scene.name(link_id=link_id, invitation=secret)
