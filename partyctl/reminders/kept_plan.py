"""The plan of a run: which reminders go to whom.

The plan is stored in the ledger (docs/decisions/009).

The plan is valid until the records, the day, the program or the settings change. The
outbox lists the reminders that were already sent. The text of a digest is written only when the
digest is sent.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zlib import compress, decompress

from partyctl.ledger.answers import answers
from partyctl.ledger.answers.answers import Answer, Watch
from partyctl.ledger.answers.program import digest_of_program
from partyctl.ledger.file.digests import digest
from partyctl.ledger.writing.outbox import Planned, Rung
from partyctl.reminders.settings import Settings

QUESTION = "remind"


class KeptPlan:
    """Reads and stores the plan for one day and one set of settings."""

    def __init__(self, ledger: Path, settings: Settings, day: date) -> None:
        told = digest(repr(settings).encode("utf-8", "surrogateescape"))
        self.question = f"{QUESTION} {ledger} {told}"
        self.ledger = ledger
        self.day = day.isoformat()
        self.program = digest_of_program()

    def read(self, ledger: sqlite3.Connection, watch: Watch) -> list[Planned] | None:
        """Return the stored plan.

        Return None if no plan is stored, or if it cannot be checked whether the ledger's file has
        changed.
        """
        if not watch.is_valid:
            return None
        said = answers.find(ledger, self.question, self.day, self.program)
        if said is None:
            return None
        return [
            Planned(channel, recipient, tuple(Rung(*rung) for rung in rungs))
            for channel, recipient, rungs in json.loads(decompress(said))
        ]

    def keep(self, ledger: sqlite3.Connection, planned: Sequence[Planned]) -> None:
        """Store a plan in the transaction that also fills the outbox."""
        said = compress(json.dumps(planned, ensure_ascii=False).encode())
        answer = Answer(self.question, self.day, self.program, 0, said)
        answers.put(self.ledger, ledger, answer)
