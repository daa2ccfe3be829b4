"""Two people had the same form open: what the second one is shown, and what was chosen of it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.orm import Session

from server.backoffice.campaigns.fields import Fields
from server.backoffice.campaigns.labels import label_of
from server.campaigns.campaign import Campaign
from server.campaigns.compare import mark_of
from server.campaigns.version import find_version

if TYPE_CHECKING:
    from server.backoffice.campaigns.step import Step

THEIRS, MINE = "theirs", "mine"
CHOICE = "choose."
OURS = ("seen", "opened", "go")  # fields that are no part of a campaign


class ClashRow(NamedTuple):
    """A field that is not the same any more. `base` is what it was when the form was opened, None when nobody knows;
    `preset` what is chosen unless somebody says otherwise, "" when only they can know.
    """

    name: str
    label: str
    base: str | None
    theirs: str
    mine: str
    preset: str


def settle(typed: Fields, there: Fields) -> Fields:
    """What was typed, with what is there now wherever that was chosen."""
    fields = {name: text for name, text in typed.items() if not name.startswith(CHOICE)}
    for name, chosen in typed.items():
        if name.startswith(CHOICE) and chosen == THEIRS:
            field = name[len(CHOICE):]
            fields[field] = there.get(field, "")
    return fields


def clash_rows(session: Session, campaign: Campaign, step: "Step", typed: Fields,
               there: dict[str, Any]) -> list[ClashRow]:
    """The fields in which what was typed and what is there now differ. Reads."""
    theirs, base = step.shown(there), _base(session, campaign, step, typed)
    rows = [_row(name, base, theirs.get(name, ""), _plain(text)) for name, text in typed.items()
            if name not in OURS and name in theirs]
    return [row for row in rows if row.mine != row.theirs]


def _row(name: str, base: Fields | None, theirs: str, mine: str) -> ClashRow:
    before = None if base is None else base.get(name, "")
    preset = "" if before is None else THEIRS if mine == before else MINE if theirs == before else ""
    return ClashRow(name, label_of(name), before, theirs, mine, preset)


def _base(session: Session, campaign: Campaign, step: "Step", typed: Fields) -> Fields | None:
    """What the form showed when it was opened, if a version kept it."""
    number = typed.get("opened", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    version = find_version(session, campaign.id, int(number))
    if version is None:
        return None
    table = version.read_table()
    return step.shown(table) if mark_of(table, step.part) == typed.get("seen") else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
