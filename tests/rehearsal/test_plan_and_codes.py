"""A draft with winning moments and with voucher codes, in test mode: a plan and codes of its own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.import_codes import SealedCodes, store_codes
from prizes.planned import WinningPlan
from prizes.prize import Prize, PrizeKind
from prizes.sheets.columns import Row
from prizes.sheets.faults import Faults
from prizes.stock import add_prize
from prizes.vouchers import VoucherCode, unseal
from prizes.ways.ladder import add_step
from server.campaigns.campaign import find_campaign
from server.campaigns.load_draft import load_draft
from server.campaigns.publish import publish
from server.db import Database, transaction
from server.rehearsal.world import terms_of
from tests.campaigns.drafts import TOYS_FILE, read
from tests.rehearsal.scene import CONFIG, KEYS, Scene
from tests.rig.app import terms_of as live_terms
from tests.rig.clock import NOON


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


def add_vouchers(session: Session) -> None:
    campaign = find_campaign(session, "spring")
    assert campaign is not None
    with transaction(session):
        prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Voucher"}, kind=PrizeKind.VOUCHER,
                                         value_cents=5, created_at=NOON))
        add_step(session, campaign.id, 10, prize.id)
    with SealedCodes(KEYS.vouchers, prize.id) as codes:
        codes.read((Row(line, {"code": f"REAL-{line}"}) for line in range(3)), Faults())
        with transaction(session):
            store_codes(session, codes, codes, NOON)


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
