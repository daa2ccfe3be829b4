"""Awards as a sheet for whoever sends the prizes."""

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import insert
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.claim import Contact, claim, claim_code
from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from prizes.sheets.write import write_csv
from prizes.stock import add_prize, restock
from prizes.way import Win
from prizes.ways.ladder import add_step, climb
from server.campaigns.award_sheet import AWARD_COLUMNS, export_awards
from server.campaigns.campaign import find_campaign
from server.db import transaction
from tests.prizes.command import Command
from tests.prizes.scene import TERMS
from tests.rig.clock import NOON


@pytest.fixture
def awards(command: Command, session: Session) -> list[Award]:
    """Two awards of the campaign boss: the first one claimed, by somebody with an odd name."""
    boss = find_campaign(session, "boss")
    assert boss is not None
    with transaction(session):
        prize = add_prize(session, Prize(campaign_id=boss.id, names={"fr": "Fléchette", "en": "Dart"}, value_cents=500,
                                         kind=PrizeKind.PARCEL, created_at=NOON))
        restock(session, prize.id, 5, NOON, "delivered")
        add_step(session, boss.id, 100, prize.id)
        wins = [Win(boss.id, Way.LADDER, f"round {number}", f"alice {number}", f"round {number}") for number in (1, 2)]
        given = [climb(session, win, 100, NOON, TERMS) for win in wins]
    kept = sorted((award for award in given if award is not None), key=lambda award: award.id)
    with transaction(session):
        claim(session, claim_code(TERMS.claim_key, kept[0].id), Contact("alice@example.org", "=Alice"), NOON)
    return kept


def exported(command: Command, *words: str) -> str:
    return command("award", "export", "--out", "-", "--campaign", *words).stdout


def test_an_export_says_what_was_won_and_where_it_goes(command: Command, awards: list[Award]) -> None:
    first, second = csv.DictReader(io.StringIO(exported(command, "boss")))
    assert tuple(first) == AWARD_COLUMNS
    assert first == {
        "award_id": awards[0].id, "awarded_at": "2026-12-01T12:00:00+00:00", "way": "ladder",
        "prize_id": awards[0].prize_id, "prize": "Dart", "value_cents": "500", "currency": "EUR", "state": "claimed",
        "claim_before": "2026-12-31T12:00:00+00:00", "claimed_at": "2026-12-01T12:00:00+00:00", "name": "'=Alice",
        "email": "alice@example.org", "address": "", "round_id": awards[0].round_id}  # fmt: skip
    assert (second["state"], second["name"], second["claimed_at"]) == ("open", "", "")


def test_an_export_is_of_one_campaign_and_of_one_state(command: Command, awards: list[Award]) -> None:
    assert len(exported(command, "other").splitlines()) == 1
    open_ones = list(csv.DictReader(io.StringIO(exported(command, "boss", "--state", "open"))))
    assert [row["award_id"] for row in open_ones] == [awards[1].id]


def test_an_export_holds_no_code(command: Command, awards: list[Award]) -> None:
    for award in awards:
        code = claim_code(TERMS.claim_key, award.id)
        shown = exported(command, "boss")
        assert not [part for part in (code, code.replace("-", ""), award.code_hash) if part in shown]


def test_a_workbook_holds_text_as_text_and_only_its_owner_reads_it(
        command: Command, awards: list[Award], tmp_path: Path) -> None:
    out = tmp_path / "awards.xlsx"
    assert command("award", "export", "--campaign", "boss", "--out", str(out)).exit_code == 0
    header, first, _ = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert tuple(header) == AWARD_COLUMNS
    assert first[header.index("name")] == "=Alice"
    assert first[header.index("value_cents")] == 500
    assert out.stat().st_mode & 0o077 == 0


def test_an_export_of_20_000_awards_holds_a_thousand_of_them_in_memory(
        session: Session, awards: list[Award]) -> None:
    more = [{"id": new_id(), "campaign_id": awards[0].campaign_id, "prize_id": awards[0].prize_id,
             "player_id": "charlie", "round_id": f"r{number}", "way": Way.LADDER, "cause": f"r{number}",
             "state": AwardState.OPEN, "awarded_at": NOON, "claim_before": NOON, "code_hash": new_id()}
            for number in range(20_000)]
    with transaction(session):
        session.execute(insert(Award), more)
    del more
    tracemalloc.start()
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
        count = write_csv(nowhere, AWARD_COLUMNS, export_awards(session, awards[0].campaign_id))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_002
    assert peak < 8_000_000
