"""Disguises come off, and taking them off twice changes nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.comments.normalise import letters, plain

TEXTS = st.text(max_size=80) | st.text(st.sampled_from("aeé0 1.-_@$!\u200b\u0301\ufe0fаο①Ａ🇫½ﬁßİ"), max_size=40)


@given(TEXTS)
def test_a_plain_copy_of_a_plain_copy_is_the_same(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(TEXTS)
def test_reading_letters_twice_reads_the_same(text: str) -> None:
    assert letters(letters(text)) == letters(text)


@given(TEXTS)
def test_nothing_invisible_is_left_in_a_plain_copy(text: str) -> None:
    assert not any(hidden in plain(text) for hidden in "\u200b\u200d\u0301\ufe0f\n\t")


@pytest.mark.parametrize("disguise", [
    "MERDE", "mérdé", "ｍｅｒｄｅ", "𝓶𝓮𝓻𝓭𝓮", "m\u200be\u200dr\u00adde", "мerde", "mеrdе", "m3rd3", "m.e.r.d.e",
    "m e r d e", "m_e_r_d_e", "M-E-R-D-E", "ⓜⓔⓡⓓⓔ", "🇲🇪🇷🇩🇪", "m\u0336e\u0336r\u0336d\u0336e\u0336", "ᴍᴇʀᴅᴇ",
])
def test_letters_sees_through_a_disguise(disguise: str) -> None:
    assert letters(disguise) == "merde"


def test_a_drawn_out_word_is_cut_to_two_of_each_letter() -> None:
    assert letters("MEEEEERDE") == "meerde"


def test_a_plain_copy_keeps_digits_and_signs() -> None:
    assert plain("Tél : ０６ ①2 ٣4, toto@Exemple.FR") == "tel : 06 12 34, toto@exemple.fr"
