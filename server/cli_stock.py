"""`popshot prize restock|withdraw|correct`: units that come and go by hand, each with a word why and by whom."""

from collections.abc import Callable

import click
from sqlalchemy.orm import Session

from prizes.stock import Stock, correct
from prizes.units import UnitsAreCodes, is_voucher, receive_units, withdraw_units
from server.cli_prizes import MOST_UNITS, UNITS, refuse_move
from server.db import transaction
from server.shell import Refusal, Shell, Word

by_option = click.option("--by", type=Word(), default="operator", show_default=True, help="Who does it, as a word.")


@click.command("restock")
@click.argument("prize_id")
@click.argument("units", type=UNITS)
@click.option("--reason", type=Word(), default="delivered", show_default=True)
@by_option
@click.pass_obj
def restock_(shell: Shell, prize_id: str, units: int, reason: str, by: str) -> None:
    """Receive UNITS more of a prize."""
    stock = _move(shell, prize_id, units,
                  lambda session: receive_units(session, prize_id, units, shell.now(), reason, by),
                  f"There is no prize {prize_id}.")
    click.echo(f"{stock.received} received in all, {stock.free} free")


@click.command("withdraw")
@click.argument("prize_id")
@click.argument("units", type=UNITS)
@click.option("--reason", type=Word(), required=True)
@by_option
@click.pass_obj
def withdraw_(shell: Shell, prize_id: str, units: int, reason: str, by: str) -> None:
    """Take UNITS of a prize that are free out of play for good; of a voucher prize, as many codes too."""
    stock = _move(shell, prize_id, 0,
                  lambda session: withdraw_units(session, prize_id, units, shell.now(), reason, by),
                  f"There are no {units} free units of a prize {prize_id}.")
    click.echo(f"{stock.withdrawn} withdrawn in all, {stock.free} free")


@click.command("correct", context_settings={"ignore_unknown_options": True})
@click.argument("prize_id")
@click.argument("units", type=click.IntRange(-MOST_UNITS, MOST_UNITS))
@click.option("--reason", type=Word(), default="recounted", show_default=True)
@by_option
@click.pass_obj
def correct_(shell: Shell, prize_id: str, units: int, reason: str, by: str) -> None:
    """After a recount: UNITS more of a prize are there than the books say, or fewer (-3)."""

    def recount(session: Session) -> bool:
        if is_voucher(session, prize_id):
            raise UnitsAreCodes("The units of a voucher prize are its codes; import or withdraw those")
        return correct(session, prize_id, units, shell.now(), reason, by)

    if units == 0:
        raise Refusal("0 units correct nothing.")
    stock = _move(shell, prize_id, max(0, units), recount, f"So many units of a prize {prize_id} are not free.")
    click.echo(f"{stock.received} received in all, {stock.free} free")


def _move(shell: Shell, prize_id: str, gained: int, move: Callable[[Session], bool], refusal: str) -> Stock:
    """Make a move of stock that is no award's, and brings so many units; the stock afterwards."""
    with shell.session() as session:
        try:
            with transaction(session):
                refuse_move(session, prize_id, gained)
                if not move(session):
                    raise Refusal(refusal)
        except UnitsAreCodes as codes:
            raise Refusal(f"{codes}.") from None
        return session.get_one(Stock, prize_id)


STOCK_COMMANDS = (restock_, withdraw_, correct_)
