"""A browser before the door of the back office, and what a person carries: an app that shows codes, a passkey."""

import hashlib
import json
import re
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask.testing import FlaskClient
from passlib.totp import TOTP  # type: ignore[import-untyped]  # it has no types
from webauthn.helpers import bytes_to_base64url
from werkzeug.test import TestResponse

from server.backoffice.rights import Role
from server.backoffice.staff.link import invite
from server.backoffice.staff.person import Staff
from server.db import transaction
from tests.office.cast import OWN, Office

PASSWORD = "a foam dart a day"


@dataclass
class Door:
    """One browser, from one address."""

    office: Office
    address: str = "10.0.0.1"

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.office.app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, environ_base={"REMOTE_ADDR": self.address}, **more)

    def post(self, path: str, form: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        return self.client.post(path, data=form or {}, headers={**OWN, **headers},
                                content_type="application/x-www-form-urlencoded",
                                environ_base={"REMOTE_ADDR": self.address})

    def call(self, path: str, body: dict[str, Any]) -> TestResponse:
        return self.client.post(f"/backoffice/api/staff/{path}", json=body, headers=OWN,
                                environ_base={"REMOTE_ADDR": self.address})

    def sign_in(self, email: str = "bob@example.com", password: str = PASSWORD) -> TestResponse:
        return self.post("/backoffice/sign-in", {"email": email, "password": password})

    def prove(self, code: str) -> TestResponse:
        return self.post("/backoffice/prove", {"code": code})

    def sign_in_wholly(self, name: str, *roles: Role) -> str:
        """Somebody with an app comes in, both steps; the person's id."""
        staff_id = hire(self.office, *roles, name=name)
        self.sign_in(f"{name}@example.com")
        assert self.prove(digits(self.office, staff_id)).status_code == 303
        return staff_id

    def open(self, secret: str) -> TestResponse:
        return self.call("link", {"secret": secret})

    def join(self, secret: str, email: str = "bob@example.com", name: str = "Bob") -> TestResponse:
        """Open an invitation and make the account."""
        assert self.open(secret).status_code == 200
        return self.post("/backoffice/join", {"email": email, "name": name, "password": PASSWORD})

    def is_in(self) -> bool:
        return self.get("/backoffice/account").status_code == 200


def invitation(office: Office, role: Role = Role.OWNER, email: str | None = None) -> str:
    """The secret of a fresh invitation to Zapp & Co."""
    with office.database.sessions() as session:
        return invite(session, office.brand_id, role, None, office.clock(), email)[1]


def hire(office: Office, *roles: Role, name: str = "bob", has_app: bool = True) -> str:
    """Somebody with a password, and an app unless told."""
    staff_id = office.hire(*roles, name=name)
    with office.app.app_context():
        kept = office.app.extensions["popshot_passwords"].hash(PASSWORD)
    with office.database.sessions() as session, transaction(session):
        staff = session.get_one(Staff, staff_id)
        staff.password = kept
        if not has_app:
            staff.totp_secret = None
    return staff_id


def digits(office: Office, staff_id: str) -> str:
    """What the person's app shows now."""
    with office.database.sessions() as session:
        secret = session.get_one(Staff, staff_id).totp_secret or ""
    return digits_of(office, secret)


def digits_of(office: Office, secret: str) -> str:
    source = office.app.extensions["popshot_codes"]._totp.from_source(secret)  # noqa: SLF001
    assert isinstance(source, TOTP)
    token: str = source.generate(time=int(office.clock().timestamp())).token
    return token


def codes_on(page: TestResponse) -> list[str]:
    return re.findall(r"<code>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</code>", page.get_data(as_text=True))


def link_on(page: TestResponse) -> str:
    """The secret of the link that a page shows."""
    found = re.search(r'welcome#([\w-]+)"', page.get_data(as_text=True))
    assert found, page.get_data(as_text=True)
    return found[1]


@dataclass
class Authenticator:
    """A security key in software: one credential, which signs for whoever asks."""

    host: str = "localhost"
    origin: str = "http://localhost:8000"
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    count: int = 0
    knows_holder: bool = True

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to the options of a registration."""
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        data = self._data(0x40) + bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": bytes_to_base64url(self._client("create", options)),
                             "attestationObject": bytes_to_base64url(attestation)})

    def show(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to the options of a sign-in."""
        self.count += 1
        data, client = self._data(0), self._client("get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": bytes_to_base64url(client), "signature": bytes_to_base64url(signature),
                             "authenticatorData": bytes_to_base64url(data), "userHandle": None})

    def _data(self, flags: int) -> bytes:
        flags |= 0x01 | (0x04 if self.knows_holder else 0)
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _client(self, deed: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": f"webauthn.{deed}", "challenge": options["challenge"], "origin": self.origin,
                           "crossOrigin": False}).encode()

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        return {"id": bytes_to_base64url(self.id), "rawId": bytes_to_base64url(self.id), "type": "public-key",
                "response": response}
