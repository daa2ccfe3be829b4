"""The pages that players see: a campaign (also framed), a replay, the claim, what is theirs, the word on fairness."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.campaigns.campaign import Campaign, CommentsMode, Phase, get_campaign, public_campaigns
from server.clock import utc_now
from server.db import current_session
from server.drawings import stage_of
from server.errors import Problem
from server.play.link_preview import preview_replay
from server.play.public_campaign import campaign_around_replay, public_campaign
from server.play.show_draw import show_draw
from server.play.terms import play_terms
from server.play.watch_replay import find_watchable, is_look_key
from server.texts import asked_locale, current_texts
from server.wire import answer
from server.words import say_date, say_number

STAFF = "desk."  # of the back office
# What the game says before its first picture and in play; the rest, with what the boss says, follows by `words.json`.
FIRST_WORDS = ("boss.gift.1", "hud.", "line.", "pad.", "page.me", "pause.", "prizes.", "result.spoken", "standings.",
               "start.", "state.sold_out", "void.", "wave.")
ELSEWHERE = ("campaigns.", "claim.", "counts.", STAFF, "draw.", "error.", "fairness.", "me.", "move.", "receipt.",
             "rehearsal.", "statement.", "ticket.")  # never said here

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
    return _campaign_page(get_campaign(current_session(), slug), embed=False)


@bp.get("/c/<slug>/draw")
def draw_page(slug: str) -> Response:
    session, now = current_session(), utc_now()
    campaign = get_campaign(session, slug)
    locale = asked_locale(campaign.locales)
    draw = show_draw(session, campaign, play_terms(), locale, now).as_json()
    return _page("draw.html", locale, campaign=public_campaign(session, campaign, locale, now), draw=draw)


@bp.get("/c/<slug>/words.json")
def later_words(slug: str) -> Response:
    """The texts of the game that its page does not bring along, in one of the campaign's languages."""
    campaign = get_campaign(current_session(), slug)
    locale = asked_locale(campaign.locales)
    texts = current_texts().with_words(locale, campaign.read_theme().words(locale)).of(locale)
    response = answer({key: text for key, text in texts.items() if not key.startswith((*FIRST_WORDS, *ELSEWHERE))})
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"  # a sandboxed frame has no origin of its own
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/e/<slug>")
def embedded_page(slug: str) -> Response:
    campaign = get_campaign(current_session(), slug)
    response = _campaign_page(campaign, embed=True)
    response.headers["X-Popshot-Framed-By"] = " ".join(campaign.framed_by)  # app.py turns it into frame-ancestors
    return response


@bp.get("/r/<round_id>")
def replay_page(round_id: str) -> Response:
    """A held round's own player is known only in the browser: its page is there, and its script asks who looks."""
    look, terms = request.args.get("look", ""), play_terms()
    watched = find_watchable(current_session(), round_id, may_look=is_look_key(terms.look_key, round_id, look))
    offered = current_texts().spoken(watched.campaign.locales if watched else ())
    locale = asked_locale(offered)
    boot = {"round": round_id, "look": look, "is_public": False, "campaign": None, "locales": offered}
    if watched is None:
        page = _page("replay.html", locale, boot, stage=stage_of({}))
        page.status_code = 404
        return page
    campaign, is_public = campaign_around_replay(watched.campaign, locale, utc_now()), watched.is_public
    preview = preview_replay(watched, current_texts(), locale, terms.public_url) if is_public else None
    boot |= {"is_public": is_public, "campaign": campaign, "takes_comments": _takes_comments(watched.campaign)}
    return _page("replay.html", locale, boot, campaign=campaign,
                 words=watched.campaign.read_theme().words(locale), stage=stage_of(watched.campaign.theme),
                 preview=preview)


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


def _campaign_page(campaign: Campaign, *, embed: bool) -> Response:
    locale = asked_locale(campaign.locales)
    shown = public_campaign(current_session(), campaign, locale, utc_now())
    shown["locales"] = current_texts().spoken(campaign.locales)
    shown["theme"] = {part: value for part, value in shown["theme"].items() if part != "texts"}  # those come as words
    return _page("campaign.html", locale, campaign=shown, stage=stage_of(campaign.theme),
                 words=campaign.read_theme().words(locale), said=FIRST_WORDS,
                 gifts=bool(campaign.rules.get("gift_waves")), takes_comments=_takes_comments(campaign),
                 first_prize=_first_prize(shown),
                 boot={"slug": campaign.slug, "locales": shown["locales"], "embed": embed, "campaign": shown})


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
