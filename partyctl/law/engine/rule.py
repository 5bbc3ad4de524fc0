"""A rule of the regulation, the base class of all duties, and the obligations under a rule.

A rule is data. The duty of a rule is an instance of one of the subclasses of `Shape`. The duty
computes the obligations of everybody who has it, from everything known on a day.
"""

from collections.abc import Callable, Iterator
from datetime import date

from partyctl.bilingual import Told
from partyctl.errors import Run
from partyctl.law.engine.facts import Fact, Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import OPEN, Counting, Proof, Wanted
from partyctl.law.engine.scope import Owing
from partyctl.law.engine.stated import Stated
from partyctl.light import NamedTuple, Protocol
from partyctl.terms import Layer, Noun, Status, Strength, Term


class Duty(Protocol):
    """The interface of all classes of duties.

    The class of a duty decides when the duty opens, is due and is satisfied.
    """

    def judge(self, rule: "Rule", known: Known, wanted: Wanted) -> Iterator["Obligation"]:
        """The obligations of everybody who owes this duty, on the day of `known`."""
        ...

    def began(self, owed: "Obligation") -> date:
        """The day that decides which version of a rule applies to an obligation."""
        ...

    def words(self, numbers: Told) -> Told:
        """When the duty is owed, in words. `numbers` are the rule's numbers in words."""
        ...

    def counted(self, owed: "Obligation") -> Iterator[Counting]:
        """The days that decide an obligation, such as its due date, each with how it was counted."""
        ...


class Shape(Stated):
    """The base class of all duties."""

    def began(self, owed: "Obligation") -> date:
        """The day the obligation opened: the version of the rule on that day applies."""
        return owed.opens

    def words(self, numbers: Told) -> Told:
        """Return the rule's numbers in words. If it has none, return "see the clause"."""
        return numbers if numbers.chinese else Told("见条款", "see the clause")

    def counted(self, owed: "Obligation") -> Iterator[Counting]:
        """The day the obligation opened, and the day it is due."""
        yield Counting(owed.opens, Told("起算", "it opens"))
        yield Counting(owed.due, Told("期限", "it is due") if owed.due else NO_DUE_DATE)


Counts = Callable[[Fact, Subject, Known], bool]
Condition = Callable[[Fact, Known], bool]
Detail = Callable[[Known, Subject, str], str]


def any_fact(fact: Fact, subject: Subject, known: Known) -> bool:
    """Whether a fact is about the subject.

    A rule that does not set `counts` uses this function.
    """
    return (fact.subject_kind, fact.subject_id) == (subject.kind, subject.id)


class Rule(Stated, kw_only=True):
    """One duty of the regulation, with the clause that requires it.

    `remedy`: the command that satisfies the duty, without the word `partyctl`; {name}, {id} and
    {period} are replaced by the subject's name, the number and the period. `detail`: a function
    that returns computed words to add to the command. `instead`: a function that returns another
    command if the task was already started. The rule applies to duties that began on `since` or
    later, but before `until`. `remind`: the days of the reminders, if a clerk changed them (see
    `ladders`). `several`: whether the remedy accepts several names or months at once. `everybody`:
    whether the remedy accepts `--all`, for all members of a branch who have the duty.
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
        """Whether the rule is in force on every day."""
        return self.since == date.min and self.until == date.max

    def wrong(self, status: Status) -> Status:
        """Return `status`, or `ADVISED` if the rule only advises."""
        return status if self.strength is Strength.MUST else Status.ADVISED

    def command(
        self,
        known: Known,
        subject: Subject,
        period: str = "…",
        extra: str = "",
        case: int | None = None,
    ) -> Run:
        """The command that satisfies an obligation. `case`: the number of the obligation's case."""
        begun = self.instead(known, subject, period) if self.instead else None
        if begun:
            return Run(f"{known.command} {begun}")
        name, number = known.addressed(subject), subject.id if case is None else case
        filled = self.remedy.format(name=name, id=number, period=period)
        detail = self.detail(known, subject, period) if self.detail else ""
        return Run(f"{known.command} {filled}{detail}{extra}")


class Obligation(NamedTuple):
    """A subject's obligation under a rule, with its status on the day of the question.

    `proof`: the record that satisfied or waived the obligation. `remedy`: the command that would
    satisfy an open obligation. `note`: a remark for the reader. `case`: the number of the
    obligation's case. An obligation is `provisional` (暂算) if its due date depends on holidays that
    are not announced yet.
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
        """A stable name of the obligation, which does not depend on the day of the question.

        The name does not contain the due date, because the due date can move. If an obligation has
        no period and no due date, its name contains the day on which it opened: a case can have
        several such obligations, for example one for each talk.
        """
        kind, number, _, other = self.subject
        whose = f"{kind}#{number}" if other is None else f"{kind}#{other},{number}"
        which = self.period or (f"#{self.case}" if self.case else None)
        opened = self.opens.isoformat() if not self.period and self.due is None else None
        return "|".join(filter(None, (self.rule.id, whose, which, opened)))

    @property
    def is_open(self) -> bool:
        """Whether the obligation still requires somebody to act."""
        return self.status in OPEN

    @property
    def is_missed(self) -> bool:
        """Whether the due day has passed and the duty is not done.

        If a record does not meet a condition, the duty is not missed: it is in breach or advised.
        """
        if self.status is Status.ADVISED:
            return self.period is not None or (self.due is not None and self.opens < self.due)
        return self.status is Status.OVERDUE


NO_DUE_DATE = Told("没有期限，办结为止", "no due date: open until it is done")
"""The words for a duty without a due date."""
