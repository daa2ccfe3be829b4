"""What a reader who reports may tell of himself: a name, an address for mail. Sealed to the legal role."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.comments.contribution import seal, unseal
from server.comments.report import CommentReport, ReportReason


@dataclass(frozen=True, repr=False)  # a name in a log line would be a leak
class Contact:
    """Each is '' where the reader did not tell."""

    name: str
    email: str


@dataclass(frozen=True, repr=False)
class Reporter:
    report_id: str
    reason: ReportReason
    at: datetime
    name: str
    email: str


def seal_contact(legal_key: bytes, report_id: str, contact: Contact) -> bytes:
    return seal(legal_key, _name(report_id), orjson.dumps(asdict(contact)))


def open_reporters(session: Session, comment_id: str, private: bytes) -> Iterator[Reporter]:
    """Who reported a comment and told of themselves, the first one first; raises SealedForAnother."""
    told = select(CommentReport).where(CommentReport.comment_id == comment_id, CommentReport.sealed.is_not(None))
    for report in session.scalars(told.order_by(CommentReport.at, CommentReport.id)):
        contact = Contact(**orjson.loads(unseal(private, _name(report.id), report.sealed or b"")))
        yield Reporter(report.id, report.reason, report.at, contact.name, contact.email)


def _name(report_id: str) -> bytes:
    return f"report:{report_id}".encode()
