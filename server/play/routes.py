"""The calls of a round and of a campaign's public answer."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from server.campaigns.came_from import friend_in, read_source
from server.campaigns.campaign import Campaign, get_campaign
from server.campaigns.source import source_id_of
from server.clock import rfc3339, utc_now
from server.db import current_session
from server.play.bonus_round import bonus_rounds_left
from server.play.friends import LINK, offer_link
from server.play.open_round import CameBy, next_day, open_round, require_may_open, rounds_left
from server.play.public_campaign import public_campaign
from server.play.resume_round import resume_round
from server.play.standings import count_players, find_standing, top_of
from server.play.submit_wave import find_first_answer, parse_wave, submit_wave
from server.play.terms import play_terms
from server.play.watch_replay import is_look_key, watch_replay
from server.players.current import current_player, find_current_player
from server.players.guard import call_wait, caller_network, meet_playing_limit, slow_down
from server.texts import asked_locale, current_texts
from server.wire import answer, number_argument, read_body

bp = Blueprint("play", __name__, url_prefix="/api/v1")


@bp.get("/campaigns/<slug>")
def show_campaign(slug: str) -> Response:
    session, now = current_session(), utc_now()
    campaign = get_campaign(session, slug)
    shown = public_campaign(session, campaign, asked_locale(campaign.locales), now)
    shown["locales"] = current_texts().spoken(campaign.locales)
    player = find_current_player()
    left = rounds_left(session, player.id, campaign, now) if player else None
    if left is not None:
        shown["rounds_left"] = left
        shown["bonus_rounds"] = bonus_rounds_left(session, player.id, campaign.id) if player else 0
    if left == 0:
        shown["next_rounds_at"] = rfc3339(next_day(campaign, now))
    return answer(shown)


@bp.post("/campaigns/<slug>/rounds")
def open_(slug: str) -> Response:
    session, now = current_session(), utc_now()
    player, told = current_player(), read_body().get("source")
    campaign, terms = get_campaign(session, slug), play_terms()
    require_may_open(session, player, campaign, terms, now)
    meet_playing_limit(session, now)  # last: a proof is asked for, and spent, only where a round opens
    return answer(open_round(session, player, campaign, terms, now, _came_by(campaign, told, now)).as_json(), 201)


def _came_by(campaign: Campaign, told: Any, now: datetime) -> CameBy:
    """How the caller came, out of the body's `source`: nothing that stands there is ever a reason to refuse a round."""
    came_from = read_source(told, campaign, urlsplit(play_terms().public_url).hostname or "")
    friend = friend_in(told) or ""
    return CameBy(caller_network(), source_id_of(current_session(), campaign, came_from, now),
                  friend if LINK.fullmatch(friend) else None)


@bp.post("/campaigns/<slug>/friends")
def friends(slug: str) -> Response:
    session = current_session()
    player, campaign = current_player(), get_campaign(session, slug)
    return answer(offer_link(session, player, campaign, play_terms(), utc_now()).as_json())


@bp.post("/rounds/<round_id>/waves")
def submit(round_id: str) -> Response:
    session, now, terms = current_session(), utc_now(), play_terms()
    wait = call_wait()  # before anything can refuse the call: what is refused counts too
    if wait is not None and find_current_player() is None:
        raise slow_down(wait)
    player, wave = current_player(), parse_wave(read_body())
    if wait is not None:  # an exact repeat of an accepted submission is never limited
        first_answer = find_first_answer(session, player, round_id, wave, terms)
        if first_answer is None:
            raise slow_down(wait)
        return answer(first_answer)
    return answer(submit_wave(session, player, round_id, wave, terms, asked_locale(), now))


@bp.get("/rounds/<round_id>")
def resume(round_id: str) -> Response:
    player = current_player()
    return answer(resume_round(current_session(), player, round_id, play_terms(), asked_locale(), utc_now()))


@bp.get("/rounds/<round_id>/replay")
def replay_of(round_id: str) -> Response:
    may_look = is_look_key(play_terms().look_key, round_id, request.args.get("look", ""))
    return answer(watch_replay(current_session(), round_id, find_current_player(), may_look=may_look))


@bp.get("/campaigns/<slug>/standings")
def standings(slug: str) -> Response:
    session = current_session()
    campaign = get_campaign(session, slug)
    player = find_current_player()
    mine = find_standing(session, campaign.id, player.id) if player else None
    return answer({"top": top_of(session, campaign.id, number_argument("limit", 100, 1, 100)),
                   "me": {"rank": mine["rank"], "score": mine["score"]} if mine else None,
                   "players": mine["players"] if mine else count_players(session, campaign.id)})
