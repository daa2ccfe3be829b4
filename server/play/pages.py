"""The pages that players see: a campaign (also framed), a replay, the claim, what is theirs, the word on fairness."""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.campaigns.campaign import Campaign, CommentsMode, Phase, get_campaign, public_campaigns
from server.campaigns.routes import asked_campaign
from server.campaigns.theme import is_own_word
from server.clock import utc_now
from server.db import current_session
from server.drawings import stage_of
from server.errors import Problem
from server.play.dare import Dare, find_dare
from server.play.frames import FRAMED_BY, is_unlisted, refuse_frame
from server.play.link_preview import LinkPreview, Speech, preview_campaign, preview_dare, preview_replay
from server.play.oembed import oembed_address
from server.play.posters.poster import Standing
from server.play.posters.scan import Scan, find_greeting, greeting_as_json
from server.play.public_campaign import campaign_around_replay, public_campaign
from server.play.show_draw import show_draw
from server.play.terms import play_terms
from server.play.watch_replay import find_watchable, is_look_key
from server.texts import asked_locale, current_texts
from server.wire import answer, pack
from server.words import say_date, say_number

STAFF = "desk."  # of the back office
# What the game says before its first picture and in play; the rest, with what the boss says, follows by `words.json`.
FIRST_WORDS = ("boss.gift.1", "hud.", "line.", "pad.", "page.me", "pause.", "prizes.", "result.spoken", "standings.",
               "start.", "state.sold_out", "void.", "wave.")
# What is said once it is wanted, by a script of its own: `words.json?of=` brings it.
WANTED_WORDS = {"sharing": ("duel.", "sharing."), "friends": ("friends.",), "keep": ("keep.",), "scan": ("scan.",)}
ELSEWHERE = ("campaigns.", "claim.", "counts.", STAFF, "draw.", "error.", "fairness.", "frame.", "link.", "me.",
             "move.", "practice.", "print.", "receipt.", "rehearsal.", "replay.", "statement.",
             "ticket.")  # never said here

bp = Blueprint("pages", __name__)


@bp.get("/")
def home() -> AnyResponse:
    known = public_campaigns(current_session())
    campaigns = [campaign for campaign in known if campaign.phase(utc_now()) == Phase.OPEN] or known
    if len(campaigns) == 1:
        asked = request.query_string.decode("ascii", "ignore")
        return redirect(f"{play_terms().root}/c/{campaigns[0].slug}" + (f"?{asked}" if asked else ""))
    locale = asked_locale()
    shown = [public_campaign(current_session(), campaign, locale, utc_now()) for campaign in campaigns]
    return _page("campaigns.html", locale, campaigns=shown)


@bp.get("/c/<slug>")
def campaign_page(slug: str) -> Response:
    campaign = get_campaign(current_session(), slug)
    scan = find_greeting(current_session(), play_terms().poster_key, campaign, request.args.get("q", ""), utc_now())
    return _campaign_page(campaign, embed=False, scan=scan)


@bp.get("/c/<slug>/draw")
def draw_page(slug: str) -> Response:
    session, now = current_session(), utc_now()
    campaign = get_campaign(session, slug)
    locale = asked_locale(campaign.locales)
    draw = show_draw(session, campaign, play_terms(), locale, now).as_json()
    return _page("draw.html", locale, campaign=public_campaign(session, campaign, locale, now), draw=draw)


@bp.get("/c/<slug>/words.json")
def later_words(slug: str) -> Response:
    """The texts of the game that its page does not bring along, in one of the campaign's languages; with `?of=` those
    of one thing that not everybody wants.
    """
    campaign = get_campaign(current_session(), slug)
    locale = asked_locale(campaign.locales)
    texts = current_texts().with_words(locale, campaign.read_theme().words(locale)).of(locale)
    wanted = WANTED_WORDS.get(request.args.get("of", ""))
    kept_back = (*FIRST_WORDS, *ELSEWHERE, *chain.from_iterable(WANTED_WORDS.values()))
    response = answer({key: text for key, text in texts.items()
                       if (key.startswith(wanted) if wanted else not key.startswith(kept_back))})
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"  # a sandboxed frame has no origin of its own
    pack(response)
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/e/<slug>")
def embedded_page(slug: str) -> Response:
    campaign = asked_campaign(slug)
    if "preview" in request.args:
        return _preview_page(campaign, request.args["preview"])
    terms = play_terms()
    if is_unlisted(request.headers, campaign.framed_by, terms.public_url):
        return refuse_frame(campaign, terms)
    response = _campaign_page(campaign, embed=True)
    response.headers[FRAMED_BY] = " ".join(campaign.framed_by)
    return response


@bp.get("/r/<round_id>")
def replay_page(round_id: str) -> Response:
    """A held round's own player is known only in the browser: its page is there, and its script asks who looks."""
    look, terms = request.args.get("look", ""), play_terms()
    may_look = is_look_key(terms.look_key, round_id, look)
    watched = find_watchable(current_session(), round_id, may_look=may_look)
    offered = current_texts().spoken(watched.campaign.locales if watched else ())
    locale = asked_locale(offered)
    boot = {"round": round_id, "look": look, "is_public": False, "campaign": None, "locales": offered}
    if watched is None:
        page = _page("replay.html", locale, boot, stage=stage_of({}))
        page.status_code = 404
        return page
    campaign, is_public = campaign_around_replay(watched.campaign, locale, utc_now()), watched.is_public
    speech = Speech(locale, offered, request.args.get("lang"))
    preview = preview_replay(watched, current_texts(), speech, terms.public_url) if is_public else None
    is_framed = may_look and "framed" in request.args
    boot |= {"is_public": is_public, "campaign": campaign,
             "takes_comments": _takes_comments(watched.campaign) and not is_framed}
    page = _page("replay.html", locale, boot, campaign=campaign, is_framed=is_framed,
                 words=watched.campaign.read_theme().words(locale), stage=stage_of(watched.campaign.theme),
                 preview=preview)
    if is_framed:  # in the reviewers' own page, and by whoever holds its key only
        page.headers[FRAMED_BY] = "'self'"
    return page


@bp.get("/claim")
@bp.get("/claim/<code>")
def claim_page(code: str | None = None) -> Response:
    return _page("claim.html", asked_locale(), boot={"code": code})


@bp.get("/me")
def me_page() -> Response:
    return _page("me.html", asked_locale())


@bp.get("/fairness")
def fairness_page() -> Response:
    return _page("fairness.html", asked_locale())


def player_page(template: str, locale: str, **values: Any) -> Response:
    """A page in the dress of these, for what play does not know of."""
    return _page(template, locale, **values)


def _campaign_page(campaign: Campaign, *, embed: bool, scan: Scan | None = None) -> Response:
    """With `?beat=` it begins with a dare, where the round named is one; nothing else of the link counts. `scan` is the
    code of a poster by which somebody has come: it may show a scene of its own.
    """
    dare = find_dare(current_session(), campaign, request.args.get("beat", ""), utc_now())
    boot = {"embed": embed, **({"rival": dare.as_json()} if dare else {})}
    if scan:
        boot["scan"] = greeting_as_json(play_terms().poster_key, scan)
    look = scan.poster.look if scan and scan.standing == Standing.LIVE else None
    discovery = "" if embed or not campaign.framed_by else oembed_address(campaign.slug, play_terms().public_url)
    return _show_campaign(campaign, boot, look=look, discovery=discovery, link=_link_to(campaign, dare), dare=dare,
                          said=FIRST_WORDS, takes_comments=_takes_comments(campaign))


def _link_to(campaign: Campaign, dare: Dare | None) -> LinkPreview:
    texts, url = current_texts(), play_terms().public_url
    offered = texts.spoken(campaign.locales)
    speech = Speech(asked_locale(campaign.locales), offered, request.args.get("lang"))
    return preview_dare(campaign, dare, texts, speech, url) if dare else preview_campaign(campaign, texts, speech, url)


def _preview_page(campaign: Campaign, shown: str) -> Response:
    """The page as staff see it beside a form: with all its words, and without an address to send anything to."""
    own = current_texts().of(asked_locale(campaign.locales))
    words = {key: text for key, text in own.items() if is_own_word(key)}
    boot = {"embed": True, "api": "", "preview": {"rules": campaign.rules, "words": words}}
    response = _show_campaign(campaign, boot, preview=shown, takes_comments=False)
    response.headers[FRAMED_BY] = "'self'"
    response.headers["Referrer-Policy"] = "no-referrer"  # the pass stands in the address
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _show_campaign(campaign: Campaign, boot: dict[str, Any], look: Mapping[str, str] | None = None,
                   **values: Any) -> Response:
    """`look` is a scene to show instead of the campaign's own."""
    theme = {**campaign.theme, "scene": look} if look else campaign.theme
    locale = asked_locale(campaign.locales)
    shown = public_campaign(current_session(), campaign, locale, utc_now())
    shown["locales"] = current_texts().spoken(campaign.locales)
    shown["theme"] = {part: value for part, value in theme.items() if part != "texts"}  # those come as words
    return _page("campaign.html", locale, campaign=shown, stage=stage_of(theme),
                 words=campaign.read_theme().words(locale), gifts=bool(campaign.rules.get("gift_waves")),
                 first_prize=_first_prize(shown), **values,
                 boot={"slug": campaign.slug, "locales": shown["locales"], "campaign": shown, **boot})


def _takes_comments(campaign: Campaign) -> bool:
    return campaign.comments_mode != CommentsMode.OFF


def _first_prize(shown: dict[str, Any]) -> dict[str, Any] | None:
    """The lowest step of a campaign's ladder whose prize is still there: {"score", "prize"}."""
    names = {prize["id"]: prize["name"] for prize in shown["prizes"] if prize["left"] not in (0, "none")}
    steps = [step for step in shown["ladder"] if step["prize_id"] in names]
    lowest = min(steps, key=lambda step: step["score"], default=None)
    return lowest and {"score": lowest["score"], "prize": names[lowest["prize_id"]]}


def _page(template: str, locale: str, boot: dict[str, Any] | None = None, words: Mapping[str, str] | None = None,
          said: tuple[str, ...] = ("",), **values: Any) -> Response:
    """`words` are a campaign's own, in place of those of `locales/`; only texts beginning with `said` are sent."""
    texts = current_texts().with_words(locale, words or {})
    terms = play_terms()
    spoken = {key: text for key, text in texts.of(locale).items() if key.startswith(said) and not key.startswith(STAFF)}
    common = {"locale": locale, "locales": texts.locales, "api": f"{terms.root}/api/v1", "public_url": terms.public_url,
              "texts": spoken}
    page = render_template(template, locale=locale, locales=texts.locales, boot={**common, **(boot or {})},
                           root=terms.root,
                           scripts=current_app.extensions["popshot_scripts"],
                           t=lambda key, **places: texts.say(locale, key, **places),
                           day=lambda moment, zone: say_date(locale, datetime.fromisoformat(moment), zone),
                           number=lambda number: say_number(locale, number), **values)
    return make_response(page)


def problem_page(problem: Problem) -> tuple[str, int]:
    """A refusal as a page for people."""
    texts, locale = current_texts(), asked_locale()
    return render_template("problem.html", locale=locale, locales=texts.locales, status=problem.status,
                           root=play_terms().root,
                           title=problem.as_json()["title"], detail=problem.detail,
                           t=lambda key, **places: texts.say(locale, key, **places)), problem.status
