"""`popshot campaign simulate`: ten thousand campaigns before the first one opens."""

import sys
from datetime import timedelta
from pathlib import Path

import click

from prizes.audience import COHORTS, MIX, Audience
from prizes.forecast import Forecast, PrizeForecast
from prizes.liability import exposures, liability
from server.campaigns.forecast_picture import draw_forecast
from server.campaigns.foresee import foresee, read_outlook
from server.cli_prizes import get_campaign
from server.shell import Refusal, Shell

HEAD = (f"{'prize':<28}{'units':>8}{'left over':>11}{'gone by noon':>14}"
        f"{'given (5, 50, 95 %)':>24}{'won on day':>22}")
MOST_DAYS = 366
GIFT_HITS = 0.7  # ours: how many of a wave's gifts an ordinary player hits


@click.command("simulate")
@click.argument("slug")
@click.option("--players", type=click.IntRange(1, 10_000_000), required=True, help="Expected players in all.")
@click.option("--rounds", type=click.FloatRange(1, 1_000), default=3.0, show_default=True, help="Rounds of each.")
@click.option("--campaigns", type=click.IntRange(10, 100_000), default=10_000, show_default=True)
@click.option("--doubt", type=click.FloatRange(0, 2), default=0.3, show_default=True,
              help="How unsure the number of players is: 0.3 is give or take a third.")
@click.option("--claimed", type=click.FloatRange(0, 1), default=0.8, show_default=True, help="Share that is claimed.")
@click.option("--mix", default=",".join(f"{100 * share:.0f}" for share in MIX.values()), show_default=True,
              help=f"Per cent of {', '.join(COHORTS)} players.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), help=f"Its first days only; {MOST_DAYS} at most.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same answer.")
@click.option("--picture", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the picture, an SVG.")
@click.pass_obj
def simulate(shell: Shell, slug: str, players: int, rounds: float, campaigns: int, doubt: float, claimed: float,
             mix: str, days: int | None, seed: int, picture: Path | None) -> None:
    """Play a campaign thousands of times and tell what may become of each prize."""
    audience = Audience(round(players * rounds), rounds, doubt, claimed, GIFT_HITS, _read_mix(mix))
    with shell.session() as session:
        campaign = get_campaign(session, slug)
        outlook, worst = read_outlook(session, campaign), liability(exposures(session, campaign.facts))
        title = f"{campaign.title(campaign.locales[0])}: what may become of its prizes"
    if not outlook.has_an_end:
        raise Refusal(f"{slug} has no prize that could run out.")
    with click.progressbar(length=campaigns, label="playing", file=sys.stderr) as bar:
        seen = foresee(outlook, audience, campaigns, seed, timedelta(days=days or MOST_DAYS), bar.update)
    click.echo(table(seen))
    most = "without an end" if worst is None else f"{worst / 100:,.2f}"
    click.echo(f"at the very most, whoever plays: {most}")
    if picture is not None:
        picture.write_text(draw_forecast(seen, title), "utf-8")
        click.echo(f"drawn in {picture}")


def _read_mix(given: str) -> dict[str, float]:
    try:
        shares = [float(share) for share in given.split(",")]
    except ValueError:
        shares = []
    if len(shares) != len(COHORTS) or min(shares) < 0 or sum(shares) <= 0:
        raise Refusal(f"--mix must be {len(COHORTS)} numbers with commas between, like 55,32,11,2.")
    return dict(zip(COHORTS, shares, strict=True))


def table(seen: Forecast) -> str:
    """The forecast as lines of text, a prize a line."""
    low, middle, high = seen.cost_cents
    currency = seen.prizes[0].prize.currency
    spent = (f"rounds {_three(seen.rounds)}; prizes given come to {middle / 100:,.2f} {currency} "
             f"({low / 100:,.2f} to {high / 100:,.2f})")
    steps = [f"{step.hits:,} hits by all together: reached in {step.reached:.1%}" for step in seen.steps]
    return "\n".join([HEAD, *map(_line, seen.prizes), "", *steps, spent])


def _line(one: PrizeForecast) -> str:
    when = "never" if one.win_hours is None else " · ".join(f"{hours / 24:.1f}" for hours in one.win_hours)
    return (f"{one.prize.name[:27]:<28}{one.prize.units:>8,}{one.left_over:>11.1%}{one.gone_by_noon:>14.1%}"
            f"{_three(one.given):>24}{when:>22}")


def _three(values: tuple[float, float, float]) -> str:
    return " · ".join(f"{value:,.0f}" for value in values)
