"""`popshot campaign`: from its file to its end, and how it looks."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from sqlalchemy import select

from prizes.liability import exposures, liability
from server.campaigns.campaign import Campaign, Turn, find_campaign
from server.campaigns.draft_file import MOST_BYTES as MOST_FILE
from server.campaigns.draft_file import read_draft
from server.campaigns.dress_campaign import Place, place_picture, wear_theme
from server.campaigns.load_draft import load_draft
from server.campaigns.own_words import change_words
from server.campaigns.publish import Report, check, publish
from server.campaigns.redraw import MOST_BYTES, BadPicture, redraw
from server.campaigns.save_draft import save_draft
from server.campaigns.strict_table import BadDraft
from server.campaigns.theme import BadTheme, Theme, load_themes, read_theme_file
from server.campaigns.turn_campaign import turn_campaign
from server.errors import Problem
from server.rehearsal.start import throw_away_rehearsal
from server.shell import Refusal, Shell, Word
from server.texts import FALLBACK, load_texts

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
DONE = {Turn.PAUSE: "paused", Turn.RESUME: "published again", Turn.END: "ended"}


@click.group("campaign")
def campaign_group() -> None:
    """Campaigns: their files, their looks and their states."""


@campaign_group.command("list")
@click.pass_obj
def list_campaigns(shell: Shell) -> None:
    """List every campaign, the newest window first."""
    with shell.session() as session:
        campaigns = session.scalars(select(Campaign).order_by(Campaign.opens_at.desc())).all()
    for campaign in campaigns:
        is_sealed = "" if campaign.sealed_at is None else ", sealed"
        click.echo(f"{campaign.slug}  {campaign.state}, {campaign.phase(shell.now())}{is_sealed}  "
                   f"{campaign.local(campaign.opens_at)} to {campaign.local(campaign.closes_at)}  "
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
@click.option("--ban", multiple=True, metavar="WORD", help="Hold comments with it; klunk* is any word so begun.")
@click.option("--allow", multiple=True, metavar="WORD", help="Hold no comment for it, whatever the lists say.")
@click.option("--drop", multiple=True, metavar="WORD", help="Take it out of the campaign's own words.")
@click.pass_obj
def words(shell: Shell, slug: str, ban: tuple[str, ...], allow: tuple[str, ...], drop: tuple[str, ...]) -> None:
    """List the campaign's own words, banned and allowed; change them first when told. They hold from then on."""
    try:
        with shell.session() as session:
            campaign = change_words(session, slug, ban, allow, drop)
    except BadDraft as error:
        raise Refusal(f"{error}.") from None
    if campaign is None:
        raise _unknown(slug)
    for word in campaign.banned_words:
        click.echo(f"banned   {word}")
    for word in campaign.allowed_words:
        click.echo(f"allowed  {word}")
    click.echo(f"{len(campaign.banned_words)} banned, {len(campaign.allowed_words)} allowed")


@campaign_group.command()
@click.argument("file", type=FILE)
@click.pass_obj
def load(shell: Shell, file: Path) -> None:
    """Make a draft campaign of a TOML FILE, or make the draft of the same slug anew."""
    texts = load_texts()
    try:
        with file.open("rb") as opened:
            draft = read_draft(opened.read(MOST_FILE + 1), load_themes(texts.of(FALLBACK)), texts.locales)
        with shell.session() as session:
            load_draft(session, draft, shell.now())
    except (BadDraft, BadTheme) as error:
        raise Refusal(f"{file.name}: {error}.") from None
    click.echo(f"{draft.slug} is a draft with {len(draft.prizes)} prize(s); next: popshot campaign check {draft.slug}")


@campaign_group.command()
@click.argument("slug")
@click.pass_obj
def save(shell: Shell, slug: str) -> None:
    """Print a campaign as the file that `load` takes."""
    with shell.session() as session:
        campaign = find_campaign(session, slug)
        if campaign is None:
            raise _unknown(slug)
        click.echo(save_draft(session, campaign, load_themes(load_texts().of(FALLBACK))), nl=False)


@campaign_group.command("check")
@click.argument("slug")
@click.pass_obj
def check_(shell: Shell, slug: str) -> None:
    """List what forbids publishing a draft; exit code 1 when anything does."""
    with shell.session() as session:
        campaign = find_campaign(session, slug)
        if campaign is None:
            raise _unknown(slug)
        report = check(session, campaign, shell.now())
        most = liability(exposures(session, campaign.facts))
    _tell(report)
    click.echo(f"all prizes together may come to {'no end' if most is None else f'{most / 100:,.2f}'}")
    if report.flaws:
        raise SystemExit(1)
    click.echo(f"{slug} can be published")


@campaign_group.command("publish")
@click.argument("slug")
@click.pass_obj
def publish_(shell: Shell, slug: str) -> None:
    """Publish a draft and seal it: its prizes, rules, limits and dates never change again."""
    try:
        with shell.session() as session:
            report = publish(session, slug, partial(shell.terms.award_terms, keep_back=False), shell.now())
            if not report.flaws:
                throw_away_rehearsal(session, shell.database, slug)
    except Problem as problem:
        raise Refusal(problem.detail) from None
    _tell(report)
    if report.flaws:
        raise Refusal(f"{slug} is not published: {len(report.flaws)} flaw(s) forbid it.")
    click.echo(f"{slug} is published and sealed")


def _tell(report: Report) -> None:
    for flaw in report.flaws:
        click.echo(f"{flaw.code}: {flaw.sentence}", err=True)
    for warning in report.warnings:
        click.echo(f"warning, {warning.code}: {warning.sentence}", err=True)


def _turning(command: Callable[..., None]) -> Callable[..., None]:
    """What pause, resume and end are told."""
    for decorate in (click.option("--by", type=Word(), default="operator", show_default=True, help="Who decides."),
                     click.option("--reason", type=Word(), required=True, help="Why, in one word."),
                     click.argument("slug"), campaign_group.command()):
        command = decorate(command)
    return command


@_turning
@click.pass_obj
def pause(shell: Shell, slug: str, reason: str, by: str) -> None:
    """Let no round open until the campaign is resumed; those going on may finish."""
    _turn(shell, slug, Turn.PAUSE, reason, by)


@_turning
@click.pass_obj
def resume(shell: Shell, slug: str, reason: str, by: str) -> None:
    """Open a paused campaign again."""
    _turn(shell, slug, Turn.RESUME, reason, by)


@_turning
@click.pass_obj
def end(shell: Shell, slug: str, reason: str, by: str) -> None:
    """End a campaign before its time, for good; what was won can still be claimed."""
    _turn(shell, slug, Turn.END, reason, by)


def _turn(shell: Shell, slug: str, turn: Turn, reason: str, by: str) -> None:
    with shell.session() as session:
        if not turn_campaign(session, slug, turn, reason, by, shell.now()):
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
