"""Registers that only an inspection needs: plans with their targets, and cases without names."""

from collections.abc import Mapping, Sequence
from typing import Any

from partyctl.calendar import Period
from partyctl.cli.session.reading import Reading
from partyctl.language import say, spaced
from partyctl.ledger.reading import plans, warnings
from partyctl.ledger.reading.bodies import Branch
from partyctl.papers.forms.registers import Column, Object, Register, numbered
from partyctl.papers.labels import as_of
from partyctl.terms import PlanKind, WarningLevel, stored_term

PLANS = (
    Column("序号", 6),
    Column("计划", 18),
    Column("通过", 13),
    Column("任务", 40),
    Column("责任人", 11),
    Column("完成时限", 13),
    Column("完成", 13),
)
CASES = (
    Column("序号", 6),
    Column("案件", 10),
    Column("防范方式", 14),
    Column("发出", 13),
    Column("送达", 13),
    Column("回复", 13),
    Column("结案", 13),
    Column("归档", 13),
)


def is_within(days: Period, text: str | None) -> bool:
    """Whether a stored day is in a period; False if no day is stored."""
    return text is not None and days.first.isoformat() <= text <= days.last.isoformat()


def plan_register(reading: Reading, branch: Branch, year: Period) -> Register:
    """Return the year's plans of the leading group and of a branch, with their targets."""
    rows: list[Object] = []
    for plan in plans.plans(reading.ledger, reading.on, year=year.first.year):
        if plan["branch"] in (None, branch.name):
            whole = plans.plan(reading.ledger, reading.on, plan["id"])
            items: Sequence[Mapping[str, Any]] = whole["items"] if whole else []
            rows += [_plan_row(plan, item) for item in items or [{}]]
    about = spaced(reading.organ.name, as_of(reading.on))
    return Register(
        say(f"{year}年计划和任务", f"Plans and tasks of {year}"), about, PLANS, numbered(rows)
    )


def _plan_row(plan: Mapping[str, Any], item: Mapping[str, Any]) -> Object:
    return {
        "计划": stored_term(PlanKind, plan["kind"]).label,
        "通过": plan["adopted_on"],
        "任务": item.get("target", ""),
        "责任人": item.get("owner", ""),
        "完成时限": item.get("due_on", ""),
        "完成": item.get("done_on") or "",
    }


def case_register(reading: Reading, year: Period) -> Register:
    """Return the warnings issued in a year, each with its case number but no person and no facts."""
    rows: list[Object] = [
        {
            "案件": f"#{each['id']}",
            "防范方式": stored_term(WarningLevel, each["level"]).label,
            "发出": each["issued_on"],
            "送达": each["delivered_on"] or "",
            "回复": each["replied_on"] or "",
            "结案": each["closed_on"] or "",
            "归档": each["archived_on"] or "",
        }
        for each in warnings.warnings(reading.ledger, reading.on)
        if is_within(year, each["issued_on"])
    ]
    about = spaced(reading.organ.name, as_of(reading.on))
    return Register(
        say(f"{year}年防范案件（只列编号）", f"Warning cases of {year}, by number"),
        about,
        CASES,
        numbered(rows),
    )
