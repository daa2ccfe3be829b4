"""What is secret or typed by people is in no log line: not in a value's repr, not in a database error."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from server.app import create_app
from server.db import Database
from server.keys import derive_keys
from tests.rig.app import MASTER, calm_config


def test_no_key_shows_in_the_repr_of_what_carries_it(database: Database) -> None:
    keys = derive_keys(MASTER)
    app = create_app(calm_config(), keys, database=database)
    shown = " ".join(map(repr, (keys, *app.extensions.values())))
    assert "popshot" in shown
    assert not [name for name, key in vars(keys).items() if repr(key) in shown]


def test_a_database_error_shows_no_value(database: Database) -> None:
    with database.sessions() as session, pytest.raises(SQLAlchemyError) as failed:
        session.execute(text("INSERT INTO nowhere VALUES (:email)"), {"email": "alice@example.org"})
    assert "nowhere" in str(failed.value)
    assert "alice" not in str(failed.value)
