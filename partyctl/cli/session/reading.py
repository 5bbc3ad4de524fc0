"""Read the facts about each branch from the ledger, for a question about one day."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from itertools import chain
from types import MappingProxyType

from partyctl.calendar import Period, month_of, period_of
from partyctl.law.dues.book import FOREVER
from partyctl.law.dues.duties import LAPSE_MONTHS
from partyctl.law.dues.settled import settled
from partyctl.law.engine.facts import Fact, Spell
from partyctl.law.engine.known import Known
from partyctl.law.engine.past import NO_PAST, Past, Settled
from partyctl.law.questions.plain_reviews import is_plain
from partyctl.ledger.reading import bodies
from partyctl.ledger.reading import facts as reader
from partyctl.ledger.reading.dues.plain import dues_lines, members_ahead, unusual_payments
from partyctl.ledger.reading.known.activities import Activities
from partyctl.ledger.reading.known.review_lines import (
    OF_REVIEWS,
    closed_reviews,
    facts_of_reviews,
    later_reviews,
)
from partyctl.ledger.reading.rules.changes import rule_changes
from partyctl.ledger.views.sources import (
    ADMISSION,
    BRANCH_ROLES,
    BRANCH_SOURCES,
    GROUP_SOURCES,
    TALKS,
)
from partyctl.light import TYPE_CHECKING

if TYPE_CHECKING:
    from partyctl.law.changes.changes import Change
    from partyctl.law.changes.rulebook import Rulebook

GROUP = 0
"""The number that the leading group has instead of a branch number."""


class Reading:
    """A ledger opened to answer a question as of one day.

    If `since_month` is given, the answer does not need duties that were settled before that month.
    Earlier dues are therefore not read if they were paid plainly: in one payment of the assessed
    amount, to which no rule objects. Of most earlier talks and meetings, only their month is read.

    The answer does not need duties that are due after the day `until`, so most records of later
    days are not read.
    """

    def __init__(
        self,
        ledger: sqlite3.Connection,
        on: date,
        since_month: Period | None = None,
        until: date = date.max,
    ) -> None:
        self.ledger = ledger
        self.on = on
        self.since_month = since_month
        self.organ = bodies.organ(ledger)
        self.branches = bodies.branches(ledger)
        self.shared_names = bodies.shared_names(ledger)
        self.waivers = reader.waivers(ledger)
        changes = rule_changes(ledger)
        self.rulebook = _rulebook(changes) if changes else None
        self.empty = reader.empty_views(ledger)
        self.rest = cache(partial(reader.rest_days, ledger))
        # In two cases, no record is left out because of `until`. If a rule was changed, a duty can
        # be due before the end of its period, so a record of a day after `until` can satisfy a duty
        # that is due by `until`. If `until` is not before `on`, the ledger as of `on` has no
        # records of days after `until`.
        self.until = date.max if changes or until >= on else until
        self.before: Period | None = None
        if since_month is not None:
            self.before = min(since_month, period_of("month", on))
            self.unusual = unusual_payments(ledger, self.before, as_enacted=not changes)

    @property
    def needs_every_rule(self) -> bool:
        """Whether the ledger has applications, probationary members or warnings.

        If the ledger has none of these records, only the rules of `law.usual` can require anything.
        """
        return any(view not in self.empty for view in (*ADMISSION, "warning_fact"))

    @property
    def group(self) -> bodies.Branch:
        """The leading group as a `Branch`: like a branch, the leading group has duties."""
        return bodies.Branch(GROUP, self.organ.name)

    def judged(self, name: str | None) -> list[bodies.Branch]:
        """Return the branch named `name`; if `name` is None, the leading group and all branches."""
        named = self.branches_named(name)
        return named if name is not None else [self.group, *named]

    def branches_named(self, name: str | None) -> list[bodies.Branch]:
        """Return the branch that has this name or number, or all branches. Raises NoSuchRecord."""
        if name is None:
            return self.branches
        from partyctl.ledger.reading.lookup import branches_named  # most questions name no branch

        return branches_named(self.ledger, name)

    def known(self, branch: bodies.Branch, views: Collection[str] = tuple(BRANCH_SOURCES)) -> Known:
        """Return everything known about a branch, or the leading group, as of the day.

        `views`: the kinds of facts that the question needs; no other facts are read.
        """
        if branch.id == GROUP:
            return self._known_of_group()
        spells = list(reader.spells(self.ledger, branch.id, self._not_empty(BRANCH_ROLES)))
        views = self._not_empty(views)
        if self.before is None:
            whole = reader.facts_of(self.ledger, branch.id, views)
            return self._known_of_branch(branch, whole, spells)
        roll = Known((), spells, since=self.organ.since, on=self.on)
        activities = Activities(branch.id, self._activities_since(self.before), self.until)
        paid = self._settled(branch, roll, self.before)
        facts = [
            reader.facts_of(self.ledger, branch.id, [view for view in reader.FEW if view in views]),
            self._dues(branch, spells, paid, self.before),
        ]
        past: dict[tuple[str, str, int], str] = {}
        if not set(TALKS).isdisjoint(views):
            talks = activities.talks(self.ledger, spells)
            facts.append(talks.facts)
            past |= talks.months
        if "meeting_fact" in views:
            meetings = activities.meetings(self.ledger, spells)
            facts.append(meetings.facts)
            past |= meetings.months
        if not set(OF_REVIEWS).isdisjoint(views):
            facts.append(self._reviews(branch, roll, self.before))
        return self._known_of_branch(
            branch,
            chain.from_iterable(facts),
            spells,
            settled=paid,
            past=past,
        )

    def _not_empty(self, views: Iterable[str]) -> list[str]:
        return [view for view in views if view not in self.empty]

    def _known_of_branch(
        self,
        branch: bodies.Branch,
        facts: Iterable[Fact],
        spells: Iterable[Spell],
        *,
        settled: Mapping[int, Settled] = MappingProxyType({}),
        past: Past = NO_PAST,
    ) -> Known:
        return Known(
            facts,
            spells,
            since=self.organ.since,
            on=self.on,
            waivers=self.waivers,
            settled=settled,
            past=past,
            command=self.command(branch),
            shared_names=self.shared_names,
            rest=self.rest,
        )

    def _known_of_group(self) -> Known:
        return Known(
            reader.group_facts(self.ledger, self._not_empty(GROUP_SOURCES)),
            reader.group_spells(self.ledger),
            since=self.organ.since,
            on=self.on,
            waivers=self.waivers,
            shared_names=self.shared_names,
            rest=self.rest,
        )

    def _activities_since(self, before: Period) -> date:
        """Return the day from which all talks and meetings are read as facts.

        If no rule was changed, return the first day of the quarter. Each duty that a talk or a
        meeting satisfies recurs every month or every quarter, and is due at the end of that month
        or quarter. If a rule was changed, a duty can recur less often, so an earlier day is
        returned.
        """
        if self.rulebook is not None:
            return self._first_day(before)
        return period_of("quarter", before.first).first

    def _first_day(self, before: Period) -> date:
        """Return 1 January of the year of the month `before`.

        If `before` is a January, return 1 January of the previous year, because a deadline on a day
        off in December can move into January.

        If any change to a rule sets how many times a duty is required in a period, return the
        earliest possible date, so that everything is read.
        """
        if self.rulebook is not None and self.rulebook.counts:
            return date.min
        return period_of("year", before.shifted(-1).first).first

    def _settled(self, branch: bodies.Branch, roll: Known, before: Period) -> dict[int, Settled]:
        """Return, for each member, the months before `before` that the member paid plainly."""
        lines = dues_lines(self.ledger, branch.id, before.name)
        # A member who leaves on the day of the question or later counts as staying.
        members = roll.spells["member"]
        return settled(members, lines, self.unusual, (self.organ.since, self.on), before)

    def _dues(
        self,
        branch: bodies.Branch,
        spells: list[Spell],
        paid: Mapping[int, Settled],
        before: Period,
    ) -> Iterator[Fact]:
        """Yield the facts about a branch's dues.

        For all members, the months from `before` to the month of `until` are read. All other months
        are read for two kinds of members: those who did not pay all earlier dues plainly, and those
        who had already paid for later months on the day `until`. `paid`: the plainly paid months,
        whose payments are not read.

        If a member pays nothing for `LAPSE_MONTHS` months, a procedure begins. The unpaid months
        that follow belong to the same procedure, even those after `until`. If there are more than
        `LAPSE_MONTHS` months from `before` to the month of `until`, a procedure can begin by `until`.
        The months after `until` are then also read, for all members.
        """
        last = month_of(self.until)
        if last > before.shifted(LAPSE_MONTHS - 1).name:
            last = FOREVER
        months = before.name, last
        yield from reader.dues_of_months(self.ledger, branch.id, months)
        ahead = self._ahead(branch)
        for member in sorted({spell.subject_id for spell in spells if spell.role == "member"}):
            own = paid.get(member)
            if own is None or not own.complete or member in ahead:
                without = own.months if own else ()
                yield from reader.dues_of_other_months(
                    self.ledger, branch.id, member, months, without
                )

    def _ahead(self, branch: bodies.Branch) -> frozenset[int]:
        """Return the members who on the day `until` had already paid for months after that day."""
        if self.until == date.max:
            return frozenset()
        return members_ahead(self.ledger, branch.id, self.until)

    def _reviews(self, branch: bodies.Branch, roll: Known, before: Period) -> Iterator[Fact]:
        """Yield the facts about a branch's reviews.

        Two kinds of reviews are left out: closed reviews of earlier years that satisfy every rule,
        and reviews that are due after the day `until` and have no step on or before this day.
        """
        closed = closed_reviews(self.ledger, branch.id, self._first_day(before), self.on)
        plain = [review.number for review in closed if is_plain(review, roll)]
        later = later_reviews(self.ledger, branch.id, self.until)
        views = self._not_empty(OF_REVIEWS)
        return facts_of_reviews(self.ledger, branch.id, views, [*plain, *later])

    def command(self, *branches: bodies.Branch) -> str:
        """Return the first words of a command about a branch, or about several branches together.

        The first word is `partyctl`. If the ledger has several branches, and the command is about
        one of them, --branch and the branch's number follow.
        """
        if len(branches) != 1 or len(self.branches) == 1 or branches[0].id == GROUP:
            return "partyctl"
        return f"partyctl --branch {branches[0].id}"


def _rulebook(changes: "list[Change]") -> "Rulebook":
    from partyctl.law.changes.rulebook import Rulebook  # most ledgers have no rule changes

    return Rulebook(changes)
