"""The example campaign of all five ways, twice: one that is open, and one that is over, its places and draw made."""

from datetime import datetime, timedelta
from pathlib import Path

from server.app import create_app
from server.campaigns.load_draft import load_draft
from server.campaigns.publish import publish
from server.db import Database
from server.keys import Keys
from server.play.terms import make_terms
from tests.campaigns.drafts import read
from tests.rig.app import calm_config
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.play import Player

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "fair.toml"
OPEN, OVER = "fair", "fair-over"
SCORES = (5_000, 2_500, 1_200)
DAYS = 30


def add_fairs(database: Database, keys: Keys, now: datetime) -> list[str]:
    """Bring both about, each with three rounds; the tickets of those of the one that is over."""
    _fair(database, keys, OPEN, now - timedelta(days=2))
    return _fair(database, keys, OVER, now - timedelta(days=DAYS + 1))


def _fair(database: Database, keys: Keys, slug: str, opens_at: datetime) -> list[str]:
    config, clock = calm_config(), FakeClock(opens_at)
    text = EXAMPLE.read_text()
    for key, value in {"slug": f'"{slug}"', "opens": f"{opens_at:%Y-%m-%dT%H:%M:%S}",
                       "closes": f"{opens_at + timedelta(days=DAYS):%Y-%m-%dT%H:%M:%S}"}.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
        text = text.replace(line, f"{key} = {value}")
    with database.sessions() as session:
        load_draft(session, read(text.encode()), opens_at)
        terms = make_terms(config, keys)
        report = publish(session, slug, lambda campaign: terms.award_terms(campaign, keep_back=False), opens_at)
    if report.flaws:
        raise RuntimeError(f"the example cannot be published: {report.flaws[0].sentence}")
    app = create_app(config, keys, clock=clock, database=database)
    clock.now = opens_at + timedelta(days=1)  # the example's days are those of its own time zone
    plays = [Player(app, clock).play(number, GOOD, slug=slug, enough=enough) for number, enough in enumerate(SCORES)]
    return [play.outcome["keepsake"]["ticket"] for play in plays]
