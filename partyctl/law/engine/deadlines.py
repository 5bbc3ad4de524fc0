"""Classes for the duties of a case: each class has its own way to compute the opening and due day.

Most duties of a case have a due day, which depends on an event or a record.
"""

from collections.abc import Iterator
from datetime import date

from partyctl import calendar
from partyctl.bilingual import COMMA, Told, joined, many
from partyctl.law.engine.case_duty import Day, Deadline, ToDo, Window, held_or_planned
from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Counting, Proof
from partyctl.law.engine.requires import of_each_record
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.terms import Status


def due_day(case: Fact[ToDo], known: Known) -> date | None:
    """The due day that is written in the record itself."""
    return case.of.due_on


ROLLED = Told("遇休息日顺延", "moved to the next working day if the last day is a rest day")
"""The words for a due date that moves to the next working day if it is a rest day."""


class By(Deadline, kw_only=True):
    """A duty that is due on a day written in the record.

    `until`: a function that returns this day, or None if the record has no due day. If `rolls` is
    set, a due date on a rest day moves to the next working day.
    """

    until: Day = due_day
    rolls: bool = False

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The day on which the deadline was set, and the due day."""
        yield Counting(owed.opens, Told("提出之日", "the day the deadline was set"))
        how = Told("记录自定的期限", "the deadline in the record")
        yield Counting(owed.due, joined((how, ROLLED), COMMA) if self.rolls else how)

    def words(self, numbers: Told) -> Told:
        """Words that say that the due day is written in the record itself."""
        return Told("按记录自定的期限", "by the deadline in the record")

    def window(self, case: Fact, known: Known) -> Window | None:
        """The duty opens on the day on which the deadline was set."""
        due = self.until(case, known)
        if due is None:
            return None
        if self.rolls:
            return Window(case.on, *calendar.roll_forward(due, known.rest()))
        return Window(case.on, due)


class Before(Deadline, kw_only=True):
    """A duty that is due some days before an event. The duty opens as soon as the event is planned.

    The version of the rule on the event's day applies, because the plan can be made long before
    that day.
    """

    days: int
    of: Day = held_or_planned

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The event's day, the opening day, and the due day some days before the event.

        If the due day is a rest day, it does not move.
        """
        yield Counting(self.began(owed), Told("事件之日（计划日或举行日）", "the day of the event"))
        yield Counting(
            owed.opens, Told("得知计划时起办", "the duty opens as soon as the plan is known")
        )
        how = Told(
            f"事件之日往前 {self.days} 日，不顺延",
            f"{many(self.days, 'day')} before the event; a rest day does not move it",
        )
        yield Counting(owed.due, how)

    def words(self, numbers: Told) -> Told:
        """Words that say that the duty is due some days before the event, or on the event's day."""
        return (
            Told(f"事前 {numbers.chinese}", f"{numbers.english} before the event")
            if numbers.chinese
            else Told("最迟当天", "by the day of the event")
        )

    def window(self, case: Fact, known: Known) -> Window | None:
        """The duty opens on the day the plan is known, but not before the ledger's first day.

        If the plan became known after the due day, the duty opens on the due day.
        """
        day = self.of(case, known)
        if day is None:
            return None
        due = calendar.days_before(day, self.days)
        return Window(min(max(case.on, known.since), due), due)

    def began(self, owed: Obligation) -> date:
        """The event's day."""
        assert owed.due is not None
        return calendar.days_after(owed.due, self.days)


class Within(Deadline, kw_only=True):
    """A duty that is due some days or months after an event. The event's own day is not counted.

    Days are calendar days, or working days if `working` is set; months are always calendar months.
    If `rolls` is set, a due date on a rest day moves to the next working day.
    """

    days: int = 0
    months: int = 0
    working: bool = False
    rolls: bool = False
    of: Day = held_or_planned

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The event's day, and the due day some days or months after it."""
        yield Counting(
            owed.opens,
            Told("起算之日，当日不计", "the day of the event; counting starts on the next day"),
        )
        how = []
        if self.months:
            how.append(Told(f"{self.months} 个月后的对应日", f"{many(self.months, 'month')} later"))
        if self.days and self.working:
            how.append(Told(f"数 {self.days} 个工作日", many(self.days, "working day")))
        elif self.days:
            how.append(Told(f"数 {self.days} 个自然日", many(self.days, "calendar day")))
        if self.rolls:
            how.append(ROLLED)
        if owed.provisional:
            how.append(Told("该年放假安排未收录，暂算", "that year's holidays are not known yet"))
        yield Counting(owed.due, joined(how, COMMA))

    def words(self, numbers: Told) -> Told:
        """Words that say that the duty is due some days or months after the event."""
        return Told(f"事后 {numbers.chinese}内", f"within {numbers.english} after the event")

    def window(self, case: Fact, known: Known) -> Window | None:
        """The duty opens on the event's day."""
        day = self.of(case, known)
        if day is None:
            return None
        due = calendar.months_after(day, self.months)
        if self.working and self.days:
            return Window(day, *calendar.working_days_after(due, self.days, known.rest()))
        due = calendar.days_after(due, self.days)
        if self.rolls:
            return Window(day, *calendar.roll_forward(due, known.rest()))
        return Window(day, due)


class InYear(Deadline, kw_only=True):
    """A duty that is due on a day of the case's year, by default its last day (年终)."""

    by: tuple[int, int] = (12, 31)
    rolls: bool = False

    def words(self, numbers: Told) -> Told:
        """Words that say which day of the year is the due day."""
        return Told(f"当年 {numbers.chinese}", f"{numbers.english} of the record's year")

    def window(self, case: Fact, known: Known) -> Window | None:
        """The duty opens on the case's day (for a review: the day on which it was opened)."""
        assert case.period is not None
        due = date(int(case.period), *self.by)
        if self.rolls:
            return Window(case.on, *calendar.roll_forward(due, known.rest()))
        return Window(case.on, due)


class OnTheDay(Deadline, kw_only=True):
    """A condition that a case, or each of several people, must meet on a given day.

    The status of a condition is met or breach, never late.
    """

    day: Day

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The record's day."""
        yield Counting(owed.due, Told("记录之日，当天判断", "the day of the record"))

    def words(self, numbers: Told) -> Told:
        """Words that say that each record must meet a condition."""
        return of_each_record(numbers)

    def window(self, case: Fact, known: Known) -> Window | None:
        """The condition opens and is due on the same day."""
        day = self.day(case, known)
        return None if day is None else Window(day, day)

    def settled(self, proof: Proof, due: date | None) -> Status:
        """Return `MET`, because a condition is never met late."""
        return Status.MET

    def unsettled(self, rule: Rule, due: date | None, on: date) -> Status:
        """Return `BREACH`, even on the due day, or `ADVISED` if the rule only advises."""
        return rule.wrong(Status.BREACH)


class Until(Deadline, kw_only=True):
    """A duty that opens on a day, is open until it is done, and is never overdue."""

    since: Day

    def words(self, numbers: Told) -> Told:
        """Words that say that there is no due date."""
        return Told("自触发起，办结为止", "from the event that causes the duty until it is done")

    def window(self, case: Fact, known: Known) -> Window | None:
        """The duty opens on the day that `since` returns, and has no due day."""
        day = self.since(case, known)
        return None if day is None else Window(day, None)
