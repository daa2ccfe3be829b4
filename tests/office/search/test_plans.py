"""Where rows are many, an index alone answers: what is asked walks neither through a table nor through all that a
campaign has.

Seen to fail: rounds joined to their campaigns beside the beginning of their ids were read campaign by campaign, which
took two seconds at a million.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from server.backoffice.rights import Role
from tests.office.cast import Office
from tests.office.home.played import put_awards, put_rounds
from tests.rig.app import fresh_app
from tests.rig.clock import NOON, FakeClock
from tests.rig.databases import fresh_sqlite
from tests.rig.desk import Said, put_comments

MANY = ("round", "award", "comment", "player", "submission", "stock_entry", "ruling")
WALKED = re.compile(rf"SCAN ({'|'.join(MANY)})\b|SEARCH ({'|'.join(MANY)})\b.*\(campaign_id=\?\)$")
ASKED = ("/backoffice/search/box?q=abcd", "/backoffice/search/box?q=Sunny+Otter", "/backoffice/search?q=boss",
         "/backoffice/", "/backoffice/api/moderation/queue", "/backoffice/api/moderation/figures")


@pytest.mark.parametrize("address", ASKED)
def test_nothing_is_walked_through(prepared_sqlite: Path, tmp_path: Path, clock: FakeClock, address: str) -> None:
    with fresh_sqlite(prepared_sqlite, tmp_path) as database:
        office = Office(fresh_app(database, clock), database, clock)
        put_rounds(database, "boss", NOON)
        put_awards(database, "boss", NOON)
        put_comments(database, [Said("one")], NOON)
        bob = office.sign_in(Role.OWNER)
        asked = list[tuple[str, Any]]()
        event.listen(database.engine, "before_cursor_execute",
                     lambda _connection, _cursor, statement, told, *_: asked.append((statement, told)))
        assert bob.get(address).status_code == 200
        with database.engine.connect() as connection:
            plans = {statement: [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", told)]
                     for statement, told in list(asked) if statement.startswith("SELECT")}
        walked = {statement: plan for statement, plan in plans.items()
                  if any(WALKED.match(step) for step in plan)}
        assert plans
        assert walked == {}
