"""Refuse a rule change that has no effect, or that sets a number that the rule does not have."""

from collections.abc import Iterable

from partyctl.bilingual import ENUMERATION, NOTHING, Told, alike, joined
from partyctl.errors import BadUsage, Refused
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.changes import LAYER, Change
from partyctl.law.changes.rulebook import Rulebook, is_about, settable
from partyctl.law.engine.rule import Rule
from partyctl.terms import RuleAct

OPTIONS = {
    "every": "--every",
    "count": "--count",
    "days": "--days",
    "months": "--months",
    "by": "--by",
    "working": "--working/--calendar",
    "strength": "--strength",
    "remind": "--remind",
}
"""The command-line option that sets each number."""


def affected_by(changes: Iterable[Change]) -> list[Rule]:
    """The rules that the changes affect, in the order of the regulation."""
    several = list(changes)
    return [rule for rule in CATALOGUE if any(is_about(each, rule) for each in several)]


def require_sense(change: Change, rulebook: Rulebook) -> None:
    """Refuse a change that has no effect, or that sets a number that the rule does not have."""
    day = change.from_on
    if change.act is RuleAct.SET:
        (rule,) = affected_by([change])
        present = settable(rulebook.as_set(rule, day))
        _require_settable(change, present, may_work=hasattr(rule.duty, "working"))
        after = Rulebook([*rulebook.changes, change]).as_set(rule, day)
        _require_days_if_working(change, after)
        is_so = settable(after) == present
    else:
        is_so = rulebook.stands(change.rule, day) is (change.act is RuleAct.ENABLE)
    if is_so:
        raise Refused(
            Told(
                f"{day} 起本来就是这样：没有可改的。",
                f"That already applies on {day}: there is nothing to change.",
            ),
            f"partyctl rules history {change.rule.removeprefix(LAYER)}",
        )


def _require_days_if_working(change: Change, after: Rule) -> None:
    """Refuse `--working` for a deadline in months, because only days can be working days."""
    if change.numbers.working is not None and "working" not in settable(after):
        raise BadUsage(
            Told(
                f"{change.rule} 的期限按月计算，不分工作日和自然日。",
                f"{change.rule} is counted in months, not in working or calendar days.",
            ),
            Told("改为按日计算：--days … --working", "count it in days: --days … --working"),
        )


def _require_settable(change: Change, present: dict[str, object], *, may_work: bool) -> None:
    given = change.numbers.given()
    can = joined((alike(OPTIONS[name]) for name in present), ENUMERATION)
    if not given:
        raise BadUsage(
            joined(
                (
                    Told("改什么没有写，可改：", "Name a value to change; the rule has: "),
                    can,
                    Told("。", "."),
                ),
                NOTHING,
            )
        )
    yearly = given.get("every", present.get("every")) == "year"
    for name in given:
        fits = (name == "by" and yearly) or (name == "working" and may_work)
        if name not in present and not fits:
            raise BadUsage(
                Told(
                    f"{change.rule} 没有 {OPTIONS[name]} 可改。",
                    f"{change.rule} has no {OPTIONS[name]} to set.",
                ),
                joined((Told("可改：", "the rule has: "), can), NOTHING),
            )
