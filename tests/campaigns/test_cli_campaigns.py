"""`popshot campaign`, as an operator types it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from server.campaigns.campaign import CampaignState, CampaignTurn, find_campaign
from server.campaigns.picture import find_picture
from server.campaigns.theme import FOLDER
from server.cli_campaigns import campaign_group
from server.config import Config
from server.db import Database
from tests.campaigns.test_redraw import SVG, drawn
from tests.rig.app import PLAY_TERMS, add_campaign, calm_config
from tests.rig.clock import NOON
from tests.rig.themes import TOYS

Popshot = Callable[..., Result]
WHY = ("--reason", "maintenance", "--by", "bob")


@dataclass
class Shell:
    """What server/cli.py hands to commands."""

    database: Database
    config: Config

    def __post_init__(self) -> None:
        self.session = self.database.sessions
        self.now = lambda: NOON
        self.terms = PLAY_TERMS


@pytest.fixture
def campaign(database: Database) -> Popshot:
    """`campaign("pause", "boss")` runs `popshot campaign pause boss`; there are boss and a draft."""
    add_campaign(database, "boss")
    add_campaign(database, "soon", state=CampaignState.DRAFT)
    return lambda *words: CliRunner().invoke(campaign_group, words, obj=Shell(database, calm_config()))


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    """A file with a theme of one's own."""
    file = tmp_path / "bakery.json"
    file.write_text(json.dumps({**TOYS, "shape": "soft"}))
    return file


def theme_of(database: Database, slug: str = "boss") -> dict[str, Any]:
    with database.sessions() as session:
        found = find_campaign(session, slug)
        assert found is not None
        return found.theme


def is_refused(result: Result) -> bool:
    """Exit code 2, one sentence, nothing else."""
    return result.exit_code == 2 and result.stdout == "" and len(result.stderr.strip().splitlines()) == 1


def test_the_list_tells_state_phase_window_and_languages(campaign: Popshot) -> None:
    output = campaign("list").output
    window = "2026-11-30 13:00 (Europe/Paris) to 2027-12-01 13:00 (Europe/Paris)"
    assert f"boss  published, open  {window}  Zapp & Co  en\n" in output
    assert "soon  draft, not_open  " in output
    assert output.endswith("2 listed\n")


def test_a_theme_of_ones_own_and_a_ready_one_are_worn(campaign: Popshot, database: Database, bakery: Path) -> None:
    assert campaign("theme", "boss", "--file", str(bakery)).exit_code == 0
    assert theme_of(database)["shape"] == "soft"
    assert campaign("theme", "soon", "toys").output == "soon wears the theme toys\n"
    assert theme_of(database, "soon") == json.loads((FOLDER / "toys.json").read_text())


@pytest.mark.parametrize("words", [
    ("boss", "nothing"), ("nobody", "toys"), ("boss", "../themes/toys"), ("boss", "--file", "{odd}"),
    ("boss", "--file", "{broken}"), ("boss", "--file", "{foreign}"),
])  # fmt: skip
def test_a_theme_that_cannot_be_worn_is_one_sentence_and_changes_nothing(
        campaign: Popshot, database: Database, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "odd").write_text(json.dumps({**TOYS, "shape": "oval"}))
    (tmp_path / "broken").write_text("{")
    (tmp_path / "foreign").write_text(json.dumps({**TOYS, "logo": "0" * 64}))
    files = {name: str(tmp_path / name) for name in ("odd", "broken", "foreign")}
    assert is_refused(campaign("theme", *(word.format(**files) for word in words)))
    assert theme_of(database) == TOYS


@pytest.mark.parametrize("words", [("boss",), ("boss", "toys", "--file", "{bakery}")])
def test_a_name_or_a_file_is_given_not_both(campaign: Popshot, bakery: Path, words: tuple[str, ...]) -> None:
    assert campaign("theme", *(word.format(bakery=bakery) for word in words)).exit_code == 2


@pytest.mark.parametrize("place", ["boss", "logo"])
def test_a_picture_is_kept_and_worn(campaign: Popshot, database: Database, tmp_path: Path, place: str) -> None:
    (tmp_path / "photo.jpg").write_bytes(drawn("JPEG"))
    result = campaign("picture", "boss", str(tmp_path / "photo.jpg"), "--as", place)
    assert result.exit_code == 0, result.output
    theme = theme_of(database)
    picture_id = theme["boss"]["picture"] if place == "boss" else theme["logo"]
    assert "60 × 40, " in result.output
    assert f"/pictures/{picture_id}" in result.output
    with database.sessions() as session:
        assert find_picture(session, picture_id) is not None
    assert [theme["logo"], theme["boss"]["picture"]].count(None) == 1


def test_the_same_picture_is_kept_once(campaign: Popshot, database: Database, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(drawn())
    for place in ("boss", "logo", "logo"):
        assert campaign("picture", "boss", str(tmp_path / "a.png"), "--as", place).exit_code == 0
    assert theme_of(database)["logo"] == theme_of(database)["boss"]["picture"]


def test_an_odd_picture_or_campaign_is_one_sentence_and_changes_nothing(
        campaign: Popshot, database: Database, tmp_path: Path) -> None:
    (tmp_path / "boss.svg").write_bytes(SVG)
    (tmp_path / "a.png").write_bytes(drawn())
    refused = campaign("picture", "boss", str(tmp_path / "boss.svg"), "--as", "logo")
    assert is_refused(refused)
    assert "(not_a_picture)" in refused.stderr
    assert is_refused(campaign("picture", "nobody", str(tmp_path / "a.png"), "--as", "logo"))
    assert theme_of(database) == TOYS


def test_a_campaign_is_paused_resumed_and_ended_for_good(campaign: Popshot) -> None:
    told = {"pause": "boss is paused\n", "resume": "boss is published again\n", "end": "boss is ended\n"}
    for turn in ("pause", "resume", "pause", "end"):
        assert campaign(turn, "boss", *WHY).output == told[turn]
    assert is_refused(campaign("resume", "boss", *WHY))


def test_each_turn_is_kept_with_its_reason_and_whose_it_was(campaign: Popshot, database: Database) -> None:
    campaign("pause", "boss", *WHY)
    campaign("end", "boss", "--reason", "prizes_gone", "--by", "mona")
    campaign("resume", "boss", *WHY)
    with database.sessions() as session:
        turns = [(turn.turn, turn.reason, turn.by, turn.at) for turn in session.scalars(select(CampaignTurn))]
    assert sorted(turns) == [("end", "prizes_gone", "mona", NOON), ("pause", "maintenance", "bob", NOON)]


@pytest.mark.parametrize("words", [(), ("--reason", "Because I say so"), (*WHY, "--by", "Bob B.")])
def test_a_turn_without_a_plain_word_why_is_refused(campaign: Popshot, words: tuple[str, ...]) -> None:
    assert campaign("pause", "boss", *words).exit_code == 2
    assert "boss  published" in campaign("list").output


@pytest.mark.parametrize(("turn", "slug", "sentence"), [
    ("resume", "boss", "boss is published: it cannot resume."), ("pause", "soon", "soon is draft: it cannot pause."),
    ("end", "soon", "soon is draft: it cannot end."), ("end", "nobody", "There is no campaign 'nobody'"),
])  # fmt: skip
def test_a_turn_that_does_not_apply_is_refused(campaign: Popshot, turn: str, slug: str, sentence: str) -> None:
    refused = campaign(turn, slug, *WHY)
    assert is_refused(refused)
    assert sentence in refused.stderr
