"""Where a campaign trusts its authors: five published, none refused in 30 days, and no rule that found anything."""

import re
from datetime import timedelta

import pytest

from server.campaigns.campaign import CommentsMode
from server.comments.comment import rulings_on
from server.comments.ruling import Decision, Reason
from server.comments.trust import UNTROUBLED_FOR, is_trusted
from server.db import Database
from tests.campaigns.drafts import TOYS_FILE, read
from tests.comments.cast import Cast, Person
from tests.rig.app import calm_config
from tests.rig.clock import FakeClock


@pytest.fixture
def alice(cast: Cast) -> Person:
    """Five of her comments are public, in a campaign that trusts."""
    cast.campaign = cast.open_campaign("trusting", CommentsMode.TRUSTED)
    return earn(cast, cast.player(), 5)


@pytest.fixture
def cast(database: Database, clock: FakeClock) -> Cast:
    return Cast(database, clock, calm_config())


def say(person: Person, text: str) -> dict[str, object]:
    answer = person.post("/campaigns/trusting/comments", {"text": text})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    comment: dict[str, object] = answer.get_json()["comment"]
    return comment


def earn(cast: Cast, person: Person, times: int) -> Person:
    for number in range(times):
        cast.rule(str(say(person, f"number {number}")["id"]), Decision.PUBLISH)
    cast.clock.advance(days=2)
    return person


def test_a_trusted_author_is_public_at_once_by_the_rules_own_ruling(cast: Cast, alice: Person) -> None:
    comment = say(alice, "Trop bien")
    assert comment["state"] == "published"
    assert cast.published(slug="trusting")["comments"][0]["text"] == "Trop bien"
    with cast.database.sessions() as session:
        [entry] = rulings_on(session, str(comment["id"]))
    assert (entry.decision, entry.reason, entry.ruled_by) == (Decision.PUBLISH, Reason.FINE, "rules")
    assert cast.seen(str(comment["id"])).ruled_revision is None


@pytest.mark.parametrize("text", ["appelle 06 12 34 56 78", "www.example.org", "merde"])
def test_whatever_a_rule_found_waits_for_a_person(alice: Person, text: str) -> None:
    assert say(alice, text)["state"] == "held"


def test_an_edit_waits_for_a_person_whoever_made_it(cast: Cast, alice: Person) -> None:
    comment_id = str(say(alice, "Trop bien")["id"])
    assert alice.edit(comment_id, "Trop bein").get_json()["comment"]["state"] == "held"
    assert "Trop bein" not in str(cast.published(slug="trusting"))


def test_four_are_not_enough(cast: Cast, alice: Person) -> None:
    assert say(earn(cast, cast.player(), 4), "Trop bien")["state"] == "held"


def test_a_refusal_costs_the_trust_for_30_days_in_any_campaign(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert say(alice, "one")["state"] == "held"
    cast.clock.advance(days=27)
    assert say(alice, "two")["state"] == "held"


def test_a_refusal_of_long_ago_is_forgiven(cast: Cast, alice: Person) -> None:
    cast.rule(cast.posted(alice, "Bof"), Decision.REFUSE, Reason.INSULT)
    with cast.database.sessions() as session:
        from_then = cast.clock() + UNTROUBLED_FOR
        assert not is_trusted(session, cast.campaign.id, alice.id, from_then - timedelta(seconds=1))
        assert is_trusted(session, cast.campaign.id, alice.id, from_then)


def test_what_was_refused_and_let_out_again_does_not_count(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    cast.rule(comment_id, Decision.PUBLISH)
    assert say(alice, "Trop bien")["state"] == "published"


def test_what_readers_have_hidden_suspends_the_trust(cast: Cast, alice: Person) -> None:
    cast.hide(str(say(alice, "Trop bien")["id"]))
    assert say(alice, "Trop mal")["state"] == "held"


def test_an_appeal_against_the_hiding_brings_no_trust_back(cast: Cast, alice: Person) -> None:
    comment_id = str(say(alice, "Trop bien")["id"])
    cast.hide(comment_id)
    assert alice.post(f"/comments/{comment_id}/appeal", {}).status_code == 201
    assert say(alice, "Trop mal")["state"] == "held"


def test_trust_is_earned_in_each_campaign_for_itself(cast: Cast, alice: Person) -> None:
    cast.open_campaign("second", CommentsMode.TRUSTED)
    answer = alice.post("/campaigns/second/comments", {"text": "Trop bien"})
    assert answer.get_json()["comment"]["state"] == "held"


def test_where_a_person_looks_first_nobody_is_trusted(cast: Cast) -> None:
    author = cast.player()
    for number in range(5):
        cast.rule(cast.posted(author, f"number {number}"), Decision.PUBLISH)
    cast.clock.advance(days=2)
    assert author.say("Trop bien").get_json()["comment"]["state"] == "held"


@pytest.mark.parametrize("mode", list(CommentsMode))
def test_a_campaigns_file_names_the_mode(mode: CommentsMode) -> None:
    content = re.sub(r"(?m)^comments = \S+", f'comments = "{mode}"', TOYS_FILE.read_text("utf-8"))
    assert read(content.encode()).comments == mode
