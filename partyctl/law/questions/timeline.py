"""The timeline of a democratic-life meeting: the duties before and after it.

All duties are computed by the rules. If the meeting has not been held yet, the duties that open
when it is held are computed for the planned day, as if nothing else happened until then.
"""

from datetime import date

from partyctl.law.chapters import democratic_life as life
from partyctl.law.chapters import life_proofs as proofs
from partyctl.law.engine.case_duty import held_or_planned
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import Versions, obligations
from partyctl.law.engine.owed import Proof
from partyctl.law.engine.rule import Obligation
from partyctl.law.engine.values import LifeMeeting, Measure
from partyctl.light import NamedTuple
from partyctl.terms import Case, PackagePart, Status

ORDER = [rule.id for rule in life.RULES]
TALKS = (life.TALKS.id, life.PEER_TALKS.id)
MEASURE = life.RECTIFICATION_ITEM.id


class Way(NamedTuple):
    """A democratic-life meeting and its obligations, by due date.

    `earlier`: measures of earlier meetings that must be examined at this meeting. `leading`: the
    leading group on the meeting's day, the secretary first. `heads`: how many people at the start
    of `leading` are secretaries. `parts`: the parts of the package of papers that were handed in.
    """

    day: date
    is_held: bool
    owed: list[Obligation]
    earlier: list[Obligation]
    leading: list[Subject]
    heads: int
    parts: dict[PackagePart, Proof]

    @property
    def talks(self) -> list[Obligation]:
        """The talks that members of the leading group owe each other."""
        return [each for each in self.owed if each.rule.id in TALKS]

    @property
    def following(self) -> Obligation | None:
        """The next open obligation that is not overdue, or None if there is none."""
        return next((each for each in self.owed if each.status is Status.DUE), None)


def way(number: int, known: Known, rulebook: Versions | None) -> Way | None:
    """The timeline of the meeting with this number, or None if `known` does not have the meeting."""
    case = next((f for f in known.facts[what(Case.DEMOCRATIC_LIFE)] if f.record_id == number), None)
    if case is None:
        return None
    day = held_or_planned(case, known)
    assert day is not None  # every meeting is held or planned
    every = list(obligations(life.RULES, known, rulebook))
    own, earlier = _measures(case, known)
    owed = [each for each in every if _belongs(each, number) or _is_of(each, own)]
    there = {(each.rule.id, each.subject) for each in owed}
    owed += [
        each if each.proof else each._replace(status=Status.DUE)
        for each in obligations(life.RULES, held_as_planned(case, known), rulebook)
        if _belongs(each, number) and (each.rule.id, each.subject) not in there
    ]
    return Way(
        day,
        proofs.held(case, known) is not None,
        sorted(owed, key=lambda each: (each.due or date.max, ORDER.index(each.rule.id))),
        [each for each in every if _is_of(each, earlier)],
        proofs.leading_group(case, known),
        len(proofs.head(case, known)),
        proofs.parts(case, known),
    )


def _belongs(owed: Obligation, number: int) -> bool:
    return owed.rule.owed_by is Case.DEMOCRATIC_LIFE and owed.case == number


def _is_of(owed: Obligation, measures: set[int]) -> bool:
    return owed.rule.id == MEASURE and owed.case in measures


def _measures(case: Fact[LifeMeeting], known: Known) -> tuple[set[int], set[int]]:
    """The record numbers of this meeting's measures, and of older measures that it must examine."""
    every = known.facts[what(Case.RECTIFICATION)]
    own = {item.record_id for item in every if item.of.meeting_id == case.record_id}
    last = proofs.last_before(case, known)
    if last is None:
        return own, set()
    older = {other.record_id for other in known.facts[what(Case.DEMOCRATIC_LIFE)]}
    older -= {case.record_id, last.record_id}
    return own, {
        item.record_id
        for item in every
        if item.of.meeting_id == last.record_id
        or (item.of.meeting_id in older and not _is_done(item, known.on))
    }


def _is_done(item: Fact[Measure], on: date) -> bool:
    return item.of.done_on is not None and item.of.done_on <= on


def held_as_planned(case: Fact[LifeMeeting], known: Known) -> Known:
    """What will be known on the planned day if the meeting is held and nothing else happens."""
    day = case.of.planned_on
    if day is None or day < known.on or proofs.held(case, known):
        return known
    return known.later(day, held=case)
