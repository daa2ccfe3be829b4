"""Roles of staff, and what each may do."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a brand."""

    OWNER = "owner"
    EDITOR = "editor"
    STOCK_KEEPER = "stock_keeper"
    MODERATOR = "moderator"
    ANALYST = "analyst"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What a page or a deed asks for."""

    SEE = "see"  # the brand's campaigns, stock and winners
    EDIT = "edit"  # campaigns
    STOCK = "stock"  # receive, correct, withdraw, import
    SERVE = "serve"  # winners: addresses, sending, revoking
    REVIEW = "review"  # rounds that are held, places to confirm
    MODERATE = "moderate"  # comments
    EXPORT = "export"  # take files away
    AUDIT = "audit"  # who did what
    STAFF = "staff"  # who may come in


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: frozenset({Right.SEE, Right.EDIT}),
    Role.STOCK_KEEPER: frozenset({Right.SEE, Right.STOCK, Right.SERVE, Right.EXPORT}),
    Role.MODERATOR: frozenset({Right.SEE, Right.REVIEW, Right.MODERATE}),
    Role.ANALYST: frozenset({Right.SEE, Right.EXPORT}),
    Role.AUDITOR: frozenset({Right.SEE, Right.EXPORT, Right.AUDIT}),
}
