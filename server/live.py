"""The live rooms: one a campaign, joined by its slug, told in a few folded messages a second."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_socketio import SocketIO, join_room
from gevent import monkey

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SLUG = re.compile(r"[A-Za-z0-9_-]{1,64}")
ROOM = "campaign:"
PATH = "/socket.io"
MOST_CLIENT_BYTES = 2048  # players have nothing to say here but which room they want

socketio = SocketIO()


def start_live(app: Flask) -> None:
    """Serve Socket.IO from an app: websocket only, any origin, no cookie (players bring a bearer token or nothing)."""
    plain = app.wsgi_app
    mode = "gevent" if monkey.is_module_patched("socket") else "threading"
    socketio.init_app(app, async_mode=mode, cors_allowed_origins="*", transports=["websocket"], manage_session=False,
                      cookie=None, max_http_buffer_size=MOST_CLIENT_BYTES)
    sockets = app.wsgi_app

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The library makes a class at every call that it hears of; it hears of its own alone."""
        is_socket = environ["PATH_INFO"].startswith(PATH)
        return (sockets if is_socket else plain)(environ, start_response)

    app.wsgi_app = serve  # type: ignore[method-assign]
    engine = socketio.server.eio
    engine._async = {**engine._async, "websocket": _bounded(engine._async["websocket"])}  # noqa: SLF001


def _bounded(open_socket: Callable[..., Any]) -> Callable[..., Any]:
    """The library measures a message once it is whole, so an endless one would fill the memory: end it on the way."""

    def open_bounded(handler: Any, server: Any) -> Any:
        opened = open_socket(handler, server)
        opened.server_args["max_message_size"] = MOST_CLIENT_BYTES
        return opened

    return open_bounded


@socketio.on("connect")
def join(auth: Any = None) -> bool:
    """Let a client into the room of the campaign that it names; refuse one that names none."""
    slug = auth.get("campaign") if isinstance(auth, dict) else None
    if not isinstance(slug, str) or not SLUG.fullmatch(slug):
        return False
    join_room(ROOM + slug)
    return True


def rooms_in_use() -> set[str]:
    """The slugs of the campaigns that somebody listens to in this process."""
    rooms = socketio.server.manager.rooms.get("/", {}) if socketio.server else {}
    return {name.removeprefix(ROOM) for name in list(rooms) if name and name.startswith(ROOM)}


def tell_room(slug: str, update: dict[str, Any]) -> None:
    """Send one folded message to everybody in a campaign's room."""
    socketio.emit("update", update, to=ROOM + slug)
