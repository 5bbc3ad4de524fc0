"""The whole roll, read once for a command about many people; finds the person of a row."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.ledger.reading.known.admitted import admitted
from partyctl.ledger.reading.known.names import offered
from partyctl.ledger.tables.people import (
    Appointment,
    Branch,
    Cell,
    Leadership,
    Member,
    MemberCategory,
)
from partyctl.ledger.writing.session import driver_of
from partyctl.records.common import finding
from partyctl.records.common.standing import ended_by
from partyctl.terms import Post, stored_term
from partyctl.text import plain_name

PARTY = "党"
"""A key under which 第一党小组 equals 第一小组, and 机关党支部 equals 机关支部."""


@dataclass
class People:
    """The members on the roll by name and identity number, with branches, cells, posts."""

    branches: list[Branch]
    cells: list[Cell]
    members: dict[int, Member]
    since: date
    by_name: dict[str, list[Member]] = field(default_factory=dict)
    by_identity: dict[str, Member] = field(default_factory=dict)
    posts: dict[int, set[Post]] = field(default_factory=dict)
    leaders: set[int] = field(default_factory=set)
    dated: set[int] = field(default_factory=set)
    """The members with a change of category, and its first month."""
    full_since: dict[int, date] = field(default_factory=dict)
    """The members who became full members through admission steps."""

    def branch(self, text: str | None) -> Branch:
        """The branch of that name; without a name, the only branch. Raises NoSuchRecord."""
        if text is None:
            if len(self.branches) == 1:
                return self.branches[0]
            raise finding.SeveralBranches([each.name for each in self.branches])
        found = [each for each in self.branches if each.name == text]
        alike = found or [each for each in self.branches if _bare(each.name) == _bare(text)]
        if len(alike) != 1:
            raise NoSuchRecord(
                say(f"没有“{text}”这个党支部。", f"There is no branch “{text}”."),
                offered("branch add {name}", text, "branch list"),
            )
        return alike[0]

    def cell(self, text: str, within: Branch | None) -> Cell:
        """The cell of that name, within a branch if given. Raises NoSuchRecord."""
        near = [each for each in self.cells if within is None or each.branch_id == within.id]
        found = [each for each in near if each.name == text]
        found = found or [each for each in near if _bare(each.name) == _bare(text)]
        if len(found) > 1:
            raise NoSuchRecord(
                say(f"有几个党小组叫“{text}”。", f"Several cells are called “{text}”."),
                "partyctl --branch … cell list",
            )
        if not found:
            raise NoSuchRecord(
                say(f"没有“{text}”这个党小组。", f"There is no cell “{text}”."),
                offered("cell add {name}", text, "cell list"),
            )
        return found[0]

    def named(self, name: str) -> list[Member]:
        """The members of that name, ignoring blanks within it."""
        return self.by_name.get(plain_name(name), [])

    def typed(self, name: str) -> str:
        """The text for a person in a command: #number if the name is unique, otherwise the name."""
        found = self.named(name)
        return f"#{found[0].number}" if len(found) == 1 else name


def _bare(name: str) -> str:
    return name.replace(PARTY, "").replace(" ", "")


def people(session: Session, today: date) -> People:
    """Everybody who is on the roll."""
    gone = ended_by(session, today)
    members = {
        member.number: member
        for member in session.exec(
            select(Member)
            .where(col(Member.voided_at).is_(None), col(Member.left_on).is_(None))
            .order_by(col(Member.id))
        ).all()
        if member.number not in gone
    }
    found = People(
        branches=list(session.exec(select(Branch).where(col(Branch.voided_at).is_(None))).all()),
        cells=list(session.exec(select(Cell).where(col(Cell.voided_at).is_(None))).all()),
        members=members,
        since=finding.organ(session).since,
    )
    for member in members.values():
        found.by_name.setdefault(plain_name(member.name), []).append(member)
        if member.id_number:
            found.by_identity[member.id_number] = member
    _add_posts(session, found, today)
    dated = select(MemberCategory.member_id).where(col(MemberCategory.voided_at).is_(None))
    found.dated.update(session.exec(dated).all())
    made = admitted(driver_of(session))
    found.full_since = {number: each.standing.full_on for number, each in made.items()}
    return found


def _add_posts(session: Session, found: People, today: date) -> None:
    """Today's holders of posts, and the leading cadres."""
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
