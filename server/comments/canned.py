"""What an author reads about a reason: the brand's own words in a language, else the program's."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.comments.desk_rows import CannedReason
from server.comments.rule_on_comment import REASONS
from server.comments.ruling import Reason
from server.db import transaction
from server.texts import Texts

Canned = dict[str, dict[str, dict[str, str]]]


def canned_reasons(session: Session, texts: Texts, brands: Collection[str]) -> Canned:
    """The words of every reason that a person may give, in every language: {brand id: {locale: {reason: text}}}."""
    words: Canned = {brand_id: {locale: {str(reason): texts.say(locale, f"reason.{reason}") for reason in REASONS}
                                for locale in texts.locales} for brand_id in brands}
    for own in session.scalars(select(CannedReason).where(CannedReason.brand_id.in_(brands))):
        if own.locale in words[own.brand_id] and own.reason in words[own.brand_id][own.locale]:
            words[own.brand_id][own.locale][own.reason] = own.text
    return words


def can_reason(session: Session, brand_id: str, locale: str, reason: Reason, text: str) -> None:
    """Keep a brand's own words for a reason in a language; an empty text brings the program's back."""
    key = {"brand_id": brand_id, "locale": locale, "reason": reason}
    with transaction(session):
        if text:
            own = insert_into(session, CannedReason).values(**key, text=text)
            session.execute(own.on_conflict_do_update(index_elements=list(key), set_={"text": text}))
        else:
            session.execute(delete(CannedReason).filter_by(**key))
