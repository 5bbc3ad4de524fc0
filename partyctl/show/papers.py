"""What every printed paper bears, so that the ledger can be checked against it years later."""

import sqlite3

from partyctl.language import say
from partyctl.ledger.reading.facts import head


def printed_head(ledger: sqlite3.Connection) -> str:
    """The head of the journal in a few words: 链头 123-ab12cd34ef567890."""
    return say(f"链头 {head(ledger)}", f"head {head(ledger)}")
