"""A voucher prize with codes, and awards that claim them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.claim import Contact, claim, claim_code
from prizes.db import new_id
from prizes.import_codes import SealedCodes, store_codes
from prizes.prize import Prize, PrizeKind
from prizes.sheets.columns import Row
from prizes.sheets.faults import Faults
from prizes.stock import add_prize
from prizes.vouchers import VoucherCode, hand_out
from prizes.way import ClaimTerms
from prizes.ways.ladder import add_step
from server.db import transaction
from tests.prizes.scene import CAMPAIGN, TERMS, Scene, win
from tests.rig.clock import NOON

KEY = b"v" * 32


def code_number(number: int) -> str:
    return f"POP-{number:06}"


@dataclass
class VoucherScene(Scene):
    """Each deed is a transaction of its own."""

    def add_voucher(self, *, codes: int, per_player: int = 1) -> str:
        """A voucher prize on the ladder's step of 100 points; its id."""
        with self.database.sessions() as session, transaction(session):
            prize = add_prize(session, Prize(id=new_id(), campaign_id=CAMPAIGN, names={"en": "Voucher"},
                                             kind=PrizeKind.VOUCHER, value_cents=500, per_player=per_player,
                                             created_at=NOON))
            add_step(session, CAMPAIGN, 100, prize.id)
        self.import_codes(prize.id, [code_number(number) for number in range(codes)])
        return prize.id

    def import_codes(self, prize_id: str, codes: Iterable[str]) -> None:
        """Raises BadSheet."""
        with (self.database.sessions() as session, sealed_codes(session, prize_id, codes) as sealed,
              transaction(session)):
            store_codes(session, sealed, sealed, self.now)

    def rows(self, prize_id: str) -> list[VoucherCode]:
        with self.database.sessions() as session:
            own = select(VoucherCode).where(VoucherCode.prize_id == prize_id)
            return list(session.scalars(own.order_by(VoucherCode.id)))


@contextmanager
def sealed_codes(session: Session, prize_id: str, codes: Iterable[str], key: bytes = KEY) -> Iterator[SealedCodes]:
    """The codes of a file, read and sealed.

    Raises BadSheet.
    """
    faults = Faults()
    with SealedCodes(key, prize_id) as sealed:
        sealed.read((Row(line, {"code": code}) for line, code in enumerate(codes, start=2)), faults)
        sealed.tell_doubles(session, faults)
        faults.raise_any()
        yield sealed


def win_and_claim(session: Session) -> tuple[Award, str] | None:
    """A stranger wins the voucher and claims it at once: the award and its code; None when none is left."""
    award = win(session)
    return None if award is None else (award, claim_voucher(session, award))


def claim_voucher(session: Session, award: Award) -> str:
    with transaction(session):
        code = hand_out(session, award.prize_id, award.id, KEY)
        claim(session, claim_code(TERMS.claim_key, award.id), Contact(f"{award.id}@example.org"), NOON,
              ClaimTerms(voucher_key=KEY))
    return code
