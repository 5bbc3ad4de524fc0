"""支部委员会工作制度·七: paying dues, and the procedure after six unpaid months.

People decide whether a reason for not paying is valid: they record an exemption, or the steps of
the lapse procedure. No rule in this module ends a membership.
"""

from collections.abc import Iterator
from datetime import date

from partyctl.calendar import month_of, period_named, period_of
from partyctl.law.dues.book import books
from partyctl.law.dues.duties import FullAmount, Lapse, steps_since
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Due, Owed, Owing
from partyctl.law.engine.stated import Stated
from partyctl.law.engine.values import Payment
from partyctl.law.sources.clauses import BRANCH
from partyctl.money import print_yuan
from partyctl.terms import AdmissionStep, Case, DuesAct, Noun, Payer

LATE_LIMIT_MONTHS = 3


class DuesPayer(Owing):
    """Every member owes the duty for each month that the dues book lists as owed."""

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """The months for which each member owes dues.

        The months in `known.settled` are left out.
        """
        for book in books(known).values():
            yield book.subject, [period_named(month) for month in book.months_read]


def amount_due(known: Known, member: Subject, month: str) -> str:
    """The options of `dues pay` for a month: the open amount, and --consent if a late payment needs it."""
    book = books(known)[member.id]
    assessed = book.assessed(month)
    left = None if assessed is None else assessed - book.paid(month)
    amount = "…" if left is None or left <= 0 else print_yuan(left)
    is_late = period_named(month).last < known.on
    late = is_late and not awaits_approval(member.id, month, known.on, known)
    consent = " --consent …" if late else ""
    return f" --amount {amount}{consent}"


def next_lapse_step(known: Known, member: Subject, opened: str) -> str:
    """The options after `dues lapse NAME` that record the next step of the lapse procedure.

    `opened`: the day on which the procedure opened. Steps of earlier procedures do not count.
    """
    taken = steps_since(books(known)[member.id], date.fromisoformat(opened), known.on)
    missing = [step for step, facts in taken.items() if not facts]
    return f" --step {missing[0]} --on …"


def payment_name(payment: Fact[Payment], known: Known) -> str:
    """The name of a payment in the output: its member, month and day."""
    return f"{known.name_of(Noun.MEMBER, payment.subject_id)} {payment.period} {payment.on}"


def of_a_member(payment: Fact[Payment], known: Known) -> bool:
    """Whether the payment is for a member. No rule judges the payments of a voided member."""
    return payment.subject_id in books(known)


def in_person_or_agreed(payment: Fact[Payment], known: Known) -> bool:
    """Whether the member paid, or another person paid with the committee's consent."""
    return payment.of.payer is Payer.SELF or payment.of.consent_on is not None


def paid_late(payment: Fact[Payment], known: Known) -> bool:
    """Whether a member's payment was made after the end of the month that it pays for."""
    return month_of(payment.on) > str(payment.period) and of_a_member(payment, known)


def paid_late_without_cause(payment: Fact[Payment], known: Known) -> bool:
    """Whether the payment was late without a valid cause.

    The only valid cause of a late payment is that the member's admission was not approved yet.
    """
    member, month = payment.subject_id, str(payment.period)
    return paid_late(payment, known) and not awaits_approval(member, month, payment.on, known)


def awaits_approval(member: int, month: str, paid_on: date, known: Known) -> bool:
    """Whether the dues of a month could wait until the member's admission was approved.

    The dues of the months from the vote to the approval can wait. Dues that waited must be paid by
    the end of the month after the approval.
    """
    if not known.facts[what(Case.APPLICANT)]:
        return False
    # Imported here, because few ledgers have applicants.
    from partyctl.law.admission.journey import ways_of_members

    way = ways_of_members(known).get(member)
    vote = way.passed(AdmissionStep.VOTE) if way else None
    if way is None or vote is None or month < month_of(vote.on):
        return False
    approval = way.passed(AdmissionStep.APPROVAL)
    if approval is None:
        return True
    last_day = period_of("month", approval.on).shifted(1).last
    return month <= month_of(approval.on) and paid_on <= last_day


def agreed(payment: Fact[Payment], known: Known) -> bool:
    """Whether the committee's consent to a payment is on record."""
    return payment.of.consent_on is not None


class WithinLateLimit(Stated):
    """The condition that a month's dues are paid at most `months` months after the month's end."""

    months: int = LATE_LIMIT_MONTHS

    def __call__(self, payment: Fact[Payment], known: Known) -> bool:
        """Whether the payment was in time."""
        return payment.on <= period_named(str(payment.period)).shifted(self.months).last


DUES_MONTHLY = Rule(
    id="dues-monthly",
    title="党费每月按时交纳",
    english="Dues every month",
    article=BRANCH["七", "七2"],
    area=Noun.DUES,
    owed_by=DuesPayer(),
    duty=Every("month", named=True),
    met_by=DuesAct.PAYMENT,
    excused_by=DuesAct.EXEMPTION,
    remedy="dues pay {name} --month {period}",
    detail=amount_due,
    several=True,
    everybody=True,
)

DUES_FULL_AMOUNT = Rule(
    id="dues-full-amount",
    title="党费足额交纳",
    english="Dues in full",
    article=BRANCH["七3"],
    area=Noun.DUES,
    owed_by=DuesPayer(),
    duty=FullAmount(),
    remedy="dues pay {name} --month {period}",
    detail=amount_due,
    several=True,
)

DUES_IN_PERSON = Rule(
    id="dues-in-person",
    title="党费由本人交纳，代交须支委会同意",
    english="Dues are paid in person, or by another person with the committee's consent",
    article=BRANCH["七1"],
    area=Noun.DUES,
    owed_by=DuesAct.PAYMENT,
    duty=Requires(in_person_or_agreed, when=of_a_member, named=payment_name),
    remedy="dues edit {id} --consent …",
)

DUES_LATE_CONSENT = Rule(
    id="dues-late-consent",
    title="补交党费须支委会同意",
    english="Dues are paid late only with the committee's consent",
    article=BRANCH["七2"],
    area=Noun.DUES,
    owed_by=DuesAct.PAYMENT,
    duty=Requires(agreed, when=paid_late_without_cause, named=payment_name),
    remedy="dues edit {id} --consent …",
)

DUES_LATE_LIMIT = Rule(
    id="dues-late-limit",
    title="补交党费不超过三个月",
    english="Dues are paid at most three months late",
    article=BRANCH["七2"],
    area=Noun.DUES,
    owed_by=DuesAct.PAYMENT,
    duty=Requires(WithinLateLimit(), when=paid_late, named=payment_name),
    remedy="dues edit {id} --on …",
)

DUES_LAPSE = Rule(
    id="dues-lapse",
    title="连续六个月未交党费：教育、大会决定、报上级批准",
    english="After six months without dues: education, the meeting's decision, the superior's "
    "approval",
    article=BRANCH["七"],
    area=Noun.DUES,
    owed_by=DuesPayer(),
    duty=Lapse(),
    remedy="dues lapse {name}",
    detail=next_lapse_step,
)

RULES = (
    DUES_MONTHLY,
    DUES_FULL_AMOUNT,
    DUES_IN_PERSON,
    DUES_LATE_CONSENT,
    DUES_LATE_LIMIT,
    DUES_LAPSE,
)
