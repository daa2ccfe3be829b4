"""An app served from this very process, so that a test may move its clock and look into its books."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server


@contextmanager
def served_here(app: Flask, port: int) -> Iterator[None]:
    """Serve an app on a port of localhost until the end of the block."""
    server = make_server("localhost", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()
