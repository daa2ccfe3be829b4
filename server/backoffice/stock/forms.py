"""The forms of the stock desk: what was typed is kept, and each fault is told in its field's words."""

import re
from typing import Any

from wtforms import FileField, HiddenField, StringField, ValidationError
from wtforms.fields.core import Field

from prizes.db import new_id
from server.backoffice.form import OfficeForm
from server.backoffice.page import office_locale, say
from server.backoffice.stock.move_stock import MOST_UNITS, Deed, Order
from server.errors import Problem
from server.words import say_number

MOST_WHY = 500
ONCE = re.compile("[0-9a-f]{20}")
NUMBER = re.compile(r"[+-]?[0-9]{1,12}")
SPACES = dict.fromkeys(map(ord, "  \u202f\u2009'’"))
MINUS = str.maketrans("\u2212\u2013", "--")


class OnceForm(OfficeForm):
    """A form that does what it asks once, however often it is sent."""

    once = HiddenField()

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.once.data = self.once.data or new_id()

    @property
    def key(self) -> str:
        """Raises Problem malformed for what no page of ours wrote."""
        key = str(self.once.data)
        if not ONCE.fullmatch(key):
            raise Problem("malformed", "This form is not complete; open its page again.")
        return key


class MoveForm(OnceForm):
    """Units of a prize to bring in, recount or take out."""

    units = StringField()
    why = StringField()
    confirmation = StringField()

    def __init__(self, deed: Deed, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.deed = deed
        self.units.label.text, self.why.label.text = say(f"stock.{deed}.units"), say("stock.why")
        self.units.flags.required = self.why.flags.required = True
        self.units.render_kw = {"inputmode": "text" if deed == Deed.CORRECT else "numeric", "autocomplete": "off",
                                "maxlength": 15}
        self.why.render_kw = {"maxlength": MOST_WHY, "autocomplete": "off"}

    def validate_units(self, field: Field) -> None:
        least = -MOST_UNITS if self.deed == Deed.CORRECT else 1
        number = _number(field.data)
        if number is None or not least <= number <= MOST_UNITS or number == 0:
            raise ValidationError(say(f"stock.units_between.{self.deed}", most=say_number(office_locale(), MOST_UNITS)))

    def validate_why(self, field: Field) -> None:
        _refuse_bad_text(field)

    def validate_confirmation(self, field: Field) -> None:
        if self.deed == Deed.WITHDRAW and (field.data or "").strip() != say("stock.withdraw_word"):
            raise ValidationError(say("stock.confirm", word=say("stock.withdraw_word")))

    def order(self, prize_id: str, by: str) -> Order:
        """What a form without faults asks for."""
        return Order(self.deed, prize_id, _number(self.units.data) or 0, str(self.why.data).strip(), by, self.key)


class AlertForm(OfficeForm):
    """From which share of its stock on a prize runs low."""

    percent = StringField()

    def validate_percent(self, field: Field) -> None:
        number = _number(field.data)
        if number is None or not 0 <= number <= 100:
            raise ValidationError(say("stock.percent_between"))

    @property
    def number(self) -> int:
        return _number(self.percent.data) or 0


class UploadForm(OnceForm):
    """A file to import."""

    file = FileField()

    def validate_file(self, field: Field) -> None:
        if not getattr(field.data, "filename", None):
            raise ValidationError(say("stock.no_file"))


def _number(text: Any) -> int | None:
    """A whole number as people write it; None for anything else."""
    plain = str(text or "").translate(SPACES).translate(MINUS)
    return int(plain) if plain.isascii() and NUMBER.fullmatch(plain) else None


def _refuse_bad_text(field: Field) -> None:
    said = (field.data or "").strip()
    if not said:
        raise ValidationError(say("stock.why_missing"))
    if len(said) > MOST_WHY:
        raise ValidationError(say("stock.why_too_long", length=len(said), most=MOST_WHY))
