"""Add many members at once. Each member is checked separately, and all members are stored together."""

from sqlmodel import Session, func, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import now
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.periods import Appointment, Leadership
from partyctl.ledger.writing.bulk import insert_rows
from partyctl.records.members.members import (
    Draft,
    NewMember,
    Place,
    drafted,
    place_in,
    require_order,
)
from partyctl.records.members.people import People


class Entering:
    """Collects new members, and stores them together.

    Two new members cannot have the same identity number.
    """

    def __init__(self, known: People) -> None:
        self._known = known
        self._waiting: list[tuple[Draft, NewMember]] = []
        self._identities: dict[str, str] = {}
        self._places: dict[tuple[str | None, str | None], Place] = {}

    def prepare(self, entry: NewMember, branch_name: str | None) -> Draft:
        """Check a new member, and add the member to the list that `store` will write.

        Raises Refused for impossible dates or for an identity number that somebody on the roll or
        another new member has, BadUsage for text that cannot be stored, and NoSuchRecord for an
        unknown branch or cell.
        """
        named = (branch_name, entry.cell)
        if named not in self._places:
            self._places[named] = self._place(*named)
        draft = drafted(entry, self._places[named])
        require_order(draft)
        self._require_new_identity(draft)
        self._waiting.append((draft, entry))
        return draft

    def _place(self, branch_name: str | None, cell_name: str | None) -> Place:
        """Find the branch and cell for new members by their names. Raises NoSuchRecord."""
        known = self._known
        if cell_name is None:
            return place_in(known.branch(branch_name), None, known.since)
        within = None if branch_name is None else known.branch(branch_name)
        cell = known.cell(cell_name, within)
        return place_in(known.branches[cell.branch_id], cell, known.since)

    def _require_new_identity(self, draft: Draft) -> None:
        if draft.id_number is None:
            return
        other = self._known.by_identity.get(draft.id_number)
        name = f"#{other.number} {other.name}" if other else self._identities.get(draft.id_number)
        if name is not None:
            raise Refused(
                say(f"这个身份证号已登记给 {name}。", f"That identity number belongs to {name}.")
            )
        self._identities[draft.id_number] = draft.name

    def store(self, session: Session) -> range:
        """Store all members in order, with their posts, and return their numbers.

        The posts, and the status of a leading cadre, begin on the day on which the member joined
        the roll.
        """
        last = session.exec(select(func.max(Member.id))).one() or 0
        numbers = range(last + 1, last + 1 + len(self._waiting))
        if not self._waiting:
            return numbers
        moment = now()
        columns = ("id", "recorded_at", *Draft._fields)
        drafts = zip(numbers, self._waiting, strict=True)
        rows = ((number, moment, *draft) for number, (draft, _) in drafts)
        insert_rows(session, Member, columns, rows)
        self._store_roles(session, numbers, moment)
        return numbers

    def _store_roles(self, session: Session, numbers: range, moment: str) -> None:
        posts: list[tuple[object, ...]] = []
        leading: list[tuple[object, ...]] = []
        for number, (draft, entry) in zip(numbers, self._waiting, strict=True):
            start = (moment, number, draft.on_roll_from)
            if entry.posts:
                posts += ((*start, post) for post in dict.fromkeys(entry.posts))
            if entry.leader:
                leading.append(start)
        columns = ("recorded_at", "member_id", "from_on")
        if posts:
            insert_rows(session, Appointment, (*columns, "post"), posts)
        if leading:
            insert_rows(session, Leadership, columns, leading)
