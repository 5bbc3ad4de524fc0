"""Find duties that open later, and duties that one meeting could satisfy together.

Later duties are computed as if everybody kept their roles and nothing happened before these duties
open.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from partyctl.calendar import Period, period_of
from partyctl.errors import Run
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.light import NamedTuple
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
"""Groups of meeting kinds that have the same participants, so that one meeting can combine them."""


def place_of(kind: Term | None) -> int | None:
    """The index in TOGETHER of the group that contains this kind, or None if no group contains it.

    The type of `kind` is checked, because `members` is the name of a kind of talk and also of a
    kind of meeting.
    """
    if not isinstance(kind, MeetingKind):
        return None
    return next((place for place, kinds in enumerate(TOGETHER) if kind in kinds), None)


class Gathering(NamedTuple):
    """A meeting that would satisfy several duties of a body if held on the day `by`."""

    subject: Subject
    by: date
    duties: tuple[Obligation, ...]

    @property
    def kinds(self) -> list[Term]:
        """The kinds of meeting that this one meeting would count as."""
        return list(dict.fromkeys(each.rule.met_by for each in self.duties if each.rule.met_by))

    @property
    def command(self) -> Run:
        """The command that records this one meeting."""
        return command_of(self.duties)


def command_of(duties: Sequence[Obligation]) -> Run:
    """The command that records one meeting that counts as every kind that the duties need.

    The branch, and the period for which the meeting makes up, are copied from the command of the
    first duty.
    """
    kinds = list(dict.fromkeys(str(each.rule.met_by) for each in duties))
    begins, _, rest = str(duties[0].remedy).partition(" meeting add ")
    lecturer = " --lecturer …" if MeetingKind.LECTURE in kinds else ""
    _, makes_up, period = rest.partition(" --makes-up ")
    return Run(
        f"{begins} meeting add {','.join(kinds)}{lecturer} --on … --chair …{makes_up}{period}"
    )


def months_until(on: date, until: date) -> Iterator[Period]:
    """The months that come after the month of `on` and begin on or before `until`."""
    month = period_of("month", on)
    while (month := month.shifted(1)).first <= until:
        yield month


def opening_later(judged: Iterable[Obligation], month: Period, on: date) -> Iterator[Obligation]:
    """Select the duties that open after the day `on` and are due in the given month.

    Conditions that records must meet are left out, because those records do not exist yet.
    """
    for owed in judged:
        is_to_do = owed.status is Status.DUE or owed.is_missed
        if owed.opens > on and owed.due and month.first <= owed.due <= month.last and is_to_do:
            yield owed._replace(status=Status.DUE)


def together(owed: Iterable[Obligation], on: date, until: date) -> list[Gathering]:
    """Meetings on or before the day `until`, the most urgent first; each counts as several kinds.

    A meeting also satisfies a duty that is due later, such as this quarter's lecture, if the duty is
    already open on the day of the meeting.
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
    return sorted(found, key=lambda each: (each.by, each.subject.proper_name))


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
