"""A campaign's file: read strictly, stored whole or not at all, and printed back."""

import tomllib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from prizes.audit import audit
from prizes.ledger import StockEntry
from prizes.prize import Prize, Release, prizes_of
from prizes.stock import Stock
from prizes.ways.ladder import steps_of
from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from server.campaigns.load_draft import load_draft
from server.campaigns.save_draft import save_draft
from server.campaigns.strict_table import BadDraft
from server.campaigns.toml_text import toml_of
from server.db import Database, transaction
from tests.campaigns.drafts import THEMES, TOYS_FILE, Change, load, read, toys
from tests.rig.clock import NOON
from tests.rig.dump import dump


def saved(database: Database, slug: str = "toys") -> str:
    with database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        return save_draft(session, campaign, THEMES)


def test_the_example_becomes_a_draft_with_local_times_stock_and_steps(database: Database) -> None:
    campaign = load(database)
    with database.sessions() as session:
        assert (campaign.state, campaign.sealed_at, campaign.per_person) == (CampaignState.DRAFT, None, 2)
        assert campaign.opens_at == datetime(2027, 6, 1, 7, tzinfo=UTC)
        stocks = {prize.key: session.get_one(Stock, prize.id).free for prize in prizes_of(session, campaign.id)}
        assert stocks == {"foam-darts": 800, "cap": 250, "well-done": 0}
        assert [step.score for step in steps_of(session, campaign.id)] == [100, 1500, 4000]
        assert session.scalars(select(Release.opens_at)).all() == [datetime(2027, 6, 15, 7, tzinfo=UTC)]
        assert audit(session) == []


def test_a_campaign_is_printed_as_the_file_that_it_was_made_of(database: Database) -> None:
    load(database)
    assert read(saved(database).encode()) == read(TOYS_FILE.read_bytes())


def test_what_was_printed_and_loaded_again_is_printed_the_same(database: Database) -> None:
    theme = {**THEMES["toys"].as_json(), "shape": "sharp"}
    del theme["logo"], theme["boss"]["picture"]
    load(database, with_("theme", theme))
    first = saved(database)
    with database.sessions() as session:
        load_draft(session, read(first.encode()), NOON)
    assert saved(database) == first
    assert 'shape = "sharp"' in first


def test_loading_again_replaces_the_draft_and_keeps_what_has_a_ledger(database: Database) -> None:
    before = load(database)

    def change(file: dict[str, Any]) -> None:
        file["prizes"][0]["units"], file["prizes"][1]["key"] = 500, "hat"
        file["ways"]["ladder"] = [{"score": 9, "prize": "hat"}]
    after = load(database, change)
    with database.sessions() as session:
        assert after.id == before.id
        stocks = {prize.key: session.get_one(Stock, prize.id).free for prize in prizes_of(session, after.id)}
        assert stocks == {"foam-darts": 500, "hat": 250, "well-done": 0}
        assert [step.score for step in steps_of(session, after.id)] == [9]
        words = session.execute(select(StockEntry.reason, StockEntry.units)).all()
        assert sorted(map(tuple, words)) == [("draft_loaded", 250), ("draft_loaded", 300), ("opening_stock", 250),
                                             ("opening_stock", 250), ("opening_stock", 800)]
        assert audit(session) == []


@pytest.mark.parametrize("state", [CampaignState.PUBLISHED, CampaignState.PAUSED, CampaignState.ENDED])
def test_what_is_no_draft_any_more_is_not_replaced(database: Database, state: CampaignState) -> None:
    load(database)
    with database.sessions() as session, transaction(session):
        session.scalars(select(Campaign)).one().state = state
    before = dump(database)
    with pytest.raises(BadDraft, match=f"toys is {state}; only a draft can be replaced"):
        load(database, lambda file: file.update(brand="Other"))
    assert dump(database) == before


def with_(path: str, value: Any) -> Change:
    """The example with another value at a.0.b."""
    def change(file: Any) -> None:
        *way, last = path.split(".")
        for step in way:
            file = file[int(step) if step.isdigit() else step]
        file[last] = value
    return change


def without(path: str) -> Change:
    def change(file: Any) -> None:
        *way, last = path.split(".")
        for step in way:
            file = file[int(step) if step.isdigit() else step]
        del file[last]
    return change


@pytest.mark.parametrize(("change", "sentence"), [
    (with_("brnad", "x"), "brnad is not a key of a campaign; there are "),
    (without("brand"), "brand is missing"),
    (with_("slug", "../x"), "slug must be 1 to 64 of a-z"),
    (with_("timezone", "Europe/Pari"), "timezone must be a zone like Europe/Paris"),
    (with_("timezone", "../../etc/passwd"), "timezone must be a zone"),
    (with_("opens", "2027"), "opens must be a date and a time"),
    (with_("opens", datetime(2027, 3, 28, 2, 30)), "opens: clocks in Europe/Paris skip 2027-03-28 02:30:00"),  # noqa: DTZ001
    (with_("closes", datetime(2027, 10, 31, 2, 30)), "twice; add the offset that you mean, \\+02:00 or \\+01:00"),  # noqa: DTZ001
    (with_("closes", datetime(2027, 6, 1, 9)), "closes must be after opens"),  # noqa: DTZ001
    (with_("opens", datetime(1, 1, 1)), "is not in the years 2000 to 3000"),  # noqa: DTZ001
    (with_("theme", "nothing"), "theme must be one of "),
    (with_("theme", {"shape": "soft"}), "theme.palette is missing"),
    (with_("titles.xx", "x"), "titles.xx is not a language"),
    (with_("titles", {}), "titles must have a title"),
    (with_("rules.gift_waves", [10]), "rules.gift_waves 1 must be a whole number from 1 to 9"),
    (with_("rules.speed", 3), "rules.speed is not a key of rules"),
    (with_("limits.per_person", 0), "limits.per_person must be a whole number from 1"),
    (with_("limits.per_person", True), "limits.per_person must be a whole number"),
    (with_("framed_by", ["*; script-src *"]), "framed_by 1 must be"),
    (with_("banned_words", "klunk"), "banned_words must be a list"),
    (with_("banned_words", ["klunk", " "]), "banned_words 2 must be a word or phrase of 1 to 60 characters, where a *"),
    (with_("banned_words", ["k" * 61]), "banned_words 1 must be a word"),
    (with_("banned_words", ["k*"]), "banned_words 1 must be a word"),
    (with_("banned_words", ["kl*nk"]), "banned_words 1 must be a word"),
    (with_("banned_words", ["12 *"]), "banned_words 1 must be a word"),
    (with_("banned_words", [f"klunk {number}" for number in range(501)]), "banned_words may be 500 at most, not 501"),
    (with_("allowed_words", ["klunk*"]), "allowed_words 1 must be a word or phrase of 1 to 60 characters without a"),
    (with_("banned_words", ["CANON"]), "'CANON' is both in banned_words and in allowed_words"),
    (with_("prizes.0.value_cents", -1), "prizes 1.value_cents must be"),
    (with_("prizes.0.value_cents", 4.9), "prizes 1.value_cents must be a whole number"),
    (without("prizes.0.units"), "prizes 1.units is missing"),
    (with_("prizes.0.color", "red"), "prizes 1.color is not a key of prizes 1"),
    (with_("prizes.0.kind", "car"), "prizes 1.kind must be one of parcel"),
    (with_("prizes.0.kind", "voucher"), "prizes 1.units must be left out: a voucher"),
    (with_("prizes.2.units", 5), "prizes 3.units must be left out: there is no end"),
    (with_("prizes.2.kind", "parcel"), "prizes 3.unlimited is for downloads and badges"),
    (with_("prizes.1.key", "foam-darts"), "two prizes have the key 'foam-darts'"),
    (with_("prizes.0.releases.0.units", 801), "prizes 1.releases are 801 units together, but there are 800"),
    (with_("prizes.0.downloads", {"en": "javascript:alert(1)"}), "prizes 1.downloads.en must be an address"),
    (with_("ways.lottery", []), "ways.lottery is not a way to win"),
    (with_("ways.ladder.0.prize", "car"), "ways.ladder: ladder step 1: there is no prize 'car'"),
    (with_("prizes", {}), "prizes must be a list"),
])  # fmt: skip
def test_what_cannot_be_used_is_one_sentence_and_nothing_is_kept(
        database: Database, change: Change, sentence: str) -> None:
    before = dump(database)
    with pytest.raises(BadDraft, match=sentence):
        load(database, change)
    assert dump(database) == before


@pytest.mark.parametrize("content", [b"\xff", b"slug =", b"a = " + b"[" * 5_000, b"#" * 1_000_001, b""])
def test_what_is_no_campaigns_file_is_told(content: bytes) -> None:
    with pytest.raises(BadDraft):
        read(content)


def test_a_night_with_two_half_past_twos_takes_an_offset_and_prints_it(database: Database) -> None:
    second = datetime.fromisoformat("2027-10-31T02:30:00+01:00")
    campaign = load(database, with_("closes", second))
    assert campaign.closes_at == second
    assert "closes = 2027-10-31T02:30:00+01:00\n" in saved(database)


def test_a_prize_from_the_command_line_is_printed_with_a_word_of_its_own(database: Database) -> None:
    load(database)
    with database.sessions() as session, transaction(session):
        session.scalars(select(Prize).where(Prize.key == "cap")).one().key = None
    assert 'prize = "prize-1"' in saved(database)


WORDS = st.text(max_size=9)
PLAIN = st.one_of(WORDS, st.integers(-9, 9), st.booleans(), st.datetimes(timezones=st.just(UTC)), st.datetimes())
TREES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
                     max_leaves=9)


@given(st.dictionaries(WORDS, TREES, max_size=4))
def test_toml_reads_what_we_write(table: dict[str, Any]) -> None:
    assert tomllib.loads(toml_of(table)) == table


def test_the_unchanged_example_is_the_examples_own_file() -> None:
    assert read(toys()) == read(TOYS_FILE.read_bytes())
