"""Record payments of dues for one or more consecutive months. Amounts are in 分."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.dues import DuesEntry, Payment, PaymentLine
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Member
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text, text_if_given
from partyctl.records.dues.assessments import assessed_for
from partyctl.records.dues.book import open_entry, require_payable
from partyctl.terms import DuesAct, MeetingKind, Payer


class Part(NamedTuple):
    """The part of a payment that is for one month; the amount is in 分."""

    month: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class Handover:
    """The values that the clerk typed for a payment."""

    member: str
    months: tuple[str, ...]
    amount: int
    paid_on: date
    by: str | None = None
    consent: date | int | None = None
    receipt: str | None = None
    extra: bool = False


def pay(session: Session, said: Handover) -> tuple[DuesEntry, list[Part]]:
    """Record a payment.

    The money counts for the first month up to the amount that is still open, then for the next
    month, and so on.

    A surplus is recorded as voluntary (自愿多交) if the clerk marked it as voluntary. Raises
    Refused for a surplus that is not voluntary, for months that `require_payable` refuses or that
    are paid in full, and for several months if one is not assessed. [支部·七].
    """
    member = finding.member(session, said.member)
    for month in said.months:
        require_payable(session, member, month)
    parts, beyond = _divide(session, member, said)
    payer, payer_id = _payer(session, member, said.by, said.paid_on)
    entry = open_entry(session, member, DuesAct.PAYMENT)
    payment = new(
        Payment,
        entry_id=entry.number,
        paid_on=said.paid_on,
        amount=said.amount,
        first_month=parts[0].month,
        last_month=parts[-1].month,
        payer=payer,
        payer_id=payer_id,
        receipt=text_if_given(said.receipt, say("收据号", "the receipt")),
        extra=beyond or None,
    )
    _set_consent(session, payment, member, said.consent)
    session.add(payment)
    for part in parts:
        session.add(
            new(
                PaymentLine,
                member_id=member.number,
                month=part.month,
                entry_id=entry.number,
                amount=part.amount,
            )
        )
    return entry, parts


def _divide(session: Session, member: Member, said: Handover) -> tuple[list[Part], int]:
    """The part of a payment for each month that gets money, and the surplus."""
    left = said.amount
    parts: list[Part] = []
    for month in said.months:
        assessed, paid = assessed_for(session, member, month), paid_for(session, member, month)
        if assessed is not None and paid >= assessed:
            raise Refused(
                say(
                    f"{member.name} {month} 的党费已交足 {print_yuan(paid)} 元。",
                    f"{member.name}'s dues for {month} are paid in full: {print_yuan(paid)}.",
                ),
                f"partyctl dues status --member '#{member.number}' --month {month}",
            )
        if assessed is None and len(said.months) > 1:
            raise Refused(
                say(
                    f"{member.name} {month} 还没有核定党费，不能一次交几个月。",
                    f"{member.name}'s dues for {month} are not assessed: pay month by month.",
                ),
                f"partyctl dues assess '#{member.number}' --base … --from {month}",
            )
        part = left if assessed is None else min(left, assessed - paid)
        if part:
            parts.append(Part(month, part))
        left -= part
    if left and not said.extra:
        raise _too_much(member, said, left)
    return parts, left


def _too_much(member: Member, said: Handover, left: int) -> Refused:
    span = "–".join(dict.fromkeys((said.months[0], said.months[-1])))
    given, owed, beyond = map(print_yuan, (said.amount, said.amount - left, left))
    return Refused(
        say(
            f"{member.name} {span} 还应交 {owed} 元，{given} 元多了 {beyond} 元；"
            "确属自愿多交的，加 --extra。",
            f"{member.name} owes {owed} for {span}: {given} is {beyond} too much; "
            "add --extra if it is voluntary.",
        ),
        f"--amount {owed}",
    )


def _payer(session: Session, member: Member, by: str | None, day: date) -> tuple[Payer, int | None]:
    if by is None or by.strip() in (Payer.SELF, Payer.SELF.chinese):
        return Payer.SELF, None
    if by.strip() in (Payer.RELATIVE, Payer.RELATIVE.chinese):
        return Payer.RELATIVE, None
    other = finding.member_on(session, by, day, say("代交人", "the payer"))
    return (Payer.SELF, None) if other.id == member.id else (Payer.MEMBER, other.number)


def _set_consent(
    session: Session, payment: Payment, member: Member, consent: date | int | None
) -> None:
    """Record the committee's consent to a payment.

    `consent`: the day of the consent, or the number of the committee meeting that gave it.
    """
    if consent is None:
        return
    day: date | None = None
    if isinstance(consent, date):
        day = consent
        if day != payment.consent_on:
            payment.consent_meeting_id = None
    if isinstance(consent, int):
        day = _day_of_consent(session, member, consent)
        payment.consent_meeting_id = consent
    assert day is not None
    _require_consent_first(day, payment)
    payment.consent_on = day


def _committee_meeting(session: Session, member: Member, number: int) -> Meeting:
    """The meeting that has this number.

    Raises Refused if this is not a meeting of the committee of the member's branch.
    """
    from partyctl.records.meetings.meetings import kinds_of  # rarely needed

    meeting = finding.record(session, Meeting, number)
    is_committee = MeetingKind.COMMITTEE in kinds_of(session, meeting)
    if not is_committee or meeting.branch_id != member.branch_id:
        raise Refused(
            say(
                f"会议 #{number} 不是{member.name}所在支部的支委会。",
                f"Meeting #{number} is not a meeting of {member.name}'s committee.",
            ),
            f"partyctl meeting show {number}",
        )
    return meeting


def _day_of_consent(session: Session, member: Member, number: int) -> date:
    """The day of the committee meeting at which the committee gave its consent. Raises Refused."""
    from partyctl.records.meetings.held import held_on  # rarely needed

    meeting = _committee_meeting(session, member, number)
    return held_on(meeting, say("表示同意", "have given its consent"))


def _require_consent_first(day: date, payment: Payment) -> None:
    if day > payment.paid_on:
        raise Refused(
            say(
                f"支委会同意 {day} 晚于交费 {payment.paid_on}；同意须在交费当天或之前。",
                f"Consent of {day} is later than the payment of {payment.paid_on}.",
            ),
            f"--consent {payment.paid_on}",
        )


def require_sense(session: Session, entry: DuesEntry) -> None:
    """Refuse a payment if the committee's consent to it is invalid.

    Also refuse a payment for a month whose dues are already paid in full by other payments.
    """
    payment = session.get(Payment, entry.number)
    if payment is None:
        return
    member = session.get_one(Member, entry.member_id)
    if payment.consent_on is not None:
        _require_consent_first(payment.consent_on, payment)
    if payment.consent_meeting_id is not None:
        meeting = _committee_meeting(session, member, payment.consent_meeting_id)
        _require_consent_first(meeting.day, payment)
    for line in _lines(session, entry):
        assessed = assessed_for(session, member, line.month)
        others = paid_for(session, member, line.month) - line.amount
        if assessed is not None and others >= assessed:
            by = _paying(session, member, line.month, but=entry)
            raise Refused(
                say(
                    f"{member.name} {line.month} 的党费已由 #{by} 交足 {print_yuan(others)} 元。",
                    f"Entry #{by} pays {member.name}'s dues for {line.month} in full.",
                ),
                f"partyctl dues show {by}",
            )


def _lines(session: Session, entry: DuesEntry) -> Sequence[PaymentLine]:
    return session.exec(select(PaymentLine).where(PaymentLine.entry_id == entry.number)).all()


def _paying(session: Session, member: Member, month: str, *, but: DuesEntry) -> int:
    """The number of a member's newest payment for a month; the entry `but` is ignored."""
    query = (
        select(DuesEntry.id)
        .join(PaymentLine, col(DuesEntry.id) == col(PaymentLine.entry_id))
        .where(
            PaymentLine.member_id == member.number,
            PaymentLine.month == month,
            col(DuesEntry.voided_at).is_(None),
            DuesEntry.id != but.number,
        )
        .order_by(col(DuesEntry.id).desc())
    )
    return session.exec(query).first() or 0


def paid_for(session: Session, member: Member, month: str) -> int:
    """How much a member has paid for a month, in 分."""
    query = (
        select(func.coalesce(func.sum(PaymentLine.amount), 0))
        .join(DuesEntry, col(DuesEntry.id) == col(PaymentLine.entry_id))
        .where(
            PaymentLine.member_id == member.number,
            PaymentLine.month == month,
            col(DuesEntry.voided_at).is_(None),
        )
    )
    return int(session.exec(query).one())


@dataclass(frozen=True, kw_only=True)
class Correction:
    """New values for a payment. None keeps the recorded value.

    To correct the amount, use the module `correcting`.
    """

    paid_on: date | None = None
    by: str | None = None
    consent: date | int | None = None
    receipt: str | None = None


def edit_payment(session: Session, number: int, said: Correction) -> DuesEntry:
    """Correct a payment's day, payer, consent or receipt. Raises NoSuchRecord, Refused."""
    entry = finding.record(session, DuesEntry, number)
    payment = session.get(Payment, number)
    if payment is None:
        raise NoSuchRecord(
            say(f"党费记录 #{number} 不是交费记录。", f"Entry #{number} is not a payment."),
            "partyctl dues list",
        )
    member = session.get_one(Member, entry.member_id)
    payment.paid_on = said.paid_on or payment.paid_on
    if said.by is not None:
        payment.payer, payment.payer_id = _payer(session, member, said.by, payment.paid_on)
    _set_consent(session, payment, member, said.consent or payment.consent_on)
    if said.receipt is not None:
        payment.receipt = clean_text(said.receipt, say("收据号", "the receipt"))
    session.add(payment)
    return entry
