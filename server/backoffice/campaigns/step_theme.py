"""Step 1: the boss and the theme."""

from dataclasses import fields as members
from typing import Any, get_args, get_type_hints

from flask import request
from flask.typing import ResponseReturnValue

from server.backoffice.campaigns.blueprint import EVERY, MOST_BYTES, bp
from server.backoffice.campaigns.fields import Fields, typed_fields
from server.backoffice.campaigns.ready import ready_themes
from server.backoffice.campaigns.step import Reading, Step, Table, save_step, show_step
from server.campaigns.campaign import Campaign
from server.campaigns.compare import Part
from server.campaigns.theme import Boss, Palette, Scene, Skins
from server.wire import takes_up_to

GROUPS = {"palette": Palette, "boss": Boss, "scene": Scene, "skins": Skins}
OTHERWISE = {"boss.picture"}  # a picture comes by its own door
SHAPES = ("round", "soft", "sharp")
KEYS = tuple(f"{group}.{member.name}" for group, kind in GROUPS.items() for member in members(kind)
             if f"{group}.{member.name}" not in OTHERWISE)


def choices() -> dict[str, tuple[str, ...]]:
    """The words that each key of a few may be, by its field."""
    found = {f"theme.{group}.{name}": get_args(hint) for group, kind in GROUPS.items()
             for name, hint in get_type_hints(kind).items()}
    return {name: words for name, words in found.items() if words and all(isinstance(word, str) for word in words)} | {
        "theme.shape": SHAPES}


def shown(table: Table) -> Fields:
    theme = table["theme"]
    told = {f"theme.{key}": str(theme[key.partition(".")[0]][key.partition(".")[2]]) for key in KEYS}
    return told | {"theme.shape": str(theme["shape"])}


def read(fields: Fields, table: Table, is_sealed: bool) -> Reading:
    theme = table["theme"]
    for key in KEYS:
        group, _, name = key.partition(".")
        theme[group][name] = fields.get(f"theme.{key}", theme[group][name])
    theme["shape"] = fields.get("theme.shape", theme["shape"])
    return Reading(table, {})


def _more(campaign: Campaign, table: Table, fields: Fields) -> dict[str, Any]:
    return {"choices": choices(), "ready": ready_themes()}


STEP = Step(Part.THEME, shown, read, _more)


@bp.get(f"{EVERY}/theme")
def theme(slug: str) -> str:
    return show_step(STEP, slug)


@bp.post(f"{EVERY}/theme")
@takes_up_to(MOST_BYTES)
def save_theme(slug: str) -> ResponseReturnValue:
    """Save the looks; the button of a ready theme puts its own in place of what was typed."""
    fields = typed_fields(request.form)
    ready = ready_themes().get(fields.pop("ready", ""))
    worn = {} if ready is None else shown({"theme": ready.as_json()})
    return save_step(STEP, slug, fields | worn)
