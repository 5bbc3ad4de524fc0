"""The ledger opened for a question about one day: what the law needs to know, branch by branch."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import chain

from partyctl.calendar import Period, period_of
from partyctl.law.dues_book import settled
from partyctl.law.facts import Fact, Known
from partyctl.ledger import reader
from partyctl.ledger.plain_dues import plain_runs


class Reading:
    """A ledger opened for reading, asked about one day.

    `since_month`: nothing that was settled before that month is asked for, so that dues paid
    plainly before it need not be read.
    """

    def __init__(
        self, ledger: sqlite3.Connection, on: date, since_month: Period | None = None
    ) -> None:
        self.ledger = ledger
        self.on = on
        self.organ = reader.organ(ledger)
        self.branches = reader.branches(ledger)
        self.shared_names = reader.shared_names(ledger)
        self.before: Period | None = None
        if since_month is not None:
            self.before = min(since_month, period_of("month", on))
            self.runs = plain_runs(ledger, self.before.name)

    def known(self, branch: reader.Branch) -> Known:
        """All that is known of a branch on the day."""
        spells = list(reader.spells(self.ledger, branch.id))
        paid_up: frozenset[int] = frozenset()
        if self.before is not None:
            paid_up = settled(spells, self.runs, (self.organ.since, self.on), self.before)
        members = [spell.subject_id for spell in spells if spell.role == "member"]
        return Known(
            chain(
                reader.facts_of_branch(self.ledger, branch.id),
                self._payments(branch, [each for each in members if each not in paid_up]),
            ),
            spells,
            since=self.organ.since,
            on=self.on,
            settled=paid_up,
            settled_before=self.before.first if self.before else date.min,
            command=self.command(branch),
            shared_names=self.shared_names,
        )

    def _payments(self, branch: reader.Branch, behind: list[int]) -> Iterator[Fact]:
        """The payments of a branch, but the older ones of those who are paid up."""
        if self.before is None:
            yield from reader.payments_of_branch(self.ledger, branch.id)
            return
        yield from reader.payments_of_branch(self.ledger, branch.id, self.before.name)
        for member in behind:
            yield from reader.payments_of_member(self.ledger, branch.id, member, self.before.name)

    def command(self, branch: reader.Branch) -> str:
        """How a remedy about a branch begins: it names the branch where there are several."""
        if len(self.branches) == 1:
            return "partyctl"
        return f"partyctl --branch {branch.id}"
