"""What is still wrong with a campaign before it opens, in plain words, each with the field that mends it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from prizes.prize import in_language, prizes_of
from prizes.way import Flaw
from server.backoffice.campaigns.blueprint import HOME
from server.backoffice.campaigns.labels import language
from server.backoffice.campaigns.looks import Look, warn_of_looks
from server.backoffice.page import FILTERS, office_locale, say
from server.backoffice.words import office_texts
from server.campaigns.campaign import Campaign, CampaignState
from server.campaigns.compare import Part
from server.campaigns.publish import check
from server.words import say_number


class State(StrEnum):
    """How a step stands, or one thing of it."""

    FINE = "fine"
    WARNING = "warning"
    FAULTY = "faulty"


class Finding(NamedTuple):
    """`anchor` is the field that mends it, of the form of `part`."""

    code: str
    state: State
    sentence: str
    part: Part
    anchor: str

    def address(self, slug: str) -> str:
        return f"{HOME}/{slug}/{self.part}#{self.anchor}"


# Where each flaw is mended; {} is the key of the prize that it names.
MENDED: Mapping[str, tuple[Part, str]] = {
    "not_a_draft": (Part.DATES, "opens"), "window_is_over": (Part.DATES, "closes"),
    "mixed_currencies": (Part.PRIZES, "prizes"), "no_liability_limit": (Part.DATES, "limits.liability_limit_cents"),
    "liability_exceeded": (Part.DATES, "limits.liability_limit_cents"),
    "no_value": (Part.PRIZES, "prizes.{}.value_cents"), "liability_endless": (Part.PRIZES, "prizes.{}.value_cents"),
    "name_missing": (Part.PRIZES, "prizes.{}.names"), "promised_above_stock": (Part.PRIZES, "prizes.{}.units"),
    "never_given": (Part.PRIZES, "prizes.{}.ladder"), "no_stock": (Part.PRIZES, "prizes.{}.units"),
    "promised_to_everyone": (Part.PRIZES, "prizes.{}.ladder"), "step_beyond_life": (Part.PRIZES, "ways.community.life"),
    "step_twice": (Part.PRIZES, "ways.community.life"), "step_without_release": (Part.PRIZES, "prizes.{}.plan"),
    "no_gifts": (Part.PRIZES, "rules.gift_waves"), "moments_not_units": (Part.PRIZES, "prizes.{}.units"),
    "moments_shared": (Part.PRIZES, "prizes.{}.instant"), "draw_over": (Part.PRIZES, "prizes"),
    "places_over": (Part.PRIZES, "prizes"),
}


def find_all(session: Session, campaign: Campaign, now: datetime) -> list[Finding]:
    """What forbids publishing, then what deserves a look; of a campaign that was published nothing. Reads."""
    if campaign.state != CampaignState.DRAFT:
        return []
    report = check(session, campaign, now)
    keys = {prize.id: prize.key or "" for prize in prizes_of(session, campaign.id)}
    flaws = [_of_flaw(flaw, State.FAULTY, keys, campaign) for flaw in report.flaws]
    warnings = [_of_flaw(flaw, State.WARNING, keys, campaign) for flaw in report.warnings]
    return [*flaws, *warnings, *_of_prizes(session, campaign), *_of_texts(campaign),
            *map(_of_look, warn_of_looks(campaign.read_theme()))]


def step_states(session: Session, campaign: Campaign, now: datetime) -> dict[str, State]:
    """How each step of the studio stands. Reads."""
    found = find_all(session, campaign, now)
    return {part.value: _worst([one.state for one in found if one.part == part]) for part in Part}


def _worst(states: list[State]) -> State:
    return next((state for state in (State.FAULTY, State.WARNING) if state in states), State.FINE)


def _of_flaw(flaw: Flaw, state: State, keys: Mapping[str, str], campaign: Campaign) -> Finding:
    part, anchor = MENDED.get(flaw.code, (Part.PRIZES, "prizes"))
    return Finding(flaw.code, state, flaw_text(flaw, campaign), part,
                   anchor.format(keys.get(str(flaw.places.get("prize_id")), "")))


def flaw_text(flaw: Flaw, campaign: Campaign) -> str:
    """What is wrong, in the page's language; in the command line's words for a code that no file says."""
    key = f"campaigns.flaw.{flaw.code}"
    if key not in office_texts().of(office_locale()):
        return flaw.sentence
    return say(key, **{name: _said(name, value, flaw.places, campaign) for name, value in flaw.places.items()})


def _said(name: str, value: Any, places: Mapping[str, Any], campaign: Campaign) -> str:
    if name == "prize":
        return in_language(value, office_locale()) or ""
    if name in ("cents", "limit"):
        return _money(value, places["currency"])
    if name == "languages":
        return ", ".join(map(language, value))
    if name == "currencies":
        return " + ".join(value)
    if name in ("why", "state"):
        return say(f"campaigns.{name}.{value}")
    if isinstance(value, datetime):
        return str(FILTERS["when"](value, campaign.timezone))
    return say_number(office_locale(), value) if type(value) is int else str(value)


def _money(cents: int | None, currency: str) -> str:
    return say("campaigns.endless") if cents is None else str(FILTERS["money"](cents, currency))


def _of_prizes(session: Session, campaign: Campaign) -> Iterator[Finding]:
    """A prize is shown by its picture; without one players see a box."""
    bare = [prize for prize in prizes_of(session, campaign.id) if not prize.pictures]
    if bare:
        names = ", ".join(prize.name(office_locale()) for prize in bare)
        yield Finding("no_picture", State.WARNING, say("campaigns.flaw.no_picture", prizes=names), Part.PRIZES,
                      f"prizes.{bare[0].key or ''}.picture")


def _of_texts(campaign: Campaign) -> Iterator[Finding]:
    """Words of its own in one language leave players of the other languages with the house's."""
    texts = campaign.read_theme().texts
    spoken = campaign.locales
    own = {key for locale in spoken for key in texts.get(locale, {})}
    for locale in spoken:
        lacking = own - texts.get(locale, {}).keys()
        if lacking:
            first = min(lacking)
            yield Finding("words_missing", State.WARNING,
                          say("campaigns.flaw.words_missing", language=language(locale), count=str(len(lacking))),
                          Part.TEXTS, f"theme.texts.{locale}.{first}")


def _of_look(look: Look) -> Finding:
    sentence = say("campaigns.flaw.contrast", what=say(f"campaigns.look.{look.what}"),
                   ground=say(f"campaigns.look.{look.ground}"))
    return Finding("contrast", State.WARNING, sentence, Part.THEME, look.anchor)
