"""The desk of a campaign's QR codes: made, counted, revoked. What is printed of them is beside this."""

from flask import make_response
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from server.backoffice.access import campaign_to, current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.home.sparkline import draw_bars
from server.backoffice.page import done, say
from server.backoffice.posters import print_routes
from server.backoffice.posters.desk import LIST, ONE, bp, desk_page, list_of, poster_to
from server.backoffice.posters.forms import PosterForm, scene_name
from server.backoffice.posters.qr import svg_of
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.clock import utc_now
from server.db import current_session
from server.play.posters.code import Mark, address_of, code_of, spoken_address
from server.play.posters.figures import days_of, figures_of, posters_of
from server.play.posters.make_poster import make_poster, revoke_poster
from server.play.posters.poster import Poster, PosterKind, Standing
from server.play.terms import play_terms

__all__ = ["bp", "print_routes"]

TONES = {Standing.LIVE: "green", Standing.NOT_YET: "blue", Standing.OVER: "secondary", Standing.REVOKED: "red"}
DAYS = 30


@bp.get(LIST)
def overview(slug: str) -> str:
    campaign, session, now = campaign_to(Right.SEE, slug), current_session(), utc_now()
    posters = posters_of(session, campaign.id)
    standings = {poster.id: poster.standing(campaign, now) for poster in posters}
    return desk_page("overview", campaign, posters=posters, figures=figures_of(session, [one.id for one in posters]),
                     standings=standings, tones=TONES, scene_name=scene_name)


@bp.get(f"{LIST}/new")
def new(slug: str) -> str:
    campaign = campaign_to(Right.EDIT, slug)
    return desk_page("new", campaign, form=PosterForm(campaign=campaign))


@bp.post(f"{LIST}/new")
def make(slug: str) -> ResponseReturnValue:
    campaign, session = campaign_to(Right.EDIT, slug), current_session()
    form = PosterForm.of_request(campaign=campaign)
    if not form.validate():
        return make_response(desk_page("new", campaign, form=form), 422)
    wish = form.wish()
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), texts={"name": wish.name},
             after={name: value for name, value in vars(wish).items() if name != "name" and value not in (None, 0)})
    poster = make_poster(session, campaign, wish, utc_now())
    return done(say("posters.made"), f"{list_of(campaign)}/{poster.id}")


@bp.get(ONE)
def show(slug: str, poster_id: str) -> str:
    poster, campaign = poster_to(Right.SEE, slug, poster_id)
    session, now = current_session(), utc_now()
    days = days_of(session, poster.id, campaign.day(now), DAYS)
    picture = draw_bars([scans for _, scans, _ in days], say("posters.by_day", days=DAYS))
    may_edit = current_asker().may(Right.EDIT, campaign.brand_id)
    return desk_page("poster", campaign, poster=poster, figures=figures_of(session, [poster.id])[poster.id], days=days,
                     bars=picture, standing=poster.standing(campaign, now), tones=TONES, may_revoke=may_edit,
                     scene_name=scene_name, **_code(poster))


@bp.post(f"{ONE}/revoke")
def revoke(slug: str, poster_id: str) -> ResponseReturnValue:
    poster, campaign = poster_to(Right.EDIT, slug, poster_id)
    _tell(campaign, poster)
    is_new = revoke_poster(current_session(), poster.id, utc_now())
    return done(say("posters.revoked" if is_new else "posters.revoked_before"), f"{list_of(campaign)}/{poster.id}")


def _tell(campaign: Campaign, poster: Poster) -> None:
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), after={"revoked": poster.id},
             texts={"name": poster.name})


def _code(poster: Poster) -> dict[str, object]:
    """A poster's code as it hangs in public; those of a pack are taken away as files only."""
    if poster.kind == PosterKind.PACK:
        return {"code": None, "spoken": ""}
    terms = play_terms()
    code = code_of(terms.poster_key, Mark(poster.number))
    drawn = svg_of(address_of(terms.public_url, code)).decode().partition("?>")[2]
    return {"code": Markup(drawn), "spoken": spoken_address(terms.public_url, code)}  # noqa: S704  # nothing but squares
