"""A form changes a part of a campaign: through the file's checks, with a version kept, and over nothing unseen."""

import copy
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.prize import Prize, Release, prizes_of
from server.campaigns.brand import brand_named
from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from server.campaigns.compare import Part, differences, flatten, mark_of
from server.campaigns.draft_file import read_table
from server.campaigns.edit_campaign import ChangedMeanwhile, Edit, Saved, faults_of, save_edit
from server.campaigns.load_draft import load_within
from server.campaigns.make_campaign import Template, copy_campaign, fill_template, free_slug, make_campaign
from server.campaigns.publish import SealedCampaign, check, publish
from server.campaigns.save_draft import table_of
from server.campaigns.strict_table import BadDraft
from server.campaigns.version import SavedBy, find_version, newest_version, versions_of
from server.campaigns.window import move_window
from server.db import Database, transaction
from tests.campaigns.drafts import TEXTS, THEMES, load
from tests.rig.app import terms_of
from tests.rig.clock import NOON
from tests.rig.race import Race

LOCALES = TEXTS.locales
BOB = "b0b" * 10
Table = dict[str, Any]


def there(session: Session, slug: str = "toys") -> tuple[Campaign, Table]:
    campaign = find_campaign(session, slug)
    assert campaign is not None
    return campaign, table_of(session, campaign)


def brand(session: Session) -> str:
    with transaction(session):
        return brand_named(session, "Zapp & Co", NOON)


def named(name: str) -> Callable[[Table], Table]:
    """Give the boss another name."""
    def apply(table: Table) -> Table:
        table["theme"]["boss"]["name"] = name
        return table
    return apply


def edit(seen: str, apply: Callable[[Table], Table], part: Part = Part.THEME) -> Edit:
    return Edit(part, seen, apply, LOCALES)


def save(session: Session, apply: Callable[[Table], Table], part: Part = Part.THEME) -> Saved:
    seen = mark_of(there(session)[1], part)
    return save_edit(session, "toys", edit(seen, apply, part), BOB, NOON)


def test_an_edit_changes_what_it_says_and_keeps_a_version_before_and_after(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        saved = save(session, named("Madame Zapp"))
        campaign, table = there(session)
        assert (saved.version, saved.changed) == (2, ["theme.boss.name"])
        assert table["theme"]["boss"]["name"] == "Madame Zapp"
        assert [(one.number, one.saved_by, one.by) for one in versions_of(session, campaign.id, None, 9)] == [
            (2, SavedBy.THEME, BOB), (1, SavedBy.ELSEWHERE, "")]
        first, second = (find_version(session, campaign.id, number) for number in (1, 2))
        assert first is not None
        assert second is not None
        assert differences(flatten(first.read_table()), flatten(second.read_table())) == [
            ("theme.boss.name", "The Boss", "Madame Zapp")]
        assert audit(session) == []


def test_saving_what_is_there_already_makes_no_version(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        assert save(session, lambda table: table) == Saved(1, [])


def test_what_came_by_another_way_is_kept_as_a_version_of_its_own(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        save(session, named("Madame Zapp"))
    load(database, lambda file: file.update(brand="Zapp"))
    with database.sessions() as session:
        assert save(session, named("Zippy")).version == 4
        campaign, _ = there(session)
        assert [one.saved_by for one in versions_of(session, campaign.id, 4, 1)] == [SavedBy.ELSEWHERE]


def test_who_saves_the_same_part_second_is_told_what_is_there_now(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        seen = mark_of(there(session)[1], Part.THEME)
        save_edit(session, "toys", edit(seen, named("Madame Zapp")), BOB, NOON)
        with pytest.raises(ChangedMeanwhile) as raised:
            save_edit(session, "toys", edit(seen, named("Zippy")), BOB, NOON)
        assert raised.value.there["theme"]["boss"]["name"] == "Madame Zapp"
        assert there(session)[1]["theme"]["boss"]["name"] == "Madame Zapp"


def test_who_saves_another_part_second_overwrites_nothing(database: Database) -> None:
    load(database)

    def retitle(table: Table) -> Table:
        return table | {"titles": {"en": "Zapp him"}}
    with database.sessions() as session:
        seen = mark_of(there(session)[1], Part.TEXTS)
        save(session, named("Madame Zapp"))
        save_edit(session, "toys", edit(seen, retitle, Part.TEXTS), BOB, NOON)
        table = there(session)[1]
        assert (table["titles"], table["theme"]["boss"]["name"]) == ({"en": "Zapp him"}, "Madame Zapp")


def save_unseen(session: Session, seen: str, name: str) -> bool:
    """What not to do: look first, and store in a transaction that does not look again."""
    _, table = there(session)
    if mark_of(table, Part.THEME) != seen:
        return False
    session.rollback()
    session.info["looked"].wait()
    with transaction(session):
        load_within(session, read_table(named(name)(table), THEMES, LOCALES), NOON)
    return True


def save_seen(session: Session, seen: str, name: str) -> bool:
    try:
        save_edit(session, "toys", edit(seen, named(name)), BOB, NOON)
    except ChangedMeanwhile:
        return False
    return True


Save = Callable[[Session, str, str], bool]


def save_twice(database: Database, race: Race, save_one: Save) -> list[bool]:
    load(database)
    with database.sessions() as session:
        seen = mark_of(there(session)[1], Part.THEME)
    names, looked = iter(("Madame Zapp", "Zippy")), Barrier(2, timeout=30)

    def attempt(session: Session) -> bool:
        session.info["looked"] = looked
        return save_one(session, seen, next(names))
    return race(attempt, players=2)


def test_of_two_who_look_before_they_lock_both_save_and_one_is_lost(database: Database, race: Race) -> None:
    assert save_twice(database, race, save_unseen) == [True, True]


def test_of_two_saves_of_the_same_state_one_wins(database: Database, race: Race) -> None:
    assert sorted(save_twice(database, race, save_seen)) == [False, True]
    with database.sessions() as session:
        campaign, table = there(session)
        newest = newest_version(session, campaign.id)
        assert newest is not None
        assert (newest.number, newest.read_table()["theme"]["boss"]["name"]) == (2, table["theme"]["boss"]["name"])


def test_all_faults_are_told_at_once_each_with_its_key(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        _, table = there(session)
    wrong = copy.deepcopy(table)
    wrong["timezone"] = "Europe/Pari"
    wrong["theme"]["palette"]["can"] = "red"
    wrong["prizes"][1]["units"] = "many"
    wrong["prizes"][2]["names"] = {}
    wrong["limits"]["per_person"] = 10**30
    assert {fault.key: fault.code for fault in faults_of(wrong, table, LOCALES)} == {
        "timezone": "zone", "theme.palette.can": "colour", "prizes 2.units": "number", "prizes 3.names": "no_name",
        "limits.per_person": "number"}


def test_a_published_campaign_keeps_what_was_promised_and_may_change_its_words(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        assert publish(session, "toys", terms_of, NOON).flaws == []
        assert save(session, named("Madame Zapp")).changed == ["theme.boss.name"]

        def give_less(table: Table) -> Table:
            table["prizes"][0]["units"] = 700
            return table
        with pytest.raises(SealedCampaign, match="foam-darts"):
            save(session, give_less, Part.PRIZES)
        with pytest.raises(BadDraft, match="languages"):
            save(session, lambda table: table | {"titles": {"en": "Zapp"}}, Part.TEXTS)


def test_a_prize_without_a_key_keeps_its_id_and_ledger(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        campaign, _ = there(session)
        before = {prize.id for prize in prizes_of(session, campaign.id)}
        with transaction(session):
            session.get_one(Prize, min(before)).key = None
        save(session, named("Madame Zapp"))
        assert {prize.id for prize in prizes_of(session, campaign.id)} == before


@pytest.mark.parametrize("template", list(Template))
def test_every_template_can_be_published_as_it_is_and_is_open_at_once(database: Database, template: Template) -> None:
    table = fill_template(template, slug="mine", name="Mine", brand="Zapp & Co", timezone="Europe/Paris",
                          languages=["fr"], now=NOON)
    with database.sessions() as session:
        campaign = make_campaign(session, table, THEMES, LOCALES, brand(session), BOB, NOON)
        report = check(session, campaign, NOON)
        assert (report.flaws, report.warnings) == ([], [])
        assert publish(session, "mine", terms_of, NOON).flaws == []
        published, _ = there(session, "mine")
        assert (published.state, published.opens_at, published.titles) == (
            CampaignState.PUBLISHED, NOON, {"fr": "Mine"})


def test_a_new_campaign_never_takes_the_place_of_another(database: Database) -> None:
    load(database)
    table = fill_template(Template.FUN, slug="toys", name="Toys", brand="Other", timezone="UTC", languages=["en"],
                          now=NOON)
    with database.sessions() as session:
        with pytest.raises(BadDraft) as raised:
            make_campaign(session, table, THEMES, LOCALES, brand(session), BOB, NOON)
        assert (raised.value.key, raised.value.code) == ("slug", "slug_taken")
        assert there(session)[1]["brand"] == "Zapp & Co"
        assert [free_slug(session, name) for name in ("Toys!", "Ça brûle", "\0💥", "a" * 200)] == [
            "toys-2", "ca-brule", "campaign", "a" * 58]


def test_a_copy_is_a_draft_of_the_same_length_from_now_on(database: Database) -> None:
    load(database)
    with database.sessions() as session:
        campaign, _ = there(session)
        with transaction(session):
            session.get_one(Prize, prizes_of(session, campaign.id)[-1].id).pictures = {"en": "0" * 64}
        draft = copy_campaign(session, there(session)[0], "toys-2", LOCALES, BOB, NOON)
        assert (draft.state, draft.opens_at) == (CampaignState.DRAFT, NOON)
        assert draft.closes_at - draft.opens_at == campaign.closes_at - campaign.opens_at
        assert [prize.pictures for prize in prizes_of(session, draft.id)][-1] == {"en": "0" * 64}
        shelf = select(Release.opens_at).join(Prize, Prize.id == Release.prize_id)
        assert session.scalar(shelf.where(Prize.campaign_id == draft.id)) == NOON + timedelta(days=14)


def test_a_window_that_moves_takes_its_releases_along() -> None:
    table = fill_template(Template.LADDER, slug="mine", name="Mine", brand="Zapp", timezone="UTC", languages=["en"],
                          now=NOON)
    moved = move_window(table, NOON, NOON + timedelta(days=10), "UTC")
    assert table["opens"] < table["prizes"][0]["releases"][0]["opens"] < table["closes"]
    assert moved["opens"] < moved["prizes"][0]["releases"][0]["opens"] < moved["closes"]
    assert move_window(moved, NOON, NOON + timedelta(days=10), "UTC") == moved
