"""The forms of the desk: what a poster or pack unlocks and when, and what is printed of it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.fields.core import Field

from server.backoffice.campaigns.fields import moment, whole
from server.backoffice.form import OfficeForm
from server.backoffice.page import office_locale, say
from server.backoffice.posters.print_out import POSTERS, STICKERS
from server.campaigns.campaign import Campaign
from server.campaigns.local_time import BadTime, to_utc
from server.campaigns.theme import is_line
from server.play.lettering import writable
from server.play.posters.make_poster import Wish
from server.play.posters.poster import MOST_A_DAY, MOST_BONUS, MOST_CODES, MOST_NAME, SCENES, PosterKind
from server.words import say_number

USUAL_PER_DAY = "500"
MOST_LINE = 60
AT_ONCE = 240  # stickers in one file: ten to forty sheets
PIXELS = ("512", "1024", "2048", "4096")
NO_SCENE = ""


class PosterForm(OfficeForm):
    """A poster or a pack to make."""

    name = StringField()
    kind = RadioField(default=PosterKind.POSTER)
    codes = StringField(default="500")
    bonus = SelectField(default="0")
    scene = SelectField(default=NO_SCENE)
    from_at = StringField()
    until_at = StringField()
    per_day = StringField(default=USUAL_PER_DAY)

    def __init__(self, *arguments: Any, campaign: Campaign, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.zone = ZoneInfo(campaign.timezone)
        self.kind.choices = [(kind, say(f"posters.kind.{kind}")) for kind in PosterKind]
        self.bonus.choices = [(str(count), say(f"posters.bonus.{count}")) for count in range(MOST_BONUS + 1)]
        self.scene.choices = [(NO_SCENE, say("posters.scene.none")), *((scene, scene_name(scene)) for scene in SCENES)]
        for name in ("name", "codes", "bonus", "scene", "from_at", "until_at", "per_day"):
            self[name].label.text = say(f"posters.field.{name}")
        self.name.render_kw = {"maxlength": MOST_NAME, "autocomplete": "off"}
        self.name.flags.required = True
        self.codes.render_kw = self.per_day.render_kw = {"inputmode": "numeric", "maxlength": 9, "autocomplete": "off"}
        self.from_at.render_kw = self.until_at.render_kw = {"type": "datetime-local"}

    @property
    def is_pack(self) -> bool:
        return bool(self.kind.data == PosterKind.PACK)

    def validate_name(self, field: Field) -> None:
        if not is_line(field.data or "", MOST_NAME):
            raise ValidationError(say("posters.fault.name", most=MOST_NAME))

    def validate_codes(self, field: Field) -> None:
        if self.is_pack:
            _require_number(field, MOST_CODES, "posters.fault.codes")

    def validate_per_day(self, field: Field) -> None:
        if not self.is_pack and (field.data or "").strip():
            _require_number(field, MOST_A_DAY, "posters.fault.per_day")

    def validate_from_at(self, field: Field) -> None:
        self._moment(field)

    def validate_until_at(self, field: Field) -> None:
        until = self._moment(field)
        if until is not None and (since := self._moment(self.from_at)) is not None and until <= since:
            raise ValidationError(say("posters.fault.window"))

    def wish(self) -> Wish:
        """What a form without faults asks for."""
        is_pack = self.is_pack
        per_day = (self.per_day.data or "").strip()
        return Wish(name=str(self.name.data).strip(), kind=PosterKind(self.kind.data),
                    codes=whole(str(self.codes.data)) if is_pack else 0, bonus=int(self.bonus.data),
                    scene=self.scene.data or None, from_at=self._moment(self.from_at),
                    until_at=self._moment(self.until_at), per_day=whole(per_day) if per_day and not is_pack else None)

    def _moment(self, field: Field) -> datetime | None:
        """A time on the clocks of the campaign's zone; None where nothing is typed. Raises ValidationError."""
        typed = moment(field.data or "")
        if isinstance(typed, str) and not typed.strip():
            return None
        at = None if isinstance(typed, str) else _find_moment(typed, self.zone)
        if at is None:
            raise ValidationError(say("posters.fault.moment"))
        return at


class PrintForm(OfficeForm):
    """What is printed, in which language, under which headline; of a pack, from which code on."""

    file = RadioField()
    language = SelectField()
    headline = StringField()
    first = StringField(default="1")

    def __init__(self, *arguments: Any, codes: int, languages: list[str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.codes = codes
        files = [*STICKERS, "csv"] if codes else [*POSTERS, *STICKERS, "svg", *(f"png-{side}" for side in PIXELS)]
        self.file.choices = [(str(name), say(f"posters.file.{name}")) for name in files]
        self.file.data = self.file.data or str(files[0])
        self.language.choices = [(locale, say(f"campaigns.language.{locale}")) for locale in languages]
        for name in ("language", "headline", "first"):
            self[name].label.text = say(f"posters.field.{name}")
        self.headline.render_kw = {"maxlength": MOST_LINE, "autocomplete": "off"}
        self.first.render_kw = {"inputmode": "numeric", "maxlength": 9, "autocomplete": "off"}

    def validate_headline(self, field: Field) -> None:
        typed = (field.data or "").strip()
        if typed and (not is_line(typed, MOST_LINE) or writable(typed) != typed):
            raise ValidationError(say("posters.fault.headline", most=MOST_LINE))

    def validate_first(self, field: Field) -> None:
        if self.codes:
            _require_number(field, self.codes, "posters.fault.first")

    @property
    def start(self) -> int:
        return int(whole(str(self.first.data)))


def _find_moment(written: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment of a local time; None for one that clocks never showed or showed twice."""
    try:
        return to_utc(written, zone)
    except BadTime:
        return None


def scene_name(scene: str) -> str:
    """A scene in words."""
    place, time = scene.split("/")
    return say("posters.scene", place=say(f"campaigns.choice.{place}").capitalize(),
               time=say(f"campaigns.choice.{time}"))


def _require_number(field: Field, most: int, fault: str) -> None:
    number = whole(field.data or "")
    if not isinstance(number, int) or not 1 <= number <= most:
        raise ValidationError(say(fault, most=say_number(office_locale(), most)))
