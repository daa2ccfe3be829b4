"""What an auditor finds in the log, whatever is asked, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from prizes.db import new_id
from server.backoffice.acts.act import ActText, StaffAct
from server.backoffice.audit.read_acts import FEW, Asked, Page, find_act, read_acts
from server.backoffice.rights import Role
from server.campaigns.campaign import find_campaign
from tests.office.audit.log import PLACE, Log, new_log
from tests.office.cast import OTHER_BRAND, Office
from tests.rig.app import add_campaign


@pytest.fixture
def log(office: Office) -> Log:
    return new_log(office)


def read(log: Log, after: Page | None = None, most: int = 50, **asked: object) -> Page:
    told = Asked(**{"brands": [log.brand_id], **asked})  # type: ignore[arg-type]
    with log.office.database.sessions() as session:
        return read_acts(session, told, after.next if after else None, most)


def ids(page: Page) -> list[str]:
    return [line.act.id for line in page.lines]


def test_the_newest_act_stands_first_and_pages_follow_without_a_gap(log: Log) -> None:
    put = [log.put() for _ in range(7)]
    first = read(log, most=3)
    second = read(log, first, most=3)
    third = read(log, second, most=3)
    assert ids(first) + ids(second) + ids(third) == put[::-1]
    assert third.next is None


def test_acts_of_one_moment_are_told_once_each(log: Log) -> None:
    put = set()
    for _ in range(5):
        log.at -= timedelta(minutes=1)
        put.add(log.put())
    first = read(log, most=2)
    second = read(log, first, most=2)
    assert {*ids(first), *ids(second), *ids(read(log, second, most=2))} == put


def test_each_question_finds_its_acts_and_no_others(log: Log) -> None:
    slug = add_campaign(log.office.database, "boss-day")
    with log.office.database.sessions() as session:
        campaign = find_campaign(session, slug)
    assert campaign is not None
    other, subject = new_id(), new_id()
    by_other = log.put(staff_id=other)
    renamed = log.put("campaigns.rename", subject=("campaign", campaign.id))
    about = log.put(subject=("code_pool", subject))
    elsewhere = log.put(address="b" * 32)
    typed = log.put(typed="Ça déborde: three BOXES came")
    assert ids(read(log, staff_id=other)) == [by_other]
    assert ids(read(log, words=["campaigns.rename", "campaigns.end"])) == [renamed]
    assert ids(read(log, campaign_id=campaign.id)) == [renamed]
    assert ids(read(log, key=subject)) == [about]
    assert ids(read(log, key="b" * 32)) == [elsewhere]
    assert ids(read(log, key=typed)) == [typed]
    assert ids(read(log, typed=["ca", "box"])) == [typed]
    assert ids(read(log, typed=["ca", "crates"])) == []
    assert ids(read(log, staff_id=other, words=["campaigns.rename"])) == []
    assert ids(read(log, since=log.at, until=log.at + timedelta(seconds=1))) == [typed]


def test_a_word_that_many_acts_have_is_found_as_well(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.backoffice.audit.read_acts.FEW", 1)
    assert FEW > 1
    put = [log.put(typed="counted again") for _ in range(3)]
    log.put(typed="delivered")
    assert ids(read(log, typed=["counted"])) == put[::-1]


def test_another_brands_acts_are_not_there_by_any_question(log: Log) -> None:
    act = log.put(typed="secret", subject=("code_pool", "f" * 20))
    foreign = [log.office.brand(OTHER_BRAND)]
    for asked in ({}, {"staff_id": log.staff_id}, {"words": ["stock.restock"]}, {"key": act}, {"key": "f" * 20},
                  {"key": PLACE}, {"typed": ["secret"]}):
        assert ids(read(log, brands=foreign, **asked)) == []
    with log.office.database.sessions() as session:
        assert find_act(session, foreign, act) is None
        assert find_act(session, [log.brand_id], act) is not None


def test_a_sign_in_is_seen_where_that_person_is_staff(log: Log) -> None:
    bob = log.office.hire(Role.EDITOR, name="bob")
    signed_in = log.put("staff.sign_in", brand_id=None, staff_id=bob)
    log.put("staff.sign_in", brand_id=None, staff_id=new_id())
    log.put("staff.sign_in", brand_id=None, staff_id=None)
    assert ids(read(log)) == ids(read(log, staff_id=bob)) == ids(read(log, key=signed_in)) == [signed_in]
    assert ids(read(log, brands=[log.office.brand(OTHER_BRAND)])) == []


def test_what_an_act_is_about_tells_its_campaign_and_brand(log: Log) -> None:
    slug = add_campaign(log.office.database, "boss-day")
    act_id = log.put("campaigns.end", subject=("campaign", slug), brand_id=None)
    with log.office.database.sessions() as session:
        act, campaign = session.get_one(StaffAct, act_id), find_campaign(session, slug)
        assert campaign is not None
        assert (act.campaign_id, act.brand_id) == (campaign.id, log.brand_id)


REWRITES = {
    "sqlite": ("UPDATE staff_act SET word = 'x'", "UPDATE staff_act SET campaign_id = NULL", "DELETE FROM staff_act",
               "INSERT OR REPLACE INTO staff_act SELECT * FROM staff_act"),
    "postgresql": ("UPDATE staff_act SET word = 'x'", "DELETE FROM staff_act", "TRUNCATE staff_act CASCADE",
                   "TRUNCATE act_text, act_word, staff_act"),
}


@pytest.mark.parametrize("deed", range(4))
def test_the_database_itself_refuses_to_change_an_act(log: Log, deed: int) -> None:
    kept, engine = log.put(typed="counted"), log.office.database.engine
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(REWRITES[engine.dialect.name][deed]))
    with log.office.database.sessions() as session:
        assert session.scalars(select(StaffAct.id)).all() == [kept]
        assert session.scalars(select(ActText.text)).all() == ["counted"]
