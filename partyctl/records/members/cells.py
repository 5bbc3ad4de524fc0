"""Check that a cell is no longer used before it is voided."""

from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import comma_list, say
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Cell, Member

Used = TypeVar("Used", Member, Meeting)

SHOWN = 5
"""An error names at most this many records. If there are more records, the list ends with “…”."""


def require_unused(session: Session, cell: Cell) -> None:
    """Refuse to void a cell to which a member or a meeting is assigned.

    The record of the member or meeting would still name the voided cell.
    """
    members = _assigned(session, Member, cell)
    if members:
        names = _listed([member.name for member in members])
        raise Refused(
            say(
                f"{cell.name}里还有党员（{names}），不能作废。",
                f"{cell.name} still has members ({names}) and cannot be voided.",
            ),
            f"partyctl member edit '#{members[0].number}' --cell …",
        )
    meetings = _assigned(session, Meeting, cell)
    if meetings:
        numbers = _listed([f"#{meeting.number}" for meeting in meetings])
        raise Refused(
            say(
                f"{cell.name}还有会议（{numbers}），不能作废。",
                f"{cell.name} still has meetings ({numbers}) and cannot be voided.",
            ),
            f"partyctl meeting edit {meetings[0].number} --cell …",
        )


def _assigned(session: Session, table: type[Used], cell: Cell) -> Sequence[Used]:
    """The valid records of a table that name a cell, by number."""
    query = select(table).where(table.cell_id == cell.number, col(table.voided_at).is_(None))
    return session.exec(query.order_by(col(table.id))).all()


def _listed(texts: Sequence[str]) -> str:
    return comma_list(texts[:SHOWN]) + ("…" if len(texts) > SHOWN else "")
