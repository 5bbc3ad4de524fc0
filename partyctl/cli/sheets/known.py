"""What the ledger knows about each branch, for entry sheets whose content depends on the rules."""

from collections.abc import Collection, Iterator
from datetime import date
from sqlite3 import Connection

from partyctl.law.engine.known import Known
from partyctl.ledger.reading import bodies
from partyctl.ledger.reading import facts as reader


def known_of_each(
    ledger: Connection, branch: int | None, on: date, views: Collection[str]
) -> Iterator[Known]:
    """Yield what is known on a day about one branch, or about each branch if `branch` is None.

    `views`: the kinds of facts that the sheet needs; no other facts are read.
    """
    since, waivers = bodies.organ(ledger).since, reader.waivers(ledger)
    for each in bodies.branches(ledger):
        if branch in (None, each.id):
            facts = reader.facts_of(ledger, each.id, views)
            yield Known(facts, reader.spells(ledger, each.id), since=since, on=on, waivers=waivers)
