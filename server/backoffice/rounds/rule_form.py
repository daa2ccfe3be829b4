"""Why a round is rejected: a reason that many share, and the reviewer's own words."""

from enum import StrEnum
from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from server.backoffice.form import OfficeForm
from server.backoffice.page import say

MOST_WHY = 150  # the review keeps 200 characters, the word of the reason included


class Reason(StrEnum):
    """The canned reasons; staff read them, the player does not."""

    SCRIPT = "script"
    SAME_ROUND = "same_round"
    HELP = "help"
    BROKEN = "broken"
    OTHER = "other"


class RejectForm(OfficeForm):
    reason = SelectField(validators=[InputRequired()])
    why = TextAreaField(validators=[DataRequired(), Length(max=MOST_WHY)])

    def __init__(self, formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **more)
        self.reason.choices = [("", say("rounds.reason.choose"))] + [
            (reason.value, say(f"rounds.reason.{reason}")) for reason in Reason]
        self.reason.label.text, self.why.label.text = say("rounds.reject.reason"), say("rounds.reject.why")

    @property
    def kept(self) -> str:
        """What the review keeps: the word, then what was typed."""
        return f"{self.reason.data}: {self.why.data}"
