"""The options of `popshot prize add` beyond a name and a value."""

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.prize import Prize
from server.campaigns.campaign import find_campaign
from server.campaigns.picture import Picture
from server.db import transaction
from tests.prizes.command import Command
from tests.rig.clock import NOON

ADD = ("prize", "add", "--campaign", "boss", "--name", "en=Poster", "--value-cents", "0")


def test_a_prize_has_limits_pictures_and_downloads(command: Command, session: Session, tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    (tmp_path / "poster.png").write_bytes(drawn.getvalue())
    added = command(*ADD, "--kind", "download", "--unlimited", "--per-day", "20", "--per-hour", "3",
                    "--picture", f"en={tmp_path / 'poster.png'}", "--download", "en=/static/poster.svg",
                    "--download", "fr=https://example.org/affiche.svg")  # fmt: skip
    prize = session.get_one(Prize, added.stdout.strip())
    assert (prize.per_day, prize.per_hour, prize.is_unlimited) == (20, 3, True)
    assert prize.downloads == {"en": "/static/poster.svg", "fr": "https://example.org/affiche.svg"}
    assert session.get_one(Picture, prize.pictures["en"]).media_type == "image/webp"


@pytest.mark.parametrize("words", [
    ("--unlimited",),
    ("--kind", "badge", "--unlimited", "--units", "3"),
    ("--download", "en=/static/poster.svg"),
    ("--kind", "download", "--download", "en=http://example.org/a"),
    ("--kind", "download", "--download", "/static/poster.svg"),
    ("--per-day", "0"),
    ("--picture", "en=no-such-file.png"),
    ("--picture", "en=/dev/null"),
    ("--kind", "voucher", "--units", "3"),
])
def test_options_that_cannot_be_are_refused_and_nothing_is_added(command: Command, session: Session,
                                                                 words: tuple[str, ...]) -> None:
    refused = command(*ADD, *words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.rstrip().endswith(".")
    assert session.scalars(select(Prize)).all() == []
    assert session.scalars(select(Picture)).all() == []


def test_a_published_campaign_takes_no_prize(command: Command, session: Session) -> None:
    with transaction(session):
        boss = find_campaign(session, "boss")
        assert boss is not None
        boss.sealed_at = NOON
    refused = command(*ADD)
    assert refused.exit_code == 2
    assert "its prizes, rules, limits and dates do not change any more" in refused.stderr
