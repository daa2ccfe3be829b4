"""Starting the server on one machine. Light on purpose: everything heavy is imported once, by the worker.

`make run` calls this module itself; `popshot run` does the same with the command's imports on top.
"""

import os
import sys
from pathlib import Path

from server.config import BadConfig, Config, load_config
from server.keys import BadKeys, load_keys

ROOT = Path(__file__).resolve().parent.parent
SETUP = "POPSHOT_SETUP"  # tells server/wsgi.py to prepare the database before it serves: "migrate" or "demo"


def serve(config: Config, *, demo: bool) -> None:
    """Become gunicorn, which migrates, seeds the demo when asked to, and serves; never returns."""
    sys.stderr.write(f"database: {config.database_name}\n")
    sys.stderr.flush()
    os.chdir(ROOT)
    os.environ[SETUP] = "demo" if demo else "migrate"
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"])  # noqa: S606


def main() -> None:
    try:
        config = load_config()
        load_keys(Path(config.storage.keys))  # makes them at the first start, and says plainly when it cannot
        serve(config, demo="--demo" in sys.argv[1:])
    except (BadConfig, BadKeys, OSError) as refusal:
        sys.stderr.write(f"popshot: {refusal}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
