import pytest

from server.campaigns.campaign import CampaignState
from server.db import Database
from tests.office.cast import BRAND, Office
from tests.rig.app import add_campaign


@pytest.fixture
def draft(office: Office, database: Database) -> str:
    """The slug of a draft of Bob's brand."""
    return add_campaign(database, "summer", state=CampaignState.DRAFT, titles={"en": "Summer!", "fr": "L’été !"},
                        framed_by=["https://shop.example"], brand=BRAND, brand_id=office.brand_id)
