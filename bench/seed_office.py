"""A back office in its third month: a million rounds and what comes of them, grown from one of each by the database.

Every row is a copy of a real one, made by the use cases in `tests.office.walls.scene`, with what must differ put in
its place; guards, checks and foreign keys look at each of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select, text

from prizes.db import Base, new_id
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize
from server.backoffice.stock.job import Job, JobKind, JobState
from server.db import Database, is_sqlite, transaction
from tests.office.cast import BRAND, OTHER_BRAND, Office
from tests.office.walls.scene import Scene, build_scene
from tests.rig.app import add_campaign
from tests.rig.clock import NOON

CAMPAIGNS = 40  # beside the large one that has six rounds of ten; the last five are another brand's
PRIZES = 5      # of each
OTHER_PRIZES = [(number, which) for number in range(CAMPAIGNS) for which in range(PRIZES)]
GROWN = f"%{'0' * 44}"  # the end of a hash that is none
ACROSS_S = 60 * 86_400  # what happened before noon, evenly


@dataclass(frozen=True)
class Size:
    """How many rows of each."""

    players: int = 250_000
    rounds: int = 1_000_000
    awards: int = 100_000
    entries: int = 1_000_000  # received at one prize, beside those of the awards
    comments: int = 200_000
    acts: int = 300_000
    codes: int = 100_000

    def shrunk(self, times: int) -> "Size":
        return replace(self, **{name: max(value // times, 10) for name, value in vars(self).items()})


@dataclass(frozen=True)
class Words:
    """What SQLite and PostgreSQL say differently; `i` is a row's number."""

    is_sqlite: bool

    def numbers(self, count: int) -> str:
        """A table `n` with the column `i`: 0, 1, 2 …"""
        if not self.is_sqlite:
            return f"generate_series(0::bigint, {count - 1}) AS n(i)"
        counted = f"SELECT 0 UNION ALL SELECT i + 1 FROM m WHERE i < {count - 1}"
        return f"(WITH RECURSIVE m(i) AS ({counted}) SELECT i FROM m) AS n"

    def hexed(self, number: str, digits: int) -> str:
        return f"printf('%0{digits}x', {number})" if self.is_sqlite else f"lpad(to_hex({number}), {digits}, '0')"

    def key(self, number: str = "i") -> str:
        """An id as scattered as a random one."""
        return f"{self.hexed(f'(({number}) * 2654435761) % 4294967296', 8)} || {self.hexed(number, 12)}"

    def hash(self, number: str = "i") -> str:
        return f"{self.key(number)} || '{GROWN[1:]}'"

    def ago(self, seconds: str) -> str:
        if self.is_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f000', '{NOON:%Y-%m-%d %H:%M:%S}', (-({seconds})) || ' seconds')"
        return f"timestamptz '{NOON.isoformat()}' - ({seconds}) * interval '1 second'"

    def blob(self, told: str) -> str:
        return f"CAST({told} AS BLOB)" if self.is_sqlite else f"convert_to({told}, 'UTF8')"


@dataclass
class Grower:
    """Copies of the scene's rows, many at a time, on one connection."""

    connection: Connection
    words: Words
    scene: Scene
    size: Size

    def grow(self, table: str, like: str, count: int, **columns: str) -> None:
        """As many copies of the first row for which `like` holds, with these columns computed."""
        of_table = Base.metadata.tables[table]
        into = [column.name for column in of_table.columns]
        values = [columns.get(name, f'model."{name}"') for name in into]
        model = f'(SELECT * FROM "{table}" WHERE {like} LIMIT 1) AS model'
        quoted = ", ".join(f'"{name}"' for name in into)
        self.connection.execute(text(
            f'INSERT INTO "{table}" ({quoted}) SELECT {", ".join(values)} '
            f"FROM {model} CROSS JOIN {self.words.numbers(count)}".replace(":", "\\:")))

    def id_of(self, name: str) -> str:
        return f"'{self.scene.names[name]}'"

    def campaign(self, j: str) -> str:
        """The campaign of a round by its number: six of ten are the large one's."""
        return (f"CASE WHEN ({j}) % 10 < 6 THEN {self.id_of('campaign_id')} "
                f"ELSE {self.words.hexed(f'({j}) % {CAMPAIGNS}', 20)} END")

    def prize(self, j: str) -> str:
        campaign, which = (self.words.hexed(f"({j}) % {most}", 10) for most in (CAMPAIGNS, PRIZES))
        return f"CASE WHEN ({j}) % 10 < 6 THEN {self.id_of('prize_id')} ELSE {campaign} || {which} END"

    def rounds(self) -> None:
        """One of 200 waits for a look, one of 50 was looked at."""
        words, size, every = self.words, self.size, ACROSS_S / self.size.rounds
        player = words.key(f"i % {size.players}")
        self.grow("player", f"id = {self.id_of('player_id')}", size.players, id=words.key(), token_hash=words.hash(),
                  alias="'Sunny Otter ' || i", created_at=words.ago(f"i * {ACROSS_S / size.players}"))
        self.grow("round", f"id = {self.id_of('won_round_id')}", size.rounds, id=words.key(), player_id=player,
                  campaign_id=self.campaign("i"), opened_at=words.ago(f"i * {every} + 60"),
                  wave_starts_at=words.ago(f"i * {every} + 20"), closes_by=words.ago(f"i * {every} - 100"),
                  closed_at=words.ago(f"i * {every}"), score="(i * 7919) % 20000", log_hash=words.hash(),
                  verdict="CASE WHEN i % 200 = 7 THEN 'held' WHEN i % 100 = 3 THEN 'rejected' ELSE 'accepted' END")
        for name, step, first in (("waits", 200, 7), ("was ruled", 50, 3)):
            j, ruled = f"(i * {step} + {first})", name == "was ruled"
            self.grow("review", f"round_id = {self.id_of('round_id')}", size.rounds // step, id=words.key(f"{j}"),
                      round_id=words.key(j), campaign_id=self.campaign(j), asked_at=words.ago(f"{j} * {every}"),
                      **({"ruling": "'reject'", "reason": "'script'", "ruled_by": self.id_of("staff_id"),
                          "ruled_at": words.ago(f"{j} * {every} / 2")} if ruled else {}))
        self.connection.execute(text(
            "INSERT INTO standing (campaign_id, player_id, round_id, score, reached_at) SELECT campaign_id, player_id, "
            "min(id), max(score), max(closed_at) FROM round WHERE verdict = 'accepted' AND player_id <> "
            f"{self.id_of('player_id')} GROUP BY campaign_id, player_id"))

    def awards(self) -> None:
        """Of ten: two open, four claimed, two sent, two given up or kept back."""
        words, size = self.words, self.size
        j, every = f"(i * {size.rounds // size.awards} + i % 10)", ACROSS_S / size.rounds
        state = ("CASE (i / 10) % 10 WHEN 0 THEN 'open' WHEN 1 THEN 'open' WHEN 6 THEN 'sent' WHEN 7 THEN 'sent' "
                 "WHEN 8 THEN 'expired' WHEN 9 THEN CASE WHEN (i / 100) % 10 = 0 THEN 'kept_back' ELSE 'revoked' END "
                 "ELSE 'claimed' END")
        self.grow("award", f"id = {self.id_of('open_award_id')}", size.awards, id=words.key(), round_id=words.key(j),
                  campaign_id=self.campaign(j), prize_id=self.prize(j), player_id=words.key(f"({j}) % {size.players}"),
                  cause=words.key(j), state=state, awarded_at=words.ago(f"{j} * {every}"), code_hash=words.hash(),
                  claim_before=words.ago(f"{j} * {every} - 2592000"))
        for taken, table in (("('claimed', 'sent')", "claim"), ("('claimed', 'sent')", "claim_contact")):
            self.follow(table, f"award_id = {self.id_of('award_id')}", taken,
                        **({"body_hash": "award.code_hash", "claimed_at": "award.awarded_at"} if table == "claim"
                           else {"email": "'p' || substr(award.id, 9) || '@example.org'"}))
        for move, states, source, target in (
                ("reserved", "", "free", "reserved"), ("awarded", "('claimed', 'sent')", "reserved", "awarded"),
                ("returned", "('expired', 'revoked')", "reserved", "free")):
            self.follow("stock_entry", "true" if not words.is_sqlite else "1", states, id=f"'{move[:3]}' || award.id",
                        prize_id="award.prize_id", move=f"'{move}'", units="1", reason="'ladder'", by="'rules'",
                        at="award.awarded_at", source=f"'{source}'", target=f"'{target}'")

    def follow(self, table: str, like: str, states: str, **columns: str) -> None:
        """A copy for each grown award in one of these states."""
        into = [column.name for column in Base.metadata.tables[table].columns]
        values = [columns.get(name, "award.id" if name == "award_id" else f'model."{name}"') for name in into]
        among = f"AND award.state IN {states}" if states else ""
        model = f'(SELECT * FROM "{table}" WHERE {like} LIMIT 1) AS model'
        self.connection.execute(text(
            f'INSERT INTO "{table}" ({", ".join(map(quote, into))}) SELECT {", ".join(values)} '
            f"FROM award CROSS JOIN {model} WHERE award.code_hash LIKE '{GROWN}' {among}"))

    def stock(self) -> None:
        """A million deliveries of one unit; then each prize's counts follow from its entries."""
        words, size = self.words, self.size
        self.grow("stock_entry", f"prize_id = {self.id_of('prize_id')} AND move = 'received'", size.entries,
                  id=words.key(), units="1", reason="'delivered'", at=words.ago(f"i * {ACROSS_S / size.entries}"))
        for number, which in OTHER_PRIZES:
            self.grow("stock_entry", f"prize_id = {self.id_of('prize_id')} AND move = 'received'", 1,
                      id=f"'rec{number:07x}{which:010x}'", prize_id=f"'{number:010x}{which:010x}'",
                      units=str(size.awards))
        sums = ", ".join(f"sum(CASE WHEN target = '{shelf}' THEN units ELSE 0 END) "
                         f"- sum(CASE WHEN source = '{shelf}' THEN units ELSE 0 END)"
                         for shelf in ("outside", "free", "reserved", "awarded", "withdrawn"))
        counted = self.connection.execute(text(f"SELECT prize_id, {sums} FROM stock_entry GROUP BY prize_id")).all()
        self.connection.execute(text(
            "UPDATE stock SET received = -(:outside), free = :free, reserved = :reserved, awarded = :awarded, "
            "withdrawn = :withdrawn WHERE prize_id = :prize_id"), [_counts(row) for row in counted])
        self.grow("voucher_code", f"prize_id = {self.id_of('voucher_id')}", size.codes, id="1000 + i", award_id="NULL",
                  fingerprint=words.blob(words.hash()))

    def talk(self) -> None:
        """Of twenty comments one waits and one was refused."""
        words, size, every = self.words, self.size, ACROSS_S / self.size.comments
        model, is_out = f"id = {self.id_of('comment_id')}", "i % 20 NOT IN (3, 13)"
        at = words.ago(f"i * {every}")
        self.grow("comment", model, size.comments, id=words.key(), player_id=words.key(f"i % {size.players}"),
                  campaign_id=self.campaign("i"), text="'What a throw, number ' || i || '!'", posted_at=at,
                  published_at=f"CASE WHEN {is_out} THEN {at} END", ruled_revision="1",
                  state="CASE i % 20 WHEN 3 THEN 'held' WHEN 13 THEN 'refused' ELSE 'published' END",
                  reason="CASE i % 20 WHEN 3 THEN 'awaits_review' WHEN 13 THEN 'insult' ELSE 'fine' END")
        self.grow("ruling", f"comment_id = {self.id_of('comment_id')}", size.comments,
                  id=f"{words.key()} || '.000001'", comment_id=words.key(), campaign_id=self.campaign("i"), at=at,
                  decision="CASE i % 20 WHEN 3 THEN 'hold' WHEN 13 THEN 'refuse' ELSE 'publish' END",
                  reason="CASE i % 20 WHEN 3 THEN 'awaits_review' WHEN 13 THEN 'insult' ELSE 'fine' END",
                  ruled_by=f"CASE i % 20 WHEN 3 THEN 'rules' ELSE {self.id_of('staff_id')} END")
        self.grow("comment_report", f"comment_id = {self.id_of('comment_id')}", size.comments // 40, id=words.key(),
                  comment_id=words.key("i * 20 + 3"), at=words.ago(f"i * {every} * 20"))

    def acts(self) -> None:
        words, size, every = self.words, self.size, ACROSS_S / self.size.acts
        kinds = ("stock.restock", "stock.correct", "winners.send", "rounds.release", "moderation.rule", "audit.export")
        word = "CASE i % 6 " + " ".join(f"WHEN {number} THEN '{kind}'" for number, kind in enumerate(kinds)) + " END"
        self.grow("staff_act", f"id = {self.id_of('act_id')}", size.acts, id=words.key(), at=words.ago(f"i * {every}"),
                  word=word, campaign_id=self.campaign("i"), subject_id=self.prize("i"),
                  address=f"{words.key('i % 40')} || '{'0' * 12}'")
        for table, told in (("act_text", {"text": "'counted again, ' || i"}), ("act_word", {"word": "'counted'"})):
            into = [column.name for column in Base.metadata.tables[table].columns]
            given = {"act_id": words.key("i * 3"), "field": "'why'", **told}
            self.connection.execute(text(
                f"INSERT INTO {table} ({', '.join(into)}) SELECT {', '.join(given[name] for name in into)} "
                f"FROM {words.numbers(size.acts // 3)}"))


def quote(name: str) -> str:
    return f'"{name}"'


def _counts(row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(("prize_id", "outside", "free", "reserved", "awarded", "withdrawn"), row, strict=True))


def seed(office: Office, size: Size) -> Scene:
    """Fill an office; the scene names one of everything in it, each among its many."""
    scene = build_scene(office)
    _add_campaigns(office)
    _add_job(office, scene)
    with office.database.engine.connect().execution_options(popshot_writes=True) as connection, connection.begin():
        grower = Grower(connection, Words(is_sqlite(office.database.engine)), scene, size)
        grower.rounds()
        grower.awards()
        grower.stock()
        grower.talk()
        grower.acts()
    _take_stock_of_tables(office.database)
    return scene


def _add_campaigns(office: Office) -> None:
    for number in range(CAMPAIGNS):
        add_campaign(office.database, f"campaign-{number}", id=f"{number:020x}",
                     brand=BRAND if number < CAMPAIGNS - PRIZES else OTHER_BRAND)
    with office.database.sessions() as session, transaction(session):
        for number, which in OTHER_PRIZES:
            add_prize(session, Prize(id=f"{number:010x}{which:010x}", campaign_id=f"{number:020x}", value_cents=500,
                                     names={"en": f"Prize {number}.{which}"}, kind=PrizeKind.PARCEL, created_at=NOON))


def _add_job(office: Office, scene: Scene) -> None:
    now = office.clock()
    with office.database.sessions() as session, transaction(session):
        job = Job(id=new_id(), kind=JobKind.CODES, brand_id=scene.names["brand_id"], by=scene.names["staff_id"],
                  subject_id=scene.names["voucher_id"], state=JobState.DIED, seen_at=now, started_at=now, ended_at=now)
        session.add(job)
        scene.name(job_id=job.id)


def _take_stock_of_tables(database: Database) -> None:
    """What PostgreSQL does by itself within a minute; SQLite is left as the program leaves it."""
    if not is_sqlite(database.engine):
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def count_rows(database: Database) -> dict[str, int]:
    """How many rows the large tables have."""
    large = ("round", "award", "stock_entry", "comment", "ruling", "claim", "staff_act", "player", "standing")
    with database.engine.connect() as connection:
        return {name: connection.scalar(select(text("count(*)")).select_from(Base.metadata.tables[name])) or 0
                for name in large}
