"""A room's door: what a client may send into it."""

from pathlib import Path

from simple_websocket import Client, ConnectionClosed  # type: ignore[import-untyped]
from wsproto.events import TextMessage
from wsproto.frame_protocol import CloseReason

from server.live import MOST_CLIENT_BYTES
from tests.rig.served import installation


def test_a_message_that_never_ends_is_ended_by_the_server(tmp_path: Path) -> None:
    with installation(tmp_path) as served:
        served.start()
        socket = Client(f"ws://localhost:{served.port}/socket.io/?EIO=4&transport=websocket")
        assert str(socket.receive(timeout=60)).startswith("0{")
        part = TextMessage("a" * MOST_CLIENT_BYTES, message_finished=False)
        socket.sock.sendall(socket.ws.send(part) + socket.ws.send(part))
        assert end_of(socket) == CloseReason.MESSAGE_TOO_BIG


def end_of(socket: Client) -> CloseReason | None:
    """Why the server ended the connection; None when it did not. The heartbeat may come first."""
    try:
        while socket.receive(timeout=60) is not None:
            pass
    except ConnectionClosed as closed:
        return CloseReason(closed.reason)
    return None
