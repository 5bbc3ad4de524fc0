"""The rules with their changes: each rule has versions, and the day of a duty decides which version applies.

A period is judged by the version in force on the period's first day. A deadline is judged by the
version in force on the day of the event that starts the deadline. A record is judged by the version
in force on the record's day. If the frequency changes (such as from monthly to quarterly), the new
frequency starts with its first whole period, and the old frequency applies until this period.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from partyctl.bilingual import COMMA, Told, joined, many
from partyctl.calendar import period_of
from partyctl.errors import Run
from partyctl.law.changes.changes import LAYER, ROLL_FORWARD, Change, Numbers
from partyctl.law.engine.deadlines import Within
from partyctl.law.engine.every import Every
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Duty, Rule
from partyctl.law.engine.stated import Stated
from partyctl.light import Any, NamedTuple
from partyctl.terms import RuleAct, Term

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
EVERY = {
    "month": Told("每月", "every month"),
    "quarter": Told("每季度", "every quarter"),
    "half-year": Told("每半年", "every half-year"),
    "year": Told("每年", "every year"),
}
"""The frequency in words, for each kind of period."""


class State(NamedTuple):
    """A rule as it is from a day until the next change.

    `rule` is None while the rule is not in force.
    """

    from_on: date
    rule: Rule | None


class Rulebook:
    """All rule changes. The versions of a rule are made only once, when they are first used."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.changes = tuple(sorted(changes, key=lambda each: (each.from_on, each.id)))
        self._versions: dict[str, tuple[Rule, ...]] = {}

    @property
    def counts(self) -> bool:
        """Whether any change sets how many times per period a duty must be done."""
        return any(change.numbers.count is not None for change in self.changes)

    def in_force(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        """The versions of the given rules, rule by rule, each rule's oldest version first."""
        for rule in rules:
            if rule.id not in self._versions:
                self._versions[rule.id] = tuple(versions(rule, self.of(rule)))
            yield from self._versions[rule.id]

    def of(self, rule: Rule) -> list[Change]:
        """The changes that affect a rule, oldest first."""
        return [change for change in self.changes if is_about(change, rule)]

    def stands(self, name: str, day: date) -> bool:
        """Whether a rule, layer or setting is enabled, given all changes on or before a day."""
        said = [each for each in self.changes if each.rule == name and each.from_on <= day]
        acts = [each.act for each in said if each.act is not RuleAct.SET]
        return acts[-1] is RuleAct.ENABLE if acts else name != ROLL_FORWARD

    def as_set(self, rule: Rule, day: date) -> Rule:
        """A rule with all changes of its numbers on or before a day, even if it is not in force."""
        for change in self.changes:
            if change.rule == rule.id and change.act is RuleAct.SET and change.from_on <= day:
                rule = changed(rule, change.numbers)
        return rule

    def on(self, rule: Rule, day: date) -> Rule | None:
        """A rule with all changes on or before a day, or None if it is disabled on this day."""
        return states(rule, [each for each in self.of(rule) if each.from_on <= day])[-1].rule


def is_about(change: Change, rule: Rule) -> bool:
    """Whether a change affects a rule, because it changes the rule, its layer or the rest-day setting."""
    if change.rule == ROLL_FORWARD:
        return can_roll(rule)
    return change.rule in (rule.id, f"{LAYER}{rule.layer}")


def can_roll(rule: Rule) -> bool:
    """Whether the rule's due dates can move from a rest day to the next working day."""
    return _has(rule.duty, "rolls") and getattr(rule.duty, "by", True) is not None


def versions(rule: Rule, changes: Sequence[Change]) -> Iterator[Rule]:
    """The versions of a rule, oldest first.

    Each version applies from `since` to the day before `until`.
    """
    found = states(rule, changes)
    starts = [_start(state) for state in found]
    for place, state in enumerate(found):
        start, end = starts[place], min(starts[place + 1 :], default=date.max)
        if state.rule is not None and start < end:
            since, until = max(start, rule.since), min(end, rule.until)
            yield state.rule.changed(since=since, until=until)


def states(rule: Rule, changes: Sequence[Change]) -> list[State]:
    """The states of a rule: the state before all changes, then the state after each change."""
    numbered, is_on, layer_is_on, rolls = rule, True, True, False
    found = [State(date.min, rule)]
    for change in changes:
        is_set = change.act is RuleAct.SET
        if change.rule == ROLL_FORWARD:
            rolls = change.act is RuleAct.ENABLE
        elif change.rule.startswith(LAYER):
            layer_is_on = change.act is RuleAct.ENABLE
        elif is_set:
            numbered = changed(numbered, change.numbers)
        else:
            is_on = change.act is RuleAct.ENABLE
        whole = numbered.changed(duty=_set(numbered.duty, rolls=True)) if rolls else numbered
        found.append(State(change.from_on, whole if is_on and layer_is_on else None))
    return found


def _start(state: State) -> date:
    """The day from which a state of a rule applies.

    The state of a recurring duty applies from the first period that begins on or after `from_on`.
    """
    if state.rule is None or not isinstance(state.rule.duty, Every) or state.from_on == date.min:
        return state.from_on
    period = period_of(state.rule.duty.period, state.from_on)
    return period.first if period.first == state.from_on else period.shifted(1).first


# The settable numbers


def settable(rule: Rule) -> dict[str, Any]:
    """The values in a rule that can be changed, keyed by name."""
    # imported here, because most runs need no ladder
    from partyctl.law.changes.ladders import ladder_of

    duty = rule.duty
    found: dict[str, Any] = {"strength": rule.strength, "remind": str(ladder_of(rule))}
    if isinstance(duty, Every):
        # If each record names its own period (as a plan names its year), the frequency and the
        # count cannot be changed.
        if not duty.named:
            found |= {"every": duty.period, "count": duty.count}
        if duty.period == "year":
            found["by"] = duty.by or (12, 31)
        return found
    numbered = duty.condition if isinstance(duty, Requires) else duty
    names = [name for name in ("days", "months", "count", "by", "working") if _has(numbered, name)]
    if _in_months_only(numbered):
        names.remove("working")
    return found | {name: getattr(numbered, name) for name in names}


def changed(rule: Rule, numbers: Numbers) -> Rule:
    """A copy of a rule with other numbers.

    The title of the copy contains the numbers, unless only the strength or the reminders change.
    """
    present = settable(rule)
    given = {name: value for name, value in numbers.given().items() if present.get(name) != value}
    strength = given.pop("strength", rule.strength)
    rule = rule.changed(remind=given.pop("remind", rule.remind))
    if not given:
        return rule.changed(strength=strength)
    duty = _with(rule.duty, given)
    told = joined(_told(rule.changed(duty=duty)), COMMA)
    return rule.changed(
        duty=duty,
        strength=strength,
        title=f"{rule.title.partition(NOW.chinese)[0]}{NOW.chinese}{told.chinese}）",
        english=f"{rule.english.partition(NOW.english)[0]}{NOW.english}{told.english})",
    )


NOW = Told("（改为", " (now ")
"""The words before the new numbers in the title of a rule that was changed."""


def in_words(rule: Rule) -> Told:
    """The numbers of a rule in words, such as "every quarter, 15 days".

    The text is empty if the rule has no numbers.
    """
    return joined(_told(rule), COMMA)


def _told(rule: Rule) -> list[Told]:
    """The limits in a rule (such as days or times), each as a text in words."""
    duty, numbers = rule.duty, settable(rule)
    if isinstance(duty, Every):
        numbers |= {"every": duty.period, "by": duty.by}
    working = numbers.pop("working", False)
    order = ("every", "count", "months", "days", "by")
    told = [_words(name, numbers[name], working=working) for name in order if numbers.get(name)]
    return [words for words in told if words != ONCE]


ONCE = Told("1 次", "1 time")


def _words(name: str, value: Any, *, working: bool) -> Told:  # noqa: ANN401 - any number
    """One number of a rule in words, such as "15 working days"."""
    if name == "every":
        return EVERY[value]
    if name == "by":
        return Told(f"{value[0]} 月 {value[1]} 日前", f"by {value[1]} {MONTHS[value[0] - 1]}")
    if name == "days" and working:
        return Told(f"{value} 个工作日", many(value, "working day"))
    chinese, english = {
        "count": Told("次", "time"),
        "days": Told("日", "day"),
        "months": Told("个月", "month"),
    }[name]
    return Told(f"{value} {chinese}", many(value, english))


def _with(duty: Duty, given: dict[str, Any]) -> Duty:
    """A copy of a duty with other numbers.

    If the duty is no longer yearly, the copy has no due day in the year. A duty is counted either
    in days or in months: setting only one of these two numbers sets the other to zero. A deadline
    in months does not count working days.
    """
    if isinstance(duty, Every):
        named = {"period" if name == "every" else name: value for name, value in given.items()}
        if named.get("period", duty.period) != "year":
            named["by"] = None
        return duty.changed(**named)
    if isinstance(duty, Requires):
        condition: Any = duty.condition
        return duty.changed(condition=condition.changed(**given))
    if "days" in given and _has(duty, "months"):
        given = {"months": 0} | given
    if "months" in given and _has(duty, "days"):
        given = {"days": 0} | given
    made = _set(duty, **given)
    return _set(made, working=False) if _in_months_only(made) else made


def _in_months_only(duty: object) -> bool:
    """Whether a deadline could be counted in working days, but is counted in months only."""
    return isinstance(duty, Within) and bool(duty.months) and not duty.days


def _set(duty: Duty, **given: Any) -> Duty:  # noqa: ANN401 - whatever can be set
    assert isinstance(duty, Stated)
    changed: Duty = duty.changed(**given)
    return changed


def _has(shape: object, name: str) -> bool:
    return isinstance(shape, Stated) and name in shape.fields()


def duty_in_words(rule: Rule) -> Told:
    """When a duty is owed, in words, such as "every quarter" or "within 15 days after"."""
    return rule.duty.words(in_words(rule))


class Satisfying(Stated):
    """What satisfies a rule: the command to run, and the kind of record that the command makes.

    `kind` is None if the rule does not require one particular kind of record.
    """

    kind: Term | None
    command: Run


def satisfied_by(rule: Rule) -> Satisfying:
    """The kind of record that satisfies a rule, and the command that makes such a record."""
    command = f"partyctl {rule.remedy.format(name='…', id='…', period='…')}"
    return Satisfying(rule.met_by, Run(command + " …" if rule.detail is not None else command))
