"""The demo is made once, however many processes start on an empty database."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.prize import Prize
from server.campaigns.campaign import Campaign
from server.campaigns.seed_demo import PRIZES, seed_demo
from tests.rig.clock import NOON
from tests.rig.race import Race


def test_of_four_starts_at_once_one_makes_the_demo(race: Race, session: Session) -> None:
    made = race(lambda own: seed_demo(own, NOON), players=4)
    assert sorted(made) == [False, False, False, True]
    assert session.scalar(select(func.count()).select_from(Campaign)) == 1
    assert session.scalar(select(func.count()).select_from(Prize)) == len(PRIZES)
