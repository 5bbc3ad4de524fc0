"""Whether the records that a command touched can stand as they are now: each noun's own checks.

A command that enters or corrects a record makes them; whoever brings an earlier state back, as
`undo` does, makes them here.
"""

from collections.abc import Iterable

from sqlmodel import Session

from partyctl.errors import PartyctlError
from partyctl.ledger.reading.nouns import split
from partyctl.records.common.finding import BRANCH_MEANT
from partyctl.records.undo.nouns import WRITTEN


def unsound(session: Session, records: Iterable[str]) -> dict[str, PartyctlError]:
    """Those of some records (meeting#7) that stand and cannot be as they are, and why not."""
    session.expire_all()
    session.info.pop(BRANCH_MEANT, None)  # a record of whichever branch is looked at
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
