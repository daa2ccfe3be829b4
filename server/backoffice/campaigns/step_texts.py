"""Step 2: the languages that the campaign speaks, its title in each, and words of its own."""

from typing import Any

from flask.typing import ResponseReturnValue

from server.backoffice.campaigns.blueprint import EVERY, MOST_BYTES, bp
from server.backoffice.campaigns.fields import Fields
from server.backoffice.campaigns.step import Reading, Step, Table, save_step, show_step
from server.campaigns.campaign import Campaign
from server.campaigns.compare import Part
from server.campaigns.theme import BUBBLE, OWN_WORDS
from server.texts import FALLBACK, current_texts
from server.wire import takes_up_to


def words() -> list[str]:
    """The keys that a theme may say in its own words: the page's first, then what the boss calls out."""
    known = current_texts().of(FALLBACK)
    return [*sorted(OWN_WORDS, key=lambda key: (key.startswith("result"), key != "start.title", key)),
            *(key for key in known if BUBBLE.fullmatch(key))]


def shown(table: Table) -> Fields:
    """Every language's fields, empty where nothing is said."""
    titles, texts = table["titles"], table["theme"].get("texts", {})
    told = {f"titles.{locale}": titles.get(locale, "") for locale in current_texts().locales}
    return told | {f"theme.texts.{locale}.{key}": texts.get(locale, {}).get(key, "")
                   for locale in current_texts().locales for key in words()}


def read(fields: Fields, table: Table, is_sealed: bool) -> Reading:
    """A language without a title is not spoken; a text that is left empty is the house's."""
    there = table["titles"]
    locales = [*there, *(locale for locale in current_texts().locales if locale not in there)]
    titles = {locale: fields.get(f"titles.{locale}", there.get(locale, "")) for locale in locales}
    table["titles"] = {locale: title for locale, title in titles.items() if title.strip()}
    texts = table["theme"].get("texts", {})
    table["theme"]["texts"] = {locale: said for locale in [*texts, *(one for one in locales if one not in texts)]
                               if (said := _said(fields, texts.get(locale, {}), locale))}
    return Reading(table, {})


def _said(fields: Fields, there: dict[str, str], locale: str) -> dict[str, str]:
    keys = [*there, *(key for key in words() if key not in there)]
    said = {key: fields.get(f"theme.texts.{locale}.{key}", there.get(key, "")) for key in keys}
    return {key: text for key, text in said.items() if text.strip()}


def _more(campaign: Campaign, table: Table, fields: Fields) -> dict[str, Any]:
    return {"words": words(), "house": {locale: current_texts().of(locale) for locale in current_texts().locales}}


STEP = Step(Part.TEXTS, shown, read, _more)


@bp.get(f"{EVERY}/texts")
def texts(slug: str) -> str:
    return show_step(STEP, slug)


@bp.post(f"{EVERY}/texts")
@takes_up_to(MOST_BYTES)
def save_texts(slug: str) -> ResponseReturnValue:
    return save_step(STEP, slug)
