"""Where uploads are redrawn beside the process's other work: one at a time, since a large photo fills 200 MB."""

import threading

from flask import current_app
from gevent import get_hub

from server.campaigns.redraw import BadPicture, Crop, Redrawn, redraw


class Easel:
    def __init__(self) -> None:
        self._turn = threading.Lock()  # patched under gevent: who waits parks its greenlet, not the process

    def redraw(self, upload: bytes, most_side: int, crop: Crop | None, most_kept: int) -> Redrawn:
        """As `redraw`, on a thread of gevent's pool; raises BadPicture."""
        with self._turn:
            drawn: Redrawn | BadPicture = get_hub().threadpool.apply(_draw, (upload, most_side, crop, most_kept))
        if isinstance(drawn, BadPicture):
            raise drawn
        return drawn


def _draw(upload: bytes, most_side: int, crop: Crop | None, most_kept: int) -> Redrawn | BadPicture:
    """A refusal as a value: what a thread of the pool raises is printed as if the server were broken."""
    try:
        return redraw(upload, most_side, crop, most_kept)
    except BadPicture as bad:
        return bad


def current_easel() -> Easel:
    """The easel of the running app."""
    easel: Easel = current_app.extensions["popshot_easel"]
    return easel
