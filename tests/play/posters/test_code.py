"""A code says what it is and is signed: nobody makes one up, and what people read or type for it is forgiven."""

from random import Random

from hypothesis import given
from hypothesis import strategies as some

from prizes.codes import ALPHABET
from server.play.posters.code import MOST_COPIES, NUMBERS, Mark, address_of, code_of, read_code, spoken_address

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
MARKS = some.builds(Mark, some.integers(0, NUMBERS - 1), some.integers(0, MOST_COPIES))


@given(MARKS)
def test_every_mark_comes_back(mark: Mark) -> None:
    code = code_of(KEY, mark)
    assert len(code) == (20 if mark.copy else 16)
    assert set(code) <= set(ALPHABET)
    assert read_code(KEY, code) == mark


@given(MARKS, some.data())
def test_any_other_letter_makes_it_nobodys(mark: Mark, data: some.DataObject) -> None:
    code = code_of(KEY, mark)
    place = data.draw(some.integers(0, len(code) - 1))
    letter = data.draw(some.sampled_from(ALPHABET).filter(lambda other: other != code[place]))
    assert read_code(KEY, code[:place] + letter + code[place + 1:]) is None


def test_another_installations_code_is_nobodys() -> None:
    assert read_code(KEY, code_of(OTHER_KEY, Mark(7))) is None


def test_ten_thousand_guesses_hit_nothing() -> None:
    guess = Random(7).choices
    numbers = code_of(KEY, Mark(7))[:6]
    assert not any(read_code(KEY, numbers + "".join(guess(ALPHABET, k=10))) for _ in range(10_000))
    assert read_code(KEY, code_of(KEY, Mark(7))) == Mark(7)  # the rig would see a hit


def test_a_copy_cannot_be_passed_off_as_a_poster() -> None:
    copied = code_of(KEY, Mark(7, 3))
    assert read_code(KEY, copied[:6] + copied[10:]) is None
    assert read_code(KEY, code_of(KEY, Mark(7))[:6] + "0000" + code_of(KEY, Mark(7))[6:]) is None


def test_case_dashes_and_lookalikes_are_forgiven() -> None:
    code = code_of(KEY, Mark(0, 1))
    typed = "-".join(code[start:start + 4] for start in range(0, 20, 4)).lower().replace("0", "o").replace("1", "l")
    assert read_code(KEY, typed) == Mark(0, 1)


def test_nonsense_of_any_kind_is_nobodys() -> None:
    for nonsense in ("", "x", "../../etc", "É" * 16, "\x00" * 16, "A" * 10_000, "ＡＢＣＤＥＦＧＨＪＫＭＮＰＱＲＳ"):
        assert read_code(KEY, nonsense) is None


def test_the_printed_address_is_in_capitals_where_that_says_the_same() -> None:
    assert address_of("https://play.example", "AB") == "HTTPS://PLAY.EXAMPLE/Q/AB"
    assert address_of("https://play.example/Game", "AB") == "https://play.example/Game/q/AB"
    assert spoken_address("https://play.example", "ABCDEFGH") == "play.example/q/ABCD-EFGH"
