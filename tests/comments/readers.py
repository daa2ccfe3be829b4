"""Readers who report, from networks of their own or from one; and comments that only the rules have let through."""

from typing import Any

import altcha
import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from server.campaigns.campaign import Campaign, CommentsMode
from server.comments import trust
from server.db import transaction
from tests.comments.cast import Cast, Person


def report(who: Person, comment_id: str, reason: str = "insult", **more: Any) -> str:
    """The receipt of a report."""
    answer = try_report(who, comment_id, reason, **more)
    assert answer.status_code == 202, answer.get_data(as_text=True)
    receipt: str = answer.get_json()["receipt"]["id"]
    return receipt


def try_report(who: Person, comment_id: str, reason: str = "insult", **more: Any) -> TestResponse:
    """A report as a browser sends it: once more with a proof of work, when one is asked for."""
    path, body = f"/comments/{comment_id}/reports", {"reason": reason, **more}
    answer = who.post(path, body)
    if answer.status_code != 403:
        return answer
    return who.post(path, body, Altcha=solve(answer.get_json()["challenge"]))


def solve(challenge: dict[str, Any]) -> str:
    parsed = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(parsed)
    assert solution is not None
    return altcha.Payload(parsed, solution).to_base64()


def nobody(cast: Cast, address: str) -> Person:
    """A reader without a token."""
    return Person(cast.client, "", "", "", address)


def report_by(cast: Cast, comment_id: str, readers: int, reason: str = "insult") -> list[str]:
    """The receipts of so many distinct readers."""
    return [report(cast.player(), comment_id, reason) for _ in range(readers)]


def outcome(cast: Cast, receipt: str) -> dict[str, Any]:
    answer = cast.client.get(f"/api/v1/reports/{receipt}")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.get_json()["report"]
    return told


@pytest.fixture
def trusting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The campaign trusts everybody: what no rule finds is public at once, and no person has ruled on it."""
    monkeypatch.setattr(trust, "FEWEST_PUBLISHED", 0)
    with cast.database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(comments_mode=CommentsMode.TRUSTED))
    return cast
