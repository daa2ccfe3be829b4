"""`popshot staff`: hand over the links by which people come in, see who may, erase who has left."""

from collections.abc import Iterator

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.backoffice.audit.erase_staff import erase_staff
from server.backoffice.rights import Role
from server.backoffice.staff.link import INVITE_FOR, RESET_FOR, address_of, invite, reset
from server.backoffice.staff.overview import Person, staff_page
from server.backoffice.staff.person import find_staff
from server.backoffice.staff.security import find_email
from server.campaigns.brand import Brand, brand_named, find_brand
from server.clock import rfc3339
from server.db import transaction
from server.shell import Kept, Refusal, Shell


class Email(click.ParamType[str]):
    """An e-mail address in the one form in which it is kept."""

    name = "email"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = find_email(str(value))
        if found is None:
            raise Refusal(f"{value!r} is no e-mail address.")
        return found


@click.group("staff")
def staff_group() -> None:
    """Who may come into the back office."""


@staff_group.command("invite")
@click.option("--brand", type=Kept(120), required=True, help="The brand's name; it is made if there is none.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--email", type=Email(), help="Then only this address can take the invitation up.")
@click.pass_obj
def invite_(shell: Shell, brand: str, role: str, email: str | None) -> None:
    """Print a link that makes somebody staff of a brand. Who has the link can use it, once: hand it over safely."""
    with shell.session() as session:
        with transaction(session):
            brand_id = brand_named(session, brand, shell.now())
        _, secret = invite(session, brand_id, Role(role), None, shell.now(), email)
    _print_link(shell, secret, INVITE_FOR.days * 24)


@staff_group.command("reset")
@click.option("--email", type=Email(), required=True, help="Whose password it is.")
@click.option("--second-factor", is_flag=True, help="Take the passkeys, the app and the recovery codes away too.")
@click.pass_obj
def reset_(shell: Shell, email: str, *, second_factor: bool) -> None:
    """Print a link by which somebody chooses a new password."""
    with shell.session() as session:
        _, secret = reset(session, _staff_id(session, email), None, shell.now(), clears_factor=second_factor)
    _print_link(shell, secret, int(RESET_FOR.total_seconds()) // 3600)


@staff_group.command("erase")
@click.option("--email", type=Email(), required=True, help="Who is erased.")
@click.pass_obj
def erase_(shell: Shell, email: str) -> None:
    """Erase somebody for good: name, address, ways in, every word typed. What was done stays in the log, nameless."""
    if click.prompt("This cannot be undone. Type the address again", type=Email()) != email:
        raise Refusal("That is another address; nothing was erased.")
    with shell.session() as session:
        erase_staff(session, _staff_id(session, email))
    click.echo("erased")


@staff_group.command("list")
@click.option("--brand", type=Kept(120), help="Of this brand only.")
@click.pass_obj
def list_(shell: Shell, brand: str | None) -> None:
    """Tell who is staff: brand, address, roles, second factor, last seen."""
    with shell.session() as session:
        for name, person in _people(session, brand):
            roles = ",".join(person.roles) + (" (suspended)" if person.is_suspended else "")
            seen = rfc3339(person.seen_at) if person.seen_at else "never"
            factor = "second factor" if person.has_factor else "password only"
            click.echo(f"{name}  {person.email}  {roles}  {factor}  seen {seen}")


def _staff_id(session: Session, email: str) -> str:
    """Raises Refusal for an address that nobody has."""
    staff = find_staff(session, email)
    if staff is None:
        raise Refusal(f"Nobody has an account with the address {email}.")
    return staff.id


def _people(session: Session, brand: str | None) -> Iterator[tuple[str, Person]]:
    """Raises Refusal for a brand that there is not."""
    known = [find_brand(session, brand)] if brand else session.scalars(select(Brand).order_by(Brand.name)).all()
    for one in known:
        if one is None:
            raise Refusal(f"There is no brand {brand!r}.")
        for person in staff_page(session, one.id).people:
            yield one.name, person


def _print_link(shell: Shell, secret: str, hours: int) -> None:
    click.echo(f"works once, for {hours} hours; whoever opens it first may use it", err=True)
    click.echo(address_of(shell.config.public_url, secret))
