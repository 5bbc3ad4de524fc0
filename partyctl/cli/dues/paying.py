"""`partyctl dues pay`: record payments of one member, several, or a whole branch."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from partyctl.cli.input.people import Chosen
from partyctl.cli.output.answers import acknowledge, acknowledge_each, tell
from partyctl.cli.session import current
from partyctl.language import comma_list, say
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.terms import Noun

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.dues import DuesEntry
    from partyctl.records.common.several import LeftAlone
    from partyctl.records.dues.collecting import Share
    from partyctl.records.dues.payments import Part


class PaymentEntry(NamedTuple):
    """The values for a payment, typed or default; they apply to every chosen person."""

    months: tuple[str, ...]
    amount: int | None
    paid_on: date
    by: str | None
    consent: date | int | None
    receipt: str | None
    extra: bool
    only_unpaid: bool = False


class Recorded(NamedTuple):
    """A recorded payment."""

    share: "Share"
    entry: "DuesEntry"
    parts: "list[Part]"

    @property
    def line(self) -> str:
        """Describe the payment in one line, month by month."""
        name, number = self.share.member.name, self.entry.id
        each = say("，", ", ").join(
            f"{part.month} {print_yuan(part.amount)}" for part in self.parts
        )
        if beyond := self.share.amount - sum(part.amount for part in self.parts):
            given = print_yuan(beyond)
            each += say(f"，自愿多交 {given}", f", {given} more, voluntarily")
        return say(f"已登记交费 #{number} {name}：{each}", f"Payment #{number} of {name}: {each}")

    @property
    def not_reached(self) -> tuple[str, ...]:
        """The months for which no money of this payment was left."""
        return self.share.months[len(self.parts) :]


def record(whom: Chosen, entry: PaymentEntry, *, as_json: bool) -> None:
    """Record the payments of the chosen people; if one is refused, record none."""
    with current.writing() as session:
        from partyctl.records.common.several import told
        from partyctl.records.dues import collecting

        shares, left_alone = _shares(session, whom, entry)
        recorded = _pay(session, shares, entry, everybody=whom.names is None)
        total = collecting.sum_told(shares)
        others = told(left_alone)
    if whom.is_one:
        [payment] = recorded
        acknowledge(Noun.DUES, payment.entry.number, payment.line, as_json=as_json)
    else:
        lines = [(each.entry.number, each.line) for each in recorded]
        acknowledge_each(Noun.DUES, lines, as_json=as_json, total=total)
    for each in recorded:
        _tell_not_reached(each)
    if others:
        tell(others, err=True)


def _shares(
    session: "Session", whom: Chosen, entry: PaymentEntry
) -> "tuple[list[Share], list[LeftAlone]]":
    from partyctl.records.dues import collecting

    if whom.names is not None:
        return collecting.shares_of(session, whom.names, entry.months, entry.amount), []
    return collecting.shares_of_all(
        session,
        current.branch(),
        whom.excepted,
        entry.months,
        entry.amount,
        only_unpaid=entry.only_unpaid,
    )


def _pay(
    session: "Session", shares: "Sequence[Share]", entry: PaymentEntry, *, everybody: bool
) -> list[Recorded]:
    from partyctl.records.common.finding import stored
    from partyctl.records.common.several import address, for_each
    from partyctl.records.dues import payments

    def pay(share: "Share") -> Recorded:
        handover = payments.Handover(
            member=stored(share.member.number),
            months=share.months,
            amount=share.amount,
            paid_on=entry.paid_on,
            by=entry.by,
            consent=entry.consent,
            receipt=entry.receipt,
            extra=entry.extra,
        )
        return Recorded(share, *payments.pay(session, handover))

    return for_each(
        shares, pay, named=lambda share: address(session, share.member), everybody=everybody
    )


def _tell_not_reached(payment: Recorded) -> None:
    if payment.not_reached:
        missed, name = comma_list(payment.not_reached), payment.share.member.name
        tell(
            say(
                f"{name}金额不够，没有交到：{missed}", f"{name}: the amount does not cover {missed}"
            ),
            err=True,
        )
