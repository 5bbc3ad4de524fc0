"""The mark on every printed paper; the ledger can be compared with it years later."""

import sqlite3

from partyctl.language import say
from partyctl.ledger.reading.facts import head


def printed_head(ledger: sqlite3.Connection) -> str:
    """The head of the journal in short: 链头 123-ab12cd34ef567890."""
    return say(f"链头 {head(ledger)}", f"head {head(ledger)}")


def mark(ledger: sqlite3.Connection) -> str:
    """The ledger's own number, which never changes: the start of its first entry's hash."""
    found: str = ledger.execute(
        "SELECT substr(hash, 1, 16) FROM journal_entry WHERE seq = 1"
    ).fetchone()[0]
    return found


def printed_foot(ledger: sqlite3.Connection) -> str:
    """The ledger's own number and the head of its journal: 台账 0123456789abcdef · 链头 …."""
    return say(f"台账 {mark(ledger)}", f"ledger {mark(ledger)}") + f" · {printed_head(ledger)}"
