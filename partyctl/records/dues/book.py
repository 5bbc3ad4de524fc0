"""Add an entry to the dues book, and check that a member can owe dues for a month."""

from sqlmodel import Session

from partyctl.calendar import month_of, period_named
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.dues import DuesEntry
from partyctl.ledger.tables.people import Member
from partyctl.records.common import finding
from partyctl.terms import DuesAct


def open_entry(session: Session, member: Member, act: DuesAct) -> DuesEntry:
    """Add an entry to the dues book. Entries of all kinds share one series of numbers."""
    entry = new(DuesEntry, member_id=member.number, act=act)
    session.add(entry)
    session.flush()
    return entry


def require_payable(session: Session, member: Member, month: str) -> None:
    """Refuse a payment for a month in which the member cannot owe dues here.

    Such a month is a month that `require_member_by` refuses. If a member came to the branch after
    the ledger's start, and no letter of transfer says up to which month dues were paid, the months
    before the member came are also refused. Other months before the ledger's start are not refused,
    because the payment can be for arrears.
    """
    require_member_by(member, month)
    came_on = member.on_roll_from
    has_moved_in = member.dues_paid_to is None and came_on > finding.organ(session).since
    if has_moved_in and month < month_of(came_on):
        before = period_named(month).shifted(-1).name
        raise Refused(
            say(
                f"{member.name} {came_on} 才到本支部，介绍信写明的党费交至月份没有登记，"
                f"{month} 的党费不在本支部交。",
                f"{member.name} came to this branch on {came_on}, and no letter is on record that "
                f"says up to which month dues were paid: dues for {month} are not owed here.",
            ),
            f"partyctl member edit '#{member.number}' --dues-to {before}",
        )


def require_member_by(member: Member, month: str) -> None:
    """Refuse dues for a month in which the member cannot owe them here.

    A month is refused if it is before the month in which the member joined the Party, if its dues
    were paid to the previous branch (as the letter of transfer says), or if the member left and
    owes dues only up to an earlier month.
    Whether the member was on the roll in the month is not checked.
    """
    if month < month_of(member.joined_on):
        raise Refused(
            say(
                f"{member.name} {member.joined_on} 入党，{month} 还不是党员。",
                f"{member.name} joined on {member.joined_on} and was not a member in {month}.",
            ),
            f"partyctl dues status --member '#{member.number}'",
        )
    if member.dues_paid_to and month <= member.dues_paid_to:
        raise Refused(
            say(
                f"{member.name}转入时党费已交至 {member.dues_paid_to}，{month} 不在本支部交。",
                f"{member.name} had paid dues up to {member.dues_paid_to} before the "
                f"transfer to this branch: dues for {month} are not owed here.",
            ),
            f"partyctl member show '#{member.number}'",
        )
    last = member.left_dues_to or (member.left_on and month_of(member.left_on))
    if last and month > last:
        raise Refused(
            say(
                f"{member.name}已离开，党费交至 {last}。",
                f"{member.name} has left and owes dues only up to {last}.",
            ),
            f"partyctl member show '#{member.number}'",
        )
