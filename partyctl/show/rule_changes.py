"""Show changes to rules, and the obligations that these changes alter."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partyctl.bilingual import many
from partyctl.language import say, worded
from partyctl.law.changes.differences import Difference
from partyctl.law.engine.rule import Obligation
from partyctl.show.tables import Line, print_table, write
from partyctl.terms import Cadence, RuleAct, Status, Strength, stored_term

SHOWN = 20
"""At most this many obligations are listed; the others are only counted."""


def difference_words(each: Difference) -> str:
    """Describe an altered obligation in one line: 机关支部 members-meeting 2026-03 逾期 → 已完成."""
    owed = each.either
    when = owed.period or (str(owed.due) if owed.due else "")
    is_same = each.before and each.after and each.before.status is each.after.status
    before, after = (_state(owed, dated=bool(is_same)) for owed in each)
    states = f"{before} → {after}"
    return " ".join(filter(None, (worded(owed.subject.name), owed.rule.id, when, states)))


def _state(owed: Obligation | None, *, dated: bool) -> str:
    if owed is None:
        return say("（无）", "(none)")
    day = f" {owed.due}" if (dated or owed.status is Status.DUE) and owed.due else ""
    return f"{owed.status.label}{day}"


def print_differences(changed: Sequence[Difference], on: date) -> None:
    """Print the altered obligations: first those due before the day `on`, then the others."""
    ordered = sorted(changed, key=lambda each: (not each.is_past(on), each.either.opens))
    for each in ordered[:SHOWN]:
        write(f"    {difference_words(each)}")
    if hidden := len(ordered) - SHOWN if len(ordered) > SHOWN else 0:
        sys.stdout.write(say(f"    …另 {hidden} 项\n", f"    …{hidden} more\n"))


def print_history(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print each change with its day and reason; mark voided changes."""
    headings = (
        "#",
        say("自", "from"),
        say("变更", "change"),
        say("改为", "to"),
        say("原因", "why"),
        "",
    )
    print_table(headings, [_line(row) for row in rows])


def _line(row: Mapping[str, Any]) -> Line:
    voided = say("已作废", "voided") if row["voided_at"] else ""
    what = f"{row['rule']} {stored_term(RuleAct, row['act']).label}"
    return Line((str(row["id"]), row["from_on"], what, set_to(row), row["reason"], voided))


def set_to(row: Mapping[str, Any]) -> str:
    """Describe the numbers that a rule change sets."""
    told = [
        row["every"] and stored_term(Cadence, row["every"]).label,
        row["count"] and say(f"{row['count']} 次", many(row["count"], "time")),
        row["days"] and say(f"{row['days']} 日", many(row["days"], "day")),
        row["months"] and say(f"{row['months']} 个月", many(row["months"], "month")),
        row["by"],
        row["working"] is not None
        and (say("工作日", "working days") if row["working"] else say("自然日", "calendar days")),
        row["strength"] and stored_term(Strength, row["strength"]).label,
        row["remind"] and say(f"提醒 {row['remind']}", f"reminders {row['remind']}"),
    ]
    return say("，", ", ").join(str(each) for each in told if each)
