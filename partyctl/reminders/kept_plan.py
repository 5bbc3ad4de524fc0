"""The plan of a run, stored in the ledger (docs/decisions/009): which reminders go to whom.

While the ledger, day, program and settings are the same, so is the plan, and most runs add nothing to it. The
outbox has the reminders already sent. Only digests that are sent need the duties in words.
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
    """The plan of one day under these settings, in a ledger open for writing the outbox."""

    def __init__(self, ledger: Path, settings: Settings, day: date) -> None:
        told = digest(repr(settings).encode("utf-8", "surrogateescape"))
        self.question = f"{QUESTION} {ledger} {told}"
        self.ledger = ledger
        self.day = day.isoformat()
        self.program = digest_of_program()

    def read(self, ledger: sqlite3.Connection, watch: Watch) -> list[Planned] | None:
        """The plan; None if none is stored, or if another program may have changed the file."""
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
        """Store a plan, within the transaction that adds it to the outbox."""
        said = compress(json.dumps(planned, ensure_ascii=False).encode())
        answer = Answer(self.question, self.day, self.program, 0, said)
        answers.put(self.ledger, ledger, answer)
