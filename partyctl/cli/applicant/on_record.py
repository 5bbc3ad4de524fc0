"""Compare a row of a sheet with an applicant who is already in the ledger."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from partyctl.cli.applicant.entry_sheet import line_of
from partyctl.cli.applicant.taking import (
    ALL_EXAMS,
    STEP_OF_DETAIL,
    details_of,
    result_on,
    take,
    without_their_day,
)
from partyctl.cli.sheets import judging
from partyctl.papers.sheets.forms.applicants import (
    APPLICANTS,
    REPEATED,
    WORDS,
    kept_field,
    step_field,
)
from partyctl.papers.sheets.forms.results import EXAM_RESULTS
from partyctl.papers.sheets.lines import Entry
from partyctl.terms import AdmissionStep, DossierPaper
from partyctl.text import plain_name

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.admission import Applicant, ApplicantStep
    from partyctl.records.members.people import People

OWN = ("applied_on", "birth_on")
"""The fields of the application itself; all other compared fields belong to a step or a paper."""

COMPARED = (
    *OWN,
    *STEP_OF_DETAIL,
    *(step_field(step) for step in WORDS),
    *(kept_field(paper) for paper in DossierPaper),
)
"""The fields of a recorded application that a sheet can correct."""


def compared(
    session: "Session",
    entry: Entry,
    applicant: "Applicant",
    values: dict[str, Any],
    known: "People",
    wanted: judging.Wanted,
) -> judging.Judged:
    """Compare a row with a recorded application; return what the row adds or changes."""
    from partyctl.ledger.reading import applicants as applicant_lists
    from partyctl.ledger.writing.session import driver_of

    ledger, on = driver_of(session), wanted.today
    row = applicant_lists.applicant(ledger, on, applicant.number)
    assert row is not None
    recorded = line_of(ledger, row, on)
    taken = {(each["step"], each["on"]) for each in row["steps"]}
    said = {
        name: value
        for name, value in values.items()
        if name in COMPARED and _plain(value) != _plain(recorded.get(name))
    }
    for name in [name for name in said if _is_said_already(name, said, taken)]:
        del said[name]
    for name in without_their_day(said, recorded):
        del said[name]
    said.pop(EXAM_RESULTS, None)
    if _judged_otherwise(values, recorded):
        said[EXAM_RESULTS] = values[EXAM_RESULTS]
    for step in REPEATED:
        if new := _not_on_record(values, recorded, step_field(step)):
            said[step_field(step)] = new
    judged = judging.Judged(
        entry,
        judging.State.DIFFERENT if said else judging.State.SAME,
        applicant.number,
        values,
        [
            judging.differing(APPLICANTS.column(name), recorded.get(name), value)
            for name, value in said.items()
        ],
    )
    if said:
        judged.write = lambda: _correct(session, applicant, values, said, recorded, known)
    return judged


def _is_said_already(name: str, said: dict[str, Any], taken: set[tuple[str, str]]) -> bool:
    """Whether the ledger already has a step on the day that the row gives.

    This check is necessary because the row was compared only with the latest day of the step, but
    the ledger can have the step on several days.
    """
    return any(
        step_field(step) == name and (step.value, str(said[name])) in taken for step in WORDS
    )


def _judged_otherwise(values: dict[str, Any], recorded: Mapping[str, Any]) -> list[date]:
    """Return the days of recorded examinations for which the row gives a different result."""
    days, results = recorded.get(step_field(AdmissionStep.EXAM), []), recorded.get(EXAM_RESULTS, [])
    on_record = dict(zip(days, results, strict=True))
    return [
        day
        for day in values.get(ALL_EXAMS, [])
        if str(day) in on_record and result_on(values, day) not in (None, on_record[str(day)])
    ]


def _not_on_record(values: dict[str, Any], recorded: Mapping[str, Any], name: str) -> list[Any]:
    """Return the days of reports or examinations that the row has and the ledger lacks."""
    return [day for day in values.get(name, []) if str(day) not in recorded.get(name, [])]


def _correct(
    session: "Session",
    applicant: "Applicant",
    values: dict[str, Any],
    said: dict[str, Any],
    recorded: Mapping[str, Any],
    known: "People",
) -> int:
    """Store what the row adds or corrects: steps, places of papers, dates of the application."""
    from partyctl.records.admission import applicants, retaking

    own: dict[str, Any] = {name: said[name] for name in OWN if name in said}
    if own:
        applicants.edit(session, applicant, own)
    details = {detail for detail in said if detail in STEP_OF_DETAIL}
    otherwise = {
        step
        for step in WORDS
        if recorded.get(step_field(step)) is not None
        and (step_field(step) in said or any(STEP_OF_DETAIL[each] is step for each in details))
    }
    for step in sorted(otherwise, key=list(AdmissionStep).index):
        _retake(session, applicant, step, values, recorded, known)
    for day in _judged_otherwise(values, recorded):
        taken = _taken(session, applicant, AdmissionStep.EXAM, str(day))
        retaking.retake(session, applicant, taken, on=day, result=result_on(values, day))
    missing = [step for step in WORDS if step_field(step) in said and step not in otherwise]
    repeated = [step for step in REPEATED if step_field(step) in said]
    return take(session, applicant, values | said, [*missing, *repeated], known)


def _retake(
    session: "Session",
    applicant: "Applicant",
    step: AdmissionStep,
    values: dict[str, Any],
    recorded: Mapping[str, Any],
    known: "People",
) -> None:
    """Correct a recorded step with the values of a row."""
    from partyctl.records.admission import retaking

    taken = _taken(session, applicant, step, recorded[step_field(step)])
    on, details = values.get(step_field(step), taken.taken_on), details_of(step, values, known)
    retaking.retake(session, applicant, taken, on=on, **details._asdict())


def _taken(
    session: "Session", applicant: "Applicant", step: AdmissionStep, day: str
) -> "ApplicantStep":
    """Return the record of this step on this day; if there are several, return the last of them."""
    from partyctl.records.admission import applicants

    return next(
        each
        for each in reversed(applicants.steps_of(session, applicant))
        if each.step == step and str(each.taken_on) == day
    )


def _plain(value: Any) -> object:  # noqa: ANN401 - fields have values of any type
    return frozenset(map(plain_name, value)) if isinstance(value, list) else str(value or "")
