"""Step 4: when it is open, how often people play, who may comment, what it may cost, and who may frame it."""

from typing import Any
from zoneinfo import ZoneInfo

from flask.typing import ResponseReturnValue

from prizes.liability import exposures, liability
from server.backoffice.campaigns.blueprint import EVERY, MOST_BYTES, bp
from server.backoffice.campaigns.fields import Fields, cents, lines, moment, put, say_cents, say_moment, whole
from server.backoffice.campaigns.plans import plan_again, plan_of
from server.backoffice.campaigns.step import Reading, Step, Table, save_step, show_step
from server.campaigns.campaign import Campaign, CommentsMode
from server.campaigns.compare import Part
from server.campaigns.framing import as_site
from server.campaigns.local_time import BadTime, to_utc, zone_names
from server.campaigns.make_campaign import window_of
from server.campaigns.window import move_window
from server.db import current_session
from server.play.oembed import frame_line, oembed_address, script_line
from server.play.terms import play_terms
from server.wire import takes_up_to

LISTS = ("framed_by", "banned_words", "allowed_words")
ROUNDS = ("rounds_per_day", "friend_rounds", "friend_rounds_per_day")


def shown(table: Table) -> Fields:
    limits = table["limits"]
    told = {"timezone": str(table["timezone"]), "comments": str(table["comments"]),
            **{f"limits.{name}": str(limits.get(name, "")) for name in ROUNDS},
            "limits.liability_limit_cents": say_cents(limits.get("liability_limit_cents"))}
    for name in ("opens", "closes"):
        told[name] = say_moment(table[name])
        told[f"{name}.offset"] = _offset(table[name])
    return told | {name: "\n".join(map(str, table.get(name, []))) for name in LISTS}


def _offset(value: Any) -> str:
    return value.isoformat()[19:] if getattr(value, "tzinfo", None) is not None else ""


def read(fields: Fields, table: Table, is_sealed: bool) -> Reading:
    """What was promised is not asked for once it is sealed."""
    table["comments"] = fields.get("comments", table["comments"])
    for name in LISTS:
        if name in fields:
            table[name] = list(dict.fromkeys(lines(fields[name])))
    table["framed_by"] = list(dict.fromkeys(map(as_site, table["framed_by"])))
    if is_sealed:
        return Reading(table, {})
    limits = table["limits"]
    for name in ROUNDS:
        if f"limits.{name}" in fields:
            put(limits, name, whole(fields[f"limits.{name}"]))
    if "limits.liability_limit_cents" in fields:
        put(limits, "liability_limit_cents", cents(fields["limits.liability_limit_cents"]))
    return Reading(_with_window(fields, table), {})


def _with_window(fields: Fields, table: Table) -> Table:
    """The window as it was typed, the release plan moved along; left raw for the checks where it is none."""
    typed = {name: moment(fields[name], fields.get(f"{name}.offset", "")) if name in fields else table[name]
             for name in ("opens", "closes")}
    for name, value in typed.items():
        if say_moment(value) == say_moment(table[name]) and not fields.get(f"{name}.offset"):
            typed[name] = table[name]  # what was not touched keeps its seconds
    zone = str(fields.get("timezone", table["timezone"]))
    try:
        moments = [to_utc(value, ZoneInfo(zone if zone in zone_names() else "")) for value in typed.values()]
    except (AttributeError, BadTime, ValueError, OverflowError):
        moments = []
    if len(moments) < len(typed) or moments[0] >= moments[1]:
        return table | typed | {"timezone": zone}
    moved = move_window(table, moments[0], moments[1], zone)
    if window_of(table) == window_of(moved):
        return moved
    plans = [plan_of(prize.get("releases", []), prize.get("units"), window_of(table), table["timezone"])
             for prize in table.get("prizes", [])]
    return moved | {"prizes": [plan_again(prize, plan, window_of(moved), zone)
                               for prize, plan in zip(moved["prizes"], plans, strict=True)]}


def _more(campaign: Campaign, table: Table, fields: Fields) -> dict[str, Any]:
    found = exposures(current_session(), campaign.facts)
    currency = next((one.prize.currency for one in found if one.prize.value_cents), "EUR")
    return {"zones": sorted(zone_names()), "modes": list(CommentsMode), "worst": liability(found),
            "currency": currency, "say_cents": say_cents, "exposures": found, "lines_to_copy": _lines_to_copy(campaign)}


def _lines_to_copy(campaign: Campaign) -> dict[str, str]:
    """What other sites put into their pages to show a campaign."""
    slug, public_url = campaign.slug, play_terms().public_url
    title = f"{campaign.title(campaign.locales[0])} · {campaign.brand}"
    return {"script": script_line(slug, public_url), "frame": frame_line(slug, title, public_url),
            "oembed": oembed_address(slug, public_url)}


STEP = Step(Part.DATES, shown, read, _more)


@bp.get(f"{EVERY}/dates")
def dates(slug: str) -> str:
    return show_step(STEP, slug)


@bp.post(f"{EVERY}/dates")
@takes_up_to(MOST_BYTES)
def save_dates(slug: str) -> ResponseReturnValue:
    return save_step(STEP, slug)
