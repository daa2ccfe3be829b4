"""What each address of this desk asks for."""

from server.backoffice.rights import Right

ROWS = {"home.overview": Right.SEE, "home.board": Right.SEE}
