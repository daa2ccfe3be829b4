"""The files that a brand starts from: each can be loaded, published and printed again."""

from pathlib import Path

import pytest

from prizes.forecast_course import ByMoment
from prizes.ways import WAYS
from server.campaigns.load_draft import load_draft
from server.campaigns.publish import publish
from server.db import Database
from tests.campaigns.drafts import TEXTS, TOYS_FILE, read
from tests.campaigns.test_draft import saved
from tests.rig.app import terms_of
from tests.rig.clock import NOON

EXAMPLES = sorted(TOYS_FILE.parent.glob("*.toml"))
each = pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)


@each
def test_an_example_has_no_flaw_that_forbids_publishing_it(database: Database, file: Path) -> None:
    with database.sessions() as session:
        draft = load_draft(session, read(file.read_bytes()), NOON)
        report = publish(session, draft.slug, terms_of, NOON)
    assert (report.flaws, report.warnings) == ([], [])


@each
def test_an_example_is_printed_as_the_file_that_it_was_made_of(database: Database, file: Path) -> None:
    draft = read(file.read_bytes())
    with database.sessions() as session:
        load_draft(session, draft, NOON)
    assert read(saved(database, draft.slug).encode()) == draft


@each
def test_an_example_speaks_every_language(file: Path) -> None:
    draft = read(file.read_bytes())
    assert all(set(names) == set(TEXTS.locales) for names in (draft.titles, *(prize.names for prize in draft.prizes)))


def test_the_forecast_of_the_five_ways_asks_for_the_prizes_in_the_gifts(database: Database) -> None:
    with database.sessions() as session:
        campaign = load_draft(session, read((TOYS_FILE.parent / "fair.toml").read_bytes()), NOON)
        asked = [one for way in WAYS.values() for one in way.demands(session, campaign.facts)]
    assert [one.one_in for one in asked if isinstance(one, ByMoment)] == [10]
