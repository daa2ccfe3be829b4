"""A copy without disguises, idempotent, and always with a way back to what was typed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from server.comments.normalise import plain, read

TEXTS = st.text(max_size=80) | st.text(st.sampled_from("aeé0 1.-_@$!\u200b\u0301\ufe0fаο①Ａ🇫½ﬁßİ"), max_size=40)


@settings(deadline=None)
@given(TEXTS)
def test_a_plain_copy_of_a_plain_copy_is_the_same(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@settings(deadline=None)
@given(TEXTS)
def test_nothing_invisible_is_left_in_a_plain_copy(text: str) -> None:
    assert not any(hidden in plain(text) for hidden in "\u200b\u200d\u0301\ufe0f\n\t")


@settings(deadline=None)
@given(TEXTS)
def test_each_character_of_a_copy_knows_where_it_came_from(text: str) -> None:
    copy = read(text)
    assert len(copy.origins) == len(copy.text) + 1
    assert list(copy.origins) == sorted(copy.origins)
    assert copy.origins[-1] == len(text)
    for place in range(len(copy.text)):
        start, end = copy.origin((place, place + 1))
        assert 0 <= start < end <= len(text)
        assert copy.text[place] in read(text[start:end]).text


def test_a_place_in_the_copy_is_told_in_the_original_with_its_last_accent() -> None:
    typed = "ﬁn  d’été\u200b e\u0301te\u0301 !"
    copy = read(typed)
    found = copy.text.rindex("ete")
    assert copy.text == "fin d'ete ete !"
    assert typed[slice(*copy.origin((found, found + 3)))] == "e\u0301te\u0301"


def test_a_plain_copy_keeps_digits_and_signs() -> None:
    assert plain("Tél : ０６ ①2 ٣4, toto@Exemple.FR") == "tel : 06 12 34, toto@exemple.fr"
