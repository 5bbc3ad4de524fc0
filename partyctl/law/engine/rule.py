"""A rule of the regulation, the shape of its duty, and the obligations under it.

A rule is data; its duty is one of a few shapes. Each shape computes its own obligations: from everything
known on a day, for all who have the duty.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol

from partyctl.bilingual import Told
from partyctl.errors import Run
from partyctl.law.engine.facts import Fact, Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import OPEN, Counting, Proof, Wanted
from partyctl.law.engine.scope import Owing
from partyctl.law.engine.stated import Stated
from partyctl.light import NamedTuple
from partyctl.terms import Layer, Noun, Status, Strength, Term


class Duty(Protocol):
    """The shape of a duty: when it opens, when it is due, and what satisfies it."""

    def judge(self, rule: "Rule", known: Known, wanted: Wanted) -> Iterator["Obligation"]:
        """The obligations of everybody who owes this duty, on the day of `known`."""
        ...

    def began(self, owed: "Obligation") -> date:
        """The day that decides which version of a rule applies to an obligation."""
        ...

    def words(self, numbers: Told) -> Told:
        """The time of the duty in words; `numbers` are the duty's own numbers in words."""
        ...

    def counted(self, owed: "Obligation") -> Iterator[Counting]:
        """The counting of each day of an obligation."""
        ...


class Shape(Stated):
    """The base of all shapes: an obligation is judged by the rule on the day it opened."""

    def began(self, owed: "Obligation") -> date:
        """The first day of a period, the trigger of a deadline, the day of a record."""
        return owed.opens

    def words(self, numbers: Told) -> Told:
        """Only its numbers, or the clause's words."""
        return numbers if numbers.chinese else Told("见条款", "see the clause")

    def counted(self, owed: "Obligation") -> Iterator[Counting]:
        """The day it opened, and the day it is due, if there is one."""
        yield Counting(owed.opens, Told("起算", "it opens"))
        yield Counting(owed.due, Told("期限", "it is due") if owed.due else NO_DUE_DATE)


Counts = Callable[[Fact, Subject, Known], bool]
Condition = Callable[[Fact, Known], bool]
Detail = Callable[[Known, Subject, str], str]


def any_fact(fact: Fact, subject: Subject, known: Known) -> bool:
    """Every fact of the right kind about the subject counts."""
    return (fact.subject_kind, fact.subject_id) == (subject.kind, subject.id)


class Rule(Stated, kw_only=True):
    """One duty of the regulation, with the clause that commands it.

    `remedy` is the rest of the command that satisfies it; {name}, {id} and {period} stand for the
    subject's name and number and the period. `detail` adds computed parts; `instead` is the command to use if
    the task was already started. A text is in force from `since` on and before `until`; it applies to duties
    that began in that time. `remind`: the branch's own ladder, if it set one (`ladders`). `several`: the
    remedy accepts several names or months at once and finds their amounts; `everybody`: `--all` applies it to
    all members of a branch with the duty.
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
    several: bool = False
    everybody: bool = False

    @property
    def is_always_in_force(self) -> bool:
        """Whether it is in force without limits."""
        return self.since == date.min and self.until == date.max

    def wrong(self, status: Status) -> Status:
        """The status unchanged; for a rule that only advises, advice."""
        return status if self.strength is Strength.MUST else Status.ADVISED

    def command(
        self,
        known: Known,
        subject: Subject,
        period: str = "…",
        extra: str = "",
        case: int | None = None,
    ) -> Run:
        """The command that would satisfy the obligation; `case`: the number of its case."""
        begun = self.instead(known, subject, period) if self.instead else None
        if begun:
            return Run(f"{known.command} {begun}")
        name, number = known.addressed(subject), subject.id if case is None else case
        filled = self.remedy.format(name=name, id=number, period=period)
        detail = self.detail(known, subject, period) if self.detail else ""
        return Run(f"{known.command} {filled}{detail}{extra}")


class Obligation(NamedTuple):
    """One subject's obligation under one rule, on the day of the question.

    `proof` is the record that satisfied it, and `remedy` the command that would satisfy it. `note` is a
    remark for the reader, `case` the number of its case. It is `provisional` (暂算) if its due date was
    counted in working days of a year not announced yet.
    """

    rule: Rule
    subject: Subject
    period: str | None
    opens: date
    due: date | None
    status: Status
    proof: Proof | None = None
    remedy: Run | None = None
    note: Told | None = None
    case: int | None = None
    provisional: bool = False

    @property
    def key(self) -> str:
        """The stable name of this obligation, the same on every day it is computed.

        The due date is not part of it, since that may move. Without a period and a case, it uses
        the day it opened, unless it is about a record.
        """
        kind, number, _, other = self.subject
        whose = f"{kind}#{number}" if other is None else f"{kind}#{other},{number}"
        which = self.period or (f"#{self.case}" if self.case else None)
        if not which and self.due is None:
            which = self.opens.isoformat()
        return "|".join(filter(None, (self.rule.id, whose, which)))

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status in OPEN

    @property
    def is_missed(self) -> bool:
        """Whether its due day passed and it is not done; a breach of form does not count."""
        if self.status is Status.ADVISED:
            return self.period is not None or (self.due is not None and self.opens < self.due)
        return self.status is Status.OVERDUE


NO_DUE_DATE = Told("没有期限，办结为止", "no due date: until it is done")
"""What is said of a duty that is never overdue."""
