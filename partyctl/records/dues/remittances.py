"""Record dues that a branch remitted to its superior. A branch cannot remit more than it has."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from partyctl.calendar import Period
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.dues.cash import counts, lowest_from
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.reading.dues import remittances as reader
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Branch
from partyctl.ledger.tables.remittances import Remittance
from partyctl.ledger.writing.session import driver_of
from partyctl.money import print_yuan
from partyctl.records.common import finding
from partyctl.records.common.words import text_if_given

CLAUSE = BRANCH["七"]


@dataclass(frozen=True, kw_only=True)
class HandedOn:
    """The values that the clerk typed for a remittance."""

    period: Period
    amount: int
    remitted_on: date
    to: str | None = None
    receipt: str | None = None


def remit(session: Session, said: HandedOn, branch_name: str | None) -> Remittance:
    """Record a branch's remittance for a period.

    Raises Refused if the branch has less money than the remittance, if the period begins after the
    day of the remittance, or if the same remittance is already on record.
    """
    branch = finding.branch(session, branch_name)
    if said.period.first > said.remitted_on:
        raise Refused(
            say(
                f"{said.remitted_on} 时 {said.period} 还没有开始，没有党费可缴[{CLAUSE}]。",
                f"{said.period} had not begun on {said.remitted_on} [{CLAUSE}].",
            ),
            say("核对日期再试", "check the dates, then run the command again"),
        )
    _require_first(session, branch, said)
    row = new(
        Remittance,
        branch_id=branch.number,
        period=said.period.name,
        amount=said.amount,
        remitted_on=said.remitted_on,
        remitted_to=text_if_given(said.to, say("上缴单位", "the receiver")),
        receipt=text_if_given(said.receipt, say("收据号", "the receipt")),
    )
    session.add(row)
    require_sense(session, row)
    return row


def _require_first(session: Session, branch: Branch, said: HandedOn) -> None:
    """Refuse a second remittance with the same period, day and amount."""
    query = select(Remittance).where(
        Remittance.branch_id == branch.number,
        Remittance.period == said.period.name,
        Remittance.remitted_on == said.remitted_on,
        Remittance.amount == said.amount,
        col(Remittance.voided_at).is_(None),
    )
    if same := session.exec(query).first():
        raise Refused(
            say(
                f"{said.period} 的 {print_yuan(said.amount)} 元已于 {said.remitted_on} 登记上缴"
                f"（#{same.number}）。",
                f"{print_yuan(said.amount)} for {said.period} on {said.remitted_on} is on record "
                f"(#{same.number}).",
            ),
            f"partyctl dues book --period {said.period}",
        )


def require_sense(session: Session, row: Remittance) -> None:
    """Refuse a remittance if it makes the branch's balance negative, on the same day or later.

    A remittance for a period that ended before the ledger's first day is not refused.
    """
    session.flush()
    since = finding.organ(session).since
    if not counts(row.period, since):
        return
    branch = session.get_one(Branch, row.branch_id)
    lowest = lowest_from(
        reader.movements(driver_of(session), branch.number, since), row.remitted_on
    )
    if lowest < 0:
        had = print_yuan(max(lowest + row.amount, 0))
        raise Refused(
            say(
                f"{branch.name} {row.remitted_on} 结存的党费只有 {had} 元，不能上缴 "
                f"{print_yuan(row.amount)} 元[{CLAUSE}]。",
                f"{branch.name} has {had} of dues on {row.remitted_on}: "
                f"{print_yuan(row.amount)} cannot be remitted [{CLAUSE}].",
            ),
            f"partyctl dues book --period {row.remitted_on.year}",
        )
