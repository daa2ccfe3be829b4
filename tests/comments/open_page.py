"""A reader's page that stands open: it shows what its room tells, and takes away what its room takes back."""

from typing import Any

from flask_socketio import SocketIOTestClient


class OpenPage:
    """`heard` is all that came since the last time, `shown` the comments that it shows by id."""

    def __init__(self, room: SocketIOTestClient) -> None:
        self.room = room
        self.shown: dict[str, dict[str, Any]] = {}
        self.heard: list[Any] = []

    def hear(self) -> None:
        self.heard = [message["args"] for message in self.room.get_received()]
        for (update,) in self.heard:
            for gone in update.get("rulings", ()):
                self.shown.pop(gone, None)
            for comment in update.get("comments", ()):
                for one in (comment, *comment.get("replies", ())):
                    self.shown[one["id"]] = {name: told for name, told in one.items() if name != "replies"}

    @property
    def visible(self) -> list[dict[str, Any]]:
        """A reply goes with its parent."""
        return [one for one in self.shown.values() if one["reply_to"] is None or one["reply_to"] in self.shown]

    def close(self) -> None:
        self.room.disconnect()
