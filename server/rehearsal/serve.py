"""Requests under /rehearsal/<token>/ go to an app of the rehearsal's own, which is made when the first one comes."""

import logging
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import ServiceUnavailable

from server.campaigns.campaign import Campaign
from server.clock import Clock
from server.db import Database
from server.rehearsal.places import TOKEN, open_place
from server.rehearsal.world import root_of
from server.runner import Runner

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_OPEN = 8  # rehearsals that one process keeps open; the one not asked for the longest is closed
LOOK_EVERY = timedelta(seconds=5)
ADDRESS = re.compile(rf"/rehearsal/({TOKEN.pattern})(?=/|$)")

log = logging.getLogger(__name__)

Build = Callable[[str, Database], Flask]  # (token, its database)


@dataclass
class World:
    """An open rehearsal. Nobody runs in the background for it: what is due is done by its own requests."""

    app: Flask
    database: Database
    runner: Runner
    looked_at: datetime | None = None

    def catch_up(self, now: datetime) -> None:
        """Do what has become due, every few seconds at most."""
        if self.looked_at is None or now >= self.looked_at + LOOK_EVERY:
            self.looked_at = now
            self.runner.look()


@dataclass
class Worlds:
    """The rehearsals that this process has open; `build` makes the app of one."""

    live: Database
    build: Build
    opened: dict[str, World] = field(default_factory=dict)  # the one asked for last is the last one
    lock: threading.Lock = field(default_factory=threading.Lock)  # of two first requests one opens

    def find(self, token: str) -> World | None:
        """The rehearsal of a token, opened if need be; None when there is none, or no longer."""
        is_going_on = self._is_going_on(token)
        with self.lock:
            world = self.opened.pop(token, None)
            if not is_going_on:
                _close(world)
                return None
            world = world or self._open(token)
            if world is not None:
                self.opened[token] = world
            if len(self.opened) > MOST_OPEN:
                _close(self.opened.pop(next(iter(self.opened))))
            return world

    def _is_going_on(self, token: str) -> bool:
        """Asked each time: another process may have thrown it away."""
        with self.live.sessions() as session:
            return session.scalar(select(Campaign.id).where(Campaign.rehearsal_token == token)) is not None

    def _open(self, token: str) -> World | None:
        database = open_place(self.live.engine, token)
        if database is None:
            return None
        app = self.build(token, database)
        return World(app, database, app.extensions["popshot_background"].runner)


def _close(world: World | None) -> None:
    """Connections in use are closed as they come back."""
    if world is not None:
        world.database.engine.dispose()


class RehearsalGate:
    """The WSGI layer before the live app, which answers whatever is no rehearsal: an unknown token like any address."""

    def __init__(self, live_app: "WSGIApplication", worlds: Worlds, clock: Clock) -> None:
        self.live_app, self.worlds, self.clock = live_app, worlds, clock

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked = ADDRESS.match(environ.get("PATH_INFO", ""))
        if asked is None:
            return self.live_app(environ, start_response)
        try:
            world = self.worlds.find(asked[1])
        except SQLAlchemyError:
            log.exception("the database was busy or away when a rehearsal was asked for")
            return ServiceUnavailable()(environ, start_response)
        if world is None:
            return self.live_app(environ, start_response)
        world.catch_up(self.clock())
        inside = {"SCRIPT_NAME": root_of(asked[1]), "PATH_INFO": environ["PATH_INFO"][asked.end():] or "/"}
        return world.app({**environ, **inside}, start_response)
