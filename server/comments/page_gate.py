"""The WSGI layer that gives the comments' first page again without Flask, while nothing has changed since it gave it.

Nothing is decided here. An answer is kept with the facts that it was made from, under the words in which it was asked
for. Who asks in the same words is given the same bytes while those facts, read anew each time, still stand, and is
counted as in Flask. All else goes on to Flask: what nobody has asked for yet, who brings a token or a body, who asks
too often, a database that is away. Flask costs more than the rest of such a request together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from server.clock import Clock
from server.comments.first_pages import ORIGINS, Origin, facts_now
from server.db import Database
from server.limits.rates import Limiter
from server.players.guard import count_stranger

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PLACE, LIST = "/api/v1/campaigns/", "/comments"
WORDS = ("PATH_INFO", "QUERY_STRING", "HTTP_HOST", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING")  # all that matters
LEFT_TO_FLASK = ("HTTP_AUTHORIZATION", "CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING")
MOST_KEPT = 1_000  # answers; those of one page share its bytes
MOST_WORDS = 600   # characters, so that nobody fills the memory with words

Words = tuple[str, ...]


@dataclass(frozen=True)
class Ready:
    """An answer of Flask's, and what the route made it from."""

    origin: Origin
    status: str
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class FirstPageGate:
    """Stands before the app; `ready` holds the answers, of which the oldest go first when there are too many."""

    app: "WSGIApplication"
    database: Database
    limiter: Limiter
    address_key: bytes
    clock: Clock
    ready: dict[Words, Ready] = field(default_factory=dict)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        words = _words(environ)
        if words is None:
            return self.app(environ, start_response)
        ready = self.ready.get(words)
        if ready is None or not self._stands(ready.origin) or not self._may_ask(environ.get("REMOTE_ADDR", "")):
            return self._learn(words, environ, start_response)
        start_response(ready.status, ready.headers.copy())
        return [ready.body]

    def _stands(self, origin: Origin) -> bool:
        if self.clock() >= origin.until:
            return False
        try:
            return facts_now(self.database.engine, origin.slug) == origin.facts
        except SQLAlchemyError:
            return False  # Flask asks again and knows what to answer

    def _may_ask(self, address: str) -> bool:
        """Count the call; one too many is not counted, so that Flask can refuse it in its own words."""
        return count_stranger(self.limiter, self.address_key, address) is None

    def _learn(self, words: Words, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let Flask answer, and keep the answer if the route says what it was made from."""
        origins: list[Origin] = []
        told: list[tuple[str, list[tuple[str, str]]]] = []
        environ[ORIGINS] = origins

        def listen(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            told.append((status, headers.copy()))
            return start_response(status, headers, *error)

        answer = self.app(environ, listen)
        status, headers = told[0]
        if not origins or any(name == "Date" for name, _ in headers):  # what tells the time is of its moment
            return answer
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        self._keep(words, Ready(origins[0], status, headers, body))
        return [body]

    def _keep(self, words: Words, ready: Ready) -> None:
        if sum(map(len, words)) <= MOST_WORDS:
            self.ready.pop(words, None)
            self.ready[words] = ready
        while len(self.ready) > MOST_KEPT:
            self.ready.pop(next(iter(self.ready)), None)


def _words(environ: "WSGIEnvironment") -> Words | None:
    """In which words the page is asked for; None for whatever is not this question, or is for Flask alone."""
    path: str = environ.get("PATH_INFO", "")
    is_asked = environ["REQUEST_METHOD"] == "GET" and path.endswith(LIST) and path.startswith(PLACE)
    if not is_asked or any(environ.get(name) for name in LEFT_TO_FLASK):
        return None
    return tuple([environ.get(name, "") for name in WORDS])
