"""These tests look at the whole app from its loops and its command line."""

from tests.rig.app import alice, app, charlie, client, join

__all__ = ["alice", "app", "charlie", "client", "join"]
