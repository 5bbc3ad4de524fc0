"""Record the steps that a row of a sheet gives, in the order of their days."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from partyctl.light import NamedTuple
from partyctl.papers.sheets.forms.applicants import REPEATED, kept_field, step_field
from partyctl.papers.sheets.forms.results import EXAM_RESULTS, JUDGED, result_field
from partyctl.terms import AdmissionStep, DossierPaper, Result

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.law.engine.votes import Votes
    from partyctl.ledger.tables.admission import Applicant
    from partyctl.records.admission.conditions import AdmissionStepEntry
    from partyctl.records.members.people import People

VOTES = {
    AdmissionStep.VOTE: "votes",
    AdmissionStep.CONVERSION_VOTE: "conversion_votes",
    AdmissionStep.EXTENSION: "extension_votes",
    AdmissionStep.CANCELLATION: "cancellation_votes",
}
NAMES = {AdmissionStep.MENTORS: "mentors", AdmissionStep.INTRODUCERS: "introducers"}
STEP_OF_DETAIL = {
    **{name: step for step, name in (*VOTES.items(), *NAMES.items())},
    "extended_to": AdmissionStep.EXTENSION,
    **{result_field(step): step for step in JUDGED},
    EXAM_RESULTS: AdmissionStep.EXAM,
}
"""For each field with a detail of a step, such as a result or the mentors: the step to which the
detail belongs."""


ALL_EXAMS = "all_exams"
"""In the values of a row with examination results, this key holds the list of all examination days,
including days that are already recorded. The first day belongs to the first result in the row, the
second day to the second result, and so on."""


class Details(NamedTuple):
    """The values that a row gives for a step, except the day of the step. A missing value is None."""

    names: tuple[str, ...] | None
    votes: "Votes | None"
    until: date | None
    result: Result | None = None


def without_their_day(values: dict[str, Any], recorded: dict[str, Any]) -> list[str]:
    """Return the row's fields that give a detail of a step, if the step has no day.

    Neither the row nor the ledger gives a day for such a step.
    """
    return [
        name
        for name, step in STEP_OF_DETAIL.items()
        if name in values and not (step_field(step) in values or recorded.get(step_field(step)))
    ]


def take(
    session: "Session",
    applicant: "Applicant",
    values: dict[str, Any],
    steps: list[AdmissionStep],
    known: "People",
) -> int:
    """Record an applicant's steps, and where each paper of the admission is kept.

    Return the applicant's number.

    The steps are recorded in the order of their days. Steps on the same day are recorded in the
    order in which they follow each other in an admission.
    """
    from partyctl.records.admission import dossier
    from partyctl.records.admission import steps as admission_steps

    for entry in _entries(values, steps, known):
        admission_steps.take(session, applicant, entry)
    kept = [(each, values.get(kept_field(each))) for each in DossierPaper]
    dossier.put(session, applicant, [each for each in kept if each[1] is not None])
    return applicant.number


def _entries(
    values: dict[str, Any], steps: list[AdmissionStep], known: "People"
) -> "Iterator[AdmissionStepEntry]":
    from partyctl.records.admission.conditions import AdmissionStepEntry

    order = list(AdmissionStep)
    days = [
        (day, order.index(step), step)
        for step in steps
        for day in (values[step_field(step)] if step in REPEATED else [values[step_field(step)]])
    ]
    for day, _, step in sorted(days):
        said = details_of(step, values, known)
        result = result_on(values, day) if step is AdmissionStep.EXAM else said.result
        yield AdmissionStepEntry(
            step=step,
            on=day,
            names=said.names or (),
            votes=said.votes,
            until=said.until,
            result=result,
        )


def details_of(step: AdmissionStep, values: dict[str, Any], known: "People") -> Details:
    """Return the details that a row gives for a step.

    For an extension, the details include the last day of the probation.
    """
    from partyctl.records.meetings.votes import read_votes

    names, votes = values.get(NAMES.get(step, "")), values.get(VOTES.get(step, ""))
    return Details(
        names=tuple(map(known.typed, names)) if names else None,
        votes=read_votes(votes) if votes else None,
        until=values.get("extended_to") if step is AdmissionStep.EXTENSION else None,
        result=values.get(result_field(step)),
    )


def result_on(values: dict[str, Any], day: date) -> Result | None:
    """Return the result that a row gives for an examination day, or None."""
    results = values.get(EXAM_RESULTS)
    return results[values[ALL_EXAMS].index(day)] if results else None
