"""A campaign's own words: told at the terminal, kept beside what was promised, and heard by the rules at once."""

import pytest
from click.testing import CliRunner, Result

from server.cli_campaigns import campaign_group
from server.comments.ruling import Reason
from tests.comments.cast import Cast, Person
from tests.comments.test_cli_comments import Shell


def words(cast: Cast, *told: str) -> Result:
    """`popshot campaign words boss …`."""
    return CliRunner().invoke(campaign_group, ("words", "boss", *told), obj=Shell(cast))


def found(cast: Cast, alice: Person, text: str) -> Reason:
    return cast.seen(cast.posted(alice, text)).reason


def test_a_word_that_the_campaign_bans_is_held_as_such_from_then_on(cast: Cast, alice: Person) -> None:
    assert found(cast, alice, "what a klunker") == Reason.AWAITS_REVIEW
    assert words(cast, "--ban", "klunk*", "--ban", "duff shot").output.splitlines() == [
        "banned   klunk*", "banned   duff shot", "2 banned, 0 allowed"]
    assert found(cast, alice, "what a K l u n k e r!") == Reason.BANNED_WORD
    assert found(cast, alice, "a duff shot, really") == Reason.BANNED_WORD
    assert found(cast, alice, "a duff player") == Reason.AWAITS_REVIEW


def test_a_word_that_the_campaign_allows_is_held_no_longer(cast: Cast, alice: Person) -> None:
    assert found(cast, alice, "the idiot boss") == Reason.BANNED_WORD
    assert words(cast, "--allow", "idiot").exit_code == 0
    assert found(cast, alice, "the idiot boss again") == Reason.AWAITS_REVIEW


def test_another_campaign_has_words_of_its_own(cast: Cast, alice: Person) -> None:
    words(cast, "--ban", "klunk")
    cast.open_campaign("other")
    answer = alice.post("/campaigns/other/comments", {"text": "klunk"})
    assert answer.get_json()["comment"]["reason"] == "awaits_review"


def test_what_is_banned_is_no_longer_allowed_and_what_is_dropped_is_neither(cast: Cast) -> None:
    words(cast, "--allow", "klunk", "--allow", "duff")
    assert words(cast, "--ban", "Klunk").output.splitlines() == ["banned   Klunk", "allowed  duff",
                                                                 "1 banned, 1 allowed"]
    assert words(cast, "--drop", "klunk", "--drop", "duff").output == "0 banned, 0 allowed\n"


def test_words_change_also_where_the_campaign_is_sealed(cast: Cast) -> None:
    with cast.database.sessions() as session, session.begin():
        session.merge(cast.campaign).sealed_at = cast.clock()
    assert words(cast, "--ban", "klunk").exit_code == 0
    assert words(cast).output.splitlines() == ["banned   klunk", "1 banned, 0 allowed"]


@pytest.mark.parametrize(("told", "sentence"), [
    (("--ban", "k*"), "the banned words 2 must be a word or phrase of 1 to 60 characters, where a * at"),
    (("--allow", "k\n"), "the allowed words 1 must be a word or phrase of 1 to 60 characters without a *"),
    (("--drop", "klunk"), "boss neither bans nor allows 'klunk'."),
    (("--ban", "klunk", "--allow", "KLUNK"), "'klunk' is both in banned_words and in allowed_words."),
])
def test_what_cannot_be_kept_is_one_sentence_and_changes_nothing(cast: Cast, told: tuple[str, ...],
                                                                 sentence: str) -> None:
    words(cast, "--ban", "duff")
    refused = words(cast, *told)
    assert refused.exit_code == 2
    assert sentence in refused.output
    assert words(cast).output.splitlines() == ["banned   duff", "1 banned, 0 allowed"]


def test_there_is_no_such_campaign(cast: Cast) -> None:
    refused = CliRunner().invoke(campaign_group, ("words", "nowhere"), obj=Shell(cast))
    assert (refused.exit_code, "There is no campaign 'nowhere'" in refused.output) == (2, True)
