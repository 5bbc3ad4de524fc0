"""Record and void the steps of an admission.

`law.admission` defines the conditions (needs) of each step. They are checked after a new step is
written. If a need is not met and not overridden with a reason, an error rolls the transaction back.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from partyctl.errors import BadUsage, NoSuchRecord, Refused
from partyctl.language import comma_list, say
from partyctl.law.admission.journey import Journey
from partyctl.law.admission.needs import Lack, Requirement, words_of
from partyctl.law.admission.outcomes import kind_of
from partyctl.law.admission.steps import STEP_OF, Step, lacking
from partyctl.ledger.tables.admission import (
    Applicant,
    ApplicantStep,
    ApplicantStepExcluded,
    ApplicantStepPerson,
)
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Branch, Member
from partyctl.records.admission import applicants
from partyctl.records.admission.conditions import (
    AdmissionStepEntry,
    require_first,
    require_open,
    require_options,
)
from partyctl.records.admission.counts import columns_of
from partyctl.records.admission.sponsors import bearers
from partyctl.records.common import finding
from partyctl.records.common.known_facts import command
from partyctl.records.common.making_up import require_fit
from partyctl.records.common.voiding import void
from partyctl.records.common.voters import by_roll, left_out
from partyctl.records.common.words import text_if_given
from partyctl.records.meetings.held import held_on
from partyctl.records.meetings.meetings import kinds_of
from partyctl.records.members.membership import end_membership, make_member
from partyctl.records.members.organisation import has_committee_on
from partyctl.terms import AdmissionStep, MeetingKind, Result, Superior, stored_term


def take(session: Session, applicant: Applicant, entry: AdmissionStepEntry) -> ApplicantStep:
    """Record a step. Raises Refused if a need of the step is not met or the step is impossible.

    The clerk can override the needs listed in `hard` by giving a reason: the step is then recorded,
    but later reported as a breach. Nobody can override the needs listed in `firm`.
    """
    row = STEP_OF[entry.step]
    require_options(row, entry)
    before = applicants.way_of(session, applicant)
    require_open(before, entry)
    require_first(before, row, entry)
    excluded = left_out(session, entry.excluded, applicant.branch_id, entry.on, before.known)
    step = _step(session, applicant, row, entry, _result(row, entry, excluded, before))
    session.add(step)
    session.flush()
    _put_people(session, applicant, row, step, entry, before)
    _put_excluded(session, step, excluded)
    if entry.step is AdmissionStep.VOTE and step.result == Result.PASS:
        make_member(session, applicant, entry.on)
    way = applicants.way_of(session, applicant)
    lacks = _lacks(way, step, row.hard)
    for lack in (*_lacks(way, step, row.firm), *([] if entry.override else lacks)):
        raise _refused(session, applicant, way, row, entry, lack)
    if entry.override and lacks:
        step.override_reason = text_if_given(entry.override, say("越过的原因", "the reason"))
        session.add(step)
    require_sense(session, applicant)
    return step


def _step(
    session: Session, applicant: Applicant, row: Step, entry: AdmissionStepEntry, result: Result
) -> ApplicantStep:
    """Check the values of a step, and make the row of the step."""
    if entry.on < applicant.applied_on:
        raise Refused(
            say(
                f"{entry.on} 早于{applicant.name}的申请 {applicant.applied_on}[{row.clause}]。",
                f"{entry.on} is before {applicant.name} applied, {applicant.applied_on} "
                f"[{row.clause}].",
            ),
            f"partyctl applicant edit '#{applicant.number}' --applied {entry.on}",
        )
    if entry.until is not None and entry.until < entry.on:
        raise Refused(
            say(
                f"--until {entry.until} 早于 {entry.on}[{row.clause}]。",
                f"--until {entry.until} is before {entry.on} [{row.clause}].",
            ),
            say("核对日期再试", "check the dates, then run the command again"),
        )
    if entry.step is AdmissionStep.VOTE:
        applicants.require_signed_after(entry.on, entry.signed_on)
    makes_up = None if entry.makes_up is None else _made_up(session, entry)
    return new(
        ApplicantStep,
        applicant_id=applicant.number,
        step=entry.step,
        taken_on=entry.on,
        result=result,
        meeting_id=_meeting(session, applicant, row, entry),
        **columns_of(entry.votes),
        until_on=entry.until,
        to_general_branch=_goes_to(row, entry, Superior.GENERAL_BRANCH),
        to_organ_committee=_goes_to(row, entry, Superior.ORGAN_COMMITTEE),
        signed_on=entry.signed_on,
        half_hours=entry.half_hours,
        makes_up=makes_up,
        note=text_if_given(entry.note, say("说明", "the note")),
    )


def _result(
    row: Step, entry: AdmissionStepEntry, excluded: Sequence[Member], way: Journey
) -> Result:
    """Return the typed result; if no result was typed, compute it.

    The computed result is PASS if more than half of all eligible voters agreed, or if there was no
    vote. Raises Refused if the typed number of eligible voters is greater than the number on the
    roll.
    """
    if entry.votes is None:
        return entry.result or Result.PASS
    numbers = [member.number for member in excluded]
    votes = by_roll(entry.votes, entry.on, numbers, way.known)
    if row.meeting is not MeetingKind.MEMBERS:
        # Only committee members vote, so the number of voters on the roll does not apply.
        votes = entry.votes
    return entry.result or (Result.PASS if votes.is_carried else Result.FAIL)


def _goes_to(row: Step, entry: AdmissionStepEntry, superior: Superior) -> bool:
    """Whether the report of a step goes to this superior.

    The two possible superiors are the general branch and the organ committee. If the clerk named
    neither of them, the report goes to both superiors.
    """
    return "to" in row.takes and (not entry.to or superior in entry.to)


def _made_up(session: Session, entry: AdmissionStepEntry) -> str:
    from partyctl.calendar import period_named  # rarely needed

    assert entry.makes_up is not None
    period = period_named(entry.makes_up)
    require_fit(session, [entry.step], period, entry.on)
    return period.name


def _meeting(
    session: Session, applicant: Applicant, row: Step, entry: AdmissionStepEntry
) -> int | None:
    """The number of the meeting that decided on a step, or None if no meeting was given.

    Raises Refused if the kind, the branch or the day of the meeting is wrong for this step.
    """
    if entry.meeting is None:
        return None
    meeting = finding.record(session, Meeting, entry.meeting)
    kinds = [row.meeting]
    branch = session.get_one(Branch, applicant.branch_id)
    if not has_committee_on(session, branch, entry.on):
        kinds.append(MeetingKind.MEMBERS)  # without a committee, the members' meeting decides
    fits = any(kind in kinds_of(session, meeting) for kind in kinds)
    if row.meeting is None or not fits or meeting.branch_id != applicant.branch_id:
        wanted = row.meeting.chinese if row.meeting else say("会议", "meeting")
        raise Refused(
            say(
                f"会议 #{entry.meeting} 不是本支部的{wanted}，“{row.step.chinese}”不能由它决定"
                f"[{row.clause}]。",
                f"Meeting #{entry.meeting} is not a {row.meeting or 'suitable'} meeting of "
                f"this branch, so it cannot decide on the step {row.step} [{row.clause}].",
            ),
            f"partyctl meeting show {entry.meeting}",
        )
    clause = row.clause
    cannot = say(f"决定“{row.step.chinese}”[{clause}]", f"decide on the step {row.step} [{clause}]")
    if (day := held_on(meeting, cannot)) != entry.on:
        raise Refused(
            say(
                f"会议 #{entry.meeting} 是 {day} 开的，不是 {entry.on}[{row.clause}]。",
                f"Meeting #{entry.meeting} was on {day}, not on {entry.on} [{row.clause}].",
            ),
            f"--on {day}",
        )
    return meeting.number


def _put_people(
    session: Session,
    applicant: Applicant,
    row: Step,
    step: ApplicantStep,
    entry: AdmissionStepEntry,
    way: Journey,
) -> None:
    for member in bearers(session, applicant, row, entry.names, entry.on, way.known):
        session.add(
            new(
                ApplicantStepPerson,
                step_id=step.number,
                member_id=member.number,
                applicant_id=applicant.number,
            )
        )


def _put_excluded(session: Session, step: ApplicantStep, members: Sequence[Member]) -> None:
    for member in members:
        session.add(
            new(
                ApplicantStepExcluded,
                step_id=step.number,
                member_id=member.number,
                applicant_id=step.applicant_id,
            )
        )


def _lacks(way: Journey, step: ApplicantStep, requirements: Sequence[Requirement]) -> list[Lack]:
    taken = next(fact for fact in way.steps if fact.of.line_id == step.id)
    return lacking(requirements, way, taken)


def _refused(
    session: Session,
    applicant: Applicant,
    way: Journey,
    row: Step,
    entry: AdmissionStepEntry,
    lack: Lack,
) -> Refused:
    """The error that names an unmet need of a step, and suggests the next command."""
    clause = STEP_OF[lack.step].clause
    # If the step is only too early, suggest the same step on its first possible day.
    step, on = (row.step, str(lack.from_on)) if lack.from_on else (lack.step, "…")
    begins, name = command(session, applicant.branch_id), way.known.addressed(way.subject)
    following = f"show {name}" if lack.is_closed else f"step {name} {words_of(step, on)}"
    return Refused(
        say(
            f"{applicant.name}还不能“{row.step.chinese}”：{lack.told.chinese}[{clause}]。",
            f"No {row.step} of {applicant.name} yet: {lack.told.english} [{clause}].",
        ),
        f"{begins} applicant {following}",
    )


def require_sense(session: Session, applicant: Applicant) -> None:
    """Check that every recorded step of the admission meets the needs in `firm`. Raises Refused."""
    way = applicants.way_of(session, applicant)
    for fact in way.steps:
        row = STEP_OF[kind_of(fact)]
        for lack in lacking(row.firm, way, fact):
            raise Refused(
                say(
                    f"{applicant.name} {fact.on} 的“{row.step.chinese}”会因此站不住："
                    f"{lack.told.chinese}[{row.clause}]。",
                    f"{row.step} of {fact.on} would not be valid: {lack.told.english} [{row.clause}].",
                ),
                f"partyctl applicant step '#{applicant.number}' {row.step} --on {fact.on} --void …",
            )


def take_back(
    session: Session, applicant: Applicant, step: AdmissionStep, on: date | None, reason: str
) -> ApplicantStep:
    """Void a wrong step. Raises Refused if another step would then not meet a need in `firm`."""
    of_kind = [each for each in applicants.steps_of(session, applicant) if each.step == step]
    found = [each for each in of_kind if on is None or each.taken_on == on]
    if not found:
        raise NoSuchRecord(
            say(
                f"{applicant.name}没有这样的“{step.chinese}”记录。",
                f"{applicant.name} has no such {step}.",
            ),
            f"partyctl applicant show '#{applicant.number}'",
        )
    if len(found) > 1 and on is None:
        days = comma_list(str(each.taken_on) for each in found)
        raise BadUsage(
            say(
                f"“{step.chinese}”登记了 {len(found)} 次（{days}）。",
                f"{len(found)} {step}: {days}.",
            ),
            f"--on {found[-1].taken_on}",
        )
    taken = found[-1]
    void(session, taken, reason)
    if step is AdmissionStep.VOTE and stored_term(Result, taken.result) is Result.PASS:
        end_membership(session, applicant, reason)
    require_sense(session, applicant)
    return taken
