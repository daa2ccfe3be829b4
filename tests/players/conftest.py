"""Play is tested over the wire, on the whole app."""

from tests.rig.app import alice, app, charlie, client, join

__all__ = ["alice", "app", "charlie", "client", "join"]
