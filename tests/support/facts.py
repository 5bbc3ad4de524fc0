"""A short way to write facts in tests: the subject is a pair (kind, number), and so is the record."""

from datetime import date

from partyctl.law.engine.facts import Fact, what
from partyctl.law.engine.values import PLAIN
from partyctl.terms import Term


def fact(
    kind: Term,
    on: date,
    subject: tuple[str, int],
    record: tuple[str, int],
    of: object = PLAIN,
    *,
    period: str | None = None,
    makes_up: str | None = None,
) -> Fact:
    return Fact(
        what=what(kind),
        on=on,
        subject_kind=subject[0],
        subject_id=subject[1],
        branch_id=1,
        record_kind=record[0],
        record_id=record[1],
        period=period,
        makes_up=makes_up,
        of=of,
    )
