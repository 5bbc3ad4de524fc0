"""Run the checks of each noun on the records that a command changed.

Commands that add or correct a record run these checks themselves. `undo`, which restores an earlier
state, calls this module to run the checks.
"""

from collections.abc import Iterable

from sqlmodel import Session

from partyctl.errors import PartyctlError
from partyctl.ledger.reading.nouns import split
from partyctl.records.common.finding import BRANCH_MEANT
from partyctl.records.undo.nouns import WRITTEN


def unsound(session: Session, records: Iterable[str]) -> dict[str, PartyctlError]:
    """The valid records (such as meeting#7) that fail a check, each with its error."""
    session.expire_all()
    session.info.pop(BRANCH_MEANT, None)  # ignore --branch: check the records of every branch
    found = {}
    for record in records:
        noun, number = split(record)
        if noun is None or noun not in WRITTEN:
            continue
        known = WRITTEN[noun]
        standing = session.get(known.table, int(number))
        if standing is None or standing.voided_at is not None:
            continue
        try:
            with session.no_autoflush:
                for check in known.checks:
                    check(session, standing)
        except PartyctlError as error:
            found[record] = error
        session.expire_all()
    return found
