"""Texts that are made to break something: a clear code or a plain comment, never a crash."""

import pytest

from tests.comments.cast import Cast, Person

REFUSED = {
    "a control character": ("a\x07b", 422, "comment_refused"),
    "a right-to-left override": ("abc\u202edef", 422, "comment_refused"),
    "an isolate": ("\u2066abc", 422, "comment_refused"),
    "10,000 combining marks on one letter": ("a" + "\u0301" * 10_000, 413, "too_large"),
    "3,000 combining marks on one letter": ("a" + "\u0301" * 3_000, 422, "comment_refused"),
    "8 combining marks on one letter": ("e" + "\u0301" * 8, 422, "comment_refused"),
    "a megabyte": ("a" * 2**20, 413, "too_large"),
    "a NUL": ("a\x00b", 400, "malformed"),
    "nothing to see": ("\u200b\u2060", 422, "comment_refused"),
}
KEPT = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "👍🎉",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467", "🇫🇷", "שלום", "مرحبا", "ﷺ", "%s {} \\n",
        "'; DROP TABLE comment; --", "a" * 500, "e" + "\u0301" * 2]


@pytest.mark.parametrize(("text", "status", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_text_that_breaks_pages_is_refused_new_or_as_an_edit(cast: Cast, alice: Person, text: str, status: int,
                                                               code: str) -> None:
    comment_id = cast.publish("fine", alice)
    for answer in (alice.say(text), alice.edit(comment_id, text)):
        assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert cast.texts() == ["fine"]


def test_bytes_that_are_no_text_are_malformed(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "fine")
    for method, path in (("POST", "/campaigns/boss/comments"), ("PATCH", f"/comments/{comment_id}"),
                         ("PUT", f"/comments/{comment_id}/reaction")):
        answer = cast.client.open(f"/api/v1{path}", method=method, data=b'{"text": "\xff\xfe", "revision": 1}',
                                  headers={"Authorization": f"Bearer {alice.token}"})
        assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


@pytest.mark.parametrize("text", KEPT)
def test_everything_else_is_shown_as_it_was_typed(cast: Cast, text: str) -> None:
    cast.publish(text)
    assert cast.texts() == [text]
    assert cast.client.get("/api/v1/campaigns/boss/comments").mimetype == "application/json"
