"""What the whole list says of a draft: reasons beyond the text, spans, and anything that could be typed."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.comments.post_comment import SENTENCES
from server.comments.rules import MOST_CHARACTERS, Draft, screen
from server.comments.ruling import Decision, Reason
from tests.corpora import KINDS, lines_of

SIX = ("en", "fr", "de", "es", "it", "nl")
LOCALES = sorted((Path(__file__).parents[2] / "locales").glob("*.json"))
ODD = st.text(st.sampled_from("aemrd06 .@*-_'!(\n\u200b\u0301\u202e\ufe0f\ud800\x00е①Ａß🇫🎯漢ﷺ<>&/"), max_size=120)
DRAFTS = st.builds(
    Draft, ODD | st.text(max_size=600) | st.text(st.characters(exclude_categories=()), max_size=80),
    recent=st.lists(ODD, max_size=2), posted_lately=st.integers(0, 20),
    refused_lately=st.integers(0, 3), languages=st.lists(st.sampled_from((*SIX, "el", "ja")), max_size=3),
    banned=st.tuples(ODD, ODD), allowed=st.tuples(ODD))


def ruled(draft: Draft) -> tuple[Decision, Reason, str | None]:
    """The ruling, with the part of the text that a moderator sees marked."""
    ruling = screen(draft)
    return ruling.decision, ruling.reason, draft.text[slice(*ruling.span)] if ruling.span else None


@settings(deadline=None)
@given(DRAFTS)
def test_whatever_is_typed_gets_a_ruling_whose_span_lies_in_the_text(draft: Draft) -> None:
    ruling = screen(draft)
    assert ruling.decision in (Decision.HOLD, Decision.REFUSE)
    assert ruling.span is None or 0 <= ruling.span[0] < ruling.span[1] <= len(draft.text)


@settings(deadline=None)
@given(st.sampled_from([line.text for kind in KINDS for line in lines_of(kind)]), ODD, ODD)
def test_what_people_write_within_anything_gets_a_ruling(text: str, before: str, behind: str) -> None:
    typed = f"{before[:40]}{text}{behind[:40]}"
    span = screen(Draft(typed)).span
    assert span is None or 0 <= span[0] < span[1] <= len(typed)


def test_a_megabyte_is_refused_before_a_copy_is_made() -> None:
    draft = Draft("é" * 1_000_000)
    assert ruled(draft) == (Decision.REFUSE, Reason.TOO_LONG, None)
    assert "copy" not in vars(draft)


def test_a_flood_is_refused() -> None:
    assert ruled(Draft("Trop bien", posted_lately=10)) == (Decision.REFUSE, Reason.FLOOD, None)


def test_who_was_refused_twice_lately_is_held_for_that_and_who_once_is_not() -> None:
    assert ruled(Draft("Trop bien", refused_lately=2)) == (Decision.HOLD, Reason.RECENT_REFUSALS, None)
    assert ruled(Draft("Trop bien", refused_lately=1)) == (Decision.HOLD, Reason.AWAITS_REVIEW, None)


@pytest.mark.parametrize(("text", "decision", "reason", "seen"), [
    ("oh \u202etxet", Decision.REFUSE, Reason.CONTROL, "\u202e"),
    ("half \ud83c of it", Decision.REFUSE, Reason.CONTROL, "\ud83c"),
    ("b" + 400 * "\u0301" + "oss", Decision.REFUSE, Reason.MARKS, 400 * "\u0301"),
    ("Mon numéro :  ０６ 12\u200b 34 56 78 !", Decision.HOLD, Reason.CONTACT, "０６ 12\u200b 34 56 78"),
    ("écris à léa.m@exemple.fr stp", Decision.HOLD, Reason.CONTACT, "léa.m@exemple.fr"),
    ("j'habite 12 rue des Lilas", Decision.HOLD, Reason.CONTACT, "12 rue des Lilas"),
    ("d.i.s.c.o.r.d", Decision.HOLD, Reason.CONTACT, "d.i.s.c.o.r.d"),
    ("va sur exemple.fr", Decision.HOLD, Reason.LINK, "exemple.fr"),
    ("quelle ＭＥＲＤＥ ce tir", Decision.HOLD, Reason.BANNED_WORD, "ＭＥＲＤＥ"),
    ("ok привет как дела друг", Decision.HOLD, Reason.LANGUAGE, "привет как дела друг"),
])
def test_a_moderator_sees_where_the_reason_stands(
        text: str, decision: Decision, reason: Reason, seen: str) -> None:
    assert ruled(Draft(text, languages=SIX)) == (decision, reason, seen)


@pytest.mark.parametrize("text", [
    "🎯🎯🎯", "👩\u200d🚀 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "<b>super</b> & <script>x</script>",
    "שָׁלוֹם", "ไม่เป็นไร", "ok привет", "(ﾉ◕ヮ◕)ﾉ*:･ﾟ✧",
])
def test_emoji_marks_of_other_languages_and_html_are_plain_comments(text: str) -> None:
    assert ruled(Draft(text, languages=SIX)) == (Decision.HOLD, Reason.AWAITS_REVIEW, None)


def test_a_script_is_foreign_only_where_all_languages_are_written_in_latin() -> None:
    text = "τι ωραίο παιχνίδι είναι αυτό"
    assert ruled(Draft(text, languages=("fr", "el")))[1] == Reason.AWAITS_REVIEW
    assert ruled(Draft(text))[1] == Reason.AWAITS_REVIEW
    assert ruled(Draft(text, languages=("fr", "nl")))[1] == Reason.LANGUAGE


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_every_reason_is_said_to_its_author_in_each_language(path: Path) -> None:
    said = json.loads(path.read_text("utf-8"))
    assert [reason for reason in Reason if not said.get(f"reason.{reason}")] == []


def test_every_refusal_has_a_sentence() -> None:
    drafts = [Draft("a" * (MOST_CHARACTERS + 1)), Draft(""), Draft("a\x00"),
              Draft("a" + "\u0301" * 6), Draft("a", ["a"]), Draft("a", posted_lately=99)]
    refused = [screen(draft) for draft in drafts]
    assert [SENTENCES[ruling.reason] for ruling in refused if ruling.decision == Decision.REFUSE] == [
        SENTENCES[reason] for reason in (Reason.TOO_LONG, Reason.EMPTY, Reason.CONTROL, Reason.MARKS,
                                         Reason.REPEAT, Reason.FLOOD)]
