"""All that a browser says to anybody, and what it is told: a proxy on loopback that writes both down.

    with wiretap() as tap, visitor(playwright, folder, proxy=tap.proxy) as context:
        …
        assert tap.preflights() == []
"""

import http.client
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"  # where every name leads
HOP_BY_HOP = {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "accept-encoding", "content-length"}
OURS = re.compile(r"\.(localhost|example):[0-9]+$")  # what a browser asks its maker by itself is no page's
WORD = re.compile(r"[A-Za-z0-9_+/=-]{16,}")  # as long as an identifier has to be


@dataclass(frozen=True)
class Exchange:
    """A request and its answer, both as text; of a socket what was asked at its opening."""

    method: str
    url: str
    headers: dict[str, str]
    sent: str
    told: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def words_sent(self) -> set[str]:
        """Whatever could be an identifier in what went to the server."""
        return set(WORD.findall(" ".join([urlsplit(self.url).path, urlsplit(self.url).query, self.sent,
                                          *self.headers.values()])))

    def words(self) -> set[str]:
        """The same of both directions."""
        return self.words_sent() | set(WORD.findall(self.told))


@dataclass
class Wiretap:
    port: int = 0
    heard: list[Exchange] = field(default_factory=list)

    @property
    def proxy(self) -> dict[str, str]:
        """Playwright's choice that sends a browser's traffic through here, that to this very machine too."""
        return {"server": f"http://{LOOPBACK}:{self.port}", "bypass": "<-loopback>"}

    def preflights(self) -> list[str]:
        return [one.url for one in self.heard if one.method == "OPTIONS"]

    def cookies(self) -> list[str]:
        """What was said of a cookie, by either side."""
        return [f"{one.method} {one.url}" for one in self.heard
                if "cookie" in one.headers or re.search(r"^set-cookie:", one.told, re.I | re.M)]

    def take(self) -> list[Exchange]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard


@contextmanager
def wiretap() -> Iterator[Wiretap]:
    """Listen until the end of the block."""
    tap = Wiretap()
    server = ThreadingHTTPServer((LOOPBACK, 0), type("Proxy", (_Proxy,), {"tap": tap}))
    tap.port = server.server_port
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield tap
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    tap: Wiretap

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Whatever the method: `do_GET`, `do_OPTIONS`, …"""
        if name.startswith("do_"):
            return self.forward
        raise AttributeError(name)

    def forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = urlsplit(self.path)
        if not OURS.search(asked.netloc):
            self.send_error(502)
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        line = http.client.HTTPConnection(LOOPBACK, asked.port or 80, timeout=60)
        line.request(self.command, f"{asked.path or '/'}{'?' if asked.query else ''}{asked.query}", body, headers)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        told = [*(f"{name}: {value}" for name, value in answer.getheaders()), "", content.decode(errors="replace")]
        self.tap.heard.append(Exchange(self.command, self.path, _lower(headers.items()), body.decode(errors="replace"),
                                       "\n".join(told)))
        self._answer(answer, content)

    def _answer(self, answer: http.client.HTTPResponse, content: bytes) -> None:
        self.send_response(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_CONNECT(self) -> None:
        """A socket goes through a tunnel; it opens with a request like another."""
        if not OURS.search(self.path):
            self.send_error(502)
            return
        with socket.create_connection((LOOPBACK, int(self.path.rpartition(":")[2]))) as upstream:
            self.send_response(200)
            self.end_headers()
            opening = self.connection.recv(65536)
            self.tap.heard.append(_opening(self.path, opening.decode("latin-1")))
            upstream.sendall(opening)
            back = Thread(target=_pour, args=(upstream, self.connection), daemon=True)
            back.start()
            _pour(self.connection, upstream)
            back.join()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def _opening(host: str, text: str) -> Exchange:
    first, *lines = text.partition("\r\n\r\n")[0].split("\r\n")
    headers = _lower((name, value) for name, _, value in (line.partition(": ") for line in lines))
    method, path, *_ = [*first.split(" "), ""]
    return Exchange(method, f"ws://{host}{path}", headers, "")


def _pour(source: socket.socket, into: socket.socket) -> None:
    """All that comes, until one side is gone."""
    with suppress(OSError):
        while piece := source.recv(65536):
            into.sendall(piece)
    with suppress(OSError):
        into.shutdown(socket.SHUT_WR)
