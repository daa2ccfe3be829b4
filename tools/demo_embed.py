"""Three pages of other people with the game in them: `make demo-embed`.

blog.localhost, shop.localhost and town.localhost are three sites to a browser, play.localhost with the game a fourth
(ports of one name would all be one site), and browsers treat every one of them as secure. PORT is the game's,
HOSTS_PORT that of the pages. Whatever is played is forgotten at the end.
"""

import mimetypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import urlsplit

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "hosts"
NAMES = ("blog", "shop", "town")
GAME = "{{game}}"  # in a page: the address of the game
LOOPBACK = "127.0.0.1"  # where browsers look for every name under localhost


@dataclass(frozen=True)
class HostFile:
    """What one address answers."""

    content: bytes
    mimetype: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class HostSites:
    """Sites on one port, told apart by the first part of the name they are asked by; without one, 404."""

    port: int
    files: dict[tuple[str, str], HostFile] = field(default_factory=dict)

    def add(self, name: str, path: str, content: str, **headers: str) -> None:
        """Put a page on a site, with headers such as Content_Security_Policy."""
        spelt = {header.replace("_", "-"): value for header, value in headers.items()}
        self.files[name, path] = HostFile(content.encode(), headers=spelt)

    def add_folder(self, name: str, folder: Path, game: str) -> None:
        """Put a folder's files on a site; its pages learn the address of the game."""
        for file in filter(Path.is_file, folder.rglob("*")):
            content, kind = file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            if file.suffix == ".html":
                content, kind = content.replace(GAME.encode(), game.encode()), "text/html; charset=utf-8"
            path = f"/{file.relative_to(folder).as_posix()}"
            self.files[name, path.removesuffix("index.html")] = HostFile(content, kind)

    def find(self, host: str, path: str) -> HostFile | None:
        return self.files.get((host.partition(".")[0], urlsplit(path).path))

    @contextmanager
    def served(self) -> Iterator[None]:
        """Answer on loopback until the end of the block."""
        server = ThreadingHTTPServer((LOOPBACK, self.port), _handler(self))
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(sites: HostSites) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = sites.find(self.headers.get("Host", ""), self.path)
            self.send_response(200 if found else 404)
            for name, value in {"Content-Type": found.mimetype, **found.headers}.items() if found else ():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found.content if found else b"")

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


def example_sites(port: int, game: str) -> HostSites:
    """The blog, the shop and the town hall, with the game from its address."""
    sites = HostSites(port)
    for name in NAMES:
        sites.add_folder(name, FOLDER / name, game)
    return sites


def main() -> None:
    port, hosts_port = os.environ.get("PORT", "8000"), int(os.environ.get("HOSTS_PORT", "8080"))
    address = f"http://play.localhost:{port}"
    for name in NAMES:
        print(f"  http://{name}.localhost:{hosts_port}")
    with TemporaryDirectory() as folder, example_sites(hosts_port, address).served(), suppress(KeyboardInterrupt):
        own = {"PORT": port, "PUBLIC_URL": address, "DATA": f"{folder}/data", "KEYS": f"{folder}/keys",
               "DATABASE_URL": "", "REDIS_URL": ""}  # forgotten at the end, whatever this shell points at
        with subprocess.Popen([sys.executable, "-m", "server.run", "--demo"], env={**os.environ, **own}) as game:
            game.wait()


if __name__ == "__main__":
    main()
