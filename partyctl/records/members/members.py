"""Record members: when they joined and left, and up to which month their dues were paid then."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from partyctl.bilingual import Told
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Branch, Cell, Member
from partyctl.ledger.tables.periods import Appointment, Leadership
from partyctl.records.common import finding
from partyctl.records.common.words import clean_name, clean_text, text_if_given
from partyctl.records.members.identity import read_id_number
from partyctl.records.members.membership import require_untouched
from partyctl.terms import Category, Gender, LeaveReason, Post, read_term

ON_THE_ROLL = (
    Told("出生", "birth"),
    Told("入党", "joining"),
    Told("到支部", "joining the roll"),
    Told("离开", "leaving"),
)
BECOMING_FULL = (Told("入党", "joining"), Told("转正", "becoming full"))
"""The events in this tuple must happen in this order. So must the events in `ON_THE_ROLL`."""


class NewMember(NamedTuple):
    """The values that the clerk typed for a new member. None means that a value was not given."""

    name: str
    joined_on: date
    full_on: date | None = None
    probationary: bool = False
    on_roll_from: date | None = None
    dues_paid_to: str | None = None
    cell: str | None = None
    posts: Sequence[Post] = ()
    leader: bool = False
    gender: Gender | None = None
    birth_on: date | None = None
    id_number: str | None = None
    phone: str | None = None
    category: Category = Category.EMPLOYED


class Draft(NamedTuple):
    """The columns of a new member that is not stored yet."""

    branch_id: int
    cell_id: int | None
    name: str
    joined_on: date
    full_on: date | None
    probationary: bool
    on_roll_from: date
    dues_paid_to: str | None
    gender: Gender | None
    birth_on: date | None
    id_number: str | None
    phone: str | None
    category: Category
    left_on: date | None = None
    left_dues_to: str | None = None


def add(session: Session, entry: NewMember, branch_name: str | None) -> Member:
    """Add a member.

    The posts, and the status of a leading cadre, begin on the day on which the member joined the
    roll.

    Raises Refused for impossible dates and for an identity number of another member on the roll,
    and BadUsage for text that cannot be stored.
    """
    cell = None
    branch: Branch | None = None
    if branch_name is not None or entry.cell is None:
        branch = finding.branch(session, branch_name)
    if entry.cell is not None:
        cell = finding.cell(session, entry.cell, branch)
        branch = session.get_one(Branch, cell.branch_id)
    assert branch is not None
    draft = drafted(entry, place_in(branch, cell, finding.organ(session).since))
    member = new(Member, **draft._asdict())
    require_sense(session, member)
    session.add(member)
    session.flush()
    session.add_all(roles_of(member.number, member.on_roll_from, entry))
    return member


class Place(NamedTuple):
    """The branch and cell (or None) of new members, and the first day of the branch's roll."""

    branch_id: int
    cell_id: int | None
    since: date


def place_in(branch: Branch, cell: Cell | None, since: date) -> Place:
    """The `Place` of new members in a branch (and in a cell, if one is given).

    `since`: the ledger's first day.
    """
    first = max(since, branch.founded_on or date.min)
    return Place(branch.number, cell.number if cell else None, first)


def drafted(entry: NewMember, place: Place) -> Draft:
    """Convert an entry to the columns of a member. Raises BadUsage for text that cannot be stored."""
    return Draft(
        branch_id=place.branch_id,
        cell_id=place.cell_id,
        name=clean_name(entry.name, say("姓名", "A name")),
        joined_on=entry.joined_on,
        full_on=entry.full_on,
        probationary=entry.probationary,
        on_roll_from=entry.on_roll_from or max(entry.joined_on, place.since),
        dues_paid_to=entry.dues_paid_to,
        gender=entry.gender,
        birth_on=entry.birth_on,
        id_number=read_id_number(entry.id_number) if entry.id_number else None,
        phone=text_if_given(entry.phone, say("电话", "the phone")),
        category=entry.category,
    )


def roles_of(number: int, start: date, entry: NewMember) -> list[Appointment | Leadership]:
    """The rows for a new member's posts, and one more row if the member is a leading cadre.

    The posts, and the status of a leading cadre, begin on the day `start`.
    """
    roles: list[Appointment | Leadership] = [
        new(Appointment, member_id=number, post=post, from_on=start)
        for post in dict.fromkeys(entry.posts)
    ]
    if entry.leader:
        roles.append(new(Leadership, member_id=number, from_on=start))
    return roles


def require_sense(session: Session, member: Member) -> None:
    """Refuse dates in the wrong order, and an identity number of another member on the roll.

    The identity number of a member who left is not checked.
    """
    require_order(member)
    _require_new_id(session, member)


def require_order(member: Member | Draft) -> None:
    """Refuse a member whose dates are in the wrong order."""
    roll = (member.birth_on, member.joined_on, member.on_roll_from, member.left_on)
    for days, names in ((roll, ON_THE_ROLL), ((member.joined_on, member.full_on), BECOMING_FULL)):
        latest = date.min
        for day in days:
            if day is None:
                continue
            if day < latest:
                raise _disordered(days, names)
            latest = day
    if member.dues_paid_to and member.left_dues_to and member.left_dues_to < member.dues_paid_to:
        raise Refused(
            say(
                f"转出时党费交至 {member.left_dues_to}，早于转入时的 {member.dues_paid_to}。",
                f"The dues were paid up to {member.left_dues_to} when the member left, but already "
                f"up to {member.dues_paid_to} when the member joined the roll.",
            )
        )


def _disordered(days: Sequence[date | None], names: Sequence[Told]) -> Refused:
    """The error for dates in the wrong order.

    The error names the first two dates that are in the wrong order.
    """
    known = [(day, name) for day, name in zip(days, names, strict=True) if day is not None]
    (earlier, first), (later, second) = next(
        (one, next_one) for one, next_one in pairwise(known) if next_one[0] < one[0]
    )
    return Refused(
        say(
            f"{second.chinese} {later} 早于{first.chinese} {earlier}，不可能。",
            f"{second.english} on {later} cannot come before {first.english} on {earlier}.",
        ),
        say("核对日期再试", "check the dates, then run the command again"),
    )


def _require_new_id(session: Session, member: Member) -> None:
    if member.id_number is None or member.left_on is not None:
        return  # a former member who returned has two records with the same identity number
    query = select(Member).where(
        Member.id_number == member.id_number, col(Member.voided_at).is_(None)
    )
    for other in session.exec(query).all():
        if other.id != member.id and other.left_on is None:
            raise Refused(
                say(
                    f"这个身份证号已登记给 #{other.number} {other.name}。",
                    f"That identity number belongs to #{other.number} {other.name}.",
                ),
                f"partyctl member show '#{other.number}'",
            )


def leave(
    session: Session,
    text: str,
    on: date,
    *,
    reason: LeaveReason,
    to: str | None,
    dues_to: str | None,
) -> Member:
    """Record that a member left the roll.

    Raises Refused if the day contradicts the member's other dates, or if the member left already.
    """
    member = finding.member(session, text)
    if member.left_on is not None:
        raise Refused(
            say(
                f"{member.name}已于 {member.left_on} 离开。",
                f"{member.name} left on {member.left_on} already.",
            ),
            f"partyctl member edit '#{member.number}' --left {on}",
        )
    member.left_on = on
    member.left_reason = reason
    member.left_to = text_if_given(to, say("去向", "the destination"))
    member.left_dues_to = dues_to
    require_order(member)
    session.add(member)
    return member


def edit(session: Session, text: str, changes: dict[str, Any]) -> Member:
    """Correct a member's record. The corrected values also apply to all past days.

    `changes` maps columns to new values (None clears a column). The key `cell` has the name of the
    new cell; None leaves the cell unchanged.
    """
    member = finding.member(session, text)
    require_untouched(session, member, changes)
    if (cell := changes.pop("cell", None)) is not None:
        branch = session.get_one(Branch, member.branch_id)
        member.cell_id = finding.cell(session, cell, branch).number
    if "name" in changes:
        changes["name"] = clean_name(changes["name"], say("姓名", "A name"))
    if changes.get("phone") is not None:
        changes["phone"] = clean_text(changes["phone"], say("电话", "the phone"))
    if changes.get("id_number") is not None:
        changes["id_number"] = read_id_number(changes["id_number"])
    if "left_on" in changes and changes["left_on"] is None:
        changes |= {"left_reason": None, "left_to": None, "left_dues_to": None}
    elif changes.get("left_on") and member.left_reason is None:
        changes["left_reason"] = LeaveReason.TRANSFER
    for column, value in changes.items():
        setattr(member, column, value)
    require_sense(session, member)
    session.add(member)
    return member


def read_category(text: str) -> Category:
    """Parse a category that the clerk typed. Raises BadUsage."""
    return read_term(Category, text, of=say("党员类别", "category"))
