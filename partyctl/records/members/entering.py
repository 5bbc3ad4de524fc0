"""Entering many members at once: each is checked as one alone is, all are stored together."""

from sqlmodel import Session

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.people import Member
from partyctl.records.members.members import NewMember, drafted, require_order, roles_of
from partyctl.records.members.people import People


class Entering:
    """Members who are about to be stored; nobody comes twice under one identity number."""

    def __init__(self, known: People) -> None:
        self._known = known
        self._waiting: list[tuple[Member, NewMember]] = []
        self._identities: dict[str, str] = {}

    def prepare(self, entry: NewMember, branch_name: str | None) -> Member:
        """The member that an entry says, checked. Raises Refused, BadUsage, NoSuchRecord."""
        branch, cell = None, None
        if branch_name is not None or entry.cell is None:
            branch = self._known.branch(branch_name)
        if entry.cell is not None:
            cell = self._known.cell(entry.cell, branch)
            branch = next(each for each in self._known.branches if each.id == cell.branch_id)
        assert branch is not None
        member = drafted(entry, branch, cell, self._known.since)
        require_order(member)
        self._require_new_identity(member)
        self._waiting.append((member, entry))
        return member

    def _require_new_identity(self, member: Member) -> None:
        if member.id_number is None:
            return
        other = self._known.by_identity.get(member.id_number)
        name = f"#{other.number} {other.name}" if other else self._identities.get(member.id_number)
        if name is not None:
            raise Refused(
                say(f"这个身份证号已登记给 {name}。", f"That identity number belongs to {name}.")
            )
        self._identities[member.id_number] = member.name

    def store(self, session: Session) -> None:
        """Store all, with posts and leadership from the day on the roll."""
        session.add_all(member for member, _ in self._waiting)
        session.flush()
        for member, entry in self._waiting:
            session.add_all(roles_of(member, entry))
