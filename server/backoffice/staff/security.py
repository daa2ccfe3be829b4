"""Flask-Security in the app: its passwords, its visits and its codes, on our tables and behind our one commit.

None of its pages is served: they commit by themselves, read a code before they strike it, and take a passkey's answer
twice. docs/decisions/0026-staff.md weighs this.
"""

import hashlib
import hmac
import threading
from typing import Any

import email_validator
from flask import Flask, current_app
from flask_security import RoleMixin, Security, UserDatastore, UserMixin
from flask_security.utils import get_hmac
from gevent import get_hub
from sqlalchemy import select

from server.backoffice.staff.codes import Codes
from server.backoffice.staff.person import Staff
from server.db import current_session
from server.keys import Keys

SHORTEST, LONGEST = 10, 128  # characters of a password
MOST_EMAIL = 254
# Argon2id as OWASP asks for it at the least: 19 MiB, two passes, one lane; about 20 ms.
ARGON2 = {"argon2__type": "ID", "argon2__memory_cost": 19_456, "argon2__time_cost": 2, "argon2__parallelism": 1}
SETTINGS = {
    "SECURITY_PASSWORD_HASH": "argon2", "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": ARGON2, "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST, "SECURITY_DEFAULT_REMEMBER_ME": False, "SESSION_PROTECTION": None,
    "WTF_CSRF_ENABLED": False,  # the walls refuse other sites' requests, JSON and forms alike
}  # fmt: skip


class Account(UserMixin):
    """What Flask-Security keeps of a person: the name of their visits."""

    fs_uniquifier = ""

    def __init__(self, staff: Staff) -> None:
        self.fs_uniquifier = staff.fs_uniquifier
        self.active = staff.active


class Accounts(UserDatastore):
    """Where Flask-Security looks people up. It writes nothing: our use cases do, each in its own transaction."""

    def __init__(self) -> None:
        super().__init__(Account, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Account | None:
        staff = current_session().scalar(select(Staff).where(Staff.fs_uniquifier == kwargs.get("fs_uniquifier")))
        return Account(staff) if staff else None


class Passwords:
    """Hashes passwords beside the process's other work: one at a time, on a thread of gevent's pool."""

    def __init__(self, security: Security) -> None:
        self._context = security.pwd_context
        self._turn = threading.Lock()
        self._nobodys = ""

    def hash(self, password: str) -> str:
        """What is kept of a password: Argon2id over its HMAC with a key that no database holds."""
        with self._turn:
            kept: str = get_hub().threadpool.apply(self._context.hash, (_keyed(password),))
        return kept

    def is_right(self, password: str, kept: str | None) -> bool:
        """Whether it is the password; takes as long for an account that there is not."""
        with self._turn:
            if not self._nobodys:  # whoever tries first waits for it, with an account or without
                self._nobodys = get_hub().threadpool.apply(self._context.hash, (b"nobody has this password",))
            is_right: bool = get_hub().threadpool.apply(self._context.verify, (_keyed(password), kept or self._nobodys))
        return is_right and kept is not None


def add_security(app: Flask, keys: Keys) -> None:
    """Give the app its passwords and visits. What the library hooks into every request is taken out again: it would
    look for a visit in players' requests too, make every answer differ by cookie, and serves what we do not use.
    """
    app.config.update(SETTINGS, SECURITY_PASSWORD_SALT=_key_for(keys, "passwords").hex())
    kinds: tuple[Any, ...] = (app.before_request_funcs, app.after_request_funcs, app.template_context_processors)
    own, json = [list(hooks.get(None, [])) for hooks in kinds], app.json
    security = Security(app, Accounts(), register_blueprint=False)
    app.json = json
    for hooks, kept in zip(kinds, own, strict=True):
        hooks[None] = kept
    app.extensions["popshot_passwords"] = Passwords(security)
    app.extensions["popshot_codes"] = Codes(_key_for(keys, "codes"))


def passwords() -> Passwords:
    """The running app's."""
    found: Passwords = current_app.extensions["popshot_passwords"]
    return found


def codes() -> Codes:
    """The running app's."""
    found: Codes = current_app.extensions["popshot_codes"]
    return found


def find_email(given: str) -> str | None:
    """An address as it is kept: checked, in small letters; None for what is none."""
    try:
        found = email_validator.validate_email(given.strip(), check_deliverability=False)
    except ValueError:
        return None
    address = str(found.normalized).lower()
    return address if len(address) <= MOST_EMAIL else None


def _key_for(keys: Keys, purpose: str) -> bytes:
    """None of them can stand in for another, nor for the one that signs the cookies."""
    return hmac.digest(keys.visit, f"popshot:staff:{purpose}".encode(), hashlib.sha256)


def _keyed(password: str) -> bytes:
    security: Security = current_app.extensions["security"]
    keyed: bytes = get_hmac(security.password_util.normalize(password))
    return keyed
