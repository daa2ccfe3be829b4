"""A member of staff can be erased: nothing typed or named is left anywhere, and every row of the log is."""

import pytest
from sqlalchemy import select

from prizes.ledger import StockEntry
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from server.backoffice.acts.act import StaffAct
from server.backoffice.audit.erase_staff import erase_staff
from server.backoffice.rights import Role
from server.backoffice.staff.person import names_of
from server.campaigns.campaign import find_campaign
from server.comments.comment import Comment, CommentState, RulingEntry
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.db import transaction
from server.errors import Problem
from server.fairplay.review import Review, ReviewRuling, ask_review, rule_on_review
from server.fairplay.signs import Sign
from server.players.player import add_player
from tests.office.audit.log import new_log
from tests.office.cast import Office
from tests.rig.dump import dump

NAME, TYPED, ABOUT = "bob@example.com", "zounds", "quagmire"


def work(office: Office, bob: str) -> None:
    """A restock, a ruling on a comment and one on a round, signed by somebody."""
    with office.database.sessions() as session:
        now, campaign = office.clock(), find_campaign(session, "boss")
        assert campaign is not None
        with transaction(session):
            prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Cap"}, kind=PrizeKind.BADGE,
                                             value_cents=0, created_at=now))
            restock(session, prize.id, 5, now, "delivered", by=bob)
            player, _ = add_player(session, now)
            comment = Comment(campaign_id=campaign.id, player_id=player.id, text="Bravo", reason=Reason.AWAITS_REVIEW,
                              state=CommentState.HELD, posted_at=now)
            session.add(comment)
            ask_review(session, "round", campaign.id, [Sign.SAME_LOG], now)
            rule_on_review(session, "round", ReviewRuling.REJECT, TYPED, bob, now)
        assert rule_on_comment(session, comment, Ruling(Decision.PUBLISH, Reason.FINE), bob, now)


def test_who_is_erased_leaves_the_rows_and_no_word(office: Office) -> None:
    bob, log = office.hire(Role.STOCK_KEEPER, name="bob"), new_log(office)
    work(office, bob)
    kept = [log.put(staff_id=bob, typed=TYPED), log.put(subject=("staff", bob), typed=ABOUT)]
    others = log.put(typed="delivered")
    assert all(word in str(dump(office.database)) for word in (NAME, TYPED, ABOUT))
    with office.database.sessions() as session:
        erase_staff(session, bob)
    left = str(dump(office.database))
    assert [word for word in (NAME, TYPED, ABOUT) if word in left] == []
    assert "delivered" in left
    with office.database.sessions() as session:
        assert set(session.scalars(select(StaffAct.id))) >= {*kept, others}
        assert names_of(session, {bob}).get(bob, "") == ""
        assert [line.by for line in session.scalars(select(StockEntry).where(StockEntry.by == bob))] == [bob]
        assert session.scalars(select(RulingEntry.ruled_by).where(RulingEntry.ruled_by == bob)).all() == [bob]
        assert session.scalars(select(Review.ruled_by)).all() == [bob]


def test_who_is_erased_is_signed_out_and_shown_as_an_id(office: Office) -> None:
    bob = office.sign_in(Role.AUDITOR, name="bob")
    act = new_log(office).put(staff_id=bob.id)
    with office.database.sessions() as session:
        erase_staff(session, bob.id)
    assert bob.get("/backoffice/audit").status_code == 303
    page = office.sign_in(Role.AUDITOR, name="mona").get(f"/backoffice/audit/{act}").get_data(as_text=True)
    assert f"Erased ({bob.id[:6]})" in page
    assert "bob" not in page


def test_nobody_is_erased_who_is_not_there(office: Office) -> None:
    with office.database.sessions() as session, pytest.raises(Problem, match="no such member"):
        erase_staff(session, "0" * 20)
