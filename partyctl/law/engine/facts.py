"""What the law may look at: facts, spells in a role, and all that is known on a day.

A question for a day sees every fact whose own date is on or before it, whenever it was typed in.
A later change of standing is not foreseen: whoever is in a role on that day is assumed to stay.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from partyctl.calendar import RestDays, months_between
from partyctl.law.engine import rest_days
from partyctl.terms import (
    AdmissionStep,
    Case,
    DisclosureKind,
    DuesAct,
    IntegrityAct,
    LifeStep,
    MeetingKind,
    OpinionStep,
    PlanKind,
    ReviewStep,
    StudyAct,
    TalkKind,
    Term,
    VisitKind,
    VoteKind,
    WarningStep,
)

ONE_DAY = timedelta(days=1)
TWO = "、"
"""What stands between the names of two people, and in no name."""

SHELL_MARKS = frozenset(" \t'\"()&;#*?$<>|!`\\~[]{}")

GENUS: dict[type[Term], str] = {
    MeetingKind: "meeting",
    PlanKind: "plan",
    DuesAct: "dues",
    Case: "case",
    LifeStep: "step",
    ReviewStep: "review",
    TalkKind: "talk",
    VisitKind: "contact",
    IntegrityAct: "integrity",
    DisclosureKind: "disclosure",
    VoteKind: "vote",
    StudyAct: "study",
    AdmissionStep: "admission",
    OpinionStep: "opinion",
    WarningStep: "warning",
}
"""What the facts of a vocabulary are called, before the colon."""


@lru_cache(maxsize=None, typed=True)  # typed: PlanKind.STUDY equals MeetingKind.STUDY
def what(term: Term) -> str:
    """The name under which facts of a kind are known: `meeting:study`, apart from `plan:study`."""
    return f"{GENUS[type(term)]}:{term}"


class Fact(NamedTuple):
    """Something that happened on a day. Every table gives its facts this one shape.

    The fields are the columns of the view `fact`, in its order. `period` is what the record
    itself names (a plan's year, a month of dues; `until` the last month of several, of an assessment
    the month from which the next one holds), `makes_up`
    the period that it was held to make up. Amounts are in 分, or half days of study.

    A case has deadlines of its own: `due_on` is the day it is planned for or due on, `done_on` the
    day it was held or done. `case_id` is the case that a step belongs to, `other_id` the other
    person, or meeting, concerned; `name` what a case is called; `opinions_on` when opinions were
    asked for; `consent_on` when somebody agreed; `marks` are the words for what else the record shows.
    """

    what: str
    on: date
    subject_kind: str
    subject_id: int
    branch_id: int | None
    record_kind: str
    record_id: int
    period: str | None = None
    until: str | None = None
    makes_up: str | None = None
    chair_id: int | None = None
    lecturer_id: int | None = None
    notified_on: date | None = None
    has_minutes: int = 0
    undecided: int = 0
    amount: int | None = None
    payer: str | None = None
    consent_on: date | None = None
    step: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    case_id: int | None = None
    other_id: int | None = None
    name: str | None = None
    opinions_on: date | None = None
    marks: str = ""

    def has(self, mark: str) -> bool:
        """Whether the record shows something."""
        return mark in self.marks.split()

    def as_on(self, day: date) -> "Fact":
        """The fact without what happened to it after a day."""
        is_later = self.done_on is not None and self.done_on > day
        return self._replace(done_on=None) if is_later else self


class Spell(NamedTuple):
    """Who is in which role from when to when (both days included; None: since ever, until now).

    The fields are the columns of the view `scope`, in its order. The next three belong to a
    member's time on the roll: the month to which an incoming letter says the dues are paid, the
    month to which the outgoing one does, and whether the person was admitted here on `from_on`.
    One who was not approved in the end never was what the spell says: known from `annulled_on` on.
    """

    role: str
    subject_kind: str
    subject_id: int
    name: str
    branch_id: int | None
    from_on: date | None
    to_on: date | None
    paid_to: str | None = None
    leaves_to: str | None = None
    admitted: int = 0
    annulled_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the role was held on a day."""
        return (self.from_on is None or self.from_on <= day) and (
            self.to_on is None or day <= self.to_on
        )


class Subject(NamedTuple):
    """Who owes something, or the record that a condition is about.

    Two people who owe something together go by the second's number; `other_id` is the first's.
    """

    kind: str
    id: int
    name: str
    other_id: int | None = None


Decisions = dict[tuple[str, int, str | None], Fact]
"""The decisions that excuse from one rule, by whose duty (kind and number) and which period."""

by_day = attrgetter("on", "record_id", "what", "period")
"""The order in which things happened; on one day by number, as records of a noun were recorded.

`what` comes before `period`, which some kinds of facts have and others do not.
"""


class Known:
    """All that is known of one branch (or of the leading group) on a day.

    `since` is the ledger's start; `waivers` are decisions, each a fact whose `what` is the rule's
    identifier; `settled` names the members of whom whoever read the ledger
    vouches that nothing about their dues was open before `settled_before`, and whose older
    payments were therefore not read; `command` is how a remedy begins, and `shared_names` are
    those that a remedy cannot use, because more than one person bears them; `rest` gives the
    public holidays, which only some rules ask for.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        spells: Iterable[Spell],
        *,
        since: date,
        on: date,
        waivers: Iterable[Fact] = (),
        settled: frozenset[int] = frozenset(),
        settled_before: date = date.min,
        command: str = "partyctl",
        shared_names: frozenset[str] = frozenset(),
        rest: Callable[[], RestDays] = rest_days.shipped,
    ) -> None:
        self.since = since
        self.on = on
        self.waivers: dict[str, Decisions] = defaultdict(dict)
        for decision in sorted((f for f in waivers if f.on <= on), key=by_day, reverse=True):
            about = (decision.subject_kind, decision.subject_id, decision.period)
            self.waivers[decision.what][about] = decision
        self.settled = settled
        self.settled_before = settled_before
        self.command = command
        self.shared_names = shared_names
        self.rest = rest
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        self.about: dict[tuple[str, str, int], list[Fact]] = defaultdict(list)
        self._by_case: dict[str, dict[int | None, list[Fact]]] = {}
        self.spells: dict[str, list[Spell]] = defaultdict(list)
        for fact in sorted((f for f in facts if f.on <= on), key=by_day):
            self.facts[fact.what].append(fact)
            self.about[fact.what, fact.subject_kind, fact.subject_id].append(fact)
        for spell in spells:
            annulled = spell.annulled_on is not None and spell.annulled_on <= on
            if not annulled and (spell.from_on is None or spell.from_on <= on):
                self.spells[spell.role].append(self._as_known(spell))

    def _as_known(self, spell: Spell) -> Spell:
        if spell.to_on is not None and spell.to_on >= self.on:
            return spell._replace(to_on=None, leaves_to=None)
        return spell

    def later(self, day: date, held: Fact | None = None) -> "Known":
        """What will be known on a later day if nothing happens until then.

        `held` is a case that is done on that day, the only one.
        """
        return Known(
            [
                fact._replace(done_on=day) if fact is held else fact.as_on(self.on)
                for each in self.facts.values()
                for fact in each
            ],
            [spell for each in self.spells.values() for spell in each],
            since=self.since,
            on=day,
            waivers=[decision for each in self.waivers.values() for decision in each.values()],
            command=self.command,
            shared_names=self.shared_names,
            rest=self.rest,
        )

    def in_role(self, role: str) -> Mapping[Subject, list[Spell]]:
        """Everybody who ever was in a role, with their spells in it."""
        subjects: dict[Subject, list[Spell]] = defaultdict(list)
        for spell in self.spells[role]:
            subjects[Subject(spell.subject_kind, spell.subject_id, spell.name)].append(spell)
        return subjects

    def holds(self, person: int | None, role: str, day: date) -> bool:
        """Whether a member held a post or a role on a day."""
        return any(s.subject_id == person and s.covers(day) for s in self.spells[role])

    def is_vacant(self, role: str, day: date) -> bool:
        """Whether nobody held a post on a day."""
        return not any(spell.covers(day) for spell in self.spells[role])

    def with_facts(
        self, facts: dict[str, list[Fact]], about: dict[tuple[str, str, int], list[Fact]]
    ) -> "Known":
        """The same, with other facts."""
        other = copy(self)
        other.facts, other.about, other._by_case = facts, about, {}
        return other

    def of_case(self, term: Term, case: Fact) -> list["Fact"]:
        """The steps of a kind that belong to a case, first to last."""
        kind = what(term)
        by_case = self._by_case.get(kind)
        if by_case is None:
            by_case = self._by_case[kind] = defaultdict(list)
            for fact in self.facts[kind]:
                by_case[fact.case_id].append(fact)
        return by_case.get(case.record_id, [])

    def case(self, kind: Term, number: int) -> "Fact":
        """The case of a kind with a number. Raises StopIteration where none is known."""
        return next(fact for fact in self.facts[what(kind)] if fact.record_id == number)

    def serving(self, role: str, day: date) -> list[Subject]:
        """Those in a role on a day, by number."""
        found = {
            Subject(spell.subject_kind, spell.subject_id, spell.name)
            for spell in self.spells[role]
            if spell.covers(day)
        }
        return sorted(found, key=attrgetter("id"))

    def excused(self, kind: str, subject: Subject) -> dict[str, Fact]:
        """The months that decisions of a kind excuse a subject from, each with the first one."""
        found: dict[str, Fact] = {}
        for decision in self.about.get((kind, subject.kind, subject.id), []):
            for month in months_between(decision.period or "", decision.until or ""):
                found.setdefault(month, decision)
        return found

    def addressed(self, subject: Subject) -> str:
        """A subject as a remedy names it: by name, in one piece for a shell; by number if shared."""
        if subject.other_id is not None:
            one, two = subject.name.split(TWO)
            return f"{self._address(one, subject.other_id)},{self._address(two, subject.id)}"
        return self._address(subject.name, subject.id)

    def _address(self, name: str, number: int) -> str:
        if name in self.shared_names:
            return f"'#{number}'"
        return f"'{name}'" if set(name) & SHELL_MARKS else name

    def name_of(self, kind: str, number: int) -> str:
        """The name of a subject in scope; its number where it is in no role."""
        for spells in self.spells.values():
            for spell in spells:
                if (spell.subject_kind, spell.subject_id) == (kind, number):
                    return spell.name
        return f"#{number}"
