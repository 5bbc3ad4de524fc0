"""What is on the way: duties that will open by a day to come, and what one gathering could satisfy.

Nobody's standing is foreseen, nor anything that will happen: a duty to come is owed as if those in
scope stayed, and nothing were done until then.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from partyctl.calendar import Period, period_of
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.terms import MeetingKind, Status, Term

TOGETHER: tuple[tuple[MeetingKind, ...], ...] = (
    (
        MeetingKind.MEMBERS,
        MeetingKind.LECTURE,
        MeetingKind.STUDY,
        MeetingKind.ORG_LIFE,
        MeetingKind.THEME_DAY,
    ),
    (MeetingKind.THEME, MeetingKind.TRAINING),
)
"""Kinds of gatherings of the same people, which one afternoon can serve at once."""


def place_of(kind: Term | None) -> int | None:
    """The place among TOGETHER of what meets a duty; None where no gathering does.

    A talk among members is no gathering of members, although both words are `members`.
    """
    if not isinstance(kind, MeetingKind):
        return None
    return next((place for place, kinds in enumerate(TOGETHER) if kind in kinds), None)


class Gathering(NamedTuple):
    """One gathering that would satisfy several duties of a body, if it is held by a day."""

    subject: Subject
    by: date
    duties: tuple[Obligation, ...]

    @property
    def kinds(self) -> list[Term]:
        """What it would count as."""
        return list(dict.fromkeys(each.rule.met_by for each in self.duties if each.rule.met_by))


def months_until(on: date, until: date) -> Iterator[Period]:
    """The months after the running one, up to a day."""
    month = period_of("month", on)
    while (month := month.shifted(1)).first <= until:
        yield month


def opening_later(judged: Iterable[Obligation], month: Period, on: date) -> Iterator[Obligation]:
    """Of what is judged for the last day of a month: what falls due in it and opens after a day.

    Conditions of records are left out: there is no such record yet.
    """
    for owed in judged:
        is_to_do = owed.status is Status.DUE or owed.is_missed
        if owed.opens > on and owed.due and month.first <= owed.due <= month.last and is_to_do:
            yield owed._replace(status=Status.DUE)


def together(owed: Iterable[Obligation], on: date, until: date) -> list[Gathering]:
    """Gatherings up to a day that would each satisfy two kinds of duties or more, by urgency.

    A duty that is due later counts if it is open by then: this quarter's lecture, say.
    """
    found: list[Gathering] = []
    owed = list(owed)
    for place in range(len(TOGETHER)):
        by_body: dict[Subject, list[Obligation]] = {}
        for each in owed:
            if place_of(each.rule.met_by) == place and _can_wait(each, on):
                by_body.setdefault(each.subject, []).append(each)
        for subject, duties in by_body.items():
            found += _gatherings(subject, duties, until)
    return sorted(found, key=lambda each: (each.by, each.subject.name))


def _can_wait(owed: Obligation, on: date) -> bool:
    is_due = owed.status is Status.DUE and owed.due is not None and owed.due >= on
    return is_due and isinstance(owed.rule.duty, Every) and not owed.rule.duty.named


def _gatherings(subject: Subject, duties: list[Obligation], until: date) -> Iterator[Gathering]:
    left = sorted(duties, key=lambda each: (each.due or date.max, each.key))
    while left:
        by = left[0].due
        if by is None or by > until:
            return
        served = tuple(each for each in left if each.opens <= by)
        gathering = Gathering(subject, by, served)
        if len(gathering.kinds) > 1:
            yield gathering
        left = [each for each in left if each.opens > by]
