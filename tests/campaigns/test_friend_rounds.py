"""What a campaign's file says of bonus rounds for friends, and that it is sealed with the rest."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.save_draft import save_draft
from server.campaigns.strict_table import BadDraft
from server.db import Database, transaction
from tests.campaigns.drafts import THEMES, load, read, toys
from tests.rig.clock import NOON


def limited(**limits: int | None) -> bytes:
    """The example with these limits; None takes one out."""

    def change(table: dict[str, Any]) -> None:
        own = table["limits"] | limits
        table["limits"] = {key: value for key, value in own.items() if value is not None}

    return toys(change)


def test_bringing_friends_earns_nothing_unless_the_file_says_so(database: Database) -> None:
    campaign = load(database)
    assert (campaign.friend_rounds, campaign.friend_rounds_per_day) == (None, None)


def test_what_the_file_says_is_stored_and_printed_back(database: Database) -> None:
    wanted = read(limited(friend_rounds=5, friend_rounds_per_day=2))
    campaign = load(database, lambda table: table["limits"].update(friend_rounds=5, friend_rounds_per_day=2))
    assert (campaign.friend_rounds, campaign.friend_rounds_per_day) == (5, 2)
    with database.sessions() as session:
        found = find_campaign(session, "toys")
        assert found is not None
        assert read(save_draft(session, found, THEMES).encode()).limits == wanted.limits


@pytest.mark.parametrize(("limits", "code"), [
    ({"friend_rounds": 3, "rounds_per_day": None}, "needs_daily_limit"),
    ({"friend_rounds_per_day": 1}, "needs_friend_rounds"),
    ({"friend_rounds": 0}, "number"), ({"friend_rounds": 101}, "number"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(limits: dict[str, int | None], code: str) -> None:
    with pytest.raises(BadDraft) as refused:
        read(limited(**limits))
    assert refused.value.code == code


@pytest.mark.parametrize("column", ["friend_rounds", "friend_rounds_per_day"])
def test_once_published_the_database_refuses_to_change_it(database: Database, column: str) -> None:
    load(database)
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(sealed_at=NOON))
    with database.sessions() as session, pytest.raises(DBAPIError, match="sealed"), transaction(session):
        session.execute(update(Campaign).values({column: 99}))
