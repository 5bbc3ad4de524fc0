"""Correct a payment that was recorded wrongly, by voiding it and recording it again."""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.ledger.tables.dues import DuesEntry, Payment, PaymentLine
from partyctl.ledger.tables.people import Member
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.dues import payments
from partyctl.records.dues.payments import Correction as CorrectedPayment
from partyctl.records.dues.payments import Handover
from partyctl.terms import Correction, Payer, stored_term


def only_payment(session: Session, member: Member, month: str) -> Payment | None:
    """A member's only payment for a month.

    Returns None if the member has no payment or several payments for the month. Also returns None
    if the only payment covers other months, too, or includes more money than was owed.
    """
    query = (
        select(Payment)
        .join(PaymentLine, col(PaymentLine.entry_id) == col(Payment.entry_id))
        .join(DuesEntry, col(DuesEntry.id) == col(Payment.entry_id))
        .where(
            PaymentLine.member_id == member.number,
            PaymentLine.month == month,
            col(DuesEntry.voided_at).is_(None),
        )
    )
    found = session.exec(query).all()
    is_alone = len(found) == 1 and found[0].first_month == found[0].last_month == month
    return found[0] if is_alone and found[0].extra is None else None


def correct(
    session: Session,
    member: Member,
    payment: Payment,
    *,
    paid: int,
    paid_on: date | None = None,
    receipt: str | None = None,
) -> int:
    """Correct a payment's amount, day or receipt, and return the payment's number.

    Values that are not given are left unchanged. If the amount changes, the payment is voided and
    recorded again. Raises the same errors as `payments.pay`.
    """
    if paid == payment.amount:
        said = CorrectedPayment(paid_on=paid_on, receipt=receipt)
        return payments.edit_payment(session, payment.entry_id, said).number
    void(session, session.get_one(DuesEntry, payment.entry_id), Correction.ANEW)
    session.flush()
    anew = Handover(
        member=finding.stored(member.number),
        months=(payment.first_month,),
        amount=paid,
        paid_on=paid_on or payment.paid_on,
        by=_payer(payment),
        consent=payment.consent_meeting_id or payment.consent_on,
        receipt=receipt or payment.receipt,
    )
    entry, _ = payments.pay(session, anew)
    return entry.number


def _payer(payment: Payment) -> str:
    payer = stored_term(Payer, payment.payer)
    return finding.stored(payment.payer_id) if payer is Payer.MEMBER else payer.value
