"""Reading a page as the crawlers of social networks do: the first kilobytes, the tags in them, the picture."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask

READ = 16_384  # bytes: half of what Slack reads, the least of them all
CRAWLERS = {
    "facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "whatsapp": "WhatsApp/2.23.20.0", "linkedin": "LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)",
    "x": "Twitterbot/1.0", "telegram": "TelegramBot (like TwitterBot)",
    "slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "discord": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
}  # fmt: skip


class Head(HTMLParser):
    """The tags of a page's head, in order, each with where its text ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "meta" and ("property" in has or "name" in has):
            self.tags.append((has.get("property") or has["name"], has.get("content", "")))
        if tag == "link":
            self.links[has.get("rel", "")] = has.get("href", "")
        if tag == "html":
            self.language = has.get("lang", "")

    def of(self, name: str) -> str:
        """The one value of a tag; AssertionError where it is missing or said twice."""
        [value] = [content for tag, content in self.tags if tag == name]
        return value

    def all_of(self, name: str) -> list[str]:
        return [content for tag, content in self.tags if tag == name]


@dataclass(frozen=True)
class Preview:
    """What a network shows of a link."""

    head: Head
    picture: bytes
    media_type: str


def read_head(app: Flask, path: str, crawler: str = CRAWLERS["facebook"], **headers: str) -> Head:
    """The head of a page as a crawler reads it: no script, no cookie, no more than its first bytes."""
    response = app.test_client().get(path, headers={"User-Agent": crawler, **headers})
    assert (response.status_code, response.mimetype) == (200, "text/html"), path
    return Head(response.data[:READ].decode("utf-8", "ignore"))


def unfold(app: Flask, path: str, crawler: str = CRAWLERS["facebook"], **headers: str) -> Preview:
    """A link's preview, its picture fetched from the address that the page tells."""
    head = read_head(app, path, crawler, **headers)
    address = urlsplit(head.of("og:image"))
    picture = app.test_client().get(f"{address.path}?{address.query}", headers={"User-Agent": crawler})
    assert picture.status_code == 200
    assert int(picture.headers["Content-Length"]) == len(picture.data)
    return Preview(head, picture.data, picture.headers["Content-Type"])
