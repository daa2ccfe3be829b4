"""The demo is made once, however many processes start on an empty database."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.prize import Prize
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.seed_demo import PRIZES, seed_demo
from tests.rig.app import terms_of
from tests.rig.clock import NOON
from tests.rig.race import Race


def test_of_four_starts_at_once_one_makes_the_demo(race: Race, session: Session) -> None:
    made = race(lambda own: seed_demo(own, terms_of, NOON), players=4)
    assert sorted(made) == [False, False, False, True]
    assert session.scalar(select(func.count()).select_from(Campaign)) == 1
    assert session.scalar(select(func.count()).select_from(Prize)) == len(PRIZES)


def test_the_demo_is_published_and_sealed_like_any_campaign(session: Session) -> None:
    seed_demo(session, terms_of, NOON)
    demo = session.scalars(select(Campaign)).one()
    assert (demo.state, demo.sealed_at) == (CampaignState.PUBLISHED, NOON)
