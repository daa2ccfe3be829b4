"""Campaigns are looked at over the wire and from the command line, on the whole app."""

from tests.rig.app import alice, app, client, join

__all__ = ["alice", "app", "client", "join"]
