from tests.comments.cast import alice, cast

__all__ = ["alice", "cast"]
