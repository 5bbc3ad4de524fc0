"""Read a branch's facts, including changes that the running command has made."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from sqlmodel import Session

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.ledger.reading import bodies
from partyctl.ledger.reading import facts as reader
from partyctl.ledger.writing.session import driver_of


def known_of(session: Session, branch: int, *views: str, on: date = date.max) -> Known:
    """Read what is known about a branch on a day, from the given views of the ledger."""
    session.flush()
    ledger = driver_of(session)

    def facts() -> Iterator[Fact]:
        for view in views:
            yield from reader.facts(ledger, "branch_id = ?", (branch,), view)

    return Known(
        facts(),
        reader.spells(ledger, branch),
        since=bodies.organ(ledger).since,
        on=on,
        waivers=reader.waivers(ledger),
        command=command(session, branch),
        shared_names=bodies.shared_names(ledger),
        rest=partial(reader.rest_days, ledger),
    )


def command(session: Session, branch: int) -> str:
    """The first words of a suggested command, with --branch if the ledger has several branches."""
    several = len(bodies.branches(driver_of(session))) > 1
    return f"partyctl --branch {branch}" if several else "partyctl"
