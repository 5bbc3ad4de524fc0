"""支部·六: an applicant's next step, what this step still needs, and which duties fall due soon.

This module computes its answers from the recorded steps and the rules. To find what the next step
still needs, the step is tested as if it were taken today, or on the earliest day on which it can be
taken. Future duties are computed for a later day, as if nothing happened between today and that
day.
"""

from collections import defaultdict
from datetime import date

from partyctl.law.admission.conversion_needs import extension_days, open_votes
from partyctl.law.admission.duties import Holds
from partyctl.law.admission.journey import Journey, journeys
from partyctl.law.admission.needs import Lack, named_by
from partyctl.law.admission.outcomes import NOT_RECORDED, OUTCOMES
from partyctl.law.admission.steps import STEP_OF, STEPS, Step, lacking
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import Versions, obligations
from partyctl.law.engine.owed import ONLY_OPEN, WRONG
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.law.engine.values import AdmissionAct
from partyctl.light import NamedTuple
from partyctl.terms import AdmissionStep, Noun, Stage, Status

FROM_THE_ROLL = (AdmissionStep.APPROVAL, AdmissionStep.OATH)
"""The steps that are skipped if a member was already on probation when added to the roll."""

OF_EACH_TERM = (
    AdmissionStep.CONVERSION_REQUEST,
    AdmissionStep.CONVERSION_PUBLICITY,
    AdmissionStep.CONVERSION_VOTE,
    AdmissionStep.CONVERSION_APPROVAL,
)


class Following(NamedTuple):
    """The next step, the earliest day for it, and its needs that are still not met on that day.

    `instead`: if the meeting voted down the conversion, the other votes that it can hold instead of
    this step.
    """

    row: Step
    from_on: date
    lacks: list[Lack]
    instead: tuple[AdmissionStep, ...] = ()


class Agenda(NamedTuple):
    """An applicant's progress: the admission so far, the next step, and the open duties.

    If the applicant has become a member, `owed` also has the member's open duties.
    """

    way: Journey
    following: Following | None
    owed: list[Obligation]

    @property
    def wrong(self) -> list[Obligation]:
        """The overdue duties and the breaches."""
        return [each for each in self.owed if each.status in WRONG]

    @property
    def next_on(self) -> date | None:
        """The next day on which a duty falls due or the next step can be taken."""
        on = self.way.known.on
        days = [each.due for each in self.owed if each.due is not None and each.due >= on]
        return min((*days, *([self.following.from_on] if self.following else [])), default=None)


def agendas(
    known: Known, rules: tuple[Rule, ...], rulebook: Versions | None, until: date | None = None
) -> list[Agenda]:
    """Return an Agenda for each application.

    If `until` is given, duties that open on or before that day are included.
    """
    owed: dict[Subject, list[Obligation]] = defaultdict(list)
    asked = known if until is None else known.later(until)
    for each in obligations(rules, asked, rulebook, ONLY_OPEN):
        owed[each.subject].append(_as_of(each, known.on))
    return [
        Agenda(way, following(way), [*owed[way.subject], *_as_member(way, owed)])
        for way in journeys(known)
    ]


def _as_member(way: Journey, owed: dict[Subject, list[Obligation]]) -> list[Obligation]:
    return [] if way.member is None else owed[way.member]


def _as_of(owed: Obligation, on: date) -> Obligation:
    """Return an obligation that was computed for a later day, with its status on the day `on`."""
    if isinstance(owed.rule.duty, Holds):
        return owed  # the status of a condition does not depend on the day
    is_to_come = owed.due is None or owed.due >= on
    return owed._replace(status=Status.DUE) if is_to_come and owed.status in LATER else owed


LATER = (Status.OVERDUE, Status.ADVISED)


def following(way: Journey) -> Following | None:
    """The next step of an admission, or None if no step is left."""
    row = next((row for row in _ahead_of(way) if not _is_done(way, row.step)), None)
    if row is None:
        return None
    on = way.known.on
    lacks = _lacks(way, row, on)
    from_on = max((lack.from_on for lack in lacks if lack.from_on), default=on)
    if from_on > on and from_on != date.max:
        lacks = _lacks(way, row, from_on)
    instead = open_votes(way, on)[1:] if row.step in OUTCOMES[1:] else ()
    return Following(row, max(on, from_on), lacks, tuple(instead))


def _ahead_of(way: Journey) -> list[Step]:
    """The steps of the present stage from which the next step is chosen, in order.

    If a decision on probation waits for the superior's answer, only the step that records this
    answer is returned. Otherwise, of the votes on conversion, extension and cancellation, only the
    first vote that is still open is returned. If the meeting voted down all three, no vote is left.
    """
    stage = way.reached.stage
    if stage in (Stage.CANCELLED, Stage.NOT_ADMITTED, Stage.WITHDRAWN):
        return [STEP_OF[AdmissionStep.ARCHIVE]] if stage is Stage.CANCELLED else []
    rows = [row for row in STEPS if row.stage is stage and row.is_main]
    if stage is not Stage.PROBATIONARY:
        return rows
    if way.waiting(way.known.on):
        return [STEP_OF[AdmissionStep.CONVERSION_APPROVAL]]
    rows = [row for row in rows if way.came_on is None or row.step not in FROM_THE_ROLL]
    place = rows.index(STEP_OF[AdmissionStep.CONVERSION_VOTE])
    return rows[:place] + [STEP_OF[vote] for vote in open_votes(way, way.known.on)[:1]]


def _is_done(way: Journey, step: AdmissionStep) -> bool:
    """Whether a step is done: it was passed or, if it names people, enough people were named.

    If probation was extended, the steps in OF_EACH_TERM count only if taken in the extension.
    """
    record, parts = way.passed(step), STEP_OF[step].parts
    if parts:
        return named_by(way, step, date.max, parts) is not None
    if record is None or step not in OF_EACH_TERM:
        return record is not None
    first, last = way.probations[0], way.probations[-1]
    return first is last or record.on > last.begins


def _lacks(way: Journey, row: Step, on: date) -> list[Lack]:
    """The needs that would not be met if the step were taken on a day."""
    number = way.case.record_id
    tried = Fact(
        what=what(row.step),
        on=on,
        subject_kind=Noun.APPLICANT,
        subject_id=number,
        branch_id=None,
        record_kind=Noun.APPLICANT,
        record_id=number,
        of=AdmissionAct(line_id=NOT_RECORDED, until_on=_shortest_extension(way, row.step, on)),
    )
    return lacking(row.requirements, way, tried)


def _shortest_extension(way: Journey, step: AdmissionStep, on: date) -> date | None:
    probation = way.probation(on) if step is AdmissionStep.EXTENSION else None
    return extension_days(probation)[0] if probation else None
