"""The contribution log: who wrote what from where, which nobody but the legal role can open, for a year."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.middleware.proxy_fix import ProxyFix

from server.cli_legal import legal_group
from server.comments.contribution import KEPT_FOR, Contribution, SealedForAnother, open_contributions, seal, unseal
from server.config import Config, load_config
from server.keys import LEGAL_FILE
from server.play.terms import make_terms
from server.runner import run_due
from tests.comments.cast import KEYS, LEGAL, Cast, Person
from tests.comments.readers import report

PRIVATE = LEGAL.private_bytes_raw()
PUBLIC = LEGAL.public_key().public_bytes_raw()


def rows(cast: Cast) -> list[Contribution]:
    with cast.database.sessions() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.id)))


def opened(cast: Cast, comment_id: str) -> list[dict[str, object]]:
    with cast.database.sessions() as session:
        return list(open_contributions(session, comment_id, PRIVATE))


def write_from(cast: Cast, person: Person, method: str, path: str, body: dict[str, object],
               headers: dict[str, str] | None = None) -> dict[str, str]:
    where = {"REMOTE_ADDR": "203.0.113.7", "REMOTE_PORT": "54321"}
    sent = {"Authorization": f"Bearer {person.token}", **(headers or {})}
    answer = cast.client.open(f"/api/v1{path}", method=method, json=body, headers=sent, environ_overrides=where)
    assert answer.status_code < 300, answer.get_data(as_text=True)
    comment: dict[str, str] = answer.get_json()["comment"]
    return comment


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_sealed_is_opened_by_its_private_half(plain: bytes, name: bytes) -> None:
    assert unseal(PRIVATE, name, seal(PUBLIC, name, plain)) == plain


def test_no_other_key_no_other_name_and_no_altered_row_opens() -> None:
    sealed = seal(PUBLIC, b"a.1", b"plain")
    altered = bytes([*sealed[:-1], sealed[-1] ^ 1])
    for private, name, row in ((X25519PrivateKey.generate().private_bytes_raw(), b"a.1", sealed),
                               (PRIVATE, b"b.1", sealed), (PRIVATE, b"a.1", altered)):
        with pytest.raises(SealedForAnother):
            unseal(private, name, row)


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert seal(PUBLIC, b"a", b"plain") != seal(PUBLIC, b"a", b"plain")


def test_each_text_is_logged_with_address_port_moment_and_player(cast: Cast, alice: Person) -> None:
    comment = write_from(cast, alice, "POST", "/campaigns/boss/comments", {"text": "Trop bein"})
    cast.clock.advance(minutes=1)
    write_from(cast, alice, "PATCH", f"/comments/{comment['id']}", {"text": "Trop bien", "revision": 1})
    told = {"comment_id": comment["id"], "player_id": alice.id, "address": "203.0.113.7", "port": 54321}
    assert opened(cast, comment["id"]) == [{**told, "revision": 1, "at": "2026-12-01T12:00:00.000Z"},
                                           {**told, "revision": 2, "at": "2026-12-01T12:01:00.000Z"}]


def test_nothing_of_it_is_readable_in_the_database(cast: Cast, alice: Person) -> None:
    write_from(cast, alice, "POST", "/campaigns/boss/comments", {"text": "Trop bien"})
    [row] = rows(cast)
    assert not any(trace.encode() in row.sealed for trace in ("203.0.113.7", "54321", alice.id, "Trop bien"))


def test_a_refused_text_is_not_logged(cast: Cast, alice: Person) -> None:
    alice.say("a" * 501)
    assert rows(cast) == []


def test_behind_a_proxy_the_address_is_the_clients_and_the_port_unknown(cast: Cast, alice: Person) -> None:
    app: Flask = cast.client.application
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)  # type: ignore[method-assign]
    comment = write_from(cast, alice, "POST", "/campaigns/boss/comments", {"text": "Trop bien"},
                         {"X-Forwarded-For": "198.51.100.9"})
    [told] = opened(cast, comment["id"])
    assert (told["address"], told["port"]) == ("198.51.100.9", None)


def test_it_outlives_the_comment_and_goes_after_a_year(cast: Cast, alice: Person) -> None:
    terms = make_terms(load_config(environ={}), KEYS)
    comment_id = cast.posted(alice, "Trop bien")
    alice.delete("/players/me")
    for seconds, left in ((KEPT_FOR.total_seconds(), 1), (1, 0)):
        cast.clock.advance(seconds=seconds)
        with cast.database.sessions() as session:
            run_due(session, terms, cast.clock())
        assert len(rows(cast)) == left
    assert opened(cast, comment_id) == []


@dataclass
class Shell:
    cast: Cast
    config: Config = field(default_factory=lambda: load_config(environ={}))

    def __post_init__(self) -> None:
        self.session, self.now = self.cast.database.sessions, self.cast.clock


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / LEGAL_FILE
    path.touch(0o600)
    path.write_text(PRIVATE.hex())
    return path


Legal = Callable[..., Result]


@pytest.fixture
def legal(cast: Cast, tmp_path: Path) -> Legal:
    shell = Shell(cast, load_config(environ={"KEYS": str(tmp_path)}))
    return lambda *words: CliRunner().invoke(legal_group, words, obj=shell)


@pytest.mark.usefixtures("key")
def test_the_legal_role_reads_it_by_the_comments_id_and_that_is_logged(
        cast: Cast, alice: Person, legal: Legal, caplog: pytest.LogCaptureFixture) -> None:
    comment = write_from(cast, alice, "POST", "/campaigns/boss/comments", {"text": "Trop bien"})
    cast.posted(cast.player(), "somebody else")
    with caplog.at_level(logging.WARNING):
        shown = legal("show", comment["id"], "--by", "lena")
    assert shown.output == (f"{comment['id']} revision 1  2026-12-01T12:00:00.000Z  address 203.0.113.7  port 54321"
                            f"  player {alice.id}\n")
    assert f"lena opened the contribution log of comment {comment['id']}" in caplog.text
    assert "203.0.113.7" not in caplog.text


@pytest.mark.usefixtures("key")
def test_who_reported_a_comment_and_told_of_himself_is_shown_beside(cast: Cast, alice: Person, legal: Legal) -> None:
    comment_id = cast.publish("Trop bien", alice)
    report(cast.player(), comment_id, "spam")
    receipt = report(cast.player(), comment_id, "illegal", name="Charlie\nReader", email="c@home.example")
    *_, last = legal("show", comment_id).output.splitlines()
    assert last == (f"report {receipt}  2026-12-01T12:00:01.000Z  illegal  name 'Charlie\\nReader'"
                    "  email 'c@home.example'")


def test_a_key_that_is_kept_elsewhere_is_named(cast: Cast, alice: Person, legal: Legal, key: Path) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    elsewhere = key.rename(key.with_name("stick.key"))
    assert legal("show", comment_id).exit_code == 2
    assert "name its file with --key" in legal("show", comment_id).output
    assert alice.id in legal("show", comment_id, "--key", str(elsewhere)).output


def test_another_key_opens_nothing(cast: Cast, alice: Person, legal: Legal, key: Path) -> None:
    key.write_text(X25519PrivateKey.generate().private_bytes_raw().hex())
    shown = legal("show", cast.posted(alice, "Trop bien"))
    assert (shown.exit_code, alice.id in shown.output) == (2, False)
    assert "does not open it" in shown.output


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("comment_id", ["nowhere", "%", "_" * 20])
def test_of_an_unknown_comment_nothing_is_kept(cast: Cast, alice: Person, legal: Legal, comment_id: str) -> None:
    cast.posted(alice, "Trop bien")
    shown = legal("show", comment_id)
    assert (shown.exit_code, "Nothing is kept" in shown.output) == (2, True)
