"""Banned words are found through every disguise, and only where they are words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.comments.normalise import read
from server.comments.words import find_banned_word
from server.comments.words.readings import Readings
from tools.vendor import locked_version, sha256
from tools.words import SOURCES, WORDS

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (WORDS / "README.md").read_text("utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| file", "|---"))
]


def marked(text: str, banned: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> str | None:
    """What a moderator would see marked."""
    copy = read(text)
    span = find_banned_word(Readings(copy.text), banned, allowed)
    return text[slice(*copy.origin(span))] if span else None


@pytest.mark.parametrize("disguise", [
    "MERDE", "mérdé", "ｍｅｒｄｅ", "𝓶𝓮𝓻𝓭𝓮", "m\u200be\u200dr\u00adde", "мerde", "mеrdе", "m3rd3", "m.e.r.d.e",
    "m e r d e", "m_e_r_d_e", "M-E-R-D-E", "ⓜⓔⓡⓓⓔ", "🇲🇪🇷🇩🇪", "m\u0336e\u0336r\u0336d\u0336e\u0336", "ᴍᴇʀᴅᴇ",
    "meeeeeerde", "mmmerrrddde", "mer-de", "m*rde", "m**de", "m.3.r.d.3", "merde666",
])
def test_a_word_is_seen_through_a_disguise_and_marked_whole(disguise: str) -> None:
    found = marked(f"oh {disguise} alors")
    assert found is not None
    assert found.strip() == disguise.removesuffix("666")


@pytest.mark.parametrize("text", [
    "J'ai fait 455 points en 45s", "Bitte schön", "penne all'arrabbiata", "Scunthorpe", "Assassin's Creed",
    "de 3x à 5x", "meerdere keren", "meerderheid", "success",
    "la mer de glace", "Moby Dick", "du bist ein Ass", "p'tits malins",
    "salopette", "Nigeria", "5 * 3 * 2", "*super* jeu", "points*", "a b c d e f",
])
def test_what_only_looks_like_a_banned_word_is_none(text: str) -> None:
    assert marked(text) is None


@pytest.mark.parametrize(("text", "word"), [
    ("Ta  gueule, toi", "Ta  gueule"), ("F1ls d3 put3 va", "F1ls d3 put3"), ("fils-de-pute", "fils-de-pute"),
    ("un c o n n a r d fini", "c o n n a r d"), ("motherfucker", "motherfucker"), ("Hurensöhne?", "Hurensöhne"),
])
def test_phrases_and_parts_of_words_are_found(text: str, word: str) -> None:
    assert marked(text) == word


def test_a_campaign_bans_and_allows_words_of_its_own() -> None:
    assert marked("Les Playrobots sont nuls") is None
    assert marked("Les Pl@yr0b0ts sont nuls", banned=("playrobot*",)) == "Pl@yr0b0ts"
    assert marked("oh la pute à franges") == "pute"
    assert marked("oh la pute à franges", allowed=("pute à franges",)) is None
    assert marked("oh la pute à franges", allowed=("pute",)) is None


@settings(deadline=None)
@given(st.text(st.sampled_from("adefhiorstu 01*.-@$!\u200b"), max_size=60))
def test_what_is_found_lies_within_the_text(text: str) -> None:
    copy = read(text)
    span = find_banned_word(Readings(copy.text), ("aha", "d*", "ro dar"), ("rat",))
    assert span is None or 0 <= span[0] < span[1] <= len(copy.text)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_borrowed_list_is_the_pinned_one_unedited(row: list[str]) -> None:
    file, package, version, _licence, digest, _left_out = row
    assert version == locked_version(package)
    assert sha256(WORDS / file) == digest


def test_every_borrowed_list_is_told_and_brings_its_licence() -> None:
    folders = {source.package.rpartition("/")[2] for source in SOURCES}
    lying_there = {str(file.relative_to(WORDS)) for folder in folders for file in (WORDS / folder).iterdir()}
    assert lying_there == {row[0] for row in ROWS}
    assert {f"{folder}/LICENSE" for folder in folders} <= lying_there
