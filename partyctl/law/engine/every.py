"""A recurring duty: once or several times in each month, quarter, half-year or year."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from partyctl import calendar
from partyctl.bilingual import NOTHING, Told, joined, many
from partyctl.calendar import Period
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Counting, Wanted, proof_of
from partyctl.law.engine.past import periods_of
from partyctl.law.engine.rule import Obligation, Rule, Shape, any_fact
from partyctl.law.engine.scope import Due, Owing
from partyctl.terms import Status


class Every(Shape):
    """A duty in each calendar month, quarter, half-year or year. `by`: the due month and day in a year.

    `count`: how many times the duty must be done in a period. `rolls`: if the due day (`by`) is a
    rest day, it moves to the next working day. A due day at the end of a period never moves.

    A record counts for the period of its date. If `named` is set, a record counts for the period
    that is written in it (such as a plan's year or a month of dues). A record that makes up for an
    earlier period counts only for that period, and counts as late.
    """

    period: str
    by: tuple[int, int] | None = None
    named: bool = False
    count: int = 1
    rolls: bool = False

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return an obligation for each subject and each period for which the subject owes the duty.

        Periods with a record in `known.past`, and obligations that `wanted` excludes, are left out.
        """
        assert isinstance(rule.owed_by, Owing)
        assert rule.met_by is not None
        due_on = self._due_or_rolled(known)
        kind = what(rule.met_by)
        for subject, periods in rule.owed_by.periods(known, self.period, due_on):
            proofs = self.proofs(rule, subject, known)
            excuses = known.excused(what(rule.excused_by), subject) if rule.excused_by else {}
            long_done = periods_of(known.past.get((kind, *subject[:2]), ""), self.period)
            for period in periods:
                if period.name in long_done or (due := due_on(period)) > wanted.until:
                    continue
                fact = proofs.get(period.name)
                if (fact or period.name in excuses) and not wanted.settled(due):
                    continue
                yield self._obligation(rule, known, subject, period, due, fact, excuses)

    def due(self, period: Period) -> date:
        """The due day of a period's duty, before `rolls` moves it to a working day."""
        return period.last if self.by is None else date(period.first.year, *self.by)

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The first day of the period, and its due day (its last day, or the due day in the year)."""
        assert owed.period is not None
        yield Counting(
            owed.opens, Told(f"{owed.period} 的第一天", f"the first day of {owed.period}")
        )
        how = Told(f"{owed.period} 的最后一天", f"the last day of {owed.period}")
        if self.by is not None:
            month, day = self.by
            how = Told(f"每年 {month} 月 {day} 日前", f"by {month:02d}-{day:02d} of the year")
            if owed.due != date(owed.opens.year, month, day):
                how = joined((how, Told("，遇休息日顺延", ", moved to a working day")), NOTHING)
        yield Counting(owed.due, how)

    def is_near(self, fact: Fact, owed: Obligation) -> bool:
        """Whether a record is mentioned when an obligation is explained.

        A record is mentioned if its own period (`period_of`) is the obligation's period, the period
        before it or the period after it, or if it makes up for one of these three periods.
        """
        period = calendar.period_named(owed.period or "")
        near = {each.name for each in (period.shifted(-1), period, period.shifted(1))}
        return bool({self.period_of(fact), fact.makes_up} & near)

    def reason(self, fact: Fact, owed: Obligation, *, is_about: bool) -> tuple[bool, Told]:
        """Whether a record counts for a period, and why or why not."""
        own = self.period_of(fact)
        if not is_about:
            return False, Told(
                f"不是{owed.subject.name}的，或不符合“{owed.rule.title}”",
                f"does not belong to {owed.subject.name}, or is not what the rule requires",
            )
        if fact.makes_up == owed.period:
            return True, Told("补办本期，算逾期完成", "makes up for this period: done late")
        if fact.makes_up:
            return False, Told(f"补的是 {fact.makes_up}", f"makes up for {fact.makes_up}")
        if own != owed.period:
            return False, Told(
                f"属于 {own}；记录只算在自己日期所在的期间",
                f"the record counts for {own}, the period of the record's date",
            )
        if owed.proof is None or (owed.proof.id, owed.proof.kind) == (
            fact.record_id,
            fact.record_kind,
        ):
            if owed.due is not None and fact.on > owed.due:
                return True, Told(
                    "为本期办的，已过期限", "done for this period, but after the due date"
                )
            few = owed.proof is None and self.count > 1
            return True, Told(
                f"在本期内，须 {self.count} 次",
                f"within the period; the period needs {many(self.count, 'record')}",
            ) if few else Told("在本期内", "within the period")
        return False, Told("本期已有另一条记录", "another record satisfies the period")

    def _due_or_rolled(self, known: Known) -> Due:
        """Return a function that computes a due date.

        If `rolls` is set, the function moves a date on a rest day to the next working day.
        """
        if not self.rolls or self.by is None:
            return self.due
        return lambda period: calendar.roll_forward(self.due(period), known.rest()).day

    def proofs(self, rule: Rule, subject: Subject, known: Known) -> dict[str, Fact]:
        """The fact that satisfies each period, keyed by the period's name.

        A period is satisfied by its first fact or, if it has no fact, by the first fact that makes
        up for the period. If `count` is more than one, a period is satisfied by the fact that
        completes the required number.
        """
        found: dict[str, Fact] = {}
        late: dict[str, Fact] = {}
        facts = self.facts(rule, subject, known)
        if self.count > 1:
            return self._last_of_several(facts)
        for fact in facts:
            if fact.makes_up:
                late.setdefault(fact.makes_up, fact)
            else:
                found.setdefault(self.period_of(fact), fact)
        return late | found

    def facts(self, rule: Rule, subject: Subject, known: Known) -> list[Fact]:
        """The facts that can satisfy a subject's duty in some period."""
        assert rule.met_by is not None
        if rule.counts is any_fact:
            return known.about.get((what(rule.met_by), subject.kind, subject.id), [])
        return [f for f in known.facts[what(rule.met_by)] if rule.counts(f, subject, known)]

    def period_of(self, fact: Fact) -> str:
        """The period for which a fact counts if it does not make up for an earlier period."""
        return str(fact.period) if self.named else calendar.period_of(self.period, fact.on).name

    def _last_of_several(self, facts: list[Fact]) -> dict[str, Fact]:
        in_time, late = defaultdict(list), defaultdict(list)
        for fact in facts:
            if fact.makes_up:
                late[fact.makes_up].append(fact)
            else:
                in_time[self.period_of(fact)].append(fact)
        found = {}
        for period in in_time.keys() | late.keys():
            several = [*in_time[period], *late[period]]
            if len(several) >= self.count:
                found[period] = several[self.count - 1]
        return found

    def _obligation(
        self,
        rule: Rule,
        known: Known,
        subject: Subject,
        period: Period,
        due: date,
        fact: Fact | None,
        excuses: dict[str, Fact],
    ) -> Obligation:
        remedy = None
        if fact is not None:
            in_time = fact.on <= due and not fact.makes_up
            status = Status.MET if in_time else Status.LATE
        elif period.name in excuses:
            status, fact = Status.WAIVED, excuses[period.name]
        else:
            status = Status.DUE if due >= known.on else rule.wrong(Status.OVERDUE)
            makes_up = "" if due >= known.on or self.named else f" --makes-up {period.name}"
            remedy = rule.command(known, subject, period.name, makes_up)
        proof = proof_of(fact) if fact else None
        return Obligation(rule, subject, period.name, period.first, due, status, proof, remedy)
