"""Thirty-two greenlets write to one SQLite file, one of them yields inside its transaction. Run as a program.

    python -m tests.rig.gate_probe FILE gate|no-gate

Prints {"written": n, "locked_out": m}. Its own process, because gevent patches all of it.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402
from contextlib import nullcontext  # noqa: E402

import gevent  # noqa: E402
from sqlalchemy import event, text  # noqa: E402
from sqlalchemy.exc import OperationalError  # noqa: E402

from server.db import Database, open_database, transaction  # noqa: E402

GREENLETS = 32
BUSY_TIMEOUT_MS = 100  # short, or the control would freeze for 31 times the real one


def main(path: str, gate: str) -> None:
    database = open_database(f"sqlite:///{path}")
    event.listen(database.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}"))
    if gate == "no-gate":
        database.sessions.configure(info={"gate": nullcontext()})
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (writer INTEGER PRIMARY KEY)"))
    writers = [gevent.spawn(_write, database, number) for number in range(GREENLETS)]
    written = sum(writer.get() for writer in writers)
    sys.stdout.write(json.dumps({"written": written, "locked_out": GREENLETS - written}))


def _write(database: Database, number: int) -> bool:
    try:
        with database.sessions() as session, transaction(session):
            session.execute(text("INSERT INTO note VALUES (:number)"), {"number": number})
            if number == 0:
                gevent.sleep(0.01)  # what a socket or a DNS lookup would do
    except OperationalError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
