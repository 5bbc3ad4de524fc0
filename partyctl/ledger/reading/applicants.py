"""Read applicants and their steps as plain objects."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import Object, objects, with_parts
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.admission import (
        ApplicantKnown,
        ApplicantPaper,
        ApplicantStep,
        ApplicantWithSteps,
    )

APPLICANTS = """
SELECT person.id, person.name, branch.name AS branch, person.branch_id, person.applied_on,
    person.birth_on, CASE WHEN person.closed_on <= :on THEN person.closed_on END AS closed_on,
    CASE WHEN person.closed_on <= :on THEN person.close_reason END AS close_reason,
    (SELECT link.member_id FROM admission AS link JOIN member ON member.id = link.member_id
        WHERE link.applicant_id = person.id AND member.voided_at IS NULL
        AND member.joined_on <= :on) AS member_id,
    person.recorded_at, person.voided_at, person.void_reason
FROM applicant AS person JOIN branch ON branch.id = person.branch_id
"""
STEPS = """
SELECT line.id, line.step, line.taken_on AS "on", line.result,
    -- If the meeting was voided or moved, the step stays valid, and only its link is left out.
    (SELECT meeting.id FROM meeting WHERE meeting.id = line.meeting_id
        AND meeting.voided_at IS NULL AND meeting.held_on = line.taken_on) AS meeting_id,
    line.eligible,
    line.present, line.approve, line.oppose, line.abstain, line.written_approve,
    line.written_oppose, line.written_abstain, line.until_on AS until, line.to_general_branch,
    line.to_organ_committee, CASE WHEN line.signed_on <= :on THEN line.signed_on END AS signed_on,
    line.half_hours / 2.0 AS hours, line.makes_up, line.note, line.override_reason AS override,
    line.recorded_at
FROM applicant_step AS line
WHERE line.applicant_id = :number AND line.voided_at IS NULL AND line.taken_on <= :on
ORDER BY line.taken_on, line.id
"""
VOTES = ("eligible", "present", "approve", "oppose", "abstain")
WRITTEN = ("written_approve", "written_oppose", "written_abstain")
SENT_TO = {"to_general_branch": "general-branch", "to_organ_committee": "organ-committee"}


def applicants(
    ledger: sqlite3.Connection, on: date, branch: int | None = None
) -> "list[ApplicantKnown]":
    """The people who applied on or before a day, as known on that day, without their steps."""
    values = {"on": on.isoformat(), "branch": branch}
    return cast(
        "list[ApplicantKnown]",
        objects(
            ledger,
            f"""{APPLICANTS} WHERE person.voided_at IS NULL AND person.applied_on <= :on
        AND (:branch IS NULL OR person.branch_id = :branch) ORDER BY person.id""",
            values,
        ),
    )


def applicant(ledger: sqlite3.Connection, on: date, number: int) -> "ApplicantWithSteps | None":
    """The applicant with this number, even if the record was voided.

    The result contains only the applicant's steps on or before a day.
    """
    values = {"on": on.isoformat(), "number": number}
    rows = objects(ledger, f"{APPLICANTS} WHERE person.id = :number", values)
    if not rows:
        return None
    return cast(
        "ApplicantWithSteps | None",
        with_parts(
            rows[0], {"steps": steps(ledger, on, number), "papers": kept_papers(ledger, number)}
        ),
    )


def kept_papers(ledger: sqlite3.Connection, number: int) -> "list[ApplicantPaper]":
    """Where the papers of an applicant's dossier are kept."""
    return cast(
        "list[ApplicantPaper]",
        objects(
            ledger,
            "SELECT paper, kept_at FROM applicant_paper WHERE applicant_id = ? ORDER BY paper",
            (number,),
        ),
    )


def steps(ledger: sqlite3.Connection, on: date, number: int) -> "list[ApplicantStep]":
    """The steps of an applicant on or before a day, oldest first."""
    rows = objects(ledger, STEPS, {"on": on.isoformat(), "number": number})
    return [_step(ledger, row) for row in rows]


def _step(ledger: sqlite3.Connection, row: Object) -> "ApplicantStep":
    people = ledger.execute(
        "SELECT member.name, member.id FROM applicant_step_person AS party "
        "JOIN member ON member.id = party.member_id WHERE party.step_id = ? ORDER BY member.id",
        (row["id"],),
    ).fetchall()
    excluded = ledger.execute(
        "SELECT member.name FROM applicant_step_excluded AS other "
        "JOIN member ON member.id = other.member_id WHERE other.step_id = ? ORDER BY member.id",
        (row["id"],),
    )
    votes = {name: row.pop(name) for name in VOTES}
    written = {name.removeprefix("written_"): row.pop(name) for name in WRITTEN}
    if votes["eligible"] is not None and any(written.values()):
        votes["written"] = {name: count or 0 for name, count in written.items()}
    sent = [name for column, name in SENT_TO.items() if row.pop(column)]
    last = row.pop("recorded_at")
    return cast(
        "ApplicantStep",
        row
        | {
            "with": [name for name, _ in people],
            "member_ids": [number for _, number in people],
            "votes": votes if votes["eligible"] is not None else None,
            "excluded": [name for (name,) in excluded],
            "to": sent,
            "recorded_at": last,
        },
    )
