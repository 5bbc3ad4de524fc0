"""Read the steps before and after a democratic-life meeting as plain objects."""

import sqlite3

from partyctl.ledger.reading.objects import objects
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.meetings import MeetingStep


def steps(ledger: sqlite3.Connection, meeting: int) -> "list[MeetingStep]":
    """The steps of a meeting, oldest first, without voided steps."""
    return cast(
        "list[MeetingStep]",
        objects(
            ledger,
            "SELECT step.step, step.taken_on, member.name AS member, step.member_id, "
            "step.half_days / 2.0 AS days, step.part, step.note "
            "FROM meeting_step AS step LEFT JOIN member ON member.id = step.member_id "
            "WHERE step.meeting_id = ? AND step.voided_at IS NULL ORDER BY step.taken_on, step.id",
            (meeting,),
        ),
    )
