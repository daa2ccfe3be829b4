"""What forbids publishing, and what holds from then on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from prizes.prize import Prize
from prizes.stock import restock
from server import cli
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.publish import SealedCampaign, publish, require_movable
from server.db import Database, transaction
from tests.campaigns.drafts import TOYS_FILE, Change, load
from tests.campaigns.test_cli_campaigns import Shell
from tests.campaigns.test_draft import with_, without
from tests.rig.app import calm_config, terms_of
from tests.rig.clock import NOON
from tests.rig.race import Race

Popshot = Callable[..., Result]
DARTS, CAPS = 800 * 490, 250 * 1290  # cents
BADGE = "prizes.2"


@pytest.fixture
def popshot(database: Database) -> Popshot:
    command = click.Group("popshot", commands={name: cli.popshot.commands[name] for name in ("campaign", "prize")})
    return lambda *words: CliRunner().invoke(command, words, obj=Shell(database, calm_config()))


def publish_toys(database: Database, *changes: Change, later: timedelta = timedelta()) -> tuple[list[str], list[str]]:
    """The codes of flaws and of warnings."""
    load(database, *changes)
    with database.sessions() as session:
        report = publish(session, "toys", terms_of, NOON + later)
    return [flaw.code for flaw in report.flaws], [warning.code for warning in report.warnings]


def campaign_of(database: Database) -> Campaign:
    with database.sessions() as session:
        return session.scalars(select(Campaign)).one()


def test_a_draft_without_flaws_is_published_and_sealed_at_once(database: Database) -> None:
    assert publish_toys(database) == ([], [])
    campaign = campaign_of(database)
    assert (campaign.state, campaign.sealed_at) == (CampaignState.PUBLISHED, NOON)


@pytest.mark.parametrize(("changes", "flaw"), [
    ((without("limits.liability_limit_cents"),), "no_liability_limit"),
    ((with_("limits.liability_limit_cents", DARTS + CAPS - 1),), "liability_exceeded"),
    ((with_(f"{BADGE}.value_cents", 1),), "liability_endless"),
    ((with_("prizes.0.value_cents", 0),), "no_value"),
    ((with_("prizes.0.currency", "GBP"),), "mixed_currencies"),
    ((without("prizes.0.names.nl"),), "name_missing"),
    ((with_("ways.ladder.1.score", 0),), "promised_to_everyone"),
])  # fmt: skip
def test_a_flaw_forbids_publishing(database: Database, changes: tuple[Change, ...], flaw: str) -> None:
    assert publish_toys(database, *changes)[0] == [flaw]
    campaign = campaign_of(database)
    assert (campaign.state, campaign.sealed_at) == (CampaignState.DRAFT, None)


@pytest.mark.parametrize("kind", ["parcel", "voucher", "download", "badge"])
def test_no_kind_of_prize_is_published_with_a_value_and_without_an_end_or_a_stock_without_a_value(
        database: Database, kind: str) -> None:
    """The two ways into an unbounded liability: nobody counts the units, or nobody counts their worth."""
    unlimited = kind in ("download", "badge")
    file: list[Change] = [with_("prizes.0.kind", kind), without("prizes.0.releases")]
    file += [without("prizes.0.units"), with_("prizes.0.unlimited", True)] if unlimited else []
    file += [without("prizes.0.units")] if kind == "voucher" else []
    file += [] if unlimited else [with_("prizes.0.value_cents", 0)]
    assert publish_toys(database, *file)[0] == ["liability_endless" if unlimited else "no_value"]


def test_the_limit_itself_may_be_reached(database: Database) -> None:
    assert publish_toys(database, with_("limits.liability_limit_cents", DARTS + CAPS))[0] == []


DRAW = {"prizes": [{"prize": "cap", "units": 10}], "most_entries": 1, "reserves": 0, "seed": "secret"}
PLACES = [{"from": 1, "to": 6, "prize": "cap"}]


@pytest.mark.parametrize(("ways", "units", "flaws"), [
    ({"draw": DRAW}, 9, ["promised_above_stock"]),
    ({"draw": DRAW}, 10, []),
    ({"standings": PLACES}, 5, ["promised_above_stock"]),
    ({"standings": PLACES}, 6, []),
    ({"draw": DRAW, "standings": PLACES}, 15, ["promised_above_stock"]),
    ({"draw": DRAW, "standings": PLACES}, 16, []),
    ({"draw": DRAW}, 0, ["promised_above_stock"]),
])  # fmt: skip
def test_places_and_draws_promise_no_more_units_than_there_are(
        database: Database, ways: dict[str, object], units: int, flaws: list[str]) -> None:
    changes = [with_(f"ways.{way}", settings) for way, settings in ways.items()]
    assert publish_toys(database, with_("prizes.1.units", units), *changes)[0] == flaws


@pytest.mark.parametrize(("kind", "flaws"), [("voucher", ["promised_above_stock"]), ("badge", [])])
def test_a_draw_waits_for_the_codes_of_its_vouchers_and_not_for_what_has_no_end(
        database: Database, kind: str, flaws: list[str]) -> None:
    unlimited = (with_("prizes.1.unlimited", True), with_("prizes.1.value_cents", 0)) if kind == "badge" else ()
    changes = (with_("ways.draw", DRAW), with_("prizes.1.kind", kind), without("prizes.1.units"), *unlimited)
    assert publish_toys(database, *changes)[0] == flaws


def test_a_window_that_is_over_is_not_published(database: Database) -> None:
    assert publish_toys(database, later=timedelta(days=300))[0] == ["window_is_over"]


def test_what_no_way_gives_and_what_has_no_stock_are_warnings(database: Database) -> None:
    def drop_step(file: dict[str, Any]) -> None:
        file["ways"]["ladder"].pop()
    assert publish_toys(database, drop_step, with_("prizes.0.units", 0), without("prizes.0.releases")) == (
        [], ["no_stock", "never_given"])


def test_only_a_draft_is_published(database: Database) -> None:
    publish_toys(database)
    with database.sessions() as session:
        again = publish(session, "toys", terms_of, NOON + timedelta(hours=1))
    assert [flaw.code for flaw in again.flaws] == ["not_a_draft"]
    assert campaign_of(database).sealed_at == NOON


def test_of_many_at_once_one_publishes(database: Database, race: Race) -> None:
    load(database)
    reports = race(lambda own: publish(own, "toys", terms_of, NOON), players=6)
    assert sorted(len(report.flaws) for report in reports) == [0, 1, 1, 1, 1, 1]


def prize_id(database: Database, key: str = "cap") -> str:
    with database.sessions() as session:
        return session.scalars(select(Prize.id).where(Prize.key == key)).one()


def test_a_delivery_above_the_limit_is_refused_once_sealed_and_the_rest_fits(
        database: Database, popshot: Popshot) -> None:
    room = 3 * 1290
    publish_toys(database, with_("limits.liability_limit_cents", DARTS + CAPS + room))
    refused = popshot("prize", "restock", prize_id(database), "4")
    assert refused.exit_code == 2
    assert "7,196.60 EUR; the limit is 7,183.70 EUR" in refused.stderr
    assert popshot("prize", "restock", prize_id(database), "3").exit_code == 0
    assert popshot("prize", "restock", prize_id(database, "well-done"), "9").exit_code == 0  # worth nothing


def test_a_draft_takes_any_delivery(database: Database, popshot: Popshot) -> None:
    load(database)
    assert popshot("prize", "restock", prize_id(database), "100000").exit_code == 0


def test_two_deliveries_that_fit_one_by_one_do_not_come_at_once(database: Database, race: Race) -> None:
    publish_toys(database, with_("limits.liability_limit_cents", DARTS + CAPS + 1290))
    cap = prize_id(database)

    def deliver(session: Any) -> bool:
        try:
            with transaction(session):
                require_movable(session, cap, 1)
                return restock(session, cap, 1, NOON, "delivered")
        except SealedCampaign:
            return False
    assert sum(race(deliver, players=8)) == 1


def test_a_sealed_campaign_takes_no_new_prize(database: Database, popshot: Popshot) -> None:
    publish_toys(database)
    words = ("--campaign", "toys", "--name", "en=Car", "--value-cents", "1")
    refused = popshot("prize", "add", *words)
    assert refused.exit_code == 2
    assert "toys was published at 2026-12-01 13:00 (Europe/Paris)" in refused.stderr


def test_an_operator_loads_checks_publishes_and_saves(database: Database, popshot: Popshot) -> None:
    assert popshot("campaign", "load", str(TOYS_FILE)).output.startswith("toys is a draft with 3 prize(s)")
    assert popshot("campaign", "check", "toys").output == (
        "all prizes together may come to 7,145.00\ntoys can be published\n")
    assert popshot("campaign", "publish", "toys").output == "toys is published and sealed\n"
    assert "toys  published, not_open, sealed  2027-06-01 09:00 (Europe/Paris)" in popshot("campaign", "list").output
    assert popshot("campaign", "save", "toys").output.startswith('slug = "toys"\n')
    assert "toys is published; only a draft" in popshot("campaign", "load", str(TOYS_FILE)).stderr


def test_flaws_are_told_by_code_and_sentence(database: Database, popshot: Popshot) -> None:
    load(database, without("limits.liability_limit_cents"), without("prizes.1.names.fr"))
    for command, code in (("check", 1), ("publish", 2)):
        told = popshot("campaign", command, "toys")
        assert told.exit_code == code
        assert "no_liability_limit: The campaign has no liability limit" in told.stderr
        assert "name_missing: Boss-size cap has no name in fr" in told.stderr


@pytest.mark.parametrize("command", ["check", "publish", "save"])
def test_an_unknown_campaign_is_one_sentence(popshot: Popshot, command: str) -> None:
    refused = popshot("campaign", command, "nobody")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "There is no campaign 'nobody'" in refused.stderr
