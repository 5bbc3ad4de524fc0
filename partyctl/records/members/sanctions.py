"""Record periods of sanction, in which a member cannot be a mentor or introducer. [支部·六2, 支部·六5]."""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.reading.known.names import in_one_piece
from partyctl.ledger.tables.admission import Sanction
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.common.words import clean_text


def sanction(session: Session, name: str, from_on: date, to_on: date, note: str) -> Member:
    """Record a period of sanction.

    The first and the last day belong to the period. Raises Refused if the last day is before
    the first day, or if a sanction with the same first day is on record.
    """
    member = finding.member_on(session, name, from_on, say("受处分的党员", "under sanction"))
    if to_on < from_on:
        raise Refused(
            say(f"{to_on} 早于 {from_on}。", f"{to_on} is before {from_on}."),
            f"partyctl member sanction {in_one_piece(name)} --from {to_on} --to {from_on} --note …",
        )
    if any(each.from_on == from_on for each in _of(session, member)):
        raise Refused(
            say(
                f"{member.name}自 {from_on} 起的处分已登记。",
                f"A sanction of {member.name} from {from_on} is on record.",
            ),
            f"partyctl member sanction {in_one_piece(name)} --from {from_on} --void …",
        )
    row = new(
        Sanction,
        member_id=member.number,
        from_on=from_on,
        to_on=to_on,
        note=clean_text(note, say("处分", "the sanction")),
    )
    session.add(row)
    return member


def void_sanction(session: Session, name: str, from_on: date, reason: str) -> Member:
    """Void a period of sanction that was recorded by mistake. Raises NoSuchRecord."""
    member = finding.member(session, name)
    found = [each for each in _of(session, member) if each.from_on == from_on]
    if not found:
        raise NoSuchRecord(
            say(
                f"{member.name}没有自 {from_on} 起的处分记录。",
                f"No sanction of {member.name} from {from_on} is on record.",
            ),
            f"partyctl member show '#{member.number}'",
        )
    void(session, found[0], reason)
    return member


def _of(session: Session, member: Member) -> list[Sanction]:
    query = select(Sanction).where(
        Sanction.member_id == member.number, col(Sanction.voided_at).is_(None)
    )
    return list(session.exec(query).all())
