"""What comes out the same in every test is worked out once in a process; no test's database outlives the machine.

`tests/conftest.py` turns it on: what is measured or served runs without it.
"""

from collections.abc import Callable
from contextlib import closing
from functools import cache
from sqlite3 import connect
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine, inspect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from server import app, db
from server.db import is_sqlite
from server.rehearsal import places

BUILDER = "_compile_builder"  # makes a route's writers of addresses: Python functions, each from source
ENGINE, PREPARE, UPGRADE = "create_engine", "_prepare_sqlite", "upgrade"
STATEMENTS = 3_000  # more than all tests together make on one kind of database

Builder = Callable[..., tuple[str, str]]


def remember() -> None:
    """Let the apps of this process share their texts, list of scripts, routes' writers and compiled pages, its
    engines what statements became in words, its rehearsals the first file that was brought up to the schema."""
    for name in ("load_texts", "page_scripts"):
        setattr(app, name, cache(getattr(app, name)))
    setattr(Rule, BUILDER, remembering(getattr(Rule, BUILDER)))
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledPages()}
    setattr(db, ENGINE, sharing(getattr(db, ENGINE)))
    setattr(db, PREPARE, careless(getattr(db, PREPARE)))
    setattr(places, UPGRADE, copying(getattr(places, UPGRADE)))


def remembering(make: Callable[[Rule, bool], Builder]) -> Callable[[Rule, bool], Builder]:
    known: dict[tuple[Any, ...], Builder] = {}

    def find_or_make(rule: Rule, append_unknown: bool = True) -> Builder:
        if rule.defaults:  # they go through a converter, which is the map's own
            return make(rule, append_unknown)
        key = (rule.rule, *vars(rule)["_trace"], append_unknown)
        if key not in known:
            known[key] = make(rule, append_unknown)
        return known[key]

    return find_or_make


class CompiledPages(BytecodeCache):
    """What templates became in Python, by their text."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code


def sharing(create: Callable[..., Engine]) -> Callable[..., Engine]:
    dialects: dict[str, Dialect] = {}
    compiled: dict[str, LRUCache[Any, Any]] = {}

    def create_engine(*address: Any, **options: Any) -> Engine:
        engine = create(*address, **options)
        name = engine.dialect.name
        engine.dialect = dialects.setdefault(name, engine.dialect)  # words are remembered by whose they are
        engine.update_execution_options(compiled_cache=compiled.setdefault(name, LRUCache(STATEMENTS)))
        return engine

    return create_engine


def copying(upgrade: Callable[[Engine], None]) -> Callable[[Engine], None]:
    """An empty file of a rehearsal becomes a copy of the first one that was brought up to the schema."""
    first = connect(":memory:", check_same_thread=False)

    def bring_up(engine: Engine) -> None:
        if not is_sqlite(engine) or inspect(engine).get_table_names():
            upgrade(engine)
            return
        is_known = first.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if not is_known:
            upgrade(engine)
        with closing(engine.raw_connection()) as connection:
            file: Any = connection.driver_connection
            source, target = (first, file) if is_known else (file, first)
            source.backup(target)

    return bring_up


def careless(prepare: Callable[..., None]) -> Callable[..., None]:
    """PostgreSQL's share of this is in `tests.rig.postgres`."""
    def prepare_sqlite(connection: Any, record: Any) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    return prepare_sqlite
