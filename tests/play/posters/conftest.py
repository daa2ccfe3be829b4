from tests.rig.app import alice, app, charlie, client, join

__all__ = ["alice", "app", "charlie", "client", "join"]
