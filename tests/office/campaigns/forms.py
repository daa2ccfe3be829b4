"""The studio's forms, read as a browser reads them and sent back."""

import re
from html import unescape

from tests.office.cast import StaffClient

HOME = "/backoffice/campaigns"
STEPS = ("theme", "texts", "prizes", "dates")


def shown(page: str) -> dict[str, str]:
    """The fields of a page's form, as a browser would send them; the ticks of one name together."""
    form = page[page.index('id="step-form"'):]
    form = re.sub(r"<template.*?</template>", "", form[:form.index("</form>")], flags=re.DOTALL)
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        has = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if "name" in has and (has.get("type") not in ("checkbox", "radio") or " checked" in tag):
            fields.setdefault(has["name"], []).append(unescape(has.get("value", "")))
    for name, body in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        picked = re.search(r'<option value="([^"]*)" selected', body) or re.search(r'<option value="([^"]*)"', body)
        if picked:
            fields.setdefault(name, []).append(unescape(picked[1]))
    for name, body in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, flags=re.DOTALL):
        fields.setdefault(name, []).append(unescape(body))
    return {name: ",".join(filter(None, values)) for name, values in fields.items()}


def open_step(who: StaffClient, slug: str, step: str) -> dict[str, str]:
    answer = who.get(f"{HOME}/{slug}/{step}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return shown(answer.get_data(as_text=True))


def change(who: StaffClient, slug: str, step: str, changes: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Open a step, change some of its fields, send it; the status, and what the page says beside each field."""
    answer = who.post(f"{HOME}/{slug}/{step}", open_step(who, slug, step) | changes)
    return answer.status_code, faults(answer.get_data(as_text=True))


def faults(page: str) -> dict[str, str]:
    """What a page says beside each field."""
    return {name: unescape(sentence) for name, sentence in re.findall(r'id="([^"]+)-fault">([^<]*)<', page)}


def make(who: StaffClient, name: str = "Zapp", template: str = "fair", **more: str) -> str:
    """A new draft; its slug."""
    answer = who.post(f"{HOME}/new", {"name": name, "template": template, "timezone": "Europe/Paris", **more})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"].split("/")[3]


def publish(who: StaffClient, slug: str) -> None:
    answer = who.post(f"{HOME}/{slug}/publish", {"confirmation": slug})
    assert answer.status_code == 303, answer.get_data(as_text=True)
