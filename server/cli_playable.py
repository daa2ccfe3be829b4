"""`popshot playable`: a campaign's practice as one HTML file, for hosts of playable advertisements and webviews."""

from pathlib import Path

import click

from server.campaigns.campaign import find_campaign
from server.play.practice_page import Practice, TooHeavy, from_source, make_practice
from server.shell import Refusal, Shell, Word
from server.static_files import is_bundled
from server.texts import load_texts


@click.command("playable")
@click.argument("slug")
@click.option("--lang", help="The language of the file; the campaign's first one when it is left out.")
@click.option("--source", type=Word(), help="Told to the real game as utm_source, such as tiktok.")
@click.option("--mraid", is_flag=True, help="For hosts that ask for the script mraid.js; they may then add scripts.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@click.pass_obj
def playable(shell: Shell, slug: str, lang: str | None, source: str | None, out: Path, *, mraid: bool) -> None:
    """Write the practice of a campaign into one file that fetches nothing until its player leaves for the game."""
    texts = load_texts()
    with shell.session() as session:
        campaign = find_campaign(session, slug)
        if campaign is None:
            raise Refusal(f"There is no campaign {slug!r}; `popshot campaign list` lists them.")
        spoken = texts.spoken(campaign.locales)
        if lang is not None and lang not in spoken:
            raise Refusal(f"{slug} does not speak {lang!r}; it speaks {', '.join(spoken)}.")
        wanted = Practice(shell.config.public_url, lang or spoken[0], from_source(source), has_mraid=mraid)
        try:
            page = make_practice(session, campaign, texts, wanted)
        except TooHeavy as refusal:
            raise Refusal(str(refusal)) from None
    try:
        out.write_bytes(page.content)
    except OSError as error:
        raise Refusal(f"{out} cannot be written: {error.strerror}.") from None
    if not is_bundled():
        click.echo("the game's modules are newer than the script in it; run: make bundle", err=True)
    click.echo(f"{out}: {len(page.content):,} bytes, leads to {wanted.address(slug)}")
