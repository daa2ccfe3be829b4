"""What staff do with awards: each deed once, told once, and never to what changed meanwhile."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import AwardState
from prizes.stock import Stock
from server.backoffice.acts.act import ActText
from server.backoffice.rights import Role
from server.backoffice.winners.send_awards import send_awards
from server.errors import Problem
from tests.office.cast import Office
from tests.office.winners.scene import Winners
from tests.rig.race import Race

DESK = "/backoffice/winners"


def test_a_prize_is_marked_as_sent_once_and_the_word_is_taken_back(office: Office, winners: Winners) -> None:
    award, bob = winners.claimed(), office.sign_in(Role.OWNER)
    assert bob.post(f"{DESK}/{award.id}/send").status_code == 303
    again = bob.post(f"{DESK}/{award.id}/send")
    assert again.status_code == 409
    assert "already “Sent”, by bob" in again.get_data(as_text=True)
    winners.clock.advance(minutes=1)
    assert bob.post(f"{DESK}/{award.id}/unsend").status_code == 303
    assert winners.state(award) == AwardState.CLAIMED
    winners.clock.advance(minutes=1)
    assert bob.post(f"{DESK}/{award.id}/unsend").status_code == 409
    assert bob.post(f"{DESK}/{award.id}/send").status_code == 303
    acts = [(act.word, act.before, act.after) for act in office.acts()]
    claimed, sent = {"state": "claimed"}, {"state": "sent"}
    assert acts == [("winners.send", claimed, sent), ("winners.unsend", sent, claimed), ("winners.send", claimed, sent)]
    assert office.acts()[0].brand_id == office.brand_id
    shown = bob.get(f"{DESK}/{award.id}").get_data(as_text=True)
    assert re.findall(r'winners-step is-([\w-]+)"', shown) == ["awarded", "claimed", "sent", "taken-back", "sent"]


def test_several_are_marked_at_once_and_undone_at_once(office: Office, winners: Winners) -> None:
    awards, bob = [winners.claimed() for _ in range(3)], office.sign_in(Role.STOCK_KEEPER)
    ids = [award.id for award in awards]
    answer = bob.post(f"{DESK}/send", {"award": ids, "back": "state=claimed"})
    assert answer.headers["Location"].startswith(f"{DESK}?state=claimed&undo=")
    assert {winners.state(award) for award in awards} == {AwardState.SENT}
    winners.clock.advance(minutes=1)
    assert bob.post(f"{DESK}/unsend", {"award": ids}).status_code == 303
    assert {winners.state(award) for award in awards} == {AwardState.CLAIMED}
    first, second = office.acts()
    assert sorted((first.after or {})["awards"]) == sorted(ids)
    assert (first.subject_kind, second.word) == ("campaign", "winners.unsend_many")


def test_when_one_of_several_changed_meanwhile_nothing_is_done_and_it_is_told(office: Office,
                                                                              winners: Winners) -> None:
    fresh, gone, bob = winners.claimed(), winners.claimed(), office.sign_in(Role.OWNER)
    bob.post(f"{DESK}/{gone.id}/send")
    answer = bob.post(f"{DESK}/send", {"award": [fresh.id, gone.id, gone.id]})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "1 of 2 changed meanwhile" in text
    assert f'id="award-{gone.id}" class="table-warning"' in text
    assert re.search(rf'value="{fresh.id}"[^>]* checked', text)
    assert winners.state(fresh) == AwardState.CLAIMED
    assert len(office.acts()) == 1
    assert bob.post(f"{DESK}/send", {"award": ["\x00", "", "x" * 99]}).status_code == 422


def test_of_eight_who_mark_the_same_parcels_at_once_one_does(winners: Winners, race: Race) -> None:
    ids = [winners.claimed().id for _ in range(3)]

    def send(session: Session) -> str:
        try:
            send_awards(session, ids, "bob", winners.clock())
        except Problem as problem:
            return problem.code
        return "sent"

    assert sorted(race(send, players=8)) == ["award_changed"] * 7 + ["sent"]
    with winners.database.sessions() as session:
        assert audit(session) == []


def test_an_award_is_taken_back_with_a_reason_and_typed_out(office: Office, winners: Winners) -> None:
    award, bob = winners.claimed(), office.sign_in(Role.OWNER)
    address = f"{DESK}/{award.id}/revoke"
    whole = {"reason": "cheated", "why": "He told us so himself.", "confirmation": award.id[:6]}
    for wrong in ({}, {**whole, "confirmation": "no"}, {**whole, "why": ""}, {**whole, "reason": "because"},
                  {**whole, "why": "x" * 501}):
        refused = bob.post(address, wrong)
        assert refused.status_code == 422
        assert wrong.get("why", "") in refused.get_data(as_text=True)
    assert bob.post(address, whole).status_code == 303
    assert winners.state(award) == AwardState.REVOKED
    assert bob.post(address, whole).status_code == 409
    assert "Taken back”, by bob" in bob.get(address).get_data(as_text=True)
    (act,) = office.acts()
    assert (act.word, act.after) == ("winners.revoke", {"state": "revoked", "reason": "cheated"})
    with winners.database.sessions() as session:
        assert session.scalars(select(ActText.text).where(ActText.act_id == act.id)).all() == [whole["why"]]
        assert session.get_one(Stock, winners.prize_id).free == 100
        assert audit(session) == []


def test_who_may_only_see_does_nothing_and_an_old_proof_is_asked_for_again(office: Office, winners: Winners) -> None:
    award = winners.claimed()
    for role in (Role.EDITOR, Role.MODERATOR, Role.ANALYST, Role.AUDITOR):
        somebody = office.sign_in(role, name=role.value)
        answers = [somebody.post(f"{DESK}/{award.id}/{deed}") for deed in ("send", "unsend", "revoke")]
        assert {answer.status_code for answer in answers} == {403}
    stale = office.sign_in(Role.OWNER, fresh=False).get(f"{DESK}/{award.id}/revoke")
    assert stale.headers["Location"].startswith("/backoffice/prove?next=")
    assert office.acts() == []


def test_the_packing_list_has_what_was_ticked_or_all_that_waits(office: Office, winners: Winners) -> None:
    first, second, bob = winners.claimed("Swift Fox 100"), winners.claimed(), office.sign_in(Role.OWNER)
    winners.win()
    everything = bob.get(f"{DESK}/packing").get_data(as_text=True)
    assert everything.count("75001 Paris") == 2
    ticked = bob.get(f"{DESK}/packing?award={first.id}").get_data(as_text=True)
    assert "Swift Fox 100" in ticked
    assert second.id not in ticked
