"""`popshot staff`, and the link that a first start prints."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from server.backoffice.rights import Role
from server.backoffice.staff.first_owner import invite_first_owner
from server.backoffice.staff.link import find_link, hash_of
from server.cli_staff import staff_group
from server.clock import system_clock
from server.config import load_config
from server.db import Database
from server.errors import Problem
from server.shell import Shell
from tests.office.cast import BRAND, Office
from tests.office.staff.door import Door, hire


@pytest.fixture
def popshot(database: Database) -> Callable[..., Result]:
    """`popshot staff` with these words."""
    config = load_config(environ={"PUBLIC_URL": "https://play.example",
                                  "DATABASE_URL": database.engine.url.render_as_string(hide_password=False)})
    return lambda *words, typed="": CliRunner().invoke(staff_group, words, input=typed, obj=Shell(config))


def test_the_operator_invites_by_a_link(database: Database, popshot: Callable[..., Result]) -> None:
    made = popshot("invite", "--brand", BRAND, "--role", "owner", "--email", "Bob@example.com")
    assert made.stdout.startswith("https://play.example/backoffice/welcome#")
    assert "once, for 168 hours" in made.stderr
    with database.sessions() as session:
        link = find_link(session, hash_of(made.stdout.strip().partition("#")[2]), system_clock())
        assert link is not None
        assert (link.role, link.email, link.made_by) == (Role.OWNER, "bob@example.com", None)


@pytest.mark.parametrize(("words", "told"), [
    (("invite", "--brand", BRAND, "--role", "king"), "'king' is not one of"),
    (("invite", "--brand", BRAND, "--role", "owner", "--email", "nobody"), "no e-mail address"),
    (("reset", "--email", "mona@example.com"), "Nobody has an account"),
    (("list", "--brand", "Acme"), "There is no brand 'Acme'"),
])  # fmt: skip
def test_what_the_operator_cannot_mean_is_refused(popshot: Callable[..., Result], words: tuple[str, ...],
                                                 told: str) -> None:
    refused = popshot(*words)
    assert (refused.exit_code, told in refused.stderr) == (2, True)


def test_the_operator_lists_and_helps_back_in(office: Office, door: Door, popshot: Callable[..., Result]) -> None:
    hire(office, Role.OWNER, Role.AUDITOR)
    assert popshot("list").stdout == f"{BRAND}  bob@example.com  owner,auditor  second factor  seen never\n"
    made = popshot("reset", "--email", "bob@example.com", "--second-factor")
    office.clock.now = system_clock()
    assert door.open(made.stdout.strip().partition("#")[2]).get_json() == {"to": "/backoffice/new-password"}


def test_the_operator_erases_who_types_the_address_twice(office: Office, popshot: Callable[..., Result]) -> None:
    for name in ("mona", "bob"):
        office.sign_in(Role.OWNER, name=name)
    erase_bob = ("erase", "--email", "bob@example.com")
    other = popshot(*erase_bob, typed="mona@example.com\n")
    assert (other.exit_code, "nothing was erased" in other.stderr) == (2, True)
    assert "bob@example.com" in popshot("list").stdout
    assert popshot(*erase_bob, typed="bob@example.com\n").exit_code == 0
    assert "bob@example.com" not in popshot("list").stdout
    last = popshot("erase", "--email", "mona@example.com", typed="mona@example.com\n")
    assert isinstance(last.exception, Problem)  # which the whole command tells as a refusal
    assert last.exception.code == "last_owner"
    assert "mona@example.com" in popshot("list").stdout


def test_a_first_owner_is_invited_until_there_is_somebody(office: Office, door: Door) -> None:
    with office.database.sessions() as session:
        assert invite_first_owner(session, "Nobody & Co", office.clock()) is None
        secret = invite_first_owner(session, BRAND, office.clock())
        assert secret is not None
        assert invite_first_owner(session, BRAND, office.clock()) not in (None, secret)
        assert door.open(secret).get_json() == {"to": "/backoffice/join"}
        hire(office, Role.MODERATOR)
        assert invite_first_owner(session, BRAND, office.clock()) is None
