"""Group obligations with the same rule and status, because they are one task for a clerk.

Duties that must still be done are grouped so that every name and period can be shown. For advice
and for settled obligations, names and periods are ignored: all obligations with the same rule and
status (and due day, if they are due) form one group.
"""

from collections.abc import Iterable
from datetime import date

from partyctl.bilingual import ENUMERATION, Told, alike, joined
from partyctl.calendar import Period, period_named
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.law.questions.scoreboard import Item
from partyctl.light import NamedTuple
from partyctl.terms import Noun, Status, Strength

PEOPLE = frozenset({Noun.MEMBER, Noun.APPLICANT, Noun.STAFF})
SETTLED = frozenset({Status.LATE, Status.MET, Status.WAIVED})


class Group(NamedTuple):
    """Obligations under one rule with one status, sorted by period, then in the order of the roll."""

    items: tuple[Item, ...]

    @property
    def first(self) -> Obligation:
        """The oldest obligation of the group."""
        return self.items[0].obligation

    @property
    def rule(self) -> Rule:
        """The group's rule."""
        return self.first.rule

    @property
    def status(self) -> Status:
        """The group's status."""
        return self.first.status

    @property
    def subjects(self) -> list[Subject]:
        """The people or records of the obligations, without repetition, in the order of the roll."""
        found = {item.obligation.subject for item in self.items}
        return sorted(found, key=lambda each: (each.kind, each.id, each.other_id or 0))

    @property
    def periods(self) -> list[str]:
        """The periods of the obligations, without repetition, oldest first."""
        found = {item.obligation.period for item in self.items if item.obligation.period}
        return sorted(found, key=lambda name: period_named(name).first)

    @property
    def branches(self) -> list[str]:
        """The branches that the obligations belong to."""
        return list(dict.fromkeys(item.branch for item in self.items))

    @property
    def names_everybody(self) -> bool:
        """Whether the duty must still be done; if so, every name is shown."""
        return _must(self.first) and self.status not in SETTLED


def _must(owed: Obligation) -> bool:
    return owed.rule.strength is Strength.MUST


def grouped(items: Iterable[Item]) -> list[Group]:
    """The groups, in the order of their first items.

    Duties that must still be done are grouped by period. A period joins the group of the last
    earlier period with items, if both periods have the same subjects.
    """
    buckets: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        buckets.setdefault(_alike(item), []).append(item)
    found = []
    for bucket in buckets.values():
        ordered = sorted(bucket, key=_order)
        owed = ordered[0].obligation
        apart = _must(owed) and owed.status not in SETTLED
        found += _runs(ordered) if apart else [Group(tuple(ordered))]
    return found


def _alike(item: Item) -> tuple[object, ...]:
    """The key that all items of a group share."""
    owed = item.obligation
    due = owed.due if owed.status is Status.DUE else None
    common = (item.carried_over, owed.rule.id, owed.status, due)
    if not _must(owed) or owed.status in SETTLED:
        return common
    # Several branches with the same duty share a group. Subjects that are not branches are grouped
    # by branch.
    branch = None if owed.subject.kind == Noun.BRANCH else item.branch
    return (*common, branch, owed.note, owed.remedy is None)


def _order(item: Item) -> tuple[date, str, str, int, int]:
    owed = item.obligation
    day = period_named(owed.period).first if owed.period else owed.due or owed.opens
    return day, owed.period or "", owed.subject.kind, owed.subject.id, owed.subject.other_id or 0


def _runs(ordered: list[Item]) -> list[Group]:
    """Group items by period; join each period to the one before it if the subjects are the same."""
    by_period: dict[str, list[Item]] = {}
    for item in ordered:
        by_period.setdefault(item.obligation.period or "", []).append(item)
    found: list[list[Item]] = []
    subjects: set[Subject] = set()
    for items in by_period.values():
        those = {item.obligation.subject for item in items}
        if found and those == subjects:
            found[-1] += items
        else:
            found.append(list(items))
        subjects = those
    return [Group(tuple(each)) for each in found]


def spans(names: Iterable[str]) -> Told:
    """Shorten a list of periods by joining consecutive ones, as in 2026-02–04、2026-06."""
    runs: list[list[Period]] = []
    for period in map(period_named, names):
        if runs and runs[-1][-1].shifted(1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    return joined((alike(_span(run[0], run[-1])) for run in runs), ENUMERATION)


def _span(first: Period, last: Period) -> str:
    if first == last:
        return first.name
    same_year = first.first.year == last.first.year and first.kind != "year"
    return f"{first.name}–{last.name[5:] if same_year else last.name}"
