"""What the desk gives away: pictures of a code, posters, sheets of stickers, the list of a pack's codes. Who takes them
shows a second factor again, and it is told.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from flask import Response, make_response
from flask.typing import ResponseReturnValue

from server.backoffice.access import require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.page import say
from server.backoffice.posters.desk import ONE, Hung, bp, desk_page, poster_to
from server.backoffice.posters.forms import AT_ONCE, PrintForm
from server.backoffice.posters.press import current_press
from server.backoffice.posters.print_out import (
    POSTERS,
    STICKERS,
    Layout,
    Printed,
    Words,
    across,
    poster_pdf,
    sticker_pdf,
)
from server.backoffice.posters.qr import png_of, svg_of
from server.backoffice.rights import Right
from server.backoffice.stream_table import Sheet, stream_table
from server.campaigns.picture import find_picture
from server.db import current_session
from server.drawings import look_of
from server.errors import Problem
from server.play.lettering import writable
from server.play.posters.code import Mark, address_of, code_of, spoken_address
from server.play.posters.poster import Poster
from server.play.terms import PlayTerms, play_terms
from server.texts import current_texts

COLUMNS = ("number", "code", "address")


@bp.get(f"{ONE}/print")
def print_page(slug: str, poster_id: str) -> str:
    """Where the second factor is asked for, so that nothing is lost on the way."""
    hung = _printable(slug, poster_id)
    require_fresh()
    return _page(hung, _form(hung))


@bp.post(f"{ONE}/print")
def print_out(slug: str, poster_id: str) -> ResponseReturnValue:
    hung = _printable(slug, poster_id)
    require_fresh()
    form, campaign = _form(hung, is_sent=True), hung.campaign
    if not form.validate():
        return make_response(_page(hung, form), 422)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), texts={"name": hung.poster.name},
             after={"poster": hung.poster.id, "file": form.file.data})
    return _file(hung, form)


def _printable(slug: str, poster_id: str) -> Hung:
    """Raises Problem signed_out, not_found, not_allowed, poster_revoked: what unlocks nothing is not printed."""
    hung = poster_to(Right.EDIT, slug, poster_id)
    if hung.poster.revoked_at is not None:
        raise Problem("poster_revoked", say("posters.revoked.print"))
    return hung


def _form(hung: Hung, *, is_sent: bool = False) -> PrintForm:
    asked: dict[str, Any] = {"codes": hung.poster.codes, "languages": current_texts().spoken(hung.campaign.locales)}
    return PrintForm.of_request(**asked) if is_sent else PrintForm(**asked)


def _page(hung: Hung, form: PrintForm) -> str:
    texts = current_texts()
    usual = {locale: texts.say(locale, "print.headline") for locale in texts.locales}
    return desk_page("print", hung.campaign, poster=hung.poster, form=form, usual=usual, at_once=AT_ONCE)


def _file(hung: Hung, form: PrintForm) -> Response:
    """The file that a form without faults asks for."""
    kind, name = str(form.file.data), f"{hung.campaign.slug}-{hung.poster.id[:8]}"
    if kind == "csv":
        return stream_table(Sheet.CSV, name, COLUMNS, _rows(hung.poster, play_terms()))
    if kind == "svg":
        return _attached(svg_of(_printed(hung.poster).address), "image/svg+xml", f"{name}.svg")
    if kind.startswith("png-"):
        side = int(kind.removeprefix("png-"))
        return _attached(png_of(_printed(hung.poster).address, side), "image/png", f"{name}-{side}.png")
    return _attached(_pdf(hung, form, Layout(kind)), "application/pdf", f"{name}-{kind}.pdf")


def _pdf(hung: Hung, form: PrintForm, layout: Layout) -> bytes:
    poster, campaign = hung
    words, look = _words(hung, form), look_of(campaign.theme)
    logo_id, session = campaign.read_theme().logo, current_session()
    logo = find_picture(session, logo_id) if logo_id and layout in POSTERS else None
    content = logo.content if logo else b""
    session.close()  # sheets are made one after the other: who waits must hold no connection
    if layout in POSTERS:
        return current_press().run(partial(poster_pdf, layout, _printed(poster), words, look, content))
    last = min(poster.codes, form.start + AT_ONCE - 1)
    columns, rows = across(STICKERS[layout])
    copies = range(form.start, last + 1) if poster.codes else [0] * (columns * rows)  # a sheet full of the same
    printed = [_printed(poster, copy) for copy in copies]
    return current_press().run(partial(sticker_pdf, layout, printed, words, look["accent"]))


def _words(hung: Hung, form: PrintForm) -> Words:
    texts, locale = current_texts(), str(form.language.data)
    free = texts.say(locale, "print.once" if hung.poster.codes else "print.free")
    headline = (form.headline.data or "").strip() or texts.say(locale, "print.headline")
    return Words(brand=writable(hung.campaign.brand), headline=headline, call=texts.say(locale, "print.call"),
                 free=free, locale=locale)


def _printed(poster: Poster, copy: int = 0) -> Printed:
    terms = play_terms()
    code = code_of(terms.poster_key, Mark(poster.number, copy))
    return Printed(address_of(terms.public_url, code), spoken_address(terms.public_url, code),
                   f"{copy:0{len(str(poster.codes))}}" if copy else "")


def _rows(poster: Poster, terms: PlayTerms) -> Iterator[tuple[int, str, str]]:
    """Every code of a pack, as a printer of packages takes them for variable data; sent while no request is there."""
    for copy in range(1, poster.codes + 1):
        code = code_of(terms.poster_key, Mark(poster.number, copy))
        yield copy, code, address_of(terms.public_url, code)


def _attached(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
