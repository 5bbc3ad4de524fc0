"""Read the whole roll once, for commands about many people, and find people by name."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlmodel import Session, col, select

from partyctl.ledger.reading.known.admitted import admitted, ended_by
from partyctl.ledger.reading.lookup import no_branch, no_cell, number_in
from partyctl.ledger.tables.people import Branch, Cell, Member
from partyctl.ledger.tables.periods import Appointment, Leadership, MemberCategory
from partyctl.ledger.writing.session import driver_of
from partyctl.records.common import finding
from partyctl.terms import Post, stored_term
from partyctl.text import plain_name

Place = TypeVar("Place", Branch, Cell)


@dataclass
class People:
    """Everybody on the roll, with branches, cells and posts.

    Members can be found by name and by identity number.
    """

    session: Session
    branches: dict[int, Branch]
    cells: dict[int, Cell]
    members: dict[int, Member]
    since: date
    by_name: dict[str, list[Member]] = field(default_factory=dict)
    by_identity: dict[str, Member] = field(default_factory=dict)
    posts: dict[int, set[Post]] = field(default_factory=dict)
    leaders: set[int] = field(default_factory=set)
    dated: set[int] = field(default_factory=set)
    """The numbers of the members for whom a change of category is on record."""
    full_since: dict[int, date] = field(default_factory=dict)
    """For members with an application, by number: the day after the last day of probation."""
    _branches: dict[str | None, Branch] = field(default_factory=dict)
    _cells: dict[tuple[str, int | None], Cell] = field(default_factory=dict)
    """Branches and cells found so far, kept because most rows of a sheet name the same branch."""

    def branch(self, text: str | None) -> Branch:
        """The branch that has this name, or the only branch if `text` is None.

        Raises NoSuchRecord.
        """
        if text not in self._branches:
            if text is not None and number_in(text) is not None:
                raise no_branch(driver_of(self.session), text)
            self._branches[text] = finding.branch(self.session, text)
        return self._branches[text]

    def cell(self, text: str, within: Branch | None) -> Cell:
        """The cell that has this name, in a branch if one is given. Raises NoSuchRecord."""
        key = (text, within.id if within else None)
        if key not in self._cells:
            if number_in(text) is not None:
                raise no_cell(driver_of(self.session), text)
            self._cells[key] = finding.cell(self.session, text, within)
        return self._cells[key]

    def named(self, name: str) -> list[Member]:
        """The members that have this name. Spaces between Chinese characters are ignored."""
        return self.by_name.get(plain_name(name), [])

    def typed(self, name: str) -> str:
        """How to name a person in a suggested command.

        Return the #number if exactly one member has the name. If no member or several members have
        the name, return the name, because the right #number is not known.
        """
        found = self.named(name)
        return f"#{found[0].number}" if len(found) == 1 else name


def _numbered(session: Session, table: type[Place]) -> dict[int, Place]:
    return {each.number: each for each in session.exec(select(table)).all()}


def people(session: Session, today: date) -> People:
    """Read everybody who is on the roll."""
    session.flush()
    gone = ended_by(driver_of(session), today)
    found = _people(
        session,
        {
            number: member
            for number, member in _members(session).items()
            if member.left_on is None and number not in gone
        },
    )
    _add_posts(session, found, today)
    dated = select(MemberCategory.member_id).where(col(MemberCategory.voided_at).is_(None))
    found.dated.update(session.exec(dated).all())
    made = admitted(driver_of(session))
    found.full_since = {number: each.standing.full_on for number, each in made.items()}
    return found


def former_members(session: Session, today: date) -> People:
    """Read everybody who has left the roll, without their posts."""
    session.flush()
    gone = ended_by(driver_of(session), today)
    return _people(
        session,
        {
            number: member
            for number, member in _members(session).items()
            if member.left_on is not None or number in gone
        },
    )


def _members(session: Session) -> dict[int, Member]:
    """The members whose records are not voided, by number."""
    query = select(Member).where(col(Member.voided_at).is_(None)).order_by(col(Member.id))
    return {member.number: member for member in session.exec(query).all()}


def _people(session: Session, members: dict[int, Member]) -> People:
    """The given members by name and by identity number, with all branches and cells."""
    found = People(
        session=session,
        branches=_numbered(session, Branch),
        cells=_numbered(session, Cell),
        members=members,
        since=finding.organ(session).since,
    )
    for member in members.values():
        found.by_name.setdefault(plain_name(member.name), []).append(member)
        if member.id_number:
            found.by_identity[member.id_number] = member
    return found


def _add_posts(session: Session, found: People, today: date) -> None:
    """Add the posts that members hold today, and mark the leading cadres."""
    held = session.exec(
        select(Appointment).where(
            col(Appointment.voided_at).is_(None),
            col(Appointment.from_on) <= today,
            (col(Appointment.to_on).is_(None)) | (col(Appointment.to_on) >= today),
        )
    ).all()
    for each in held:
        found.posts.setdefault(each.member_id, set()).add(stored_term(Post, each.post))
    leading = session.exec(
        select(Leadership.member_id).where(
            col(Leadership.voided_at).is_(None), col(Leadership.to_on).is_(None)
        )
    ).all()
    found.leaders.update(leading)
