"""Record, end and void periods in which a member is away."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from partyctl.calendar import ENDLESS
from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.periods import Away
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.common.words import clean_text


def be_away(
    session: Session, member: Member, from_on: date, to_on: date | None, reason: str | None
) -> Away:
    """Record a period in which a member is away. The first and the last day belong to the period.

    `to_on`: the last day; ENDLESS if it is not known yet. If a period with the same first day is on
    record, its last day and its reason are corrected; None leaves them unchanged.

    Raises Refused if the member is not on the roll on the first day, if the last day is before the
    first day, or if the period overlaps another period away.
    """
    finding.member_on(session, finding.stored(member.number), from_on, say("外出的党员", "away"))
    if to_on is not None and to_on < from_on:
        raise Refused(
            say(
                f"{member.name}外出到 {to_on}，早于 {from_on}。",
                f"{member.name} cannot be away from {from_on} to {to_on}: the last day is before "
                "the first.",
            ),
            f"partyctl member away '#{member.number}' --from {to_on} --to {from_on} --reason …",
        )
    row = next((each for each in _of(session, member) if each.from_on == from_on), None)
    if row is None:
        row = new(Away, member_id=member.number, from_on=from_on, reason=_cleaned(reason or ""))
    elif reason is not None:
        row.reason = _cleaned(reason)
    if to_on is not None:
        row.to_on = None if to_on == ENDLESS else to_on
    _require_apart(session, member, from_on, row.to_on)
    session.add(row)
    session.flush()
    return row


def _cleaned(reason: str) -> str:
    return clean_text(reason, say("外出原因", "the reason"))


def is_on_record(session: Session, member: Member, from_on: date) -> bool:
    """Whether a member has a period away that begins on this day."""
    return any(each.from_on == from_on for each in _of(session, member))


def void_away(session: Session, member: Member, from_on: date, reason: str) -> Away:
    """Void a period away that was recorded by mistake. Raises NoSuchRecord."""
    found = [each for each in _of(session, member) if each.from_on == from_on]
    if not found:
        raise NoSuchRecord(
            say(
                f"{member.name}没有自 {from_on} 起的外出记录。",
                f"{member.name} has no period away that begins on {from_on}.",
            ),
            f"partyctl member show '#{member.number}'",
        )
    void(session, found[0], reason)
    return found[0]


def require_sense(session: Session, member: Member) -> None:
    """Refuse periods away that overlap."""
    for each in _of(session, member):
        _require_apart(session, member, each.from_on, each.to_on)


def _require_apart(session: Session, member: Member, from_on: date, to_on: date | None) -> None:
    for other in _of(session, member):
        if other.from_on == from_on:
            continue
        if other.from_on <= (to_on or ENDLESS) and from_on <= (other.to_on or ENDLESS):
            end = max(from_on, other.from_on) - timedelta(days=1)
            raise Refused(
                say(
                    f"{member.name} {other.from_on}–{other.to_on or ''} 外出已登记"
                    f"（{other.reason}），两段不能重叠。",
                    f"{member.name} is on record as away {other.from_on}–{other.to_on or ''} "
                    f"({other.reason}): the two overlap.",
                ),
                f"partyctl member away '#{member.number}' --from {min(from_on, other.from_on)} "
                f"--to {end} --reason …",
            )


def _of(session: Session, member: Member) -> list[Away]:
    query = select(Away).where(Away.member_id == member.number, col(Away.voided_at).is_(None))
    return list(session.exec(query.order_by(col(Away.from_on))).all())
