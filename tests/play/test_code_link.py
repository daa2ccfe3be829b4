"""The page of a code as an address and a QR code: for a frame that may open nothing."""

import io
from urllib.parse import unquote

import pytest
import segno
from flask.testing import FlaskClient
from sqlalchemy import update

from prizes.award import Award, AwardState
from server.db import Database
from server.play.qr import qr_of
from tests.play.later import later_campaign
from tests.rig.app import PLAY_TERMS
from tests.rig.bot import BEGINNER
from tests.rig.play import API, Player, json_of, problem_of

PATH = f"{API}/claims/link"


@pytest.fixture
def code(alice: Player) -> str:
    code: str = alice.play(1, BEGINNER, enough=400).outcome["awards"][0]["claim_code"]
    return code


def test_a_code_leads_to_its_page_however_it_was_typed(client: FlaskClient, code: str) -> None:
    for typed in (code, code.replace("-", " ").lower()):
        told = json_of(client.post(PATH, json={"claim_code": typed}), 200)
        assert told == {"address": f"{PLAY_TERMS.public_url}/claim/{code}", "qr": qr_of(told["address"])}
    assert client.get(f"/claim/{code}").status_code == 200


def test_the_picture_is_the_address(code: str) -> None:
    address = f"{PLAY_TERMS.public_url}/claim/{code}"
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=3)
    path = drawn.getvalue().decode().partition(' d="')[2].partition('"')[0]
    assert path
    assert path in unquote(qr_of(address))
    assert path not in unquote(qr_of(address.lower()))


def test_a_ticket_leads_to_its_page_too(client: FlaskClient, alice: Player, database: Database) -> None:
    later_campaign(database, "secret")
    keepsake = alice.play(1, BEGINNER, slug="later", enough=400).outcome["keepsake"]
    assert json_of(client.post(PATH, json={"claim_code": keepsake["ticket"]}), 200)["address"] == keepsake["url"]


def test_a_prize_that_waits_for_a_person_leads_nowhere(client: FlaskClient, database: Database, code: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(Award).values(state=AwardState.KEPT_BACK))
    assert problem_of(client.post(PATH, json={"claim_code": code})) == "claim_not_found"


@pytest.mark.parametrize("wrong", ["NOBODY", "", "x" * 60])
def test_nobody_s_code_leads_nowhere(client: FlaskClient, wrong: str) -> None:
    assert problem_of(client.post(PATH, json={"claim_code": wrong})) in ("claim_not_found", "too_large")
