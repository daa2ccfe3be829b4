"""What an author reads about a reason: the installation's own words in a language, else the program's."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.comments.desk_rows import CannedReason
from server.comments.rule_on_comment import REASONS
from server.comments.ruling import Reason
from server.db import transaction
from server.texts import Texts


def canned_reasons(session: Session, texts: Texts) -> dict[str, dict[str, str]]:
    """The words of every reason that a person may give, in every language: {locale: {reason: text}}."""
    words = {locale: {str(reason): texts.say(locale, f"reason.{reason}") for reason in REASONS}
             for locale in texts.locales}
    for own in session.scalars(select(CannedReason)):
        if own.locale in words and own.reason in words[own.locale]:
            words[own.locale][own.reason] = own.text
    return words


def can_reason(session: Session, locale: str, reason: Reason, text: str) -> None:
    """Keep an installation's own words for a reason in a language; an empty text brings the program's back."""
    with transaction(session):
        if text:
            own = insert_into(session, CannedReason).values(locale=locale, reason=reason, text=text)
            session.execute(own.on_conflict_do_update(index_elements=["locale", "reason"], set_={"text": text}))
        else:
            session.execute(delete(CannedReason).where(CannedReason.locale == locale, CannedReason.reason == reason))
