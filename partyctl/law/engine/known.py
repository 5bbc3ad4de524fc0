"""Everything known on a day about one branch or the leading group; rules query it.

A question about a day uses every fact dated on or before that day, no matter when the fact was
typed in. Changes to roles after the day of the question are ignored: people who have a role on this
day are assumed to keep the role.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from partyctl.calendar import RestDays, months_between
from partyctl.law.engine import rest_days
from partyctl.law.engine.facts import TWO, Decisions, Fact, Spell, Subject, by_day, what, whose
from partyctl.law.engine.past import NO_PAST, Past, Settled
from partyctl.law.engine.values import Exemption
from partyctl.terms import Term

SHELL_MARKS = frozenset(" \t'\"()&;#*?$<>|!`\\~[]{}")


def address(name: str, number: int, shared_names: frozenset[str]) -> str:
    """How commands name a subject: by name (quoted if needed), or by number for a shared name."""
    if name in shared_names:
        return f"'#{number}'"
    return as_word(name)


def as_word(name: str) -> str:
    """A name as one word of a command: in quotes if a shell would otherwise change or divide it."""
    if not set(name) & SHELL_MARKS:
        return name
    inside = name.replace("'", "'\"'\"'")
    return f"'{inside}'"


class Known:
    """Everything known on a day about one branch or the leading group.

    `since`: the ledger's first day. `waivers`: the decisions that excuse somebody, as facts whose
    `what` is the rule's identifier. `settled`: the earlier months that each member paid plainly
    (see `Settled`); these payments were not loaded. `past`: the months in which older facts
    happened; these facts were not loaded. `command`: the first words of every remedy, such as
    `partyctl`. `shared_names`: names that remedies cannot use because several people have them.
    `rest`: a function that returns the rest days, called only if a rule needs them.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        spells: Iterable[Spell],
        *,
        since: date,
        on: date,
        waivers: Iterable[Fact] = (),
        settled: Mapping[int, Settled] = MappingProxyType({}),
        past: Past = NO_PAST,
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
        self.past = past
        self.command = command
        self.shared_names = shared_names
        self.rest = rest
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        self.about: dict[tuple[str, str, int], list[Fact]] = defaultdict(list)
        self._by_case: dict[str, dict[int, list[Fact]]] = {}
        self.spells: dict[str, list[Spell]] = defaultdict(list)
        self._in_role: dict[str, dict[Subject, list[Spell]]] = {}
        for fact in sorted([f for f in facts if f.on <= on], key=by_day):
            self.facts[fact.what].append(fact)
            self.about[whose(fact)].append(fact)
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

        `held`: a planned meeting that is assumed to be held on `day`.
        """
        return Known(
            [
                fact.ending(day) if fact is held else fact.as_on(self.on)
                for each in self.facts.values()
                for fact in each
            ],
            [spell for each in self.spells.values() for spell in each],
            since=self.since,
            on=day,
            waivers=[decision for each in self.waivers.values() for decision in each.values()],
            settled=self.settled,
            past=self.past,
            command=self.command,
            shared_names=self.shared_names,
            rest=self.rest,
        )

    def in_role(self, role: str) -> Mapping[Subject, list[Spell]]:
        """Every person or body that has had a role, each with the periods of the role."""
        subjects = self._in_role.get(role)
        if subjects is None:
            subjects = self._in_role[role] = {}
            for spell in self.spells[role]:
                who = Subject(spell.subject_kind, spell.subject_id, spell.name)
                subjects.setdefault(who, []).append(spell)
        return subjects

    def holds(self, person: int | None, role: str, day: date) -> bool:
        """Whether the person or body with a number held a post or a role on a day."""
        return any(s.subject_id == person and s.covers(day) for s in self.spells[role])

    def is_vacant(self, role: str, day: date) -> bool:
        """Whether nobody held a post on a day."""
        return not any(spell.covers(day) for spell in self.spells[role])

    def with_facts(
        self, facts: dict[str, list[Fact]], about: dict[tuple[str, str, int], list[Fact]]
    ) -> "Known":
        """A copy of this object in which all facts are replaced by the given facts."""
        other = Known.__new__(Known)
        other.__dict__.update(self.__dict__, facts=facts, about=about, _by_case={})
        return other

    def of_case(self, term: Term, case: Fact) -> list["Fact"]:
        """The steps of one kind that belong to a case, in order."""
        kind = what(term)
        by_case = self._by_case.get(kind)
        if by_case is None:
            by_case = self._by_case[kind] = defaultdict(list)
            for fact in self.facts[kind]:
                by_case[fact.record_id].append(fact)
        return by_case.get(case.record_id, [])

    def case(self, kind: Term, number: int) -> "Fact":
        """The case with this kind and number. Raises StopIteration if there is no such case."""
        return next(fact for fact in self.facts[what(kind)] if fact.record_id == number)

    def serving(self, role: str, day: date) -> list[Subject]:
        """Everybody who has a role on a day, sorted by number."""
        found = []
        for who, spells in self.in_role(role).items():
            for spell in spells:
                if spell.covers(day):
                    found.append(who)
                    break
        return sorted(found, key=attrgetter("id"))

    def with_a_vote(self, day: date, excluded: set[int]) -> int | None:
        """How many members can vote on a day (有表决权的正式党员): the full members on the roll.

        `excluded`: the members who are excluded from the vote. Returns None for a day before the
        ledger's start, because the roll of that day is unknown.
        """
        if day < self.since:
            return None
        return len(self.full_members(day) - excluded)

    def numbers(self, role: str, day: date) -> set[int]:
        """The record number of everybody who has a role on a day."""
        return {spell.subject_id for spell in self.spells[role] if spell.covers(day)}

    def full_members(self, day: date) -> set[int]:
        """The record number of each member on the roll on a day who is not on probation (正式党员)."""
        return self.numbers("member", day) - self.numbers("probationary", day)

    def excused(self, kind: str, subject: Subject) -> dict[str, Fact[Exemption]]:
        """The months for which a subject is exempt, each with the first decision that exempts it."""
        found: dict[str, Fact[Exemption]] = {}
        for decision in self.about.get((kind, subject.kind, subject.id), []):
            for month in months_between(decision.period or "", decision.of.to_month):
                found.setdefault(month, decision)
        return found

    def addressed(self, subject: Subject) -> str:
        """How a remedy names a subject (see `address`); two people are joined with a comma."""
        if subject.other_id is not None:
            one, two = subject.proper_name.split(TWO)
            first = address(one, subject.other_id, self.shared_names)
            return f"{first},{address(two, subject.id, self.shared_names)}"
        return address(subject.proper_name, subject.id, self.shared_names)

    def name_of(self, kind: str, number: int) -> str:
        """The name of a subject, or its number if the subject never had a role."""
        return self._names.get((kind, number), f"#{number}")

    @cached_property
    def _names(self) -> dict[tuple[str, int], str]:
        every = (spell for spells in self.spells.values() for spell in spells)
        return {(spell.subject_kind, spell.subject_id): spell.name for spell in every}
