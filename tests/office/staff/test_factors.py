"""What only the person has: a passkey whose answers count once, an app whose codes do, and codes for recovery."""

import base64
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.backoffice.rights import Role
from server.backoffice.staff.codes import Codes, RecoveryCode, new_recovery_codes, use_code
from server.backoffice.staff.passkey import place_of
from server.backoffice.staff.person import Passkey, Staff
from server.db import Database, transaction
from tests.office.cast import Office
from tests.office.staff.door import Authenticator, Door, codes_on, digits, digits_of, hire
from tests.rig.clock import NOON
from tests.rig.race import Race

API = "/backoffice/api/staff"


def add_passkey(door: Door, key: Authenticator) -> Any:
    options = door.get(f"{API}/registration").get_json()
    return door.call("passkeys", {"credential": key.make(options), "name": "Laptop"})


def options_for(client: FlaskClient, purpose: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{API}/challenge?for={purpose}").get_json()
    return found


def with_passkey(office: Office, door: Door) -> Authenticator:
    """An owner whose only second step is a passkey, signed out."""
    hire(office, Role.OWNER, has_app=False)
    door.sign_in()
    key = Authenticator()
    assert add_passkey(door, key).get_json() == {"to": "/backoffice/recovery-codes"}
    assert door.get("/backoffice/").status_code == 200
    door.post("/backoffice/sign-out")
    return key


def test_a_passkey_is_a_second_step(office: Office, door: Door) -> None:
    key = with_passkey(office, door)
    assert door.sign_in().headers["Location"] == "/backoffice/prove"
    answer = door.call("prove", {"credential": key.show(options_for(door.client, "prove"))})
    assert answer.get_json() == {"to": "/backoffice/"}
    assert door.get("/backoffice/").status_code == 200


def test_a_passkey_that_knows_its_holder_signs_in_alone(office: Office, door: Door) -> None:
    key = with_passkey(office, door)
    key.knows_holder = False
    assert door.call("sign-in", {"credential": key.show(options_for(door.client, "sign-in"))}).status_code == 422
    key.knows_holder = True
    assert door.call("sign-in", {"credential": key.show(options_for(door.client, "sign-in"))}).status_code == 200
    assert door.get("/backoffice/").status_code == 200


def test_an_answer_counts_once_even_with_a_copy_of_the_cookie(office: Office, door: Door) -> None:
    key = with_passkey(office, door)
    options = options_for(door.client, "sign-in")
    copied = door.client.get_cookie("popshot_staff", path="/backoffice")
    assert copied
    shown = key.show(options)
    assert door.call("sign-in", {"credential": shown}).status_code == 200
    with office.database.sessions() as session, transaction(session):
        session.execute(update(Passkey).values(sign_count=0))  # what counts nothing must not be told by its count
    thief = Door(office)
    thief.client.set_cookie("popshot_staff", copied.value, path="/backoffice")
    assert thief.call("sign-in", {"credential": shown}).get_json()["code"] == "passkey_refused"
    assert not thief.is_in()


def test_an_answer_is_for_its_purpose_its_five_minutes_its_origin_and_its_account(office: Office, door: Door) -> None:
    key = with_passkey(office, door)
    other = Authenticator(id=key.id)
    for purpose, shown in (
        ("prove", key.show(options_for(door.client, "sign-in"))),
        ("sign-in", other.show(options_for(door.client, "sign-in"))),
        ("sign-in", Authenticator().show(options_for(door.client, "sign-in"))),
    ):
        assert door.call(purpose, {"credential": shown}).status_code in (401, 422)
    key.origin = "https://evil.example"
    assert door.call("sign-in", {"credential": key.show(options_for(door.client, "sign-in"))}).status_code == 422
    key.origin = "http://localhost:8000"
    options = options_for(door.client, "sign-in")
    office.clock.advance(minutes=5, seconds=1)
    assert door.call("sign-in", {"credential": key.show(options)}).status_code == 422
    assert not door.is_in()


@pytest.mark.parametrize("credential", [
    None, 7, {}, {"id": "a"}, {"id": "a", "rawId": "a", "type": "public-key", "response": {}},
    {"id": "\x00", "rawId": "\x00", "type": "public-key", "response": {"clientDataJSON": "a", "signature": 1,
                                                                      "authenticatorData": "a"}},
    {"id": "a" * 9_000, "rawId": "a" * 9_000, "type": "public-key", "response": {
        "clientDataJSON": "e30", "signature": "e30", "authenticatorData": "e30"}},
    {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}},
])  # fmt: skip
@pytest.mark.parametrize("address", ["sign-in", "passkeys"])
def test_what_is_no_passkey_is_refused_with_a_sentence(office: Office, door: Door, credential: Any,
                                                       address: str) -> None:
    hire(office, Role.OWNER, has_app=False)
    door.sign_in()
    door.get(f"{API}/registration" if address == "passkeys" else f"{API}/challenge?for=sign-in")
    answer = door.call(address, {"credential": credential})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "passkey_refused")


def test_an_app_is_a_second_step_and_brings_recovery_codes(office: Office, door: Door) -> None:
    hire(office, Role.STOCK_KEEPER, has_app=False)
    door.sign_in()
    page = door.get("/backoffice/second-factor/app").get_data(as_text=True)
    assert "data:image/svg+xml" in page
    with door.client.session_transaction(path="/backoffice/") as visit:
        secret = visit["app"]
    assert "oath" not in base64.b64encode(secret.encode()).decode()
    assert door.post("/backoffice/second-factor/app", {"code": "12345"}).status_code == 422
    answer = door.post("/backoffice/second-factor/app", {"code": digits_of(office, secret)})
    assert answer.headers["Location"] == "/backoffice/recovery-codes"
    codes = codes_on(door.post("/backoffice/recovery-codes"))
    assert len(set(codes)) == 10
    assert door.get("/backoffice/stock").status_code == 200
    door.post("/backoffice/sign-out")
    door.sign_in()
    assert door.prove(codes[0].upper().replace("-", " ")).status_code == 303
    door.post("/backoffice/sign-out")
    door.sign_in()
    assert door.prove(codes[0]).status_code == 422
    assert door.prove(codes[1]).status_code == 303


def test_the_codes_are_kept_as_hashes_and_the_secret_encrypted(office: Office, door: Door) -> None:
    staff_id = door.sign_in_wholly("bob", Role.OWNER)
    codes = codes_on(door.post("/backoffice/recovery-codes"))
    with office.database.sessions() as session:
        kept = session.scalars(select(RecoveryCode.hash)).all()
        assert not {code.replace("-", "") for code in codes} & set(kept)
        secret = session.get_one(Staff, staff_id).totp_secret or ""
    assert '"enckey"' in secret
    assert '"key"' not in secret


def test_an_apps_code_counts_once_for_a_minute_and_a_half_at_most(office: Office, door: Door) -> None:
    staff_id = hire(office, Role.OWNER)
    code = digits(office, staff_id)
    door.sign_in()
    assert door.prove(code).status_code == 303
    second = Door(office)
    second.sign_in()
    assert second.prove(code).status_code == 422
    office.clock.advance(minutes=2)
    assert second.prove(code).status_code == 422
    assert second.prove(digits(office, staff_id)).status_code == 303


def test_of_many_at_once_one_uses_a_code(database: Database, race: Race) -> None:
    codes = Codes(bytes(32))
    with database.sessions() as session, transaction(session):
        staff = Staff(email="bob@example.com", name="Bob", fs_uniquifier="u", created_at=NOON,
                      totp_secret=codes.generate_totp_secret())
        session.add(staff)
        session.flush()
        staff_id, recovery = staff.id, new_recovery_codes(session, staff.id)[0]
        source = codes._totp.from_source(staff.totp_secret)  # noqa: SLF001
        shown: str = source.generate(time=int(NOON.timestamp())).token

    def use(code: str) -> Any:
        def attempt(session: Session) -> bool:
            with transaction(session):
                return use_code(session, codes, session.get_one(Staff, staff_id), code, NOON)

        return attempt

    assert sum(race(use(shown), players=6)) == 1
    assert sum(race(use(recovery), players=6)) == 1


def test_the_last_second_step_of_an_owner_stays_and_a_moderators_may_go(office: Office, door: Door) -> None:
    door.sign_in_wholly("bob", Role.OWNER)
    answer = door.post("/backoffice/account/app/remove")
    assert answer.status_code == 409
    assert "Add another one" in answer.get_data(as_text=True)
    assert add_passkey(door, Authenticator()).status_code == 200
    assert door.post("/backoffice/account/app/remove").status_code == 303
    mona = Door(office)
    mona.sign_in_wholly("mona", Role.MODERATOR)
    mona.post("/backoffice/recovery-codes")
    assert mona.post("/backoffice/account/app/remove").status_code == 303
    mona.post("/backoffice/sign-out")
    assert mona.sign_in("mona@example.com").headers["Location"] == "/backoffice/"


def test_another_factor_is_added_only_by_who_has_just_shown_the_first(office: Office, door: Door) -> None:
    door.sign_in_wholly("bob", Role.OWNER)
    office.clock.advance(minutes=5, seconds=1)
    assert door.get("/backoffice/second-factor").headers["Location"].startswith("/backoffice/prove?next=")
    assert door.get(f"{API}/registration").status_code == 403
    assert door.post("/backoffice/recovery-codes").headers["Location"].startswith("/backoffice/prove?next=")
    assert door.post("/backoffice/account/app/remove").headers["Location"].startswith("/backoffice/prove?next=")


@pytest.mark.parametrize(("address", "has_place"), [
    ("http://localhost:8000", True), ("https://play.example", True), ("http://play.example", False),
    ("http://127.0.0.1:8000", False), ("https://[::1]", False), ("https://192.168.1.4", False),
])  # fmt: skip
def test_passkeys_belong_to_a_name_and_a_safe_address(address: str, *, has_place: bool) -> None:
    assert (place_of(address) is not None) == has_place
