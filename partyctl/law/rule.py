"""The language of rules: who owes what, by when, and which facts satisfy it.

A rule is data; its duty is one of a few shapes. Each shape knows how to judge itself: given all
that is known on a day, it yields the obligations of everybody who owes it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from partyctl import calendar
from partyctl.calendar import Period
from partyctl.language import say
from partyctl.law.excusing import excuse
from partyctl.law.facts import Fact, Known, Subject, what
from partyctl.law.owed import EVERYTHING, Counting, Obligation, Wanted, proof_of
from partyctl.law.scope import Due, Owing
from partyctl.terms import Layer, Noun, Status, Strength, Term


class Duty(Protocol):
    """The shape of a duty: when it opens, when it is due, and what satisfies it."""

    def judge(self, rule: "Rule", known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """The obligations of everybody who owes this duty, on the day of `known`."""
        ...

    def began(self, owed: Obligation) -> date:
        """The day that decides by which version of a rule an obligation is judged."""
        ...

    def words(self, numbers: str) -> str:
        """When the duty is owed, for the reader; `numbers` are its own, in words."""
        ...

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """How each day of an obligation was counted."""
        ...


class Shape:
    """What shapes have in common: an obligation is judged by the rule of the day it opened."""

    def began(self, owed: Obligation) -> date:
        """The first day of a period, the trigger of a deadline, the day of a record."""
        return owed.opens

    def words(self, numbers: str) -> str:
        """Its numbers alone, or what the clause says."""
        return numbers or say("见条款", "see the clause")

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The day it opened, and the day it is due, if there is one."""
        yield Counting(owed.opens, say("起算", "it opens"))
        yield Counting(owed.due, say("期限", "it is due") if owed.due else no_due_date())


Counts = Callable[[Fact, Subject, Known], bool]
Condition = Callable[[Fact, Known], bool]
Detail = Callable[[Known, Subject, str], str]


def any_fact(fact: Fact, subject: Subject, known: Known) -> bool:
    """Every fact of the right kind about the subject counts."""
    return (fact.subject_kind, fact.subject_id) == (subject.kind, subject.id)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One duty of the regulation, with the clause that commands it.

    `remedy` is the rest of the command that satisfies it; {name}, {id} and {period} stand for the
    subject's name and number and the period. `detail` adds what only a computation can fill in;
    `instead` is the command where something was begun already.
    A text is in force from `since` on and before `until`: what began on such a day is judged by it.
    `remind` is when to speak of it, where the branch set that (`ladders`).
    """

    id: str
    title: str
    english: str
    article: str
    area: Noun
    owed_by: Owing | Term
    duty: Duty
    remedy: str
    detail: Detail | None = None
    instead: Callable[[Known, Subject, str], str | None] | None = None
    met_by: Term | None = None
    counts: Counts = any_fact
    excused_by: Term | None = None
    strength: Strength = Strength.MUST
    layer: Layer = Layer.BUREAU
    since: date = date.min
    until: date = date.max
    remind: str | None = None

    @property
    def is_always_in_force(self) -> bool:
        """Whether it has neither a first nor a last day."""
        return self.since == date.min and self.until == date.max

    def judge(self, known: Known, wanted: Wanted = EVERYTHING) -> Iterator[Obligation]:
        """The obligations under this rule, on the day of `known`; those waived are no more open."""
        judged = self.duty.judge(self, known, wanted)
        if not self.is_always_in_force:
            judged = (owed for owed in judged if self.since <= self.duty.began(owed) < self.until)
        decisions = known.waivers.get(self.id)
        if decisions is None:
            yield from judged
            return
        for owed in judged:
            decision = excuse(owed, decisions) if owed.is_open else None
            if decision is None:
                yield owed
            elif wanted.settled(owed.due or owed.opens):
                proof = proof_of(decision)
                yield owed._replace(status=Status.WAIVED, proof=proof, remedy=None)

    def wrong(self, status: Status) -> Status:
        """Overdue or breach as it is; for a rule that only advises, advice."""
        return status if self.strength is Strength.MUST else Status.ADVISED

    def command(
        self,
        known: Known,
        subject: Subject,
        period: str = "…",
        extra: str = "",
        case: int | None = None,
    ) -> str:
        """The command that would satisfy the obligation; `case`: the number of the case it is of."""
        begun = self.instead(known, subject, period) if self.instead else None
        if begun:
            return f"{known.command} {begun}"
        name, number = known.addressed(subject), subject.id if case is None else case
        filled = self.remedy.format(name=name, id=number, period=period)
        detail = self.detail(known, subject, period) if self.detail else ""
        return f"{known.command} {filled}{detail}{extra}"


@dataclass(frozen=True)
class Every(Shape):
    """Once in each calendar month, quarter, half-year or year; `by`: a month and day of that year.

    `count`: so many times. A day of the year that is a rest day `rolls` to the next working day
    where a bureau says so; the end of a period never does.

    A record counts in the period of its own date; where records are `named` they say themselves
    which period they are for (a plan's year, a month of dues). One that makes up a period counts
    for that one only, as done late.
    """

    period: str
    by: tuple[int, int] | None = None
    named: bool = False
    count: int = 1
    rolls: bool = False

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """One obligation for each period that a subject owes."""
        assert isinstance(rule.owed_by, Owing)
        assert rule.met_by is not None
        due_on = self._due_or_rolled(known)
        for subject, periods in rule.owed_by.periods(known, self.period, due_on):
            proofs = self.proofs(rule, subject, known)
            excuses = known.excused(what(rule.excused_by), subject) if rule.excused_by else {}
            for period in periods:
                due = due_on(period)
                fact = proofs.get(period.name)
                if (fact or period.name in excuses) and not wanted.settled(due):
                    continue
                yield self._obligation(rule, known, subject, period, due, fact, excuses)

    def due(self, period: Period) -> date:
        """The last day on which the duty of a period can be done in time."""
        return period.last if self.by is None else date(period.first.year, *self.by)

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The first and the last day of the period, or the day of the year."""
        assert owed.period is not None
        yield Counting(
            owed.opens, say(f"{owed.period} 的第一天", f"the first day of {owed.period}")
        )
        how = say(f"{owed.period} 的最后一天", f"the last day of {owed.period}")
        if self.by is not None:
            month, day = self.by
            how = say(f"每年 {month} 月 {day} 日前", f"by {month:02d}-{day:02d} of the year")
            if owed.due != date(owed.opens.year, month, day):
                how += say("，遇休息日顺延", ", moved off a rest day")
        yield Counting(owed.due, how)

    def is_near(self, fact: Fact, owed: Obligation) -> bool:
        """Whether a record could be taken for one of this period: of it, next to it, made up."""
        period = calendar.period_named(owed.period or "")
        near = {each.name for each in (period.shifted(-1), period, period.shifted(1))}
        return bool({self.period_of(fact), fact.makes_up} & near)

    def reason(self, fact: Fact, owed: Obligation, *, is_about: bool) -> tuple[bool, str]:
        """Whether a record counts for a period, and why or why not."""
        own = self.period_of(fact)
        if not is_about:
            return False, say(
                f"不是{owed.subject.name}的，或不符合“{owed.rule.title}”",
                f"not of {owed.subject.name}, or not what the rule asks",
            )
        if fact.makes_up == owed.period:
            return True, say("补办本期，算逾期完成", "makes up this period: done late")
        if fact.makes_up:
            return False, say(f"补的是 {fact.makes_up}", f"makes up {fact.makes_up}")
        if own != owed.period:
            return False, say(
                f"属于 {own}；记录只算在自己日期所在的期间", f"it belongs to {own}, its own day's"
            )
        if owed.proof is None or (owed.proof.id, owed.proof.kind) == (
            fact.record_id,
            fact.record_kind,
        ):
            if owed.due is not None and fact.on > owed.due:
                return True, say("为本期办的，已过期限", "for this period, after its due date")
            few = owed.proof is None and self.count > 1
            return True, say(f"在本期内，须 {self.count} 次", f"of {self.count}") if few else say(
                "在本期内", "within the period"
            )
        return False, say("本期已有另一条记录", "another record satisfies the period")

    def _due_or_rolled(self, known: Known) -> Due:
        """The same, off the rest days where the due date rolls."""
        if not self.rolls or self.by is None:
            return self.due
        return lambda period: calendar.roll_forward(self.due(period), known.rest()).day

    def proofs(self, rule: Rule, subject: Subject, known: Known) -> dict[str, Fact]:
        """For each period, the first fact that satisfies it; one in time before one that is late.

        Where more than one is wanted, the last of those that are.
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
        """The facts that could satisfy what a subject owes, in one period or another."""
        assert rule.met_by is not None
        if rule.counts is any_fact:
            return known.about.get((what(rule.met_by), subject.kind, subject.id), [])
        return [f for f in known.facts[what(rule.met_by)] if rule.counts(f, subject, known)]

    def period_of(self, fact: Fact) -> str:
        """The period in which a fact counts that makes up none."""
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


def no_due_date() -> str:
    """That a duty is never overdue."""
    return say("没有期限，办结为止", "no due date: until it is done")


def of_each_record(numbers: str) -> str:
    """That each record must meet a condition, with its numbers if it has any."""
    detail = say(f"（{numbers}）", f" ({numbers})") if numbers else ""
    return say(f"每条记录都须符合{detail}", f"a condition of each record{detail}")


@dataclass(frozen=True)
class Requires(Shape):
    """A condition that each record of a kind must meet; a breach until the record is corrected.

    A condition with a number of its own (`days`, `months`, `count`) is a frozen dataclass that is
    called with the record. `when` limits it to the records that the clause speaks of, `named` says
    what such a record is called. It opens and is due on the record's own day. A record of several
    lines must meet it in each; it is called by the first that does not.
    """

    condition: Condition
    when: Condition | None = None
    named: Callable[[Fact, Known], str] | None = None

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """One obligation for each record, since the ledger's start."""
        assert isinstance(rule.owed_by, Term)
        facts = [
            fact
            for fact in known.facts[what(rule.owed_by)]
            if fact.on >= known.since and (self.when is None or self.when(fact, known))
        ]
        broken = {f.record_id: f for f in reversed(facts) if not self.condition(f, known)}
        for number, fact in {fact.record_id: fact for fact in facts}.items():
            if number in broken or wanted.settled(fact.on):
                line = broken.get(number, fact)
                yield self._obligation(rule, known, line, number in broken)

    def words(self, numbers: str) -> str:
        """A condition of each record."""
        return of_each_record(numbers)

    def counted(self, owed: Obligation) -> Iterator[Counting]:
        """The record's day."""
        yield Counting(owed.due, say("记录之日，当天判断", "the record's own day"))

    def _obligation(self, rule: Rule, known: Known, fact: Fact, broken: bool) -> Obligation:
        assert isinstance(rule.owed_by, Term)
        name = self.named(fact, known) if self.named else f"{rule.owed_by.label} {fact.on}"
        subject = Subject(fact.record_kind, fact.record_id, name)
        status = rule.wrong(Status.BREACH) if broken else Status.MET
        proof = None if broken else proof_of(fact)
        remedy = rule.command(known, subject) if broken else None
        return Obligation(rule, subject, None, fact.on, fact.on, status, proof, remedy)
