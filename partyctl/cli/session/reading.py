"""The ledger opened for a question about one day: the law's input, by branch."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, partial

from partyctl.calendar import Period, period_of
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.dues.book import settled
from partyctl.law.engine.facts import Fact, Spell
from partyctl.law.engine.known import Known
from partyctl.ledger.reading import facts as reader
from partyctl.ledger.reading.dues.plain import dues_lines, unusual_members
from partyctl.ledger.reading.lookup import branches_named
from partyctl.ledger.reading.rules.changes import rule_changes
from partyctl.ledger.views.sources import BRANCH_SOURCES

GROUP = 0
"""The number that stands for the leading group among the branches."""


class Reading:
    """A ledger opened for reading, with a question about one day.

    `since_month`: the question does not concern duties settled before that month, so fully paid older dues
    need not be read.
    """

    def __init__(
        self, ledger: sqlite3.Connection, on: date, since_month: Period | None = None
    ) -> None:
        self.ledger = ledger
        self.on = on
        self.since_month = since_month
        self.organ = reader.organ(ledger)
        self.branches = reader.branches(ledger)
        self.shared_names = reader.shared_names(ledger)
        self.waivers = reader.waivers(ledger)
        changes = rule_changes(ledger)
        self.rulebook = Rulebook(changes) if changes else None
        self.rest = cache(partial(reader.rest_days, ledger))
        self.before: Period | None = None
        if since_month is not None:
            self.before = min(since_month, period_of("month", on))
            self.unusual = unusual_members(ledger)

    @property
    def group(self) -> reader.Branch:
        """The leading group, which has its own duties."""
        return reader.Branch(GROUP, self.organ.name)

    def judged(self, name: str | None) -> list[reader.Branch]:
        """The bodies in question: the leading group and all branches, or a named branch."""
        named = branches_named(self.ledger, name)
        return named if name is not None else [self.group, *named]

    def known(self, branch: reader.Branch, views: Iterable[str] = BRANCH_SOURCES) -> Known:
        """Everything known about a branch, or the leading group, on the day.

        A question that needs only some kinds of facts names their `views`; others are not read.
        """
        if branch.id == GROUP:
            return self._known_of_group()
        spells = list(reader.spells(self.ledger, branch.id))
        paid_up = self._paid_up(branch, spells)
        members = {spell.subject_id for spell in spells if spell.role == "member"}
        return Known(
            self._facts(branch, members - paid_up, list(views)),
            spells,
            since=self.organ.since,
            on=self.on,
            waivers=self.waivers,
            settled=paid_up,
            settled_before=self.before.first if self.before else date.min,
            command=self.command(branch),
            shared_names=self.shared_names,
            rest=self.rest,
        )

    def _known_of_group(self) -> Known:
        return Known(
            reader.group_facts(self.ledger),
            reader.group_spells(self.ledger),
            since=self.organ.since,
            on=self.on,
            waivers=self.waivers,
            shared_names=self.shared_names,
            rest=self.rest,
        )

    def _paid_up(self, branch: reader.Branch, spells: list[Spell]) -> frozenset[int]:
        """The members whose older dues need not be read."""
        if self.before is None:
            return frozenset()
        lines = dues_lines(self.ledger, branch.id, self.before.name)
        return settled(spells, lines, (self.organ.since, self.on), self.before) - self.unusual

    def _facts(self, branch: reader.Branch, behind: set[int], views: list[str]) -> Iterator[Fact]:
        """The facts of a branch, without the older dues of fully paid members."""
        if self.before is None:
            yield from reader.facts_of(self.ledger, branch.id, views)
            return
        yield from reader.facts_but_dues(self.ledger, branch.id)
        yield from reader.dues_since(self.ledger, branch.id, self.before.name)
        for member in sorted(behind):
            yield from reader.dues_before(self.ledger, branch.id, member, self.before.name)

    def command(self, branch: reader.Branch) -> str:
        """The start of a remedy about a branch: it names the branch if there are several."""
        if len(self.branches) == 1 or branch.id == GROUP:
            return "partyctl"
        return f"partyctl --branch {branch.id}"
