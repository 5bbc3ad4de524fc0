"""The duties about dues: payment in full, and the procedure after six unpaid months."""

from collections.abc import Iterator
from datetime import date

from partyctl.bilingual import Told
from partyctl.calendar import period_named
from partyctl.law.dues.book import DuesBook, books, ended, follows, runs
from partyctl.law.engine.facts import ONE_DAY, Fact, by_day
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Wanted, proof_of
from partyctl.law.engine.rule import Obligation, Rule, Shape
from partyctl.law.engine.values import LapseAct
from partyctl.light import NamedTuple
from partyctl.terms import LapseStep, Status

LAPSE_MONTHS = 6


class FullAmount(Shape):
    """The dues of a month must be paid in full on the day of the first payment for the month."""

    def words(self, numbers: Told) -> Told:
        """Words that say that all dues of a month must be paid on the day of its first payment."""
        return Told("各月首次交纳当日", "on the day of the first payment for the month")

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return an obligation for each month that is owed, assessed, not exempt and has a payment.

        Months whose first payment was before the ledger's start are left out.
        """
        for book in books(known).values():
            for month in sorted(filter(book.owes, book.payments)):
                obligation = self._month(rule, book, month, wanted)
                if obligation is not None:
                    yield obligation

    def _month(self, rule: Rule, book: DuesBook, month: str, wanted: Wanted) -> Obligation | None:
        """Return the obligation to pay the dues of a month.

        Return None if no amount is owed, if the first payment was before the ledger's start, or if
        `wanted` excludes the obligation.
        """
        assessed = book.assessed(month)
        first = book.payments[month][0].on
        if assessed is None or month in book.excused or first < book.known.since:
            return None
        total, proof = 0, None
        for payment in book.payments[month]:
            total += payment.amount
            if total >= assessed:
                proof = proof_of(payment.fact)
                break
        if first > wanted.until or (proof is not None and not wanted.settled(first)):
            return None
        if proof is None:
            remedy = rule.command(book.known, book.subject, month)
            status = rule.wrong(Status.BREACH)
        else:
            remedy = None
            status = Status.MET if proof.on == first else Status.LATE
        return Obligation(rule, book.subject, month, first, first, status, proof, remedy)


class Unpaid(NamedTuple):
    """A series of at least `Lapse.months` months that were neither paid nor exempt."""

    months: list[str]
    opens: date


class Lapse(Shape):
    """The duty to carry out the lapse procedure, after `months` consecutive unpaid months.

    The procedure ends with the superior's approval, or with the payment or exemption after which
    fewer than `months` consecutive months are unpaid.
    """

    months: int = LAPSE_MONTHS

    def words(self, numbers: Told) -> Told:
        """Words that say after how many months the procedure begins, and that it has no due date."""
        return Told(
            f"连续 {numbers.chinese}未交时启动，办结为止",
            f"after {numbers.english} without dues, until the procedure is done",
        )

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return an obligation for each series of unpaid months, even if the months were paid later."""
        until = min(known.on, wanted.until)
        for book in books(known).values():
            if len(ended(book.months_read, until)) < self.months:  # too few months for a series
                continue
            for run in self.unpaid_runs(book):
                end = self._end(book, run, known.on)
                if end is None or wanted.was_open(run.opens, end.on):
                    yield self._obligation(rule, book, run, end)

    def _obligation(self, rule: Rule, book: DuesBook, run: Unpaid, end: Fact | None) -> Obligation:
        status = Status.MET if end else Status.DUE
        proof = proof_of(end) if end else None
        remedy = None if end else rule.command(book.known, book.subject, run.opens.isoformat())
        months = f"{run.months[0]}–{run.months[-1]}"
        note = Told(months, months)
        return Obligation(rule, book.subject, None, run.opens, None, status, proof, remedy, note)

    def unpaid_runs(self, book: DuesBook) -> list[Unpaid]:
        """Each series of consecutive unpaid months, oldest first.

        A series begins as soon as `months` consecutive months are unpaid. The next month is added
        to the series if it is still unpaid on its last day and the series has not ended by then. A
        month that is paid later stays in the series.
        """
        past = ended(book.months_read, book.known.on)
        found: list[Unpaid] = []
        for place, month in enumerate(past):
            last_day = period_named(month).last
            if not _unpaid(book, month, last_day):
                continue
            newest = list(past[max(0, place - self.months + 1) : place + 1])
            if found and self._goes_on(book, found[-1], month):
                found[-1].months.append(month)
            elif self._long_enough(book, newest, last_day):
                found.append(Unpaid(newest, last_day + ONE_DAY))
        return found

    def _goes_on(self, book: DuesBook, run: Unpaid, month: str) -> bool:
        broken = self._break(book, run, period_named(month).last)
        return follows(run.months[-1], month) and broken is None

    def _long_enough(self, book: DuesBook, months: list[str], on: date) -> bool:
        unpaid = [month for month in months if _unpaid(book, month, on)]
        return any(len(run) >= self.months for run in runs(unpaid))

    def _end(self, book: DuesBook, run: Unpaid, on: date) -> Fact | None:
        approvals = steps_since(book, run.opens, on)[LapseStep.SUPERIOR]
        broken = self._break(book, run, on)
        return min((*approvals, *([broken] if broken else [])), key=by_day, default=None)

    def _break(self, book: DuesBook, run: Unpaid, on: date) -> Fact | None:
        # The superior's approval ends the procedure, but only a payment or an exemption ends the
        # series.
        payments = [paid.fact for month in run.months for paid in book.payments.get(month, ())]
        excuses = [book.excused[month] for month in run.months if month in book.excused]
        for fact in sorted((*payments, *excuses), key=by_day):
            if fact.on > on:
                break
            if not self._long_enough(book, run.months, fact.on):
                return fact
        return None


def steps_since(book: DuesBook, opens: date, on: date) -> dict[LapseStep, list[Fact[LapseAct]]]:
    """The records of each step of the procedure that opened on a day, oldest first.

    Records before the opening day belong to an earlier procedure.
    """
    own = [fact for fact in book.lapses if opens <= fact.on <= on]
    return {step: [fact for fact in own if fact.of.step is step] for step in LapseStep}


def _unpaid(book: DuesBook, month: str, on: date) -> bool:
    payments, excuse = book.payments.get(month), book.excused.get(month)
    if payments and payments[0].on <= on:  # the oldest payment comes first
        return False
    return excuse is None or excuse.on > on
