"""The forms of the back office: read, checked, and shown again with each fault beside its field."""

from typing import Any, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Form

from server.backoffice.page import office_locale

NUL = "\x00"


class OfficeForm(Form):
    """A WTForms form that speaks the page's language. It carries no token: the door refuses other sites' requests."""

    class Meta:
        """WTForms reads its settings here."""

        @property
        def locales(self) -> list[str]:
            return [office_locale(), "en"]

    @classmethod
    def of_request(cls, **defaults: Any) -> Self:
        """The form as it was sent, NUL characters left out, or with its defaults where nothing was."""
        return cls(formdata=_sent() if request.method == "POST" else None, **defaults)


def _sent() -> MultiDict[str, Any]:
    """What was sent; texts lose the one character that no database column holds."""
    texts = [(name, value.replace(NUL, "")) for name, value in request.form.items(multi=True)]
    return MultiDict([*texts, *request.files.items(multi=True)])
