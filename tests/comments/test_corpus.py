"""What the rules find in the corpus, and what they leave in peace. `-rA` prints the tables.

Every bound holds for the lines that were tuned on and for those that never were, each by itself.
"""

import sys
from collections.abc import Sequence

import pytest

from server.comments.rules import Draft, screen
from server.comments.ruling import Reason
from tests.corpora import ABUSIVE, CLEAN, CONTACT, KEPT, KINDS, SPELT, TUNED, Line, lines_of
from tests.corpora.evade import STARS, WAYS, evaded

LANGUAGES = ("en", "fr", "de", "es", "it", "nl")
FOUND = (Reason.CONTACT, Reason.LINK, Reason.BANNED_WORD)
parts = pytest.mark.parametrize("part", [TUNED, KEPT])


def reason(text: str) -> Reason:
    return screen(Draft(text, languages=LANGUAGES)).reason


def is_found(text: str) -> bool:
    return reason(text) in FOUND


def share(texts: Sequence[str]) -> float:
    return sum(map(is_found, texts)) / len(texts)


def in_list(part: str) -> list[Line]:
    """The abusive lines whose words the lists hold."""
    return [line for line in lines_of(ABUSIVE, part) if reason(line.text) == Reason.BANNED_WORD]


def test_the_corpus_has_six_hundred_lines_in_six_languages() -> None:
    lines = [line for kind in KINDS for line in lines_of(kind)]
    assert len({line.text for line in lines}) == len(lines) >= 600
    assert {line.language for line in lines} == set(LANGUAGES)
    assert 3 * sum(line.part == KEPT for line in lines) >= len(lines) - 18


@parts
def test_every_line_of_the_corpus_is_ruled_on_and_the_table_is_printed(part: str) -> None:
    rows = [f"{part} lines       of" + "".join(f"{name:>13}" for name in (*FOUND, "nothing"))]
    for kind in KINDS:
        reasons = [reason(line.text) for line in lines_of(kind, part)]
        counts = [reasons.count(found) for found in FOUND]
        rows.append(f"{kind:12} {len(reasons):8}" + "".join(
            f"{count:13}" for count in (*counts, reasons.count(Reason.AWAITS_REVIEW))))
        assert sum(counts) + reasons.count(Reason.AWAITS_REVIEW) == len(reasons) > 0
    for way in WAYS:
        held = ((name, share([evaded(line.marked, way) for line in lines])) for name, lines in (
            ("in-list words", in_list(part)), (CONTACT, lines_of(CONTACT, part)), (SPELT, lines_of(SPELT, part))))
        rows.append(f"{way:12} held: " + "   ".join(f"{name} {found:6.1%}" for name, found in held))
    sys.stdout.write("\n".join(["", *rows, ""]))


@parts
def test_fewer_than_two_clean_lines_in_a_hundred_are_held_by_words_or_contact(part: str) -> None:
    assert share([line.text for line in lines_of(CLEAN, part)]) < 0.02


@parts
def test_abuse_is_in_the_lists(part: str) -> None:
    assert len(in_list(part)) / len(lines_of(ABUSIVE, part)) >= 0.9


@parts
def test_of_evaded_words_one_in_a_hundred_passes_at_most(part: str) -> None:
    texts = [evaded(line.marked, way) for line in in_list(part) for way in WAYS if way != STARS]
    assert share(texts) >= 0.99


@parts
def test_most_words_masked_with_stars_are_held(part: str) -> None:
    assert share([evaded(line.marked, STARS) for line in in_list(part)]) >= 0.6


@parts
def test_every_plain_contact_detail_is_held(part: str) -> None:
    assert [line.text for line in lines_of(CONTACT, part) if reason(line.text) != Reason.CONTACT] == []


@parts
def test_nine_of_ten_spelt_contact_details_are_held(part: str) -> None:
    assert share([line.text for line in lines_of(SPELT, part)]) >= 0.9
