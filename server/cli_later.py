"""`popshot standings` and `popshot draw`: what is given when a campaign is over."""

import click

from prizes.slots import Given
from server.cli_prizes import get_campaign
from server.play.places import confirm, draw_by_witness, reject_place, show_places
from server.play.show_draw import show_draw
from server.shell import Kept, Shell, by_option


@click.group("standings")
def standings_group() -> None:
    """Places that carry prizes."""


@standings_group.command("show")
@click.argument("slug")
@click.pass_obj
def show(shell: Shell, slug: str) -> None:
    """List a campaign's places with who has them and whether a person has confirmed them."""
    with shell.session() as session:
        places = show_places(session, get_campaign(session, slug), shell.terms, shell.now())
    for given in places:
        click.echo(_line(given))
    click.echo(f"{len(places)} listed")


def _line(given: Given) -> str:
    award = given.award
    if award is None:
        return f"{given.slot.number}  " + ("left over: nobody is left in line" if given.slot.is_over else "vacant")
    return f"{given.slot.number}  {award.state}  round {award.round_id}  award {award.id}"


@standings_group.command("confirm")
@click.argument("slug")
@click.argument("places", nargs=-1, type=click.IntRange(1))
@by_option
@click.pass_obj
def confirm_(shell: Shell, slug: str, places: tuple[int, ...], by: str) -> None:
    """Let the prizes of PLACES be claimed, of every place when none is named. Watch their rounds first."""
    with shell.session() as session:
        awards = confirm(session, get_campaign(session, slug), places, by, shell.terms, shell.now())
    click.echo(f"{len(awards)} place(s) confirmed; their prizes can be claimed now")


@standings_group.command("reject")
@click.argument("slug")
@click.argument("place", type=click.IntRange(1))
@click.option("--reason", type=Kept(200), required=True, help="Why; staff read it, the player does not.")
@by_option
@click.pass_obj
def reject(shell: Shell, slug: str, place: int, reason: str, by: str) -> None:
    """Reject the round of PLACE; the place falls to the next in line."""
    with shell.session() as session:
        reject_place(session, get_campaign(session, slug), place, reason, by, shell.terms, shell.now())
    click.echo(f"place {place} went to the next in line")


@click.group("draw")
def draw_group() -> None:
    """Draws among those who played."""


@draw_group.command("show")
@click.argument("slug")
@click.pass_obj
def show_(shell: Shell, slug: str) -> None:
    """Tell how a campaign's draw stands."""
    with shell.session() as session:
        campaign = get_campaign(session, slug)
        told = show_draw(session, campaign, shell.terms, campaign.locales[0], shell.now()).as_json()
    slots, line, struck = told.pop("slots"), told.pop("line"), told.pop("struck")
    for name, value in told.items():
        click.echo(f"{name}: {value}")
    for slot in slots:
        click.echo(f"{slot['slot']}  {slot['prize']['name']}: {slot['state']}  {slot.get('entry', '')}".rstrip())
    for one in line:
        slot = f"  slot {one['slot']}" if "slot" in one else ""
        click.echo(f"drawn {one['drawn']}  {one['entry']}  player {one['player']}  {one['fate']}{slot}")
    for entry in struck:
        click.echo(f"struck from the list  {entry['entry']}  {entry.get('at', '')}".rstrip())


@draw_group.command("witness")
@click.argument("slug")
@click.option("--name", type=Kept(120), required=True, help="Who stands by: it is shown publicly.")
@click.option("--value", type=Kept(200), required=True, help="What was thrown or drawn before everybody, as text.")
@click.pass_obj
def witness(shell: Shell, slug: str, name: str, value: str) -> None:
    """Draw with a value that nobody could know when the entries were frozen. The first value counts."""
    with shell.session() as session:
        is_first = draw_by_witness(session, get_campaign(session, slug), name, value, shell.terms, shell.now())
    click.echo("drawn" if is_first else "this draw was made before; its result stands")
