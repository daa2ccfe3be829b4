"""Who may frame what: the game's own page the listed sites, everything else nobody, whatever is asked and how."""

from flask import Flask
from sqlalchemy import update

from server.campaigns.campaign import Campaign
from server.db import Database
from tests.rig.play import Player
from tests.wire.test_manners import addresses

LISTED = ["https://blog.example", "https://*.shop.example"]
FRAMED = "/e/boss"  # the one page made for frames
FILES = "/static/"  # pictures and scripts: nothing in them can be clicked


def framers(app: Flask, method: str, path: str, **headers: str) -> list[str]:
    """Whom the answer lets frame it."""
    policy = app.test_client().open(path, method=method, headers=headers).headers.get("Content-Security-Policy", "")
    found = [rule.split()[1:] for rule in policy.split(";") if rule.strip().startswith("frame-ancestors")]
    assert len(found) <= 1, (method, path, policy)
    return found[0] if found else ["*"]


def test_only_the_page_made_for_frames_may_be_framed(app: Flask, alice: Player, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(Campaign).values(framed_by=LISTED))
    round_id = alice.play(1, enough=200).id
    known = {"Authorization": f"Bearer {alice.token}"}
    open_to = {(method, path): who for method, path in addresses(app, round_id=round_id, code="7K3QF-9TZ2M-WX4NB-H8D1C")
               for headers in ({}, known) if (who := framers(app, method, path, **headers)) != ["'none'"]}
    assert {path for _, path in open_to if not path.startswith(FILES)} == {FRAMED}
    assert open_to["GET", FRAMED] == LISTED


def test_no_question_opens_another_page_to_frames(app: Flask, alice: Player) -> None:
    round_id = alice.play(1, enough=200).id
    for asked in ("framed", "framed=1&look=0", "preview=", "embed=1", "preview=x&framed", "lang=fr"):
        for page in ("/", "/c/boss", "/claim", "/claim/none", "/me", f"/r/{round_id}", "/fairness", "/backoffice/"):
            assert framers(app, "GET", f"{page}?{asked}") == ["'none'"], (page, asked)


def test_a_campaign_that_lists_nobody_is_framed_by_nobody(app: Flask, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(Campaign).values(framed_by=[]))
    assert framers(app, "GET", FRAMED) == ["'none'"]
