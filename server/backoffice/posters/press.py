"""Where sheets are made beside the process's other work: one at a time, on a thread of gevent's pool."""

import threading
from collections.abc import Callable

from flask import current_app
from gevent import get_hub


class Press:
    def __init__(self) -> None:
        self._turn = threading.Lock()  # patched under gevent: who waits parks its greenlet, not the process

    def run(self, make: Callable[[], bytes]) -> bytes:
        """What `make` makes; it must touch neither the request nor a database."""
        with self._turn:
            made: bytes = get_hub().threadpool.apply(make)
        return made


def current_press() -> Press:
    """The press of the running app."""
    press: Press = current_app.extensions["popshot_press"]
    return press
