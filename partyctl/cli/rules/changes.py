"""`partyctl rules set`, `enable`, `disable`, `void` and `history`: change rules, starting on a given day."""

from collections.abc import Callable, Sequence
from datetime import date

from partyctl.cli.check.judging import found
from partyctl.cli.input.dates import today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import AsJson, Number, Reason
from partyctl.cli.output.answers import tell
from partyctl.cli.output.record import void_record
from partyctl.cli.output.to_file import to_file
from partyctl.cli.rules.options import (
    AppliesBy,
    ByDay,
    Changeable,
    ChangeableOrLayer,
    Confirm,
    DaysOption,
    EveryOption,
    From,
    MonthsOption,
    OfLayer,
    Remind,
    RuleName,
    StrengthOption,
    Times,
    Why,
    Working,
)
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.cli.session.reading import Reading
from partyctl.contract import rules as shapes
from partyctl.errors import BadUsage, Refused
from partyctl.language import say, semicolon_list, worded
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.changes import LAYER, ROLL_FORWARD, Change, Numbers
from partyctl.law.changes.differences import Difference, differences
from partyctl.law.changes.rulebook import Rulebook, can_roll
from partyctl.law.engine.owed import EVERYTHING
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.changing import affected_by, require_sense
from partyctl.law.questions.scoreboard import Item
from partyctl.ledger.reading.rules import changes as rule_lists
from partyctl.ledger.reading.rules.changes import rule_changes
from partyctl.light import NamedTuple
from partyctl.show.rule_changes import difference_words, print_differences, print_history
from partyctl.show.tables import print_json
from partyctl.terms import Noun, RuleAct

NAMED = 3
"""The maximum number of obligations that an error message lists. If there are more obligations, the
message also gives their total number."""


def set_numbers(
    name: RuleName,
    from_on: From,
    reason: Why,
    every: EveryOption = None,
    count: Times = None,
    days: DaysOption = None,
    months: MonthsOption = None,
    by: ByDay = None,
    working: Working = None,
    strength: StrengthOption = None,
    remind: Remind = None,
    confirm: Confirm = False,
    as_json: AsJson = False,
) -> None:
    """Change values of a rule, such as its days or its strength, starting on a given day."""
    numbers = Numbers(every, count, days, months, by, working, strength, remind)
    change = Change(name, RuleAct.SET, from_on, numbers, reason)
    carry_out([change], confirm=confirm, as_json=as_json)


class Switched(NamedTuple):
    """Options of `enable` and `disable`: what to switch, from which day, and why.

    A rule, a layer or a setting can be switched.
    """

    from_on: From
    reason: Why
    name: ChangeableOrLayer = None
    layer: OfLayer = None


def _switch(act: RuleAct, said: Switched, *, confirm: bool, as_json: bool) -> None:
    change = Change(_named(act, said), act, said.from_on, reason=said.reason)
    carry_out([change], confirm=confirm, as_json=as_json)


@taking_options
def enable(said: Switched, confirm: Confirm = False, as_json: AsJson = False) -> None:
    """Enable a rule, a layer or a setting from a given day."""
    _switch(RuleAct.ENABLE, said, confirm=confirm, as_json=as_json)


@taking_options
def disable(said: Switched, confirm: Confirm = False, as_json: AsJson = False) -> None:
    """Disable a rule, a layer or a setting from a given day."""
    _switch(RuleAct.DISABLE, said, confirm=confirm, as_json=as_json)


def void(number: Number, reason: Reason, confirm: Confirm = False, as_json: AsJson = False) -> None:
    """Void a change: the rules are then judged as if the change had never been made."""
    changed = _effect(lambda changes: [each for each in changes if each.id != number])
    _require_confirmed(changed, confirm=confirm)
    void_record(Noun.RULE_CHANGE, f"#{number}", reason, as_json=as_json)
    if not as_json:
        print_differences(changed, today())


@to_file("规则改动", "Changes to a rule")
def history(name: Changeable, as_of: AppliesBy = None, as_json: AsJson = False) -> None:
    """Show the changes that affect a rule or a setting, with their reasons."""
    with current.reading(as_of or today()) as reading:
        rows = rule_lists.changes(reading.ledger, _bearing_on(name), as_of or date.max)
    if as_json:
        print_json(rows)
        return
    print_history(rows)


def carry_out(changes: Sequence[Change], *, confirm: bool, as_json: bool) -> None:
    """Record the changes, and list the obligations that they alter.

    Raises Refused if results of the past would change and `confirm` is false.
    """
    changed = _effect(lambda present: _with(present, changes))
    _require_confirmed(changed, confirm=confirm)
    with current.writing() as session:
        from partyctl.records.rules import rule_changes as records

        numbers = [row.number for row in records.record(session, changes)]
    if as_json:
        print_json(_recorded(numbers, changed))
        return
    for number, change in zip(numbers, changes, strict=True):
        what = f"{change.rule} {change.act.label}"
        tell(
            say(
                f"已登记规则变更 #{number} {what}，自 {change.from_on} 起",
                f"Rule change #{number}: {what} from {change.from_on}",
            )
        )
    print_differences(changed, today())


def _with(present: list[Change], changes: Sequence[Change]) -> list[Change]:
    """Return the recorded changes followed by the new changes.

    Each new change must be valid for the rules that result from all changes before it in the list.
    Raises Refused if a new change has no effect, and BadUsage if its values do not fit the rule.
    """
    for change in changes:
        require_sense(change, Rulebook(present))
        present = [*present, change]
    return present


def _recorded(
    numbers: list[int], changed: list[Difference]
) -> shapes.RuleChange | shapes.RulesChanged:
    with current.reading(today()) as reading:
        found = [rule_lists.change(reading.ledger, number) for number in numbers]
    rows, affected = [each for each in found if each], _affected(changed)
    return (
        rows[0] | {"affects": affected}
        if len(rows) == 1
        else {"changes": rows, "affects": affected}
    )


def _affected(changed: list[Difference]) -> list[shapes.RuleChangeAffected]:
    on = today()
    return [
        {
            "rule": each.either.rule.id,
            "subject": worded(each.either.subject.name),
            "period": each.either.period,
            "due": str(each.either.due) if each.either.due else None,
            "before": each.before.status if each.before else None,
            "after": each.after.status if each.after else None,
            "past": each.is_past(on),
        }
        for each in changed
    ]


def _named(act: RuleAct, said: Switched) -> str:
    """Return the rule, layer or setting that the user named.

    Raises MissingFact if nothing is named, and BadUsage if both a rule and a layer are named.
    """
    named = said.name or said.layer
    if named is None:
        raise MissingFact(Question("", say("规则，或 --layer", "a rule, or --layer")))
    if said.name and said.layer:
        raise BadUsage(
            say("规则和 --layer 只能写一个。", "Give either a rule or --layer, not both."),
            f"partyctl rules {act} {said.name} --from {said.from_on} --reason …",
        )
    return named


def _bearing_on(name: str) -> list[str]:
    """Return the names under which the changes that affect a rule are recorded.

    A change that affects the rule can be recorded under the name of the rule or of its layer. If
    the rule's deadlines can move to a working day, return also `roll-forward`, the name of the
    setting that moves them.
    """
    rule = next((rule for rule in CATALOGUE if rule.id == name), None)
    if rule is None:
        return [name]
    return [name, f"{LAYER}{rule.layer}", *([ROLL_FORWARD] if can_roll(rule) else [])]


def _effect(changed_by: Callable[[list[Change]], list[Change]]) -> list[Difference]:
    """Return which obligations would change, in the leading group and all branches, as of today."""
    with current.reading(today()) as reading:
        present = rule_changes(reading.ledger)
        after = changed_by(present)
        rules = affected_by(set(present) ^ set(after))
        found_before, found_after = (
            [item.obligation for item in _judged(reading, rules, each)] for each in (present, after)
        )
    return differences(found_before, found_after)


def _judged(reading: Reading, rules: list[Rule], changes: list[Change]) -> list[Item]:
    reading.rulebook = Rulebook(changes)
    return list(found(reading, reading.judged(None), rules, None, EVERYTHING))


def _require_confirmed(changed: list[Difference], *, confirm: bool) -> None:
    """Raise Refused if the changes alter past results and --confirm was not given."""
    on: date = today()
    past = [each for each in changed if each.is_past(on)]
    if not past or confirm:
        return
    named = semicolon_list(difference_words(each) for each in past[:NAMED])
    more = (
        say(f"等 {len(past)} 项", f" and others, {len(past)} in all") if len(past) > NAMED else ""
    )
    raise Refused(
        say(f"会改变过去的结论：{named}{more}。", f"The past would change: {named}{more}."),
        say("确实要改，就加上 --confirm", "if that is intended, add --confirm"),
    )
