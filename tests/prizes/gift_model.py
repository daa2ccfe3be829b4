"""A campaign with gifts, voucher codes and a shared life, and what must be true of it: known from what was done to it,
from awards and claims, never from a counter of its own."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, Award, AwardState, Way
from prizes.claim import Claim
from prizes.ledger import Move, StockEntry
from prizes.moments import EPOCH, MILLISECOND, ROLL_WITHIN, moments_key, moments_of
from prizes.plan_moments import recipe_of
from prizes.planned import PlannedPrize, RolledMoment, TakenMoment, WinningPlan
from prizes.prize import Prize, PrizeKind, Release, SharedLife
from prizes.stock import Stock, add_prize, restock
from prizes.vouchers import VoucherCode, unseal
from prizes.way import AwardTerms, CampaignFacts
from prizes.ways import WAYS
from tests.prizes.voucher_scene import KEY

CAMPAIGN = "c"
VOUCHERS = ("voucher", "coupon")
STICKER_AT, JACKET_AT, LAST_AT = 30, 60, 90  # hits by all together
KEPT_JACKETS, JACKETS = 3, 4

PRIZES = (  # plush and voucher are instant wins, the voucher's units and the coupon's come with their codes
    {"id": "plush", "kind": PrizeKind.PARCEL, "value_cents": 500, "per_player": 2, "per_day": 3, "per_hour": 2},
    {"id": "voucher", "kind": PrizeKind.VOUCHER, "value_cents": 300, "per_player": 2},
    {"id": "coupon", "kind": PrizeKind.VOUCHER, "value_cents": 100, "per_player": 3, "per_day": 4},
    {"id": "jacket", "kind": PrizeKind.PARCEL, "value_cents": 1_000, "per_player": 1},
    {"id": "sticker", "kind": PrizeKind.BADGE, "value_cents": 0, "per_player": 9, "is_unlimited": True},
)
SETTINGS = {
    Way.INSTANT_WIN: {"one_in": 1, "prizes": ["plush", "voucher"]},
    Way.LADDER: [{"score": 100, "prize": "coupon"}, {"score": 500, "prize": "jacket"}],
    Way.COMMUNITY: {"life": 100, "steps": [{"at": STICKER_AT, "prize": "sticker"}, {"at": LAST_AT, "prize": "sticker"},
                                           {"at": JACKET_AT, "release": "jacket"}]},
    Way.DRAW: {"prizes": [{"prize": "coupon", "units": 2}], "most_entries": 2, "reserves": 3, "seed": "secret"},
}


def set_up(session: Session, facts: CampaignFacts, terms: AwardTerms, import_codes: Callable[[str, list[str]], object],
           plush: int = 3) -> None:
    """Bring the campaign about and publish it; `import_codes` is handed a prize and its codes."""
    names = {str(prize["id"]): str(prize["id"]) for prize in PRIZES}
    for prize in PRIZES:
        add_prize(session, Prize(campaign_id=CAMPAIGN, names={"en": str(prize["id"])}, created_at=facts.opens_at,
                                 **prize))
    restock(session, "plush", plush, facts.opens_at, "delivered")
    restock(session, "jacket", JACKETS, facts.opens_at, "delivered")
    for prize_id, units in (("plush", plush), ("voucher", 1)):  # so that rolled moments are soon all there are
        session.add(Release(prize_id=prize_id, number=1, units=units, opens_at=facts.opens_at,
                            closes_at=facts.opens_at + timedelta(days=1)))
    session.add(Release(prize_id="jacket", number=1, units=KEPT_JACKETS, at_hits=JACKET_AT))
    import_codes("voucher", ["V1", "V2"])
    import_codes("coupon", ["C1", "C2", "C3"])
    for way, settings in SETTINGS.items():
        WAYS[way].set_up(session, CAMPAIGN, settings, names)
        WAYS[way].seal(session, facts, terms, facts.opens_at - timedelta(days=1))


@dataclass
class GiftModel:
    """What was done. `codes` are those that were shown, by award; `took_part` has the players by the steps that were
    open when a round of theirs was accepted.
    """

    facts: CampaignFacts
    terms: AwardTerms
    drained: int = 0
    received: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    imported: dict[str, set[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    took_part: set[str] = field(default_factory=set)
    stepped: set[str] = field(default_factory=set)

    def note_accepted(self, player_id: str, hits: int) -> None:
        self.drained += hits
        self.took_part.add(player_id)
        self.note_look(player_id)

    def note_look(self, player_id: str) -> None:
        """Whoever took part and comes by is given what is open."""
        self.stepped |= {f"{at}:{player_id}" for at in (STICKER_AT, LAST_AT) if at <= self.drained}

    def note_code(self, award_id: str, code: str) -> None:
        """What an award was shown first it is shown ever after."""
        assert self.codes.setdefault(award_id, code) == code

    def check(self, session: Session, now: datetime) -> None:
        """Raises AssertionError."""
        awards = {award.id: award for award in session.scalars(select(Award))}
        self._check_stock(session, awards)
        self._check_codes(session, awards)
        self._check_planned(session, awards, now)
        self._check_rolled(session, awards, now)
        self._check_together(session, awards)

    def _check_stock(self, session: Session, awards: dict[str, Award]) -> None:
        """received = free + withdrawn + whatever awards hold; a code that was shown is spent when it is taken back."""
        claimed = set(session.scalars(select(Claim.award_id)))
        for stock in session.scalars(select(Stock)):
            own = [award for award in awards.values() if award.prize_id == stock.prize_id]
            holding = sum(award.state not in GIVEN_UP for award in own)
            spent = sum(award.state == AwardState.REVOKED and award.id in claimed for award in own)
            received = len(own) if stock.prize_id == "sticker" else self.received[stock.prize_id]
            withdrawn = self.withdrawn[stock.prize_id] + (spent if stock.prize_id in VOUCHERS else 0)
            assert (stock.received, stock.withdrawn) == (received, withdrawn)
            assert stock.free == received - withdrawn - holding
            assert stock.free + stock.reserved + stock.awarded + stock.withdrawn == stock.received

    def _check_codes(self, session: Session, awards: dict[str, Award]) -> None:
        """Each code is one that was imported, has at most one award, and is the one that this award was shown."""
        rows = session.scalars(select(VoucherCode)).all()
        for prize_id in VOUCHERS:
            own = [unseal(KEY, prize_id, row.sealed) for row in rows if row.prize_id == prize_id]
            assert sorted(own) == sorted(self.imported[prize_id])
        handed_out = {row.award_id: unseal(KEY, row.prize_id, row.sealed) for row in rows if row.award_id}
        assert handed_out == self.codes
        shown = Counter((awards[award_id].prize_id, code) for award_id, code in self.codes.items())
        assert set(shown.values()) <= {1}

    def moments(self, session: Session) -> dict[str, list[datetime]]:
        plan = session.get_one(WinningPlan, CAMPAIGN)
        key = moments_key(self.terms.plan_key, CAMPAIGN, plan.nonce or "")
        planned = moments_of(key, recipe_of(session, plan, self.facts.timezone))
        return {prize_id: [EPOCH + at * MILLISECOND for at in times.tolist()] for prize_id, times in planned.items()}

    def _check_planned(self, session: Session, awards: dict[str, Award], now: datetime) -> None:
        """The planned moments are taken in their order, none before it is due; each award by a gift has taken one."""
        taken = list(session.scalars(select(TakenMoment)))
        for prize_id, moments in self.moments(session).items():
            own = sorted((row for row in taken if row.prize_id == prize_id and row.number is not None),
                         key=lambda row: row.number or 0)
            assert [row.number for row in own] == list(range(len(own)))
            assert [row.moment for row in own] == moments[:len(own)]
            assert len(own) <= sum(moment <= now for moment in moments)
            assert session.get_one(PlannedPrize, prize_id).taken == len(own)
        assert all(row.moment <= row.at == awards[row.award_id].awarded_at for row in taken)
        by_gift = {award.id: award.prize_id for award in awards.values() if award.way == Way.INSTANT_WIN}
        assert {row.award_id: row.prize_id for row in taken} == by_gift

    def _check_rolled(self, session: Session, awards: dict[str, Award], now: datetime) -> None:
        """What was given up before the close has one new moment, soon, and every free unit has a moment to come."""
        rolls = {roll.award_id: roll for roll in session.scalars(select(RolledMoment))}
        lines = [line for line in session.scalars(select(StockEntry).where(StockEntry.move == Move.RETURNED))
                 if awards[line.award_id or ""].way == Way.INSTANT_WIN]
        assert {award_id: roll.given_up_at for award_id, roll in rolls.items()} == {
            line.award_id: line.at for line in lines if line.at < self.facts.closes_at}
        retaken = list(session.scalars(select(TakenMoment).where(TakenMoment.rolled_from.is_not(None))))
        assert sorted(row.rolled_from or "" for row in retaken) == sorted(
            award_id for award_id, roll in rolls.items() if roll.taken_at is not None)
        for row in retaken:
            roll = rolls[row.rolled_from or ""]
            assert row.prize_id == roll.prize_id
            assert roll.given_up_at <= row.moment < min(roll.given_up_at + ROLL_WITHIN, self.facts.closes_at)
        for planned in session.scalars(select(PlannedPrize)):
            to_come = planned.units - planned.taken + sum(
                roll.prize_id == planned.prize_id and roll.taken_at is None for roll in rolls.values())
            too_late = sum(line.prize_id == planned.prize_id and line.at >= self.facts.closes_at for line in lines)
            assert session.get_one(Stock, planned.prize_id).free == to_come + too_late

    def _check_together(self, session: Session, awards: dict[str, Award]) -> None:
        """Every accepted hit counts once; a step gives once to each who took part, and releases when it is reached."""
        assert session.get_one(SharedLife, CAMPAIGN).drained == self.drained
        causes = Counter(award.cause for award in awards.values() if award.way == Way.COMMUNITY)
        assert causes == Counter(self.stepped)
        jackets = session.get_one(Stock, "jacket")
        assert jackets.free >= KEPT_JACKETS or self.drained >= JACKET_AT
