"""Claim codes: short enough to type, too long to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from prizes.codes import ALPHABET, claim_code, code_hash, normal_code

KEY = bytes(range(32))


def test_a_code_is_what_the_recipe_says() -> None:
    """Made without this code: `openssl dgst -sha256 -mac hmac -macopt hexkey:0001…1f`, five bits by five."""
    assert claim_code(KEY, "an award") == "BX7RX-HBHHA-A2WV4-SVPVW"


def test_a_code_has_twenty_symbols_in_four_groups() -> None:
    groups = claim_code(KEY, "an award").split("-")
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    assert set("".join(groups)) <= set(ALPHABET)


def test_another_key_and_another_award_have_another_code() -> None:
    codes = {claim_code(key, award_id) for key in (KEY, bytes(32)) for award_id in ("a", "b")}
    assert len(codes) == 4


def test_the_alphabet_has_no_symbol_that_looks_like_another() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("typed", [
    "01abc-defgh-jkmnp-qrstv", "01ABCDEFGHJKMNPQRSTV", " O I A B C defgh – jkmnp qrstv ",
    "oLABC_DEFGH.JKMNP/QRSTV",
])
def test_what_people_mistype_is_forgiven(typed: str) -> None:
    assert code_hash(typed) == code_hash("01ABC-DEFGH-JKMNP-QRSTV")


def test_another_symbol_is_another_code() -> None:
    assert code_hash("01ABC-DEFGH-JKMNP-QRSTV") != code_hash("01ABC-DEFGH-JKMNP-QRSTW")


@given(some.text())
def test_no_text_makes_the_hash_fail(typed: str) -> None:
    assert len(code_hash(typed)) == 64


@given(some.text(alphabet=ALPHABET + ALPHABET.lower() + "oOiIlL -"))
def test_a_normal_code_is_normal_already(typed: str) -> None:
    assert normal_code(normal_code(typed)) == normal_code(typed)
