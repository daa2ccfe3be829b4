"""The draw: entries that are frozen with their root, one seed, one result, and the line of winners and reserves.

Entries are frozen and their root is published first; the seed needs that root and a value that nobody could choose for
it: a witness's, typed afterwards, or a secret whose hash was shown before opening. `prizes/lottery.py` has the bytes.
"""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Integer, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY, guarded_by
from prizes.award import Way
from prizes.db import Base
from prizes.drawn_line import make_line
from prizes.lottery import drawn_order, seed_of
from prizes.merkle import merkle_root
from prizes.seal import sealed_by
from prizes.slots import InLine, open_slots

CHUNK = 10_000  # entries read at once
BY_BYTES = String(32).with_variant(String(32, collation="C"), "postgresql")  # the list's order is part of the root


class SeedBy(StrEnum):
    WITNESS = "witness"  # a named person types a value once the root is public
    SECRET = "secret"  # noqa: S105  (a word: it follows from a key; its hash is public before opening)


class DrawTerms(Base):
    """One draw a campaign: at most `most_entries` entries a player, so many `reserves` behind the winners."""

    __tablename__ = "draw_terms"
    __table_args__ = (CheckConstraint("most_entries >= 1 AND reserves >= 0", name="counts"),
                      {"info": sealed_by("campaign_id")})

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    most_entries: Mapped[int] = mapped_column(Integer)
    reserves: Mapped[int] = mapped_column(Integer)
    seed_by: Mapped[SeedBy]


class DrawPrize(Base):
    """So many units of a prize are drawn, in the order of `number`."""

    __tablename__ = "draw_prize"
    __table_args__ = (CheckConstraint("units >= 1", name="units"), {"info": sealed_by("campaign_id")})

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    units: Mapped[int] = mapped_column(Integer)


class DrawCommitment(Base):
    """SHA-256 of the secret, made when the campaign is sealed; shown from then on."""

    __tablename__ = "draw_commitment"
    __table_args__ = ({"info": APPEND_ONLY},)

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class DrawEntry(Base):
    """One accepted round in the draw. From the freeze on the database refuses every change."""

    __tablename__ = "draw_entry"
    __table_args__ = ({"info": guarded_by(
        postgresql=("draw_entry_frozen", "draw_entry_frozen_truncate"),
        sqlite=("draw_entry_frozen_insert", "draw_entry_frozen_delete", "draw_entry_frozen_update"))},)

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[str] = mapped_column(BY_BYTES, primary_key=True)
    player_id: Mapped[str] = mapped_column(String(32))


ENTRIES = Base.metadata.tables["draw_entry"]


class DrawFreeze(Base):
    """The entries as they were frozen: how many, and the root of the sorted list (hex).

    `player_key` (hex) makes the marks of the players in the list. Lists from before there were marks have none, and
    their entries are round ids alone.
    """

    __tablename__ = "draw_freeze"
    __table_args__ = ({"info": APPEND_ONLY},)

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    entries: Mapped[int] = mapped_column(Integer)
    root: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    player_key: Mapped[str | None] = mapped_column(String(64))


class DrawStruck(Base):
    """An entry whose round was rejected after the freeze: it stays in the list, and the draw passes it over.

    Of the oldest nobody knows when that was.
    """

    __tablename__ = "draw_struck"

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime | None]


class DrawResult(Base):
    """The one result of a campaign's draw; the key lets no second in. `value_hash` is SHA-256 of the seed's value."""

    __tablename__ = "draw_result"
    __table_args__ = ({"info": APPEND_ONLY},)

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seed: Mapped[str] = mapped_column(String(64))
    value_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class DrawWitness(Base):
    """Who typed which value: the part that names a person and can be erased."""

    __tablename__ = "draw_witness"

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    value: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


FROZEN = "the entries of this draw are frozen"
REFUSE = f"""
CREATE OR REPLACE FUNCTION refuse_after_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM draw_freeze WHERE campaign_id IN (OLD.campaign_id, NEW.campaign_id)) THEN
    RAISE restrict_violation USING MESSAGE = '{FROZEN}';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$
"""  # noqa: S608  (not typed by anyone)
POSTGRES_GUARD = """
CREATE OR REPLACE TRIGGER draw_entry_frozen BEFORE INSERT OR UPDATE OR DELETE ON draw_entry
FOR EACH ROW EXECUTE FUNCTION refuse_after_freeze()
"""
POSTGRES_TRUNCATE_GUARD = """
CREATE OR REPLACE TRIGGER draw_entry_frozen_truncate BEFORE TRUNCATE ON draw_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()
"""
REPLACED = "SELECT campaign_id FROM draw_entry WHERE rowid = NEW.rowid"  # OR REPLACE takes a row by its number too
SQLITE_ROWS = {"INSERT": f"VALUES (NEW.campaign_id) UNION {REPLACED}", "DELETE": "VALUES (OLD.campaign_id)",
               "UPDATE": f"VALUES (OLD.campaign_id), (NEW.campaign_id) UNION {REPLACED}"}


def _sqlite_guard(deed: str, rows: str) -> str:
    return (f"CREATE TRIGGER IF NOT EXISTS draw_entry_frozen_{deed.lower()} BEFORE {deed} ON draw_entry "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM draw_freeze WHERE campaign_id IN ({rows})) "
            f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END")


def guard_entries(connection: Connection) -> None:
    """Make the database refuse changes to frozen entries; a migration that makes or rebuilds the table calls it."""
    on_sqlite = [_sqlite_guard(deed, rows) for deed, rows in SQLITE_ROWS.items()]
    on_postgres = [REFUSE, POSTGRES_GUARD, POSTGRES_TRUNCATE_GUARD]
    for statement in on_sqlite if connection.dialect.name == "sqlite" else on_postgres:
        connection.exec_driver_sql(statement)


def unguard_entries(connection: Connection) -> None:
    """Let a migration guard the entries anew; on PostgreSQL `guard_entries` replaces what is there."""
    for deed in SQLITE_ROWS if connection.dialect.name == "sqlite" else ():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS draw_entry_frozen_{deed.lower()}")


def secret_of(plan_key: bytes, campaign_id: str) -> bytes:
    """A campaign's own secret value: HMAC-SHA256(plan key, "draw:" + campaign id)."""
    return hmac.digest(plan_key, b"draw:" + campaign_id.encode(), hashlib.sha256)


def player_key_of(plan_key: bytes, campaign_id: str) -> bytes:
    """The key of the players' marks in one draw: HMAC-SHA256(plan key, "draw players:" + campaign id)."""
    return hmac.digest(plan_key, b"draw players:" + campaign_id.encode(), hashlib.sha256)


def mark_of(player_key: bytes, player_id: str) -> str:
    """What stands for a player in a draw's list, the same for all their entries: 128 bits of keyed BLAKE2b, in hex.

    Nobody outside works it out, so it may be the quickest (RFC 7693): a list has a million of them.
    """
    return hashlib.blake2b(player_id.encode(), key=player_key, digest_size=16).hexdigest()


def drawn_prizes(session: Session, campaign_id: str) -> list[DrawPrize]:
    own = select(DrawPrize).where(DrawPrize.campaign_id == campaign_id)
    return list(session.scalars(own.order_by(DrawPrize.number)))


def frozen_at(session: Session, campaign_id: str) -> DrawFreeze | None:
    return session.get(DrawFreeze, campaign_id)


def result_of(session: Session, campaign_id: str) -> DrawResult | None:
    return session.get(DrawResult, campaign_id)


def entries_of(session: Session, campaign_id: str) -> Iterator[str]:
    """The entries in the order of the list, that of the bytes of their round ids: "round player", the player as a mark.

    Without the player before the freeze, and in lists from before there were marks.
    """
    frozen = frozen_at(session, campaign_id)
    return _entries(session, campaign_id, frozen.player_key if frozen else None)


def _entries(session: Session, campaign_id: str, player_key: str | None) -> Iterator[str]:
    rows = _rows(session, campaign_id)
    if player_key is None:
        return (round_id for round_id, _ in rows)
    key = bytes.fromhex(player_key)
    return (f"{round_id} {mark_of(key, player_id)}" for round_id, player_id in rows)


def _rows(session: Session, campaign_id: str) -> Iterator[tuple[str, str]]:
    """(round, player) of each entry in the list's order, past the ORM: it would double the time of a million."""
    own = select(ENTRIES.c.round_id, ENTRIES.c.player_id).where(ENTRIES.c.campaign_id == campaign_id)
    in_order = own.order_by(ENTRIES.c.round_id).execution_options(yield_per=CHUNK)
    for chunk in session.connection().execute(in_order).partitions():
        yield from chunk


def freeze_entries(session: Session, campaign_id: str, player_key: bytes, now: datetime) -> int:
    """Fix the entries for good and write down their root; 1, or 0 when that was done before."""
    if frozen_at(session, campaign_id) is not None:
        return 0
    count = session.scalar(select(func.count()).select_from(DrawEntry).where(DrawEntry.campaign_id == campaign_id))
    root = merkle_root(entry.encode() for entry in _entries(session, campaign_id, player_key.hex()))
    session.add(DrawFreeze(campaign_id=campaign_id, entries=count or 0, root=root.hex(), at=now,
                           player_key=player_key.hex()))
    session.flush()
    return 1


def draw(session: Session, terms: DrawTerms, value: bytes, now: datetime) -> int:
    """Draw winners and reserves from the frozen entries, once; 1, or 0 when it was done before.

    The caller holds the campaign's desk; whoever does not is refused by the result's key.
    """
    if result_of(session, terms.campaign_id) is not None:
        return 0
    frozen = session.get_one(DrawFreeze, terms.campaign_id)
    seed = seed_of(bytes.fromhex(frozen.root), value)
    session.add(DrawResult(campaign_id=terms.campaign_id, seed=seed.hex(),
                           value_hash=hashlib.sha256(value).hexdigest(), at=now))
    session.flush()
    prizes = [prize.prize_id for prize in drawn_prizes(session, terms.campaign_id) for _ in range(prize.units)]
    struck = session.scalars(select(DrawStruck.round_id).where(DrawStruck.campaign_id == terms.campaign_id))
    line = make_line(drawn_order(seed, frozen.entries), len(prizes) + terms.reserves, set(struck),
                     lambda numbers: _entries_at(session, terms.campaign_id, numbers))
    open_slots(session, terms.campaign_id, Way.DRAW, prizes, line)
    return 1


def _entries_at(session: Session, campaign_id: str, numbers: set[int]) -> dict[int, InLine]:
    """The entries with these numbers in the list's order. The database counts along the key; of a million entries only
    these are fetched.
    """
    number = (func.row_number().over(order_by=ENTRIES.c.round_id) - 1).label("number")
    counted = select(number, ENTRIES.c.round_id).where(ENTRIES.c.campaign_id == campaign_id).subquery()
    entries = (select(counted.c.number, ENTRIES.c.player_id, ENTRIES.c.round_id)
               .join(counted, counted.c.round_id == ENTRIES.c.round_id).where(ENTRIES.c.campaign_id == campaign_id))
    wanted = sorted(numbers)
    chunks = (wanted[start:start + CHUNK] for start in range(0, len(wanted), CHUNK))
    return {found: InLine(player_id, round_id) for chunk in chunks
            for found, player_id, round_id in session.execute(entries.where(counted.c.number.in_(chunk)))}


def draw_with_witness(session: Session, campaign_id: str, name: str, value: str, now: datetime) -> bool:
    """Draw with a value that a witness typed once the root was public; False when the draw has been made already.

    The caller holds the campaign's desk. Raises ValueError when the campaign has no such draw, or its entries are not
    frozen yet.
    """
    terms = session.get(DrawTerms, campaign_id)
    if terms is None or terms.seed_by != SeedBy.WITNESS:
        raise ValueError("this campaign has no draw with a witness")
    if frozen_at(session, campaign_id) is None:
        raise ValueError("the entries are not frozen yet; the draw comes after the close")
    if not draw(session, terms, value.encode(), now):
        return False
    session.add(DrawWitness(campaign_id=campaign_id, name=name, value=value, at=now))
    return True
