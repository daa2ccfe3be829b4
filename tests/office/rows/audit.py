"""What each address of this desk asks for."""

from server.backoffice.rights import Right

ROWS = {"audit.overview": Right.AUDIT, "audit.act": Right.AUDIT, "audit.export": Right.AUDIT}
BODIES = {"audit.export": {"sheet": "csv", "q": "zounds", "since": "2026-01-01"}}
QUERIES = {"audit.overview": {"q": "zounds", "until": "2026-12-31"}}
FRESH = {"audit.export"}
