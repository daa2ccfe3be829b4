"""The files under /static/: read once, compressed once with brotli at its best, told apart by their content."""

import hashlib
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from flask import Blueprint, Response, abort, request
from werkzeug.security import safe_join

FOLDER = Path(__file__).resolve().parent.parent / "static"
GAME = FOLDER / "game"
DIST = GAME / "dist"  # made by `make bundle`
MADE = "made.json"  # in it: from which sources, and which files each page needs
# The scripts that pages load, each with what it imports.
PAGES = ("main", "replay", "claim", "me", "talk", "sharing", "duel", "friends", "warning", "way_out", "app",
         "preview", "scan")
LONG = 200_000  # bytes from which packing as small as can be would keep everybody waiting for a second
EMBED_S, A_DAY_S = 3600, 86_400  # how long embed.js is kept, and how long an old one may stand in for a newer
HASTY, THOROUGH = 5, 11  # how much brotli tries
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}  # the same on every machine


@dataclass(frozen=True)
class StaticFile:
    """`packed` is the brotli form, None where compressing gains nothing."""

    changed_at: int
    mimetype: str
    etag: str
    plain: bytes
    packed: bytes | None


class Shelf:
    """The files read so far; one that has changed on disk is read again."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._files: dict[Path, StaticFile] = {}

    def find(self, name: str) -> StaticFile | None:
        """The file of a relative name; None for what is not there or lies outside."""
        joined = safe_join(str(self._folder), name)
        path = Path(joined) if joined and "\0" not in joined else None
        if path is None or not _is_file(path):
            return None
        known = self._files.get(path)  # not by name: one file has any number, "game/./main.js" is one
        if known is None or known.changed_at != path.stat().st_mtime_ns:
            known = self._files[path] = _read(path)
        return known


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the system's names
        return False


def _read(path: Path) -> StaticFile:
    plain = path.read_bytes()
    mimetype = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    effort = HASTY if len(plain) > LONG else THOROUGH
    packed = brotli.compress(plain, quality=effort) if mimetype.startswith(COMPRESSED) else None
    return StaticFile(path.stat().st_mtime_ns, mimetype, hashlib.sha256(plain).hexdigest()[:20], plain, packed)


def create_static_blueprint() -> Blueprint:
    """Serves /static/… to any origin; browsers ask again each time and are mostly told that nothing changed."""
    bp, shelf = Blueprint("static", __name__), Shelf()

    @bp.get("/static/<path:name>")
    def file(name: str) -> Response:
        response = _serve(shelf, name)
        response.cache_control.no_cache = True
        return response

    @bp.get("/embed.js")
    def embed() -> Response:
        """What other sites load into their own pages: kept for an hour, so that each costs them one request."""
        response = _serve(shelf, "embed.js")
        response.headers["Cache-Control"] = f"public, max-age={EMBED_S}, stale-while-revalidate={A_DAY_S}"
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # also where pages refuse all that lacks it
        return response

    return bp


def _serve(shelf: Shelf, name: str) -> Response:
    found = shelf.find(name)
    if found is None:
        abort(404, description="There is no such file.")
    packed = found.packed if request.accept_encodings["br"] else None
    response = Response(packed or found.plain, mimetype=found.mimetype)
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{found.etag}-br" if packed else found.etag)
    if packed:
        response.content_encoding = "br"
    response.make_conditional(request)
    return response


def source_hash(folder: Path = GAME) -> str:
    """SHA-256 over the names and contents of the game's modules, what is made from them left out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.js")):
        if DIST not in path.parents:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True)
class PageScript:
    """The address of a page's script, and of the files that it imports at once."""

    address: str
    imports: tuple[str, ...] = ()


def page_scripts(dist: Path = DIST) -> dict[str, PageScript]:
    """Each page's script: the bundled one while it matches its sources, else the modules themselves."""
    made = _made(dist)
    if not is_bundled(dist):
        return {page: PageScript(f"/static/game/{page}.js") for page in PAGES}
    files = {page: [f"/static/game/dist/{name}" for name in names] for page, names in made["pages"].items()}
    return {page: PageScript(first, tuple(rest)) for page, (first, *rest) in files.items()}


def is_bundled(dist: Path = DIST) -> bool:
    """Whether the made files match their sources."""
    return _made(dist).get("sources") == source_hash()


def _made(dist: Path) -> dict[str, Any]:
    listed = dist / MADE
    made: dict[str, Any] = json.loads(listed.read_text()) if listed.is_file() else {}
    return made
