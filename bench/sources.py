"""What the page of sources costs: `python -m bench.sources [ROUNDS]`, on SQLite.

Fills a campaign with rounds from 40 sources and counts them as the page does; prints milliseconds of CPU, the best of
five, and what a round's opening pays for naming its source.
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from server.backoffice.sources.figures import count_sources
from server.campaigns.came_from import CameFrom, SourceKind, read_source
from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.source import source_id_of
from server.db import open_database, transaction
from server.migrate import upgrade
from server.play.round import Ending, Round, RoundState, Verdict
from server.players.player import Player
from tests.rig.app import add_campaign
from tests.rig.clock import NOON

Row = dict[str, object]
BATCH, SOURCES, ROUNDS_EACH, TRIES = 10_000, 40, 4, 5


def best_ms(act: Callable[[], object]) -> float:
    times = []
    for _ in range(TRIES):
        began = time.process_time()
        act()
        times.append(1_000 * (time.process_time() - began))
    return min(times)


def rows(campaign: Campaign, first: int, source_ids: list[int]) -> tuple[list[Row], list[Row]]:
    """A batch of players and their rounds."""
    numbers = range(first, first + BATCH)
    players = [{"id": f"p{number}", "created_at": NOON} for number in numbers if number % ROUNDS_EACH == 0]
    played = [{"id": f"r{number}", "campaign_id": campaign.id, "player_id": f"p{number - number % ROUNDS_EACH}",
               "rules": {}, "opened_at": NOON - timedelta(seconds=number), "wave_starts_at": NOON, "closes_by": NOON,
               "state": RoundState.CLOSED, "ending": Ending.FINISHED, "verdict": Verdict.ACCEPTED, "submitted": 9,
               "score": 1_000, "source_id": source_ids[number % SOURCES]} for number in numbers]
    return players, played


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'popshot.sqlite'}")
        upgrade(database.engine)
        add_campaign(database, "many", opens_at=NOON - timedelta(days=365))
        with database.sessions() as session:
            campaign = find_campaign(session, "many")
            assert campaign is not None
            links = [CameFrom(SourceKind.LINK, f"link{number}") for number in range(SOURCES)]
            ids = [source_id_of(session, campaign, link, NOON + timedelta(days=number // 20))
                   for number, link in enumerate(links)]
            for first in range(0, many, BATCH):
                players, played = rows(campaign, first, ids)
                with transaction(session):
                    session.execute(insert(Player), players)
                    session.execute(insert(Round), played)
            session.rollback()
            page = best_ms(lambda: count_sources(session, campaign, 0, NOON))
            told = {"query": "?utm_source=link3", "referrer": "www.facebook.com", "framed": False}
            name = best_ms(lambda: [source_id_of(session, campaign, read_source(told, campaign, ""), NOON)
                                    for _ in range(100)]) / 100
        print(f"{many} rounds, {SOURCES} sources: {page:.0f} ms a page, {name:.3f} ms for naming a round's source")


if __name__ == "__main__":
    main()
