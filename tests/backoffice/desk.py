"""Moderators before the desk, over HTTP."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from prizes.db import new_id
from server.backoffice.moderation.routes import API
from server.backoffice.rights import Role
from server.backoffice.staff.person import Staff
from server.db import transaction
from tests.comments.cast import BRAND, Cast
from tests.office.cast import Office


@dataclass
class Moderator:
    """Somebody who is signed in and moderates the comments of a brand."""

    cast: Cast
    name: str
    brand: str = BRAND
    role: Role = Role.MODERATOR

    def __post_init__(self) -> None:
        office = Office(self.cast.client.application, self.cast.database, self.cast.clock)
        is_new = add_account(self.cast, self.name)
        self.visit = office.sign_in(*([self.role] if is_new else ()), name=self.name, brand=self.brand)
        self.client = self.visit.client

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.visit.call(method, f"{API}{path}", {} if body is None and method != "GET" else body, **headers)

    def queue(self, **query: str) -> list[dict[str, Any]]:
        answer = self.client.get(f"{API}/queue", query_string=query)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        lines: list[dict[str, Any]] = answer.get_json()["comments"]
        return lines

    def ids(self, **query: str) -> list[str]:
        return [line["id"] for line in self.queue(**query)]

    def line(self, comment_id: str) -> dict[str, Any]:
        return next(line for line in self.queue() if line["id"] == comment_id)

    def rule(self, line: dict[str, Any], decision: str, reason: str = "insult", **more: Any) -> TestResponse:
        return self.call("POST", f"/comments/{line['id']}/rulings",
                         {**seen(line), "decision": decision, "reason": reason, **more})

    def undo(self, line: dict[str, Any], ruling: str) -> TestResponse:
        return self.call("POST", f"/comments/{line['id']}/undo",
                         {"revision": line["revision"], "rulings": line["rulings"] + 1, "ruling": ruling})

    def context(self, comment_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/comments/{comment_id}").get_json()
        return found


def add_account(cast: Cast, name: str) -> bool:
    """Give somebody an account whose id is the name, so that they sign what the cast rules for them; False when there
    is one already.
    """
    with cast.database.sessions() as session, transaction(session):
        is_new = session.get(Staff, name) is None
        if is_new:
            session.add(Staff(id=name, email=f"{name}@example.com", name=name.title(), fs_uniquifier=new_id(),
                              totp_secret="never shown", created_at=cast.clock()))
        return is_new


def seen(line: dict[str, Any]) -> dict[str, Any]:
    return {"revision": line["revision"], "rulings": line["rulings"]}
