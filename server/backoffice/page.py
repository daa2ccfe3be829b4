"""The pages of the back office: one language, its texts, and the small script that each needs."""

from typing import Any

from flask import render_template

from server.clock import utc_now
from server.texts import asked_locale, current_texts

SAID = ("desk.", "reason.")


def staff_page(template: str, **boot: Any) -> str:
    """A page out of templates/backoffice; `boot` is handed to its script beside the texts."""
    texts, locale = current_texts(), asked_locale()
    said = {key: text for key, text in texts.of(locale).items() if key.startswith(SAID)}
    common = {"locale": locale, "locales": texts.locales, "texts": said, "now": utc_now().isoformat()}
    return render_template(f"backoffice/{template}", locale=locale, boot={**common, **boot},
                           t=lambda key, **places: texts.say(locale, key, **places))
