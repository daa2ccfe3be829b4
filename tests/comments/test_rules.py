"""What the rules say of a draft: the first one that has something to say is the ruling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.comments.rules import MOST_CHARACTERS, Draft, screen
from server.comments.ruling import Decision, Reason


def ruled(text: str) -> tuple[Decision, Reason]:
    ruling = screen(Draft(text))
    return ruling.decision, ruling.reason


def reason(text: str, *recent: str) -> Reason:
    return screen(Draft(text, recent)).reason


@given(st.text(max_size=600))
def test_whatever_is_typed_is_held_or_refused_and_never_published(text: str) -> None:
    assert screen(Draft(text)).decision in (Decision.HOLD, Decision.REFUSE)


@pytest.mark.parametrize("text", [
    "Trop bien, mon fils adore !", "I hit the boss 12 times", "J'ai fait 35 100 points en 45 secondes 🎯",
    "Tu as vu ? On a deux ou trois idées.", "On the left, then one on the right", "Best score: 22,510",
    "Le concours est super" , "C'est à l'eau", "J'arrive en retard", "Essex and Scunthorpe love this",
])
def test_a_friendly_comment_only_awaits_its_review(text: str) -> None:
    assert ruled(text) == (Decision.HOLD, Reason.AWAITS_REVIEW)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "\ufe0f", "\u2800", "\u3164"])
def test_a_comment_in_which_nothing_can_be_seen_is_refused(text: str) -> None:
    assert ruled(text) == (Decision.REFUSE, Reason.EMPTY)


def test_a_comment_of_the_greatest_length_is_read_and_one_more_is_refused() -> None:
    assert reason("ab " * 166 + "ab") == Reason.AWAITS_REVIEW
    assert len("ab " * 166 + "ab") == MOST_CHARACTERS
    assert reason("a" * (MOST_CHARACTERS + 1)) == Reason.TOO_LONG


@pytest.mark.parametrize("text", ["bell \x07", "red \x1b[31m", "turned \u202etxet", "isolated \u2066x", "c1 \x9b"])
def test_characters_that_steer_or_turn_text_are_refused(text: str) -> None:
    assert ruled(text) == (Decision.REFUSE, Reason.CONTROL)


def test_several_lines_and_joined_emoji_may_be_written() -> None:
    assert reason("one\ntwo\tthree 👩\u200d🚀") == Reason.AWAITS_REVIEW


def test_the_same_words_again_are_a_repeat_however_they_are_written() -> None:
    assert reason("Trop  BIEN", "something else", "trop bien") == Reason.REPEAT


@pytest.mark.parametrize("text", [
    "06 12 34 56 78", "06.12.34.56.78", "0612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678",
    "06/12/34/56/78", "06-12-34-56-78", "0 6 1 2 3 4 5 6 7 8", "O6 12 34 56 78", "o612345678",
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit", "zero six un deux trois quatre cinq six sept huit",
    "zéro six, puis 12 34 56 78", "call 07700 900123", "(555) 123-4567 8",
    "oh seven seven oh oh nine oh oh one two three",
    "double five? 555 123 4567", "０６１２３４５６７８", "0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "06\u200b12\u200b34\u200b56\u200b78",
    "0⁶¹²³⁴⁵⁶⁷⁸", "zero six twelve thirty four fifty six seventy eight",
    "alice@exemple.fr", "alice @ exemple . fr", "alice(at)exemple.fr", "alice [at] exemple [dot] fr",
    "alice arobase exemple point fr", "alice at gmail dot com", "alice chez moi: arobas gmail", "alice at gmail",
    "suis @alice_99", "@bob", "mon insta alice99", "snap : alice", "ajoute moi sur Discord", "TikTok alice",
])
def test_contact_details_are_held_as_such(text: str) -> None:
    assert ruled(text) == (Decision.HOLD, Reason.CONTACT)


@pytest.mark.parametrize("text", [
    "https://example.org", "hxxp://example", "www.exemple", "exemple.fr", "EXEMPLE。COM", "bit.ly/x",
    "exemple point com", "join foam.gg", "8.8.4.4",
])
def test_links_are_held_as_such(text: str) -> None:
    assert ruled(text) == (Decision.HOLD, Reason.LINK)


@pytest.mark.parametrize("text", [
    "merde", "MEEERDE !", "quelle m e r d e", "c0nn@rd", "enculés", "espèce de salope", "fils de pute", "ta  gueule",
    "fuck", "fuuuuucking boss", "f.u.c.k", "sh1t", "what an ass", "asssss", "a$$", "fυck", "pédé",
])
def test_banned_words_are_held_as_such(text: str) -> None:
    assert ruled(text) == (Decision.HOLD, Reason.BANNED_WORD)


def test_the_first_rule_in_the_list_gives_the_reason() -> None:
    assert reason("merde, écris à alice@exemple.fr ou va sur exemple.fr") == Reason.CONTACT
    assert reason("merde, va sur exemple.fr") == Reason.LINK
