"""Ids that a run makes again: whatever is drawn or sorted by them comes the same the next time."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch


@contextmanager
def same_ids() -> Iterator[None]:
    """Inside, the n-th id that is made is always the same one; like real ones, none tells which came first.

    What `new_id` asks is replaced, and not the function: columns hold it as their default.
    """
    numbers = count()

    def token_hex(nbytes: int) -> str:
        return hashlib.sha256(f"id {next(numbers)}".encode()).hexdigest()[:2 * nbytes]

    with patch("prizes.db.secrets", SimpleNamespace(token_hex=token_hex)):
        yield
