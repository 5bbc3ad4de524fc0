"""The mark printed on every paper.

The mark shows from which ledger the paper was made, and which journal entry was the last one.
"""

import sqlite3

from partyctl.language import say
from partyctl.ledger.reading.bodies import head


def printed_head(ledger: sqlite3.Connection) -> str:
    """Return the journal head (number and hash of the newest entry): 链头 123-ab12cd34ef567890."""
    return say(f"链头 {head(ledger)}", f"head {head(ledger)}")


def mark(ledger: sqlite3.Connection) -> str:
    """Return the ledger's ID: the start of the hash of the first journal entry.

    The ID never changes.
    """
    found: str = ledger.execute(
        "SELECT substr(hash, 1, 16) FROM journal_entry WHERE seq = 1"
    ).fetchone()[0]
    return found


def printed_foot(ledger: sqlite3.Connection) -> str:
    """Return the ID of the ledger and its journal head: 台账 0123456789abcdef · 链头 …."""
    return say(f"台账 {mark(ledger)}", f"ledger {mark(ledger)}") + f" · {printed_head(ledger)}"
