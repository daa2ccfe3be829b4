"""`popshot campaign`: what runs, how it looks, and pausing, resuming or ending it."""

from pathlib import Path

import click
from sqlalchemy import select

from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.dress_campaign import Place, place_picture, wear_theme
from server.campaigns.redraw import MOST_BYTES, BadPicture, redraw
from server.campaigns.theme import BadTheme, Theme, load_themes, read_theme_file
from server.campaigns.turn_campaign import Turn, turn_campaign
from server.shell import Refusal, Shell
from server.texts import FALLBACK, load_texts

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
DONE = {Turn.PAUSE: "paused", Turn.RESUME: "published again", Turn.END: "ended"}


@click.group("campaign")
def campaign_group() -> None:
    """Campaigns: their looks and their states."""


@campaign_group.command("list")
@click.pass_obj
def list_campaigns(shell: Shell) -> None:
    """List every campaign, the newest window first."""
    with shell.session() as session:
        campaigns = session.scalars(select(Campaign).order_by(Campaign.opens_at.desc())).all()
    for campaign in campaigns:
        click.echo(f"{campaign.slug}  {campaign.state}, {campaign.phase(shell.now())}  "
                   f"{campaign.opens_at:%Y-%m-%d %H:%M} to {campaign.closes_at:%Y-%m-%d %H:%M} UTC  "
                   f"{campaign.brand}  {', '.join(campaign.locales)}")
    click.echo(f"{len(campaigns)} listed")


@campaign_group.command()
@click.argument("slug")
@click.argument("name", required=False)
@click.option("--file", "file", type=FILE, help="A theme of your own.")
@click.pass_obj
def theme(shell: Shell, slug: str, name: str | None, file: Path | None) -> None:
    """Give a campaign the ready theme NAME, or the one in a file. It replaces all of its looks, pictures too."""
    try:
        chosen = _chosen_theme(name, file)
        with shell.session() as session:
            if not wear_theme(session, slug, chosen):
                raise _unknown(slug)
    except BadTheme as error:
        raise Refusal(f"{error}.") from None
    click.echo(f"{slug} wears the theme {name or file}")


@campaign_group.command()
@click.argument("slug")
@click.argument("file", type=FILE)
@click.option("--as", "place", type=click.Choice([place.value for place in Place]), required=True,
              help="The boss's head, or the brand's logo.")
@click.pass_obj
def picture(shell: Shell, slug: str, file: Path, place: str) -> None:
    """Put a PNG, JPEG, WebP or GIF into a campaign's theme."""
    try:
        with file.open("rb") as upload:
            redrawn = redraw(upload.read(MOST_BYTES + 1))
    except BadPicture as error:
        raise Refusal(f"{error} ({error.code})") from None
    with shell.session() as session:
        picture_id = place_picture(session, slug, redrawn, Place(place), shell.now())
    if picture_id is None:
        raise _unknown(slug)
    click.echo(f"{slug} shows it as its {place}: {redrawn.width} × {redrawn.height}, {len(redrawn.content)} bytes, "
               f"{shell.config.public_url}/pictures/{picture_id}")


@campaign_group.command()
@click.argument("slug")
@click.pass_obj
def pause(shell: Shell, slug: str) -> None:
    """Let no round open until the campaign is resumed; those going on may finish."""
    _turn(shell, slug, Turn.PAUSE)


@campaign_group.command()
@click.argument("slug")
@click.pass_obj
def resume(shell: Shell, slug: str) -> None:
    """Open a paused campaign again."""
    _turn(shell, slug, Turn.RESUME)


@campaign_group.command()
@click.argument("slug")
@click.pass_obj
def end(shell: Shell, slug: str) -> None:
    """End a campaign before its time, for good; what was won can still be claimed."""
    _turn(shell, slug, Turn.END)


def _turn(shell: Shell, slug: str, turn: Turn) -> None:
    with shell.session() as session:
        if not turn_campaign(session, slug, turn):
            campaign = find_campaign(session, slug)
            raise Refusal(f"{slug} is {campaign.state}: it cannot {turn}.") if campaign else _unknown(slug)
    click.echo(f"{slug} is {DONE[turn]}")


def _chosen_theme(name: str | None, file: Path | None) -> Theme:
    if (name is None) == (file is None):
        raise click.UsageError("Give the name of a ready theme, or --file, one of the two.")
    known_keys = load_texts().of(FALLBACK)
    if file is not None:
        return read_theme_file(file, known_keys)
    ready = load_themes(known_keys)
    if name not in ready:
        raise Refusal(f"There is no theme {name!r}; there are {', '.join(ready)}.")
    return ready[name]


def _unknown(slug: str) -> Refusal:
    return Refusal(f"There is no campaign {slug!r}; `popshot campaign list` lists them.")
