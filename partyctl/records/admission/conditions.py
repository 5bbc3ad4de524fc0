"""A step of an admission as the clerk typed it, and checks of this step (支部·六)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.law.admission.journey import Journey
from partyctl.law.admission.steps import STEP_OF, Step
from partyctl.law.engine.facts import Fact
from partyctl.law.engine.values import AdmissionAct
from partyctl.law.engine.votes import Votes
from partyctl.terms import AdmissionStep, Result, Superior

AFTERWARDS = (AdmissionStep.OATH, AdmissionStep.ARCHIVE)
"""The steps that can take place after an admission has ended."""


@dataclass(frozen=True, kw_only=True)
class AdmissionStepEntry:
    """The values that the clerk typed for a step. None means that a value was not given."""

    step: AdmissionStep
    on: date
    names: Sequence[str] = ()
    meeting: int | None = None
    votes: Votes | None = None
    excluded: Sequence[str] = ()
    until: date | None = None
    result: Result | None = None
    to: Sequence[Superior] = ()
    signed_on: date | None = None
    half_hours: int | None = None
    makes_up: str | None = None
    note: str | None = None
    override: str | None = None


def require_options(row: Step, entry: AdmissionStepEntry) -> None:
    """Check that each given option, except --meeting, belongs to the step. Raises BadUsage."""
    given = {
        "with": entry.names,
        "votes": entry.votes,
        "excluded": entry.excluded,
        "until": entry.until,
        "result": entry.result,
        "to": entry.to,
        "signed-on": entry.signed_on,
        "hours": entry.half_hours,
        "makes-up": entry.makes_up,
    }
    for option, value in given.items():
        if value and option not in row.takes:
            raise BadUsage(
                say(f"“{row.step.chinese}”没有 --{option}。", f"{row.step} takes no --{option}."),
                say(f"去掉 --{option}", f"leave out --{option}"),
            )


def require_open(way: Journey, entry: AdmissionStepEntry) -> None:
    """Refuse a step dated after the end of the admission, unless it is the oath or the archive."""
    stage, since = way.reached
    if way.is_over and entry.on > since and entry.step not in AFTERWARDS:
        raise Refused(
            say(
                f"{way.subject.name} {since} 起{stage.chinese}，{entry.on} 没有“{entry.step.chinese}”"
                f"这一步[{STEP_OF[entry.step].clause}]。",
                f"{way.subject.name} has been {stage} since {since}: {entry.step} cannot be on {entry.on} "
                f"[{STEP_OF[entry.step].clause}].",
            ),
            f"partyctl applicant show '#{way.subject.id}'",
        )


def require_first(way: Journey, row: Step, entry: AdmissionStepEntry) -> None:
    """Refuse a repeated step.

    A vote cannot be repeated. A step that can be passed only once cannot be repeated after it was
    passed; but a decision on a target (发展对象) can be repeated if the superior rejected it. Any
    other step cannot be repeated on the same day with the same result and the same --makes-up. But
    a step that names mentors or introducers, or that has --to, can be repeated even then.
    """
    same = [step for step in way.all(row.step) if _repeats(step, row, entry, way)]
    if same:
        raise Refused(
            say(
                f"{way.subject.name}的“{row.step.chinese}”已登记（{same[0].on}）[{row.clause}]。",
                f"{row.step} of {way.subject.name} is on record ({same[0].on}) [{row.clause}].",
            ),
            f"partyctl applicant step '#{way.subject.id}' {row.step} --on {same[0].on} --void …",
        )


def _repeats(step: Fact[AdmissionAct], row: Step, entry: AdmissionStepEntry, way: Journey) -> bool:
    passed = step.of.result is Result.PASS
    if row.step is AdmissionStep.VOTE:
        return True
    if row.single and passed:
        return not (row.step is AdmissionStep.TARGET and way.is_sent_back(step))
    told = (Result.PASS if passed else Result.FAIL, step.makes_up)
    same_day = step.on == entry.on and told == (entry.result or Result.PASS, entry.makes_up)
    return same_day and not (row.parts or entry.to)
