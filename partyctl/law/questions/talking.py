"""支部·八: which pairs of people talked in each quarter of a year, for the list and the report."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from partyctl.calendar import Period, periods_within
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.chapters.talks_and_visits import (
    TALK_COMMITTEE,
    TALK_COMMITTEE_MEMBER,
    TALK_COVERAGE,
    TALK_MEMBERS,
)
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.rule import Rule
from partyctl.light import NamedTuple
from partyctl.terms import COMMITTEE_POSTS, Status, Term

KINDS = (TALK_COMMITTEE, TALK_COMMITTEE_MEMBER, TALK_MEMBERS)

Talked = tuple[str, int, int, str, int, str]
"""A talk's kind and number, and the numbers and names of two of its participants."""

Pair = tuple[int, int]
"""The numbers of two people, the lower one first."""


class Person(NamedTuple):
    """A person of the branch, and the quarters in which the person still owes a talk."""

    subject: Subject
    in_committee: bool
    without: tuple[str, ...]


class Kind(NamedTuple):
    """A kind of talk that is required each quarter, and its status by quarter."""

    of: Term
    rule: str
    statuses: Mapping[str, Status]


class YearOfTalks(NamedTuple):
    """A branch's talks in a year: the people, and the talks of each pair by quarter."""

    quarters: tuple[str, ...]
    people: tuple[Person, ...]
    pairs: Mapping[Pair, Mapping[str, tuple[int, ...]]]
    kinds: tuple[Kind, ...]

    def between(self, one: int, two: int) -> Mapping[str, tuple[int, ...]]:
        """The record numbers of the talks between two people, keyed by quarter."""
        return self.pairs.get((min(one, two), max(one, two)), {})

    def partners(self, person: int) -> list[Person]:
        """The people in `people` with whom a person talked in the year."""
        return [each for each in self.people if self.between(person, each.subject.id)]

    @property
    def committee(self) -> list[Person]:
        """The committee members."""
        return [each for each in self.people if each.in_committee]

    def committee_missing(self, quarter: str) -> list[tuple[str, str]]:
        """The pairs of committee members who did not talk in a quarter."""
        return [
            (one.subject.proper_name, two.subject.proper_name)
            for one, two in combinations(self.committee, 2)
            if not self.between(one.subject.id, two.subject.id).get(quarter)
        ]


def year_of_talks(
    known: Known,
    rulebook: Rulebook | None,
    year: Period,
    talked: Mapping[str, Sequence[Talked]],
) -> YearOfTalks:
    """Compute a branch's talks in a year.

    `talked`: the pairs of people who talked, keyed by quarter.
    """
    quarters = tuple(each.name for each in periods_within("quarter", year.first, year.last))
    day = max(min(year.last, known.on), year.first)
    committee = {each for post in COMMITTEE_POSTS for each in known.serving(post, day)}
    owed = list(obligations([TALK_COVERAGE], known, rulebook))
    without: dict[int, list[str]] = {}
    for each in owed:
        if each.period in quarters and each.is_open:
            without.setdefault(each.subject.id, []).append(str(each.period))
    people = tuple(
        Person(each, each in committee, tuple(without.get(each.id, ())))
        for each in sorted(known.serving("member", day), key=lambda each: each.id)
    )
    return YearOfTalks(
        quarters,
        people,
        _by_pair(quarters, talked),
        tuple(_kind(rule, known, rulebook, quarters) for rule in KINDS),
    )


def _by_pair(
    quarters: Iterable[str], talked: Mapping[str, Sequence[Talked]]
) -> dict[Pair, dict[str, tuple[int, ...]]]:
    found: dict[Pair, dict[str, list[int]]] = {}
    for quarter in quarters:
        for _, talk, one, _, two, _ in talked.get(quarter, ()):
            pair = found.setdefault((min(one, two), max(one, two)), {})
            talks = pair.setdefault(quarter, [])
            if talk not in talks:
                talks.append(talk)
    return {
        pair: {quarter: tuple(talks) for quarter, talks in each.items()}
        for pair, each in found.items()
    }


def _kind(rule: Rule, known: Known, rulebook: Rulebook | None, quarters: tuple[str, ...]) -> Kind:
    assert rule.met_by is not None
    statuses = {
        str(each.period): each.status
        for each in obligations([rule], known, rulebook)
        if each.period in quarters
    }
    return Kind(rule.met_by, rule.id, statuses)
