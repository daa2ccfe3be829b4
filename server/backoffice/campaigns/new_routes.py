"""A new campaign: a name, a template, and it is there."""

from typing import NamedTuple

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from prizes.fault import Fault
from server.backoffice.access import brands_to, current_asker, require
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.blueprint import HERE, HOME, bp
from server.backoffice.campaigns.faults import fault_text
from server.backoffice.campaigns.fields import Fields, typed_fields
from server.backoffice.campaigns.ready import ready_themes
from server.backoffice.page import done, office_locale, office_page, say
from server.backoffice.rights import Right
from server.campaigns.brand import Brand
from server.campaigns.local_time import zone_names
from server.campaigns.make_campaign import Template, fill_template, free_slug, make_campaign, template_table
from server.campaigns.strict_table import BadDraft
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.texts import current_texts

ZONE = "Europe/Paris"  # where the browser says none


class Wish(NamedTuple):
    """What the form says, with a brand that is there."""

    template: Template
    brand: Brand
    fields: Fields


@bp.get(f"{HOME}/new")
def new() -> str:
    return _page({"template": _asked_template(), "languages": office_locale(), "timezone": ""}, {})


@bp.post(f"{HOME}/new")
def make() -> ResponseReturnValue:
    fields = typed_fields(request.form)
    brand = _brand(fields)
    name = fields.get("name", "").strip()
    fields.setdefault("languages", office_locale())
    template = Template(fields["template"]) if fields.get("template") in list(Template) else Template.LADDER
    table = fill_template(
        template, slug=fields.get("slug", "").strip() or free_slug(current_session(), name), name=name,
        brand=brand.name, timezone=_zone(fields), now=utc_now(), theme=_theme(fields),
        languages=fields["languages"].split(",") if fields["languages"] else [])
    tell_act(brand_id=brand.id, subject=("campaign", table["slug"][:64].replace("\0", "")),
             after={"template": template.value})
    try:
        campaign = make_campaign(current_session(), table, ready_themes(), current_texts().locales, brand.id,
                                 current_asker().by, utc_now())
    except BadDraft as bad:
        return _page(fields, _beside(bad)), 422
    return done(say("campaigns.made", title=name), f"{HOME}/{campaign.slug}/theme")


def _beside(bad: Fault) -> dict[str, str]:
    """A title is the name here, a language a tick."""
    field = {"titles": "languages"}.get(bad.key, bad.key)
    known = bad.code != "language" and field.startswith("titles.")
    return {"name" if known else "languages" if field.startswith("titles") else field: fault_text(bad)}


def _brand(fields: Fields) -> Brand:
    """The brand that was chosen, or the only one; raises Problem not_found, not_allowed."""
    brand_id = fields.get("brand") or brands_to(Right.EDIT)[0]
    require(Right.EDIT, brand_id)
    brand = current_session().get(Brand, brand_id)
    if brand is None:
        raise Problem("not_found", "There is nothing at this address.")
    return brand


def _zone(fields: Fields) -> str:
    return fields["timezone"] if fields.get("timezone") in zone_names() else ZONE


def _theme(fields: Fields) -> str | None:
    return fields["theme"] if fields.get("theme") in ready_themes() else None


def _asked_template() -> str:
    asked = request.args.get("template", "")
    return asked if asked in list(Template) else Template.LADDER


def _page(fields: Fields, faults: dict[str, str]) -> str:
    brands = current_session().scalars(
        select(Brand).where(Brand.id.in_(brands_to(Right.EDIT))).order_by(Brand.name)).all()
    themes = {template: template_table(template)["theme"] for template in Template}
    return office_page("campaigns/new.html", here=HERE, fields=fields, faults=faults, brands=brands,
                       templates=list(Template), themes=themes, ready=ready_themes(),
                       languages=current_texts().locales)
