"""These tests speak to the whole app, over the wire."""

from tests.rig.app import alice, app, charlie, client, join

__all__ = ["alice", "app", "charlie", "client", "join"]
