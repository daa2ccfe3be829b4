"""A player with awards that are won and claimed, and what is kept of it all."""

import json
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from prizes.award import Award, Way
from prizes.claim import Contact, claim, claim_code
from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from prizes.vouchers import VoucherCode, fingerprinter, sealer
from prizes.way import AwardTerms, ClaimTerms, Win
from prizes.ways.ladder import add_step, climb
from server.db import transaction
from server.play.standings import keep_best
from server.players.player import Player
from tests.comments.cast import KEYS, Cast, Person

ALICE_MAIL = "alice@home.example"


def me(person: Person) -> dict[str, Any]:
    answer = person.get("/players/me")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.get_json()
    return told


def win(cast: Cast, person: Person, round_id: str, kind: PrizeKind = PrizeKind.PARCEL) -> Award:
    """An open award of a dart for the person's round; a download is at /darts.pdf, each voucher's code is a secret."""
    prize = Prize(id=new_id(), campaign_id=cast.campaign.id, names={"en": "Dart"}, kind=kind, value_cents=500,
                  per_player=1, created_at=cast.clock(), downloads={"en": "/darts.pdf"})
    terms = AwardTerms(claim_key=KEYS.claim, claim_days=14, value_limit_cents=None, keep_back=False)
    with cast.database.sessions() as session, transaction(session):
        add_prize(session, prize)
        add_step(session, cast.campaign.id, 100, prize.id)
        restock(session, prize.id, 3, cast.clock(), "delivered")
        if kind == PrizeKind.VOUCHER:
            seal, fingerprint = sealer(KEYS.vouchers, prize.id), fingerprinter(KEYS.vouchers, prize.id)
            session.add_all(VoucherCode(prize_id=prize.id, sealed=seal(code), fingerprint=fingerprint(code))
                            for code in ("SECRET-1", "SECRET-2", "SECRET-3"))
        win = Win(cast.campaign.id, Way.LADDER, round_id, person.id, round_id)
        award = climb(session, win, 120, cast.clock(), terms)
    assert award is not None
    return award


CLAIM_TERMS = ClaimTerms(KEYS.person, KEYS.vouchers)


def claim_it(cast: Cast, award: Award, terms: ClaimTerms = CLAIM_TERMS, mail: str = ALICE_MAIL) -> None:
    who = Contact(mail, "Alice A.", "1 rue du Tir")
    with cast.database.sessions() as session, transaction(session):
        claim(session, claim_code(KEYS.claim, award.id), who, cast.clock(), terms)


def rank(cast: Cast, person: Person, round_id: str, score: int) -> None:
    with cast.database.sessions() as session, transaction(session):
        keep_best(session, cast.campaign.id, person.id, round_id, score, cast.clock())


def count(cast: Cast, table: Any, *where: Any) -> int:
    with cast.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def everything_stored(session: Session) -> str:
    """Every cell of every table, as one text."""
    names = [table.name for table in Player.metadata.sorted_tables]
    return json.dumps([[str(cell) for cell in row] for name in names
                       for row in session.execute(text(f'SELECT * FROM "{name}"'))], ensure_ascii=False)
