"""Check the person responsible for a task, and the task's days.

A task is a target of a yearly work plan, or a rectification item. A task cannot be due or done
before the day on which it was set, and a task cannot be finished twice.
"""

from datetime import date

from sqlmodel import Session

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.people import Member
from partyctl.records.common import finding


def owner(session: Session, name: str, set_on: date) -> Member:
    """The person responsible for a task, found by name.

    This person must be on the roll on the day on which the task was set. Raises NoSuchRecord,
    Refused.
    """
    return finding.member_on(session, name, set_on, say("责任人", "its owner"))


def new_owner(session: Session, name: str, set_on: date, due_on: date) -> Member:
    """The person who becomes responsible for a task that is already on record.

    The person may join the roll after the task was set, but not after the task's due day.
    """
    came = finding.member(session, name).on_roll_from
    return owner(session, name, min(max(set_on, came), due_on))


def require_deadline(
    set_on: date, due_on: date, clause: str, *, latest: date | None = None
) -> None:
    """Refuse a due day before the day on which the task was set.

    `latest`: if given, the error suggests this day or an earlier day for --on. Without it, the
    error suggests a later day for --due.
    """
    if due_on < set_on:
        later = say(f"--due 写 {set_on} 或以后", f"--due {set_on} or later")
        raise Refused(
            say(
                f"完成时限 {due_on} 早于提出日期 {set_on}[{clause}]。",
                f"The deadline {due_on} is before the day it was set, {set_on} [{clause}].",
            ),
            _or_earlier(latest) if latest else later,
        )


def require_open(what: str, done_on: date | None, remedy: str) -> None:
    """Refuse to finish a task twice. `what` is the task's name in this run's language."""
    if done_on is not None:
        raise Refused(
            say(f"{what} 已于 {done_on} 完成。", f"{what} was finished on {done_on}."), remedy
        )


def require_order(
    what: str, set_on: date, done_on: date | None, *, latest: date | None = None
) -> None:
    """Refuse a task that was done before the day on which it was set.

    `what` is the task's name in this run's language. The error suggests another day for --on. If
    the command's --on is the day on which the task was set, `latest` is the last day that the error
    suggests. If --on is the day on which the task was done, `latest` is None.
    """
    if done_on is not None and done_on < set_on:
        later = say(f"--on 写 {set_on} 或以后", f"--on {set_on} or later")
        raise Refused(
            say(
                f"{what} {set_on} 才提出，不能在 {done_on} 完成。",
                f"{what} was set on {set_on}, so it cannot have been finished on {done_on}.",
            ),
            _or_earlier(latest) if latest else later,
        )


def _or_earlier(day: date) -> str:
    return say(f"--on 写 {day} 或以前", f"--on {day} or earlier")
