"""What a page may not hold under a strict policy: handlers and styles in attributes, scripts of unknown origin."""

from html.parser import HTMLParser

URLS = {"href", "src", "action", "formaction", "data", "xlink:href"}
OURS = ("/", "#", "?", "data:image/", "blob:", "mailto:")


class Markup(HTMLParser):
    """Reads a page; what it may not hold is in `faults`."""

    def __init__(self, page: str, nonce: str) -> None:
        super().__init__()
        self.nonce, self.faults = nonce, list[str]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.faults += [f"<{tag} {name}>" for name in told if name.startswith(("on", "hx-on")) or name == "style"]
        self.faults += [f"<{tag} {name}={told[name]!r}>" for name in URLS & told.keys()
                        if not _is_ours(told[name]) and not (tag == "a" and told[name].startswith("https://"))]
        if tag in ("script", "style") and not self._may_run(told):
            self.faults.append(f"<{tag}> without this answer's nonce")
        if tag == "base":
            self.faults.append("<base>")

    def _may_run(self, told: dict[str, str]) -> bool:
        is_data = told.get("type") in ("application/json", "application/ld+json")
        return is_data or told.get("src", "").startswith("/static/") or told.get("nonce") == self.nonce


def faults(page: str, nonce: str) -> list[str]:
    """What breaks the policy in a page that was sent with a nonce."""
    return Markup(page, nonce).faults


Fields = dict[str, list[str]]


class Forms(HTMLParser):
    """The forms of a page: each with where it goes and what it holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self._select, self._area, self._aside = "", "", 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._aside += tag == "template"
        if tag == "form" and not self._aside:
            self.forms.append((told.get("action", ""), {}))
        elif self.forms and not self._aside:
            self._take(tag, told, self.forms[-1][1])

    def _take(self, tag: str, told: dict[str, str], fields: Fields) -> None:
        name, kind = told.get("name", ""), told.get("type", "")
        is_sent = kind not in ("submit", "file", "button") and (kind not in ("checkbox", "radio") or "checked" in told)
        if tag == "input" and name and is_sent:
            fields.setdefault(name, []).append(told.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in told or self._select not in fields):
            fields[self._select] = [told.get("value", "")]
        elif tag == "textarea":
            self._area = name
            fields[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        self._aside -= tag == "template"
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area and self.forms and not self._aside:
            self.forms[-1][1][self._area] = [self.forms[-1][1][self._area][0] + data]


def read_form(page: str, action: str, here: str) -> Fields:
    """The fields of the form that goes to an address, as the page at `here` fills them."""
    forms = [fields for goes_to, fields in Forms(page).forms if (goes_to or here).partition("?")[0] == action]
    if not forms:
        raise AssertionError(f"no form on {here} goes to {action}")
    return forms[0]


def _is_ours(address: str) -> bool:
    return not address or (address.startswith(OURS) and not address.startswith("//"))
