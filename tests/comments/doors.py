"""Every door by which a comment's text could leave, and what is seen through it.

An address that the application gets later is a door from that day on: whatever is in its map of addresses is opened.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from flask.testing import FlaskClient

from server.campaigns import award_sheet, prize_sheet, save_draft
from server.campaigns.theme import load_themes
from server.play import share_card
from server.texts import FALLBACK, load_texts, program_texts
from tests.rig.staff_visit import PLACES

if TYPE_CHECKING:
    from tests.comments.walk import Walk

MARK = re.compile(r"secret-[0-9]+x")
LIST = "/api/v1/campaigns/boss/comments"
LANGUAGES = ("en", "fr")
# Files of the program, and whether it runs; pictures, whose words are read in place of their points.
SHOW_NO_ROWS = {"/static/<path:name>", "/api/v1/openapi.json", "/healthz", "/readyz", "/r/<round_id>/card.png",
                "/c/<slug>/card.png", "/c/<slug>/icon-<name>.png", "/favicon.ico", "/apple-touch-icon.png"}
FOR_ROBOTS = ("/sitemap.xml", "/c/boss/feed.xml", "/.well-known/security.txt")
STAFF_TURN = 5  # looks from one at the staff's addresses to the next: a stranger is turned away there at any time
ANY = "0" * 20  # in place of an id that means nothing here
FILLED = {**dict.fromkeys(PLACES, ANY), "slug": "boss", "code": ANY, "ticket": ANY, "picture_id": ANY}
OWN = ("/api/v1/players/me", f"{LIST}/mine")
THEMES = load_themes(load_texts().of(FALLBACK))


class Door(NamedTuple):
    """What is seen through it, and the comments' texts that may be."""

    name: str
    shown: str
    may_show: set[str]


def leaks(walk: "Walk") -> list[str]:
    """What is seen though it may not be, with the door."""
    return sorted({f"{door.name}: {mark}" for door in doors(walk)
                   for mark in set(MARK.findall(door.shown)) - marks(door.may_show)})


def marks(texts: set[str]) -> set[str]:
    return set(chain.from_iterable(map(MARK.findall, texts)))


def doors(walk: "Walk") -> Iterator[Door]:
    for name, shown in chain(public_addresses(walk), lists(walk), behind_the_wire(walk)):
        yield Door(name, shown, walk.public_texts)
    for player in (walk.reader, *walk.authors):
        own = {text for told in walk.told.values() if told.author == player.id for text in told.texts}
        for path in OWN:
            yield Door(f"{path} of a player", player.get(path.removeprefix("/api/v1")).text, walk.public_texts | own)


def public_addresses(walk: "Walk") -> Iterator[tuple[str, str]]:
    """Everything that answers to GET, as a stranger sees it; where a stranger is turned away at some looks only."""
    is_staff_s_turn = walk.looks % STAFF_TURN == 0
    for rule in walk.cast.client.application.url_map.iter_rules():
        if rule.rule.startswith("/backoffice") and not is_staff_s_turn:
            continue
        if "GET" in (rule.methods or ()) and rule.rule not in SHOW_NO_ROWS:
            for path in paths(walk, rule.rule):
                yield rule.rule, look(walk.cast.client, path)
    for path in FOR_ROBOTS:
        yield path, look(walk.cast.client, path)


def paths(walk: "Walk", address: str) -> Iterator[str]:
    """The address with whatever could mean something in it, where staff alone go with the newest comment alone; raises
    KeyError for a place that is not known here.
    """
    pieces = re.split(r"<(?:\w+:)?(\w+)>", address)  # the places stand between the others
    ids = walk.ids[-1:] if address.startswith("/backoffice") else walk.ids
    for comment_id in ids if "comment_id" in pieces else [ANY]:
        filled = {**FILLED, "comment_id": comment_id, "round_id": walk.round_id, "receipt_id": walk.receipt_id}
        yield "".join(filled[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def look(client: FlaskClient, path: str, **query: str) -> str:
    """The body. What holds a comment's text must be asked for anew each time, else caches would show it for ever."""
    answer = client.get(path, query_string=query)
    keeping = answer.headers.get("Cache-Control", "")
    if MARK.search(answer.text) and not {"no-store", "no-cache"} & set(re.split(r"[ ,]+", keeping)):
        return f"{answer.text} caches may keep it: secret-0x"
    return answer.text


def lists(walk: "Walk") -> Iterator[tuple[str, str]]:
    """The kept pages of both processes, and what comes after them."""
    for name, client in (("", walk.cast.client), (" of another process", walk.other)):
        for locale in LANGUAGES:
            for order in ("newest", "best"):
                yield f"{LIST}, {order}{name}", "".join(map(str, pages(client, order, lang=locale)))
    yield f"{LIST} about a round", look(walk.cast.client, LIST, round_id=walk.round_id)


def behind_the_wire(walk: "Walk") -> Iterator[tuple[str, str]]:
    """What a room hears, a page that stands open, the words on a picture, and the exports that are handed on."""
    yield "the room", str(walk.page.heard)
    yield "a page that stands open", str(walk.page.visible)
    with walk.database.sessions() as session:
        yield "the share card", str(asdict(share_card.find_card(session, walk.round_id, "en", program_texts())))
        campaign = walk.cast.campaign
        yield "the campaign's card", str(asdict(share_card.campaign_card(campaign, "en", program_texts())))
        yield "the export of prizes", str(list(map(list, prize_sheet.export_prizes(session, campaign))))
        yield "the export of awards", str(list(map(list, award_sheet.export_awards(session, campaign.id, None))))
        yield "the campaign's file", save_draft.save_draft(session, campaign, THEMES)


def pages(client: FlaskClient, order: str, **query: str) -> Iterator[dict[str, Any]]:
    """Each comment of the list, its first replies with it, page by page."""
    cursor: dict[str, str] = {}
    while cursor is not None:
        page = client.get(LIST, query_string={"order": order, **query, **cursor}).get_json()
        yield from page["comments"]
        if page["next"] is None:
            return
        cursor = {"before": page["next"]}


def listed(client: FlaskClient, order: str) -> set[str]:
    """The texts that the list shows, with all replies: those that stand in it, or where there are more the others."""
    shown = set[str]()
    for comment in pages(client, order):
        replies = comment["replies"]
        if comment["replies_next"] is not None:
            replies = client.get(f"/api/v1/comments/{comment['id']}/replies").get_json()["replies"]
        shown |= {comment["text"], *(reply["text"] for reply in replies)}
    return shown
