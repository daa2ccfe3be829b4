"""A draft with winning moments and with voucher codes, in test mode: a plan and codes of its own."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.import_codes import SealedCodes, store_codes
from prizes.planned import PlannedPrize, WinningPlan
from prizes.prize import Prize, PrizeKind, Release
from prizes.sheets.columns import Row
from prizes.sheets.faults import Faults
from prizes.stock import add_prize
from prizes.vouchers import VoucherCode, count_codes, unseal
from prizes.way import BadSettings
from server.campaigns.campaign import find_campaign
from server.campaigns.load_draft import load_draft
from server.campaigns.publish import publish
from server.db import Database, transaction
from server.rehearsal.world import terms_of
from tests.campaigns.drafts import TOYS_FILE, read
from tests.rehearsal.scene import CONFIG, KEYS, Scene
from tests.rig.app import terms_of as live_terms
from tests.rig.clock import NOON

VOUCHERS = 10_500


def load_fair(database: Database) -> None:
    with database.sessions() as session:
        load_draft(session, read((TOYS_FILE.parent / "fair.toml").read_bytes()), NOON)


def test_the_plan_of_a_rehearsal_is_its_own(scene: Scene) -> None:
    load_fair(scene.database)
    with scene.world(scene.start("fair")) as world, world.sessions() as session:
        rehearsed = session.scalars(select(WinningPlan)).one()
    with scene.database.sessions() as session:
        assert publish(session, "fair", live_terms, NOON).flaws == []
        live = session.scalars(select(WinningPlan)).one()
    assert live.commitment is not None
    assert rehearsed.commitment not in (None, live.commitment)


def test_a_plan_that_could_not_be_published_is_not_rehearsed_either(scene: Scene) -> None:
    load_fair(scene.database)
    with scene.database.sessions() as session:
        golden = session.scalars(select(Prize).where(Prize.key == "golden")).one()
        fair = find_campaign(session, "fair")
        assert fair is not None
        before = fair.opens_at - timedelta(days=1)
        with transaction(session):
            session.add(Release(prize_id=golden.id, number=1, units=10, closes_at=before))
    with pytest.raises(BadSettings, match=r"Golden dart cannot have .* release 1 lies outside the campaign$"):
        scene.start("fair")
    assert scene.places() == []


def test_a_plan_of_more_codes_than_anyone_would_type_is_rehearsed_whole(scene: Scene) -> None:
    """Each unit has its moment, so each has its code too."""
    load_fair(scene.database)
    with scene.database.sessions() as session:
        add_vouchers(session, "fair", VOUCHERS)
        prize_id = session.scalars(select(Prize.id).where(Prize.kind == PrizeKind.VOUCHER)).one()
        fair = find_campaign(session, "fair")
        assert fair is not None
        with transaction(session):
            session.add(PlannedPrize(prize_id=prize_id, campaign_id=fair.id, units=0))
            session.add(Release(prize_id=prize_id, number=1, units=VOUCHERS, opens_at=fair.opens_at))
    with scene.world(scene.start("fair")) as world, world.sessions() as session:
        voucher = session.scalars(select(Prize.id).where(Prize.kind == PrizeKind.VOUCHER)).one()
        assert session.get_one(PlannedPrize, voucher).units == VOUCHERS
        assert count_codes(session, voucher) == (VOUCHERS, 0, 0)


def add_vouchers(session: Session, slug: str = "spring", codes: int = 3) -> None:
    """A voucher prize of a draft, that no way gives yet."""
    campaign = find_campaign(session, slug)
    assert campaign is not None
    with transaction(session):
        prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Voucher"}, kind=PrizeKind.VOUCHER,
                                         value_cents=5, created_at=NOON))
    with SealedCodes(KEYS.vouchers, prize.id) as sealed:
        sealed.read((Row(line, {"code": f"REAL-{line}"}) for line in range(codes)), Faults())
        with transaction(session):
            store_codes(session, sealed, sealed, NOON)


def test_a_rehearsal_has_codes_of_its_own_and_as_many(scene: Scene) -> None:
    with scene.database.sessions() as session:
        add_vouchers(session)
    token = scene.start()
    key = terms_of(CONFIG, KEYS, token).voucher_key
    with scene.world(token) as world, world.sessions() as session:
        codes = session.scalars(select(VoucherCode)).all()
        assert [unseal(key, code.prize_id, code.sealed) for code in codes] == [
            "TEST-000001", "TEST-000002", "TEST-000003"]
        assert audit(session) == []
