"""Words on pictures fit their place, and a letter that the font lacks never shows as a box."""

import pytest

from server.play.lettering import BLACK, BOLD, fit, width_of, writable
from server.play.share_card import number_in


@pytest.mark.parametrize(("typed", "written"), [
    ("Zapp & Co", "Zapp & Co"), ("Été à Győr, łódź, ßÜ", "Été à Győr, łódź, ßÜ"),
    ("Visez le patron\u202f!", "Visez le patron\u202f!"), ("Chip 🎯 shop", "Chip shop"), ("Кофе", ""),
    ("Cafe\u0301", "Café"), ("Ha\u0331us", "Haus"), ("two\nlines\tof", "two lines of"), ("ﬁn", "fin"),
    ("Ａ", "A"), ("", ""),
])  # fmt: skip
def test_what_the_font_lacks_is_dropped(typed: str, written: str) -> None:
    assert writable(typed) == written


def test_a_short_text_gets_the_largest_size_and_a_longer_one_a_smaller() -> None:
    assert fit("Hi", 500, weight=BLACK, most=160, least=40) == (["Hi"], 160)
    [line], size = fit("A brand with a name", 500, weight=BLACK, most=160, least=20)
    assert (line, size < 160) == ("A brand with a name", True)
    assert width_of(line, BLACK, size) <= 500 < width_of(line, BLACK, size + 2)


def test_a_text_may_break_at_its_spaces() -> None:
    lines, size = fit("Hit the boss and win a blaster", 300, lines=2, weight=BOLD, most=40, least=20)
    assert " ".join(lines) == "Hit the boss and win a blaster"
    assert len(lines) == 2
    assert all(width_of(line, BOLD, size) <= 300 for line in lines)


@pytest.mark.parametrize("text", ["word " * 40, "W" * 200, "a " + "W" * 200])
def test_what_never_fits_is_cut(text: str) -> None:
    lines, size = fit(text.strip(), 300, lines=2, weight=BOLD, most=40, least=20)
    assert size == 20
    assert lines[-1].endswith("…")
    assert len(lines) <= 2
    assert all(width_of(line, BOLD, size) <= 300 for line in lines)


@pytest.mark.parametrize("text", ["W" * 80 + " now", "W" * 80 + " now " + "W" * 80, "W" * 80 + " one two " * 40])
def test_a_word_that_never_fits_is_cut_on_any_line(text: str) -> None:
    lines, size = fit(text.strip(), 300, lines=2, weight=BOLD, most=40, least=20)
    assert lines[0].endswith("W…")
    assert lines[1].startswith(("now", "one two"))
    assert all(width_of(line, BOLD, size) <= 300 for line in lines)


@pytest.mark.parametrize(("locale", "written"), [
    ("en", "12,450"), ("fr", "12\u202f450"), ("de", "12.450"), ("es", "12.450"), ("it", "12.450"), ("nl", "12.450"),
    ("xx", "12,450"), ("../", "12,450"), ("", "12,450"),
])  # fmt: skip
def test_numbers_are_written_as_in_their_language(locale: str, written: str) -> None:
    assert number_in(locale, 12_450) == written
