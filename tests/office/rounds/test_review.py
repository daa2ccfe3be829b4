"""The review desk: what waits and why, a ruling with its consequence, and who comes second."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from prizes.audit import audit
from prizes.award import Award, AwardState
from server.backoffice.acts.act import ActText
from server.backoffice.rights import Role
from server.backoffice.rounds.queue import places_to_confirm, rounds_to_review
from server.db import Database
from server.fairplay.review import Review
from server.play.round import Round, Verdict
from tests.office.cast import Office, StaffClient
from tests.play.conftest import held
from tests.play.later import OVER, later_campaign, popshot
from tests.rig.bot import BEGINNER, GOOD
from tests.rig.clock import FakeClock
from tests.rig.play import Play, Player

__all__ = ["held"]

DESK = "/backoffice/rounds"
WHY = {"reason": "script", "why": "Every dart in the middle."}


def text_of(staff: StaffClient, path: str = "", status: int = 200) -> str:
    answer = staff.get(f"{DESK}{path}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def verdict_of(database: Database, round_id: str) -> Verdict | None:
    with database.sessions() as session:
        return session.get_one(Round, round_id).verdict


def test_a_held_round_waits_with_its_sign_in_plain_words_and_its_replay(office: Office, held: Play) -> None:
    mona = office.sign_in(Role.MODERATOR, name="mona")
    assert f'href="{DESK}/{held.id}"' in text_of(mona)
    shown = text_of(mona, f"/{held.id}")
    assert re.search(r"It scored [\d,]+ points. Above [\d,]+ a person looks", shown)
    frame = re.search(r'<iframe[^>]* src="([^"#]+)', shown)
    assert frame
    replay = office.app.test_client().get(frame[1].replace("&amp;", "&"))
    assert "frame-ancestors 'self'" in replay.headers["Content-Security-Policy"]
    for not_held in (f"/r/{held.id}", f"/r/{held.id}?framed=1", f"/r/{held.id}?look=no&framed=1"):
        assert "frame-ancestors 'none'" in office.app.test_client().get(not_held).headers["Content-Security-Policy"]


def test_a_release_lets_the_award_follow_and_leads_to_the_next_round(office: Office, held: Play) -> None:
    mona = office.sign_in(Role.MODERATOR, name="mona")
    answer = mona.post(f"{DESK}/{held.id}/release")
    assert (answer.status_code, answer.headers["Location"]) == (303, DESK)
    assert held.present()["outcome"]["awards"]
    (act,) = office.acts()
    assert (act.word, act.subject_id, act.before, act.after) == (
        "rounds.release", held.id, {"verdict": "held"}, {"verdict": "accepted"})
    assert "No round waits for you" in text_of(mona)
    assert "Released</span> mona" in text_of(mona, "/ruled")


def test_who_comes_second_is_told_what_the_first_one_said(office: Office, held: Play) -> None:
    mona, bob = office.sign_in(Role.MODERATOR, name="mona"), office.sign_in(Role.OWNER)
    mona.post(f"{DESK}/{held.id}/release")
    for deed in ("release", "reject", "confirm", "reject-place"):
        second = bob.post(f"{DESK}/{held.id}/{deed}", WHY)
        assert second.status_code == 409, deed
        assert "mona was faster and released this round" in second.get_data(as_text=True)
    assert len(office.acts()) == 1


def test_a_rejection_needs_a_reason_and_words_and_gives_the_unit_back(office: Office, held: Play,
                                                                      database: Database) -> None:
    mona = office.sign_in(Role.MODERATOR, name="mona")
    wrongs: list[dict[str, Any]] = [{}, {**WHY, "reason": "mood"}, {**WHY, "why": " "}, {**WHY, "why": "x" * 151}]
    for wrong in wrongs:
        refused = mona.post(f"{DESK}/{held.id}/reject", wrong)
        assert refused.status_code == 422, wrong
        assert "data-shown" in refused.get_data(as_text=True)
    assert mona.post(f"{DESK}/{held.id}/reject", {**WHY, "why": "Every dart\x00 in the middle."}).status_code == 303
    assert verdict_of(database, held.id) == Verdict.REJECTED
    (act,) = office.acts()
    assert act.after == {"verdict": "rejected", "reason": "script"}
    with database.sessions() as session:
        assert session.scalars(select(ActText.text)).all() == [WHY["why"]]
        assert session.scalars(select(Review.reason)).all() == [f"script: {WHY['why']}"]
        assert session.scalars(select(Award.state)).all() == [AwardState.RETURNED]
        assert audit(session) == []


def test_a_release_by_mistake_can_still_be_rejected_and_only_then(office: Office, held: Play,
                                                                  database: Database) -> None:
    mona = office.sign_in(Role.MODERATOR, name="mona")
    assert mona.post(f"{DESK}/{held.id}/reject-after-all", WHY).status_code == 409
    mona.post(f"{DESK}/{held.id}/release")
    assert "Reject after all" in text_of(mona, f"/{held.id}?from=ruled")
    assert mona.post(f"{DESK}/{held.id}/reject-after-all", WHY).status_code == 303
    assert verdict_of(database, held.id) == Verdict.REJECTED
    assert mona.post(f"{DESK}/{held.id}/reject-after-all", WHY).status_code == 409
    with database.sessions() as session:
        assert session.scalars(select(Award.state)).all() == [AwardState.RETURNED]
        assert audit(session) == []


def test_charlie_and_who_may_not_review_change_nothing(office: Office, held: Play, alice: Player) -> None:
    charlie, auditor = office.charlie(), office.sign_in(Role.AUDITOR, name="mona")
    assert "No round waits" in text_of(charlie)
    assert text_of(charlie, f"/{held.id}", 404)
    assert text_of(auditor, "/nowhere", 404)
    assert "data-opens" not in text_of(auditor, f"/{held.id}")
    for deed in ("release", "reject", "reject-after-all", "confirm", "reject-place"):
        assert charlie.post(f"{DESK}/{held.id}/{deed}", WHY).status_code == 404
        assert auditor.post(f"{DESK}/{held.id}/{deed}", WHY).status_code == 403
    open_round = alice.open()
    assert text_of(office.sign_in(Role.OWNER), f"/{open_round.id}", 404)
    for odd in ("?after=~", "?after=2026-12-01T00:00:00Z~'", "/ruled?after=9999-12-31T23:59:59Z~x"):
        assert text_of(auditor, odd)
    assert office.acts() == []


def counts(database: Database, *brand_ids: str) -> tuple[int, int]:
    with database.sessions() as session:
        return rounds_to_review(session, brand_ids), places_to_confirm(session, brand_ids)


@pytest.fixture
def places(app: Flask, alice: Player, join: Callable[[], Player], database: Database,
           clock: FakeClock) -> tuple[Play, Play]:
    """Two rounds in line for the one place of a campaign that is over."""
    slug = later_campaign(database, "secret")
    first, second = alice.play(1, GOOD, slug=slug), join().play(2, BEGINNER, slug=slug)
    clock.now = OVER + timedelta(minutes=1)
    popshot(database, clock, "standings", "show", slug)
    return first, second


def test_a_place_is_confirmed_once_and_counted_until_then(office: Office, places: tuple[Play, Play],
                                                          database: Database) -> None:
    first, _ = places
    bob, other = office.sign_in(Role.OWNER), office.brand("Acme")
    waiting_before = counts(database, office.brand_id)[0]
    assert (waiting_before, counts(database, other)) == (0, (0, 0))
    assert counts(database, office.brand_id)[1] == 1
    assert f'href="{DESK}/{first.id}"' in text_of(bob, "/places")
    assert "No place waits" in text_of(office.charlie(), "/places")
    assert bob.post(f"{DESK}/{first.id}/confirm").status_code == 303
    assert counts(database, office.brand_id) == (0, 0)
    assert bob.post(f"{DESK}/{first.id}/confirm").status_code == 409
    assert first.present()["outcome"]["awards"]
    assert [(act.word, act.before) for act in office.acts()] == [
        ("rounds.confirm", {"verdict": "accepted", "place": 1})]


def test_a_rejected_place_falls_to_the_next_and_nobody_confirms_whom_they_did_not_watch(
        office: Office, places: tuple[Play, Play], database: Database) -> None:
    first, second = places
    mona, bob = office.sign_in(Role.MODERATOR, name="mona"), office.sign_in(Role.OWNER)
    assert text_of(bob, f"/{first.id}")  # Bob watches the first one
    assert mona.post(f"{DESK}/{first.id}/reject-place", WHY).status_code == 303
    assert bob.post(f"{DESK}/{first.id}/confirm").status_code == 409
    with database.sessions() as session:
        assert [(award.round_id, award.state) for award in session.scalars(
            select(Award).where(Award.way == "standings").order_by(Award.cause))] == [
            (first.id, AwardState.RETURNED), (second.id, AwardState.KEPT_BACK)]
        assert audit(session) == []
    assert f'href="{DESK}/{second.id}"' in text_of(bob, "/places")
