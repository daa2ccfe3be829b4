"""A campaign as a file: what `popshot campaign load` reads, every key of it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from prizes.award import Way
from prizes.prize import PrizeKind
from prizes.ways import WAYS
from server.campaigns.campaign import REVIEW_LINE, CommentsMode
from server.campaigns.framing import read_sites
from server.campaigns.local_time import BadTime, to_utc, zone_names
from server.campaigns.own_words import allowed_words, banned_words, require_apart
from server.campaigns.strict_table import (
    BadDraft,
    Read,
    Table,
    by_language,
    list_of,
    matching,
    maybe_number,
    number,
    one_of,
    text,
    yes_or_no,
)
from server.campaigns.theme import BadTheme, Theme, read_theme
from server.simulation.rules import WAVES

MOST_BYTES = 1_000_000
MOST_UNITS = 1_000_000
MOST_CENTS = 100_000_000  # of one unit
MOST_LIMIT = 2_000_000_000  # of all of them, in cents: what every database keeps in an integer
MOST_SCORE = 10_000_000
MOST_FRIEND_ROUNDS = 100  # to one player: who wants more has no limit of rounds to speak of
SLUG = matching(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?", "1 to 64 of a-z, 0-9 and -, like summer-2027", "slug")
KEY = matching(r"[a-z0-9][a-z0-9_-]{0,31}", "a word of 1 to 32 of a-z, 0-9, _ and -, like foam-dart",
               "key")
CURRENCY = matching(r"[A-Z]{3}", "a currency like EUR", "currency")
DOWNLOAD = matching(r"(https://|/)[!-~]{1,300}", "an address that begins with https:// or /", "download")


@dataclass(frozen=True)
class DraftRelease:
    units: int
    opens_at: datetime | None
    closes_at: datetime | None
    at_hits: int | None


@dataclass(frozen=True)
class DraftPrize:
    """`units` is None where the file does not say: unlimited ones, and vouchers, which are as many as their codes."""

    key: str
    kind: PrizeKind
    names: dict[str, str]
    value_cents: int
    currency: str
    units: int | None
    per_player: int
    per_day: int | None
    per_hour: int | None
    is_unlimited: bool
    downloads: dict[str, str]
    releases: tuple[DraftRelease, ...]


@dataclass(frozen=True)
class Draft:
    """Times are UTC here, local in the file; `limits` are columns of the campaign, `ways` what each way sets up."""

    slug: str
    brand: str
    titles: dict[str, str]
    timezone: str
    opens_at: datetime
    closes_at: datetime
    theme: Theme
    comments: CommentsMode
    banned_words: list[str]
    allowed_words: list[str]
    framed_by: list[str]
    gift_waves: list[int]
    limits: dict[str, int | None]
    prizes: tuple[DraftPrize, ...]
    ways: dict[Way, Any]


def read_draft(content: bytes, themes: Mapping[str, Theme], locales: Sequence[str]) -> Draft:
    """The draft that a file describes; `themes` are the ready ones by name, `locales` the languages there are.

    Raises BadDraft.
    """
    if len(content) > MOST_BYTES:
        raise BadDraft(f"the file has more than {MOST_BYTES} bytes")
    try:
        parsed = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # both not UTF-8 and not TOML are ValueErrors
        raise BadDraft(f"this is not TOML: {error}") from None
    return read_table(parsed, themes, locales)


def read_table(parsed: Mapping[str, Any], themes: Mapping[str, Theme], locales: Sequence[str]) -> Draft:
    """The same of what the file says, parsed already; times are datetimes. Raises BadDraft."""
    return _read_campaign(Table(parsed, ""), themes, locales)


def _read_campaign(table: Table, themes: Mapping[str, Theme], locales: Sequence[str]) -> Draft:
    zone = ZoneInfo(table.take("timezone", _zone))
    moment = _moment(zone)
    draft = Draft(
        slug=table.take("slug", SLUG), brand=table.take("brand", text(120)), timezone=zone.key,
        titles=table.take("titles", by_language(text(120), locales)), opens_at=table.take("opens", moment),
        closes_at=table.take("closes", moment), theme=table.take("theme", _theme(themes)),
        comments=CommentsMode(table.take("comments", one_of([mode.value for mode in CommentsMode]), "pre")),
        banned_words=table.take("banned_words", banned_words, []),
        allowed_words=table.take("allowed_words", allowed_words, []),
        framed_by=table.take("framed_by", read_sites, []), gift_waves=table.take("rules", _read_rules, []),
        limits=table.take("limits", _read_limits, _limits(Table({}, "limits"))),
        prizes=tuple(table.take("prizes", list_of(_prize(moment, locales)), [])),
        ways=table.take("ways", _read_ways, {}))
    table.end()
    _require_sense(draft)
    return draft


def _require_sense(draft: Draft) -> None:
    if not draft.titles:
        raise BadDraft("titles must have a title in one language at least", "titles", "no_title")
    if draft.opens_at >= draft.closes_at:
        raise BadDraft("closes must be after opens", "closes", "closes_first")
    require_apart(draft.banned_words, draft.allowed_words)
    _require_friend_sense(draft.limits)
    keys = [prize.key for prize in draft.prizes]
    for place, key in enumerate(keys):
        if keys.index(key) < place:
            raise BadDraft(f"two prizes have the key {key!r}", f"prizes {place + 1}.key", "same_key")


def _require_friend_sense(limits: dict[str, int | None]) -> None:
    """A bonus round is one more than the day allows, so the day must have a limit."""
    if limits["friend_rounds"] is not None and limits["rounds_per_day"] is None:
        raise BadDraft("limits.friend_rounds needs limits.rounds_per_day: without a limit nobody needs a bonus round",
                       "limits.friend_rounds", "needs_daily_limit")
    if limits["friend_rounds_per_day"] is not None and limits["friend_rounds"] is None:
        raise BadDraft("limits.friend_rounds_per_day needs limits.friend_rounds", "limits.friend_rounds_per_day",
                       "needs_friend_rounds")


def _zone(value: Any, name: str) -> str:
    if not isinstance(value, str) or value not in zone_names():
        raise BadDraft(f"{name} must be a zone like Europe/Paris, not {value!r:.80}", name, "zone")
    return value


def _moment(zone: ZoneInfo) -> Read[datetime]:
    def read(value: Any, name: str) -> datetime:
        if not isinstance(value, datetime):
            raise BadDraft(f"{name} must be a date and a time like 2027-06-01T09:00:00, not {value!s:.80}", name,
                           "moment")
        try:
            return to_utc(value, zone)
        except BadTime as error:
            raise BadDraft(f"{name}: {error}", name, error.code, **error.places) from None
    return read


def _theme(themes: Mapping[str, Theme]) -> Read[Theme]:
    """A ready theme's name, or a theme of its own as a table; TOML has no null, so pictures may be left out."""
    def read(value: Any, name: str) -> Theme:
        if not isinstance(value, dict):
            return themes[one_of(themes)(value, name)]
        boss = value.get("boss")
        full: dict[str, Any] = {"logo": None, "texts": {}} | value
        try:
            return read_theme(full | {"boss": {"picture": None} | boss} if isinstance(boss, dict) else full)
        except BadTheme as error:
            raise BadDraft(f"{error}", error.key, error.code, **error.places) from None
    return read


def _read_rules(value: Any, name: str) -> list[int]:
    table = Table(value, name)
    none: list[int] = []
    waves = table.take("gift_waves", list_of(number(1, WAVES)), none)
    table.end()
    return waves


def _read_limits(value: Any, name: str) -> dict[str, int | None]:
    return _limits(Table(value, name))


def _limits(table: Table) -> dict[str, int | None]:
    cents, awards = maybe_number(0, MOST_LIMIT), maybe_number(1, MOST_UNITS)
    limits = {key: table.take(key, cents, None) for key in ("value_limit_cents", "liability_limit_cents")}
    limits |= {key: table.take(key, awards, None)
               for key in ("per_network", "per_person", "per_household", "rounds_per_day")}
    limits |= {key: table.take(key, maybe_number(1, MOST_FRIEND_ROUNDS), None)
               for key in ("friend_rounds", "friend_rounds_per_day")}
    limits["review_line"] = table.take("review_line", number(0, MOST_SCORE), REVIEW_LINE)
    table.end()
    return limits


def _prize(moment: Read[datetime], locales: Sequence[str]) -> Read[DraftPrize]:
    def read(value: Any, name: str) -> DraftPrize:
        table = Table(value, name)
        cap = maybe_number(1, MOST_UNITS)
        kind = PrizeKind(table.take("kind", one_of([kind.value for kind in PrizeKind])))
        is_unlimited = table.take("unlimited", yes_or_no, False)
        prize = DraftPrize(
            key=table.take("key", KEY), kind=kind, names=table.take("names", by_language(text(60), locales)),
            value_cents=table.take("value_cents", number(0, MOST_CENTS)),
            currency=table.take("currency", CURRENCY, "EUR"), per_player=table.take("per_player", number(1, 1000), 1),
            units=_take_units(table, kind, is_unlimited=is_unlimited),
            per_day=table.take("per_day", cap, None), per_hour=table.take("per_hour", cap, None),
            is_unlimited=is_unlimited, downloads=table.take("downloads", by_language(DOWNLOAD, locales), {}),
            releases=tuple(table.take("releases", list_of(_release(moment)), [])))
        table.end()
        _require_prize_sense(prize, name)
        return prize
    return read


def _take_units(table: Table, kind: PrizeKind, *, is_unlimited: bool) -> int | None:
    if is_unlimited or kind == PrizeKind.VOUCHER:
        if table.take("units", maybe_number(0, MOST_UNITS), None) is not None:
            why = "there is no end to it" if is_unlimited else "a voucher has as many as codes are imported"
            raise BadDraft(f"{table.name('units')} must be left out: {why}", table.name("units"),
                           "units_without_end" if is_unlimited else "units_of_codes")
        return None
    return table.take("units", number(0, MOST_UNITS))


def _require_prize_sense(prize: DraftPrize, name: str) -> None:
    if not prize.names:
        raise BadDraft(f"{name}.names must have a name in one language at least", f"{name}.names", "no_name")
    if prize.is_unlimited and prize.kind not in (PrizeKind.DOWNLOAD, PrizeKind.BADGE):
        raise BadDraft(f"{name}.unlimited is for downloads and badges; a {prize.kind} ends", f"{name}.unlimited",
                       "unlimited_kind")
    if prize.is_unlimited and prize.releases:
        raise BadDraft(f"{name}.releases must be left out: there is no end to it", f"{name}.releases",
                       "releases_without_end")
    released = sum(release.units for release in prize.releases)
    if prize.units is not None and released > prize.units:
        raise BadDraft(f"{name}.releases are {released} units together, but there are {prize.units}",
                       f"{name}.releases", "released_above", released=released, units=prize.units)


def _release(moment: Read[datetime]) -> Read[DraftRelease]:
    maybe_moment: Read[datetime | None] = moment

    def read(value: Any, name: str) -> DraftRelease:
        table = Table(value, name)
        release = DraftRelease(units=table.take("units", number(1, MOST_UNITS)),
                               opens_at=table.take("opens", maybe_moment, None),
                               closes_at=table.take("closes", maybe_moment, None),
                               at_hits=table.take("at_hits", maybe_number(1, MOST_LIMIT), None))
        table.end()
        if release.opens_at and release.closes_at and release.opens_at >= release.closes_at:
            raise BadDraft(f"{name}.closes must be after its opens", f"{name}.closes", "closes_first")
        return release
    return read


def _read_ways(value: Any, name: str) -> dict[Way, Any]:
    table = Table(value, name)
    for word in value:
        if word not in WAYS:
            raise BadDraft(f"{table.name(word)} is not a way to win; there are {', '.join(WAYS)}", table.name(word),
                           "unknown_key")
    return {Way(word): settings for word, settings in value.items()}
