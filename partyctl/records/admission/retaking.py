"""Correct a step that was recorded wrongly, by voiding it and recording it again."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session, select

from partyctl.law.admission.steps import STEP_OF
from partyctl.law.engine.votes import Votes
from partyctl.ledger.tables.admission import (
    Applicant,
    ApplicantStep,
    ApplicantStepExcluded,
    ApplicantStepPerson,
)
from partyctl.records.admission import steps
from partyctl.records.admission.conditions import AdmissionStepEntry
from partyctl.records.admission.counts import votes_of
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.meetings.votes import with_written
from partyctl.records.members.membership import end_membership
from partyctl.terms import AdmissionStep, Correction, Result, Superior, stored_term


def retake(
    session: Session,
    applicant: Applicant,
    taken: ApplicantStep,
    *,
    on: date,
    names: tuple[str, ...] | None = None,
    votes: Votes | None = None,
    until: date | None = None,
    result: Result | None = None,
) -> ApplicantStep:
    """Correct a step's first or last day, its people, its votes or its result.

    Values that are not given are left unchanged. But if the votes change and no result is given,
    the new votes decide the result. `votes` are the votes at the meeting; this function does not
    change written votes. Raises the errors that `take` raises.
    """
    entry = as_entered(session, taken)
    entry = replace(entry, on=on)
    if votes is not None and entry.votes is not None:
        votes = with_written(votes, entry.votes.written)
    if names is not None:
        entry = replace(entry, names=names)
    if votes is not None and votes != entry.votes:
        entry = replace(entry, votes=votes, result=None)
    if until is not None:
        entry = replace(entry, until=until)
    if result is not None:
        entry = replace(entry, result=result)
    void(session, taken, Correction.ANEW)
    if entry.step is AdmissionStep.VOTE and stored_term(Result, taken.result) is Result.PASS:
        end_membership(session, applicant, Correction.ANEW)
    session.flush()
    return steps.take(session, applicant, entry)


def as_entered(session: Session, taken: ApplicantStep) -> AdmissionStepEntry:
    """Convert a recorded step to the values that the clerk would type to record this step."""
    step = stored_term(AdmissionStep, taken.step)
    takes = STEP_OF[step].takes
    sent = (
        (Superior.GENERAL_BRANCH, taken.to_general_branch),
        (Superior.ORGAN_COMMITTEE, taken.to_organ_committee),
    )
    bearers = select(ApplicantStepPerson.member_id).where(ApplicantStepPerson.step_id == taken.id)
    others = select(ApplicantStepExcluded.member_id).where(
        ApplicantStepExcluded.step_id == taken.id
    )
    return AdmissionStepEntry(
        step=step,
        on=taken.taken_on,
        names=tuple(finding.stored(number) for number in session.exec(bearers).all()),
        meeting=taken.meeting_id,
        votes=votes_of(taken),
        excluded=tuple(finding.stored(number) for number in session.exec(others).all()),
        until=taken.until_on,
        result=stored_term(Result, taken.result) if "result" in takes else None,
        to=tuple(superior for superior, is_meant in sent if is_meant and "to" in takes),
        signed_on=taken.signed_on,
        half_hours=taken.half_hours,
        makes_up=taken.makes_up,
        note=taken.note,
        override=taken.override_reason,
    )
