"""A room's door: what a client may send into it."""

from pathlib import Path
from typing import Any

import pytest
from engineio import WSGIApp  # type: ignore[import-untyped]
from flask import Flask
from simple_websocket import Client, ConnectionClosed  # type: ignore[import-untyped]
from wsproto.events import Ping, TextMessage
from wsproto.frame_protocol import CloseReason

from server.live import MOST_CLIENT_BYTES
from tests.rig.served import installation


def test_a_message_that_never_ends_is_ended_by_the_server(tmp_path: Path) -> None:
    with installation(tmp_path) as served:
        served.start()
        socket = Client(f"ws://localhost:{served.port}/socket.io/?EIO=4&transport=websocket")
        socket.sock.sendall(socket.ws.send(Ping()))  # the client may have overlooked what came with the handshake
        assert str(socket.receive(timeout=60)).startswith("0{")
        part = TextMessage("a" * MOST_CLIENT_BYTES, message_finished=False)
        socket.sock.sendall(socket.ws.send(part) + socket.ws.send(part))
        assert end_of(socket) == CloseReason.MESSAGE_TOO_BIG


@pytest.mark.parametrize(("path", "is_theirs"), [("/healthz", False), ("/socket.io/x", True)])
def test_the_library_hears_of_its_own_calls_alone(
        app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, is_theirs: bool) -> None:
    heard: list[str] = []
    hear = WSGIApp.__call__

    def listen(self: WSGIApp, environ: dict[str, Any], start_response: Any) -> Any:
        heard.append(environ["PATH_INFO"])
        return hear(self, environ, start_response)

    monkeypatch.setattr(WSGIApp, "__call__", listen)
    assert app.test_client().get(path).status_code == (400 if is_theirs else 200)
    assert heard == [path] * is_theirs


def end_of(socket: Client) -> CloseReason | None:
    """Why the server ended the connection; None when it did not. The heartbeat may come first."""
    try:
        while socket.receive(timeout=60) is not None:
            pass
    except ConnectionClosed as closed:
        return CloseReason(closed.reason)
    return None
