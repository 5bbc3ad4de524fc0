"""Void a record of any noun: it keeps its number but no longer counts."""

from collections import Counter

from sqlmodel import Session

from partyctl.ledger.reading.nouns import LINES, TABLES
from partyctl.ledger.tables.base import Record
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.voiding import void as void_row
from partyctl.records.undo.nouns import WRITTEN
from partyctl.terms import Noun


class Voided(NamedTuple):
    """A voided record's number and name, and how many records of each noun were voided with it."""

    number: int
    name: str | None
    with_it: Counter[Noun]


def void_line(session: Session, line: Record, reason: str) -> int:
    """Void a line (part) of a record, such as a visit to a contact point.

    Returns the record's number.
    """
    _, owner = LINES[str(line.__tablename__)]
    void_row(session, line, reason)
    return int(getattr(line, owner))


def void(session: Session, noun: Noun, number: int, reason: str) -> Voided:
    """Void a record, and the records that are voided with it. Raises NoSuchRecord, Refused."""
    known = WRITTEN[noun]
    found = finding.record(session, known.table, number, elsewhere=True)
    for check in known.before_void:
        check(session, found)
    others = known.with_it(session, found)
    for each in (found, *others):
        void_row(session, each, reason)
    went_along = Counter(TABLES[str(each.__tablename__)] for each in others)
    return Voided(number, getattr(found, "name", None), went_along)
