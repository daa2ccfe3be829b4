"""What each address of this desk asks for."""

from server.backoffice.rights import Right

ROWS = {"sources.overview": Right.SEE, "sources.make_link": Right.EDIT, "sources.export_page": Right.EXPORT,
        "sources.export": Right.EXPORT}
BODIES = {"sources.make_link": {"source": "Newsletter", "medium": "email", "tag": "december"},
          "sources.export": {"days": "30"}}
FRESH = {"sources.export_page", "sources.export"}
