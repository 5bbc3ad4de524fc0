"""Void a record: it keeps its number and gets a time and a reason, but no longer counts."""

from sqlmodel import Session

from partyctl.language import say
from partyctl.ledger.tables.base import Record, now
from partyctl.records.common.words import clean_text


def void(session: Session, record: Record, reason: str) -> None:
    """Void a record for a reason. Records are never deleted."""
    record.voided_at = now()
    record.void_reason = clean_text(reason, say("作废原因", "the reason"))
    session.add(record)
