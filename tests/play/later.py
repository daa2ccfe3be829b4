"""A campaign whose prizes are given at its end, and the commands that an operator types about it."""

from datetime import timedelta
from typing import Any

from click.testing import CliRunner, Result

from prizes.award import Way
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from prizes.ways import WAYS
from server.campaigns.campaign import find_campaign
from server.cli import popshot as whole
from server.config import load_config
from server.db import Database, transaction
from server.keys import derive_keys
from server.play.close_campaign import SETTLED_AFTER
from tests.rig.app import MASTER, PLAY_TERMS, add_campaign
from tests.rig.clock import NOON, FakeClock

CLOSES_AT = NOON + timedelta(hours=1)
OVER = CLOSES_AT + SETTLED_AFTER  # from when on places and draws are given
DRAW = {"prizes": [{"prize": "trip", "units": 1}], "most_entries": 5}


def later_campaign(database: Database, seed: str, *, places: bool = True, units: int = 1, reserves: int = 5,
                   **choices: Any) -> str:
    """A campaign that ends in an hour with `units` of a trip to be drawn and one for the best player, if at all; its
    slug. The choices are the campaign's.
    """
    slug = add_campaign(database, "later", closes_at=CLOSES_AT, **choices)
    with database.sessions() as session, transaction(session):
        campaign = find_campaign(session, slug)
        assert campaign is not None
        prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Trip"}, kind=PrizeKind.PARCEL,
                                         value_cents=100, per_player=2, created_at=NOON))
        restock(session, prize.id, 1 + units, NOON, "delivered")
        drawn = {**DRAW, "prizes": [{"prize": "trip", "units": units}], "reserves": reserves, "seed": seed}
        WAYS[Way.DRAW].set_up(session, campaign.id, drawn, {"trip": prize.id})
        if places:
            WAYS[Way.STANDINGS].set_up(session, campaign.id, [{"from": 1, "to": 1, "prize": "trip"}],
                                       {"trip": prize.id})
        for way in WAYS.values():
            way.seal(session, campaign.facts, PLAY_TERMS.award_terms(campaign, keep_back=False), NOON)
    return slug


class Shell:
    """What server/cli.py hands to commands."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.session, self.now, self.terms = database.sessions, clock, PLAY_TERMS
        self.config, self.keys = load_config(environ={}), derive_keys(MASTER)


def popshot(database: Database, clock: FakeClock, *words: str) -> Result:
    return CliRunner().invoke(whole.commands[words[0]], words[1:], obj=Shell(database, clock))
