"""What each address of this desk asks for."""

from server.backoffice.rights import Right

ROWS = {"search.overview": Right.SEE, "search.box": Right.SEE}
QUERIES = {"search.overview": {"q": "Zapptastic"}, "search.box": {"q": "zapptastic"}}
