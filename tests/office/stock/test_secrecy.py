"""Nothing that staff see tells a winning moment that has come and that nobody has taken yet."""

import re
from datetime import datetime, timedelta

import pytest

from prizes.award import Award, Way
from prizes.db import new_id
from prizes.prize import Release
from prizes.ways import WAYS
from server.backoffice.rights import Role
from server.backoffice.stock.low_stock import low_stock
from server.campaigns.campaign import Campaign, CampaignState
from server.db import transaction
from tests.office.cast import StaffClient
from tests.office.stock.shelf import SLUG, Shelf
from tests.prizes.instant_scene import finished
from tests.rig.app import PLAY_TERMS

AREA = "/backoffice/stock"
OFTEN_NEW = re.compile(r'nonce-[\w-]+|name="once" value="\w+"')
UNITS = 20


def plan(shelf: Shelf) -> str:
    """A prize whose every moment has come three hours ago, in a campaign of two days; its id."""
    prize_id, now = shelf.add(UNITS, score=None, per_player=1_000), shelf.office.clock()
    with shelf.office.database.sessions() as session, transaction(session):
        campaign = session.get_one(Campaign, shelf.campaign_id)
        campaign.closes_at = now + timedelta(days=1)
        session.add(Release(prize_id=prize_id, number=1, units=UNITS, opens_at=campaign.opens_at,
                            closes_at=now - timedelta(hours=3)))
        way = WAYS[Way.INSTANT_WIN]
        way.set_up(session, campaign.id, {"one_in": 1, "prizes": ["plush"]}, {"plush": prize_id})
        session.flush()
        way.seal(session, campaign.facts, PLAY_TERMS.award_terms(campaign, keep_back=False), campaign.opens_at)
    return prize_id


def win(shelf: Shelf, at: datetime, units: int) -> list[Award]:
    """So many gifts are opened at a moment, and each wins."""
    won = list[Award]()
    for _ in range(units):
        with shelf.office.database.sessions() as session, transaction(session):
            campaign = session.get_one(Campaign, shelf.campaign_id)
            terms = PLAY_TERMS.award_terms(campaign, keep_back=False)
            won += WAYS[Way.INSTANT_WIN].award_round(session, campaign.facts, finished(new_id(), None, ["3.0"], at),
                                                     terms, at)
    assert len(won) == units
    return won


def seen_by(somebody: StaffClient, prize_id: str) -> list[str]:
    """All that is told of a prize at this desk, without what is new on every page."""
    pages = [somebody.get(f"{AREA}{path}").get_data(as_text=True) for path in (
        "", "?show=low", f"/{prize_id}", f"/{prize_id}?move=reserved", f"/{prize_id}?move=awarded")]
    files = [somebody.post(f"{AREA}{path}/export", {"kind": "csv"}).get_data(as_text=True)
             for path in (f"/{prize_id}", f"/campaigns/{SLUG}")]
    assert [file[1:].split(",")[0] for file in files] == ["at", "key"]
    return [OFTEN_NEW.sub("", text) for text in (*pages, *files)]


@pytest.fixture
def owner(shelf: Shelf) -> StaffClient:
    return shelf.office.sign_in(Role.OWNER)


def test_what_happens_in_the_running_and_the_last_hour_changes_nothing_that_is_seen(
        shelf: Shelf, owner: StaffClient) -> None:
    prize_id, noon = plan(shelf), shelf.office.clock()
    win(shelf, noon - timedelta(hours=2), 4)
    shelf.office.clock.advance(minutes=30)
    owner = shelf.office.visit(owner.id)
    owner.get(owner.post(f"{AREA}/{prize_id}/alert", {"percent": "50"}).headers["Location"])  # and its toast
    before = seen_by(owner, prize_id)
    win(shelf, noon - timedelta(minutes=59), 3)  # of the hour from eleven to noon
    win(shelf, noon + timedelta(minutes=29), 5)
    assert seen_by(owner, prize_id) == before
    with shelf.office.database.sessions() as session:
        assert low_stock(session, [shelf.office.brand_id], shelf.office.clock()) == []
    assert f">{UNITS - 4}<" in before[2]
    shelf.office.clock.advance(hours=1)  # the hour from eleven to noon is seen now
    owner = shelf.office.visit(owner.id)
    assert f">{UNITS - 7}<" in seen_by(owner, prize_id)[2]
    shelf.office.clock.advance(hours=1)
    owner = shelf.office.visit(owner.id)
    assert f">{UNITS - 12}<" in seen_by(owner, prize_id)[2]
    with shelf.office.database.sessions() as session:
        assert [low.prize.id for low in low_stock(session, [shelf.office.brand_id], shelf.office.clock())] == [prize_id]


def test_no_page_looks_at_a_moment(shelf: Shelf, owner: StaffClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The moments follow from a key: where that is not used nothing can tell them, taken or not."""
    prize_id = plan(shelf)
    win(shelf, shelf.office.clock() - timedelta(hours=2), 4)

    def refuse(*_: object) -> None:
        raise AssertionError("a page of staff works out winning moments")

    for name in ("moments_key", "moments_of", "count_due", "rolled_to"):
        monkeypatch.setattr(f"prizes.moments.{name}", refuse)
        monkeypatch.setattr(f"prizes.take_moment.{name}", refuse)
    assert all(seen_by(owner, prize_id))


def test_the_plan_that_is_drawn_is_the_same_whatever_moments_were_drawn_from_it(
        shelf: Shelf, owner: StaffClient) -> None:
    prize_id = plan(shelf)
    drawn = re.findall("<svg class=\"stock-plan.*?</svg>", seen_by(owner, prize_id)[2])
    with shelf.office.database.sessions() as session, transaction(session):  # a new nonce, and so other moments
        campaign = session.get_one(Campaign, shelf.campaign_id)
        WAYS[Way.INSTANT_WIN].seal(session, campaign.facts, PLAY_TERMS.award_terms(campaign, keep_back=False),
                                   campaign.opens_at - timedelta(days=1))
    assert re.findall("<svg class=\"stock-plan.*?</svg>", seen_by(owner, prize_id)[2]) == drawn
    assert len(drawn) == 1


@pytest.mark.parametrize("is_ended", [True, False])
def test_once_nothing_can_be_won_any_more_the_figures_are_those_of_now(
        shelf: Shelf, owner: StaffClient, *, is_ended: bool) -> None:
    prize_id, noon = plan(shelf), shelf.office.clock()
    win(shelf, noon, 4)
    shelf.office.clock.advance(minutes=1)
    assert f">{UNITS - 4}<" not in seen_by(owner, prize_id)[2]
    if is_ended:
        with shelf.office.database.sessions() as session, transaction(session):
            session.get_one(Campaign, shelf.campaign_id).state = CampaignState.ENDED
    else:
        shelf.office.clock.advance(days=1, hours=2)
        owner = shelf.office.visit(owner.id)
    assert f">{UNITS - 4}<" in owner.get(f"{AREA}/{prize_id}").get_data(as_text=True)


def test_of_a_prize_without_moments_staff_see_every_unit_at_once(shelf: Shelf, owner: StaffClient) -> None:
    prize_id = shelf.add(10)
    with shelf.office.database.sessions() as session, transaction(session):
        campaign = session.get_one(Campaign, shelf.campaign_id)
        round_ = finished("alice", None, [], shelf.office.clock())
        WAYS[Way.LADDER].award_round(session, campaign.facts, round_.__class__(**{**vars(round_), "score": 100}),
                                     PLAY_TERMS.award_terms(campaign, keep_back=False), shelf.office.clock())
    assert ">9<" in owner.get(f"{AREA}/{prize_id}").get_data(as_text=True)
