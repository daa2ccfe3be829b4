"""The app as gunicorn serves it, but its time stands in a file until a test writes another one there.

A round then takes as long as its requests, and a hundred of them are in the same tick at once.
"""

import os
from datetime import datetime
from pathlib import Path

from server.app import Background, create_app
from server.config import load_config
from server.keys import load_keys

TIME_FILE = "FROZEN_TIME_FILE"


def file_clock() -> datetime:
    return datetime.fromisoformat(Path(os.environ[TIME_FILE]).read_text())


def serve() -> object:
    """For gunicorn: `tests.rig.frozen:serve()`."""
    config = load_config()
    app = create_app(config, load_keys(Path(config.storage.keys)), clock=file_clock)
    background: Background = app.extensions["popshot_background"]
    background.start()
    return app
