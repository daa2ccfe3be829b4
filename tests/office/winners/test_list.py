"""The list of winners: who sees what, what the filters find, and what bad ones get."""

from datetime import timedelta

from server.backoffice.rights import Role
from server.backoffice.winners.list_awards import Wanted, list_awards
from tests.office.cast import Office, StaffClient
from tests.office.winners.scene import HOME, Winners

DESK = "/backoffice/winners"


def page(staff: StaffClient, query: str = "", status: int = 200) -> str:
    answer = staff.get(f"{DESK}{query}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_an_empty_desk_says_when_somebody_appears(office: Office, winners: Winners) -> None:
    assert "Nobody has won yet" in page(office.sign_in(Role.OWNER))


def test_the_newest_award_comes_first_and_older_ones_follow_page_by_page(winners: Winners) -> None:
    awards = []
    for _ in range(5):
        awards.append(winners.win().id)
        winners.clock.advance(minutes=1)
    same_moment = sorted(winners.win().id for _ in range(2))
    newest_first = [*reversed(same_moment), *reversed(awards)]
    wanted, seen, after = Wanted((winners.campaign_id, "another")), list[str](), None
    with winners.database.sessions() as session:
        while True:
            found = list_awards(session, wanted, after, most=3)
            seen += [row.award.id for row in found.rows]
            after = found.next
            if after is None:
                break
    assert seen == newest_first


ASKED = {
    "?q=sunny+ot": True, "?q=Sunny+Otter+482": True, "?q=moose": False, "?q=martin": True,
    "?q=ALICE@example.org": True, "?q=%25": False, "?q=_": False, "?state=claimed": True,
    "?state=open": False, "?way=ladder": True, "?way=draw": False, "?campaign=party": True,
    "?campaign=boss": False, "?since=2026-12-01&until=2026-12-01": True, "?since=2026-12-02": False,
    "?until=2026-11-30": False, "?after=not-a-place": True,
}  # fmt: skip


def test_filters_and_words_find_an_award(office: Office, winners: Winners) -> None:
    award, bob = winners.claimed(), office.sign_in(Role.OWNER)
    assert {asks: f"award-{award.id}" in page(bob, asks) for asks in ASKED} == ASKED


def test_ids_and_the_claim_code_find_their_award_alone(office: Office, winners: Winners) -> None:
    award, other = winners.win(), winners.win()
    bob = office.sign_in(Role.OWNER)
    for word in (award.id, award.round_id, winners.code_of(award), winners.code_of(award).lower().replace("-", " ")):
        shown = page(bob, f"?q={word}")
        assert f"award-{award.id}" in shown
        assert f"award-{other.id}" not in shown


FAULTS = {
    "?state=eaten": "Not a valid choice", "?campaign=nowhere": "Not a valid choice",
    "?since=yesterday": "Not a valid date", "?since=0001-01-01": "Choose a year",
    "?until=9999-12-31": "Choose a year", "?since=2026-12-02&until=2026-12-01": "before the first",
    f"?q={'x' * 300}": "Field cannot be longer",
}  # fmt: skip
ODD = ("?q=%00", "?after=9999-12-31T23:59:59%2B00:00~x", "?after=2026-12-01T00:00:00~x", "?after=~", "?undo=%00-%27",
       "?q=%EF%BF%BF", "?way=%20&state=%09", "?prize=x&campaign=party&q=%F0%9F%8E%AF")


def test_a_filter_that_cannot_be_read_is_told_beside_its_field_and_nothing_breaks(office: Office,
                                                                                  winners: Winners) -> None:
    award, bob = winners.win(), office.sign_in(Role.OWNER)
    shown = {query: page(bob, query, 422) for query in FAULTS}
    assert [query for query, sentence in FAULTS.items() if sentence not in shown[query]] == []
    assert [query for query, text in shown.items() if f"award-{award.id}" in text] == []
    assert {bob.get(f"{DESK}{query}").status_code for query in ODD} <= {200, 422}


def test_names_are_shown_and_found_by_who_serves_winners_only(office: Office, winners: Winners) -> None:
    award = winners.claimed()
    analyst = office.sign_in(Role.ANALYST, name="mona")
    assert HOME.name in page(office.sign_in(Role.STOCK_KEEPER))
    assert HOME.name not in page(analyst)
    assert f"award-{award.id}" not in page(analyst, "?q=martin")
    shown = page(analyst, f"/{award.id}")
    assert HOME.name not in shown
    assert "rue du Tir" not in shown
    assert "rue du Tir" in page(office.sign_in(Role.STOCK_KEEPER, name="alice"), f"/{award.id}")
    assert analyst.get(f"{DESK}/packing").status_code == 403


def test_charlie_sees_nothing_of_it(office: Office, winners: Winners) -> None:
    award, charlie = winners.claimed(), office.charlie()
    Winners(winners.database, winners.clock, slug="acme-party", brand="Acme").win("Swift Fox 100")
    shown = page(charlie)
    assert "Swift Fox 100" in shown
    assert award.id not in shown
    for word in (award.id, winners.code_of(award), "sunny", "martin"):
        assert f"award-{award.id}" not in page(charlie, f"?q={word}")
    assert charlie.get(f"{DESK}?campaign=party").status_code == 422  # as if it did not exist
    assert charlie.get(f"{DESK}/packing?award={award.id}").status_code == 404
    assert charlie.get(f"{DESK}/{award.id}").status_code == 404
    for deed in ("send", "unsend", "revoke"):
        assert charlie.post(f"{DESK}/{award.id}/{deed}").status_code == 404
    for deed in ("send", "unsend"):
        assert charlie.post(f"{DESK}/{deed}", {"award": award.id}).status_code == 404
    assert office.acts() == []


def test_an_award_page_tells_why_it_was_won_and_what_became_of_it(office: Office, winners: Winners) -> None:
    award = winners.win()
    winners.clock.advance(days=1)
    winners.claim(award)
    bob = office.sign_in(Role.OWNER)
    shown = page(bob, f"/{award.id}")
    for sentence in ("Claimed by the winner", "this prize begins at 100", "1 rue du Tir", "Next: you send it"):
        assert sentence in shown
    assert page(bob, "/nowhere", 404)
    assert winners.clock.now - award.awarded_at == timedelta(days=1)
