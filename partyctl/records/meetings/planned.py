"""Plan meetings, and record that a planned meeting was held."""

from sqlmodel import Session

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.views.columns import ORGAN_KINDS
from partyctl.records.common import finding
from partyctl.records.common.finding import SeveralBranches
from partyctl.records.meetings import days as meeting_days
from partyctl.records.meetings import leading_group, meetings
from partyctl.records.meetings.gathering import Gathering


def plan(session: Session, said: Gathering, branch_name: str | None) -> Meeting:
    """Record the plan for a meeting; the planned day can be in the past.

    Raises Refused if the values of the planned meeting do not fit together.
    """
    branch = _branch_of(session, said, branch_name)
    meeting = new(Meeting, branch_id=branch, planned_on=said.day)
    meetings.apply(session, meeting, said)
    meeting_days.require_order(session, meeting)
    return meeting


def hold(session: Session, number: int, said: Gathering) -> Meeting:
    """Record that a planned meeting was held. The planned day stays on record. Raises Refused."""
    meeting = finding.record(session, Meeting, number)
    if meeting.held_on is not None:
        raise Refused(
            say(
                f"会议 #{number} 已于 {meeting.held_on} 召开。",
                f"Meeting #{number} was held on {meeting.held_on}.",
            ),
            f"partyctl meeting edit {number} --on …",
        )
    meeting.held_on = said.day
    meetings.apply(session, meeting, said)
    meeting_days.require_order(session, meeting)
    return meeting


def is_planned(session: Session, number: int) -> bool:
    """Whether a meeting is planned and has not been held yet. Raises NoSuchRecord, Refused."""
    return finding.record(session, Meeting, number).held_on is None


def _branch_of(session: Session, said: Gathering, branch_name: str | None) -> int:
    """The branch of a planned meeting.

    If several branches are possible, a meeting of the leading group belongs to the branch of the
    group's secretary, or of its first member if the group has no secretary.
    """
    assert said.day is not None
    assert said.kinds is not None
    try:
        return meetings.branch_of(session, said, branch_name)
    except SeveralBranches:
        leading = leading_group.members(session, said.day)
        if not leading or not set(said.kinds) <= set(ORGAN_KINDS):
            raise
        return leading[0].branch_id
