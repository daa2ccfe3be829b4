"""Moderators before the desk, over HTTP."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.backoffice.door import COOKIE
from server.backoffice.moderation.routes import API
from server.backoffice.staff_pass import make_pass
from tests.comments.cast import KEYS, Cast

OWN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Moderator:
    """Somebody who has opened a link of `popshot desk link`."""

    cast: Cast
    name: str

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.cast.client.application.test_client()
        self.client.set_cookie(COOKIE, make_pass(KEYS.desk, self.name, self.cast.clock() + timedelta(hours=12)),
                               path="/backoffice")

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.client.open(f"{API}{path}", method=method, json={} if body is None and method != "GET" else body,
                                headers={**OWN, **headers})

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


def seen(line: dict[str, Any]) -> dict[str, Any]:
    return {"revision": line["revision"], "rulings": line["rulings"]}
