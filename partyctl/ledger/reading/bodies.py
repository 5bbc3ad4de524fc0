"""Read the leading group, the branches, names that several members have, and the journal's head.

Nearly every command needs this module, so the module does not import the law, which is slow to
load.
"""

import sqlite3
from datetime import date

from partyctl.light import NamedTuple


class Organ(NamedTuple):
    """The leading group that owns the ledger, and the ledger's first day."""

    name: str
    since: date


class Branch(NamedTuple):
    """A branch's number and name; the leading group has number 0."""

    id: int
    name: str


def organ(ledger: sqlite3.Connection) -> Organ:
    """The leading group that owns the ledger, and the ledger's first day."""
    name, since = ledger.execute("SELECT name, since FROM organ").fetchone()
    return Organ(name, date.fromisoformat(since))


def branches(ledger: sqlite3.Connection) -> list[Branch]:
    """The branches of the ledger, in the order of their numbers."""
    rows = ledger.execute("SELECT id, name FROM branch WHERE voided_at IS NULL ORDER BY id")
    return [Branch(*row) for row in rows]


def is_without_people(ledger: sqlite3.Connection) -> bool:
    """Whether the roll is empty: the ledger has no member whose record is valid."""
    return ledger.execute("SELECT 1 FROM member WHERE voided_at IS NULL").fetchone() is None


def shared_names(ledger: sqlite3.Connection) -> frozenset[str]:
    """The names that several members have."""
    rows = ledger.execute(
        "SELECT name FROM member WHERE voided_at IS NULL GROUP BY name HAVING count(*) > 1"
    )
    return frozenset(name for (name,) in rows)


def head(ledger: sqlite3.Connection) -> str:
    """The head of the journal as printed on papers, so that a paper can be checked against it later."""
    seq, digest = ledger.execute(
        "SELECT seq, substr(hash, 1, 16) FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return f"{seq}-{digest}"
