"""Enter many members at once: each is checked separately, and all are stored together."""

from sqlalchemy import insert
from sqlmodel import Session, func, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import now
from partyctl.ledger.tables.people import Member
from partyctl.records.members.members import Draft, NewMember, drafted, require_order, roles_of
from partyctl.records.members.people import People


class Entering:
    """Members about to be stored; no identity number may occur twice."""

    def __init__(self, known: People) -> None:
        self._known = known
        self._waiting: list[tuple[Draft, NewMember]] = []
        self._identities: dict[str, str] = {}

    def prepare(self, entry: NewMember, branch_name: str | None) -> Draft:
        """The checked member for an entry. Raises Refused, BadUsage, NoSuchRecord."""
        branch, cell = None, None
        if branch_name is not None or entry.cell is None:
            branch = self._known.branch(branch_name)
        if entry.cell is not None:
            cell = self._known.cell(entry.cell, branch)
            branch = next(each for each in self._known.branches if each.id == cell.branch_id)
        assert branch is not None
        draft = drafted(entry, branch, cell, self._known.since)
        require_order(draft)
        self._require_new_identity(draft)
        self._waiting.append((draft, entry))
        return draft

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
        """Store all members in order; posts and leadership count from the day they joined the roll.

        Returns their numbers. The rows are inserted in bulk, because ORM objects would take five times as
        long.
        """
        last = session.exec(select(func.max(Member.id))).one() or 0
        numbers = range(last + 1, last + 1 + len(self._waiting))
        if not self._waiting:
            return numbers
        moment = now()
        rows = [
            {"id": number, "recorded_at": moment, **draft._asdict()}
            for number, (draft, _) in zip(numbers, self._waiting, strict=True)
        ]
        session.connection().execute(insert(Member), rows)
        for number, (draft, entry) in zip(numbers, self._waiting, strict=True):
            session.add_all(roles_of(number, draft.on_roll_from, entry))
        return numbers
