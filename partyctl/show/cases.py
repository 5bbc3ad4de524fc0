"""Show an integrity-risk case as a timeline: events, deadlines and open duties."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from partyctl.language import comma_list, say, semicolon_list, title_of, with_colon, worded
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.engine.rule import Obligation
from partyctl.show.obligations import state_of
from partyctl.show.scoreboard import WORST_FIRST
from partyctl.show.tables import Line, print_table
from partyctl.show.wording import label
from partyctl.terms import WARNING_CATEGORIES
from partyctl.text import padded, printable, width
from partyctl.typed import typed

if TYPE_CHECKING:
    from partyctl.contract.openness import WarningCase, WarningClocks


def case_as_json(case: "WarningCase", clocks: list[Obligation], on: date) -> "WarningCase":
    """Return the case for JSON, with its timeline and its deadlines."""
    return {
        **case,
        "timeline": [{"on": day, "event": what} for day, what, _ in events(case)],
        "clocks": [_clock(owed, on) for owed in clocks],
    }


def _clock(owed: Obligation, on: date) -> "WarningClocks":
    return {
        "rule": owed.rule.id,
        "article": owed.rule.article,
        "title": title_of(owed.rule),
        "opens": str(owed.opens),
        "due": str(owed.due) if owed.due else None,
        "status": owed.status,
        "on": str(owed.proof.on) if owed.proof else None,
        "days_left": days_left(owed, on),
        "days_overdue": days_overdue(owed, on),
        "remedy": owed.remedy,
    }


def events(case: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the events of a case (day, event, details), the oldest first."""
    found = [
        (case["approved_on"], say("批准", "approved"), case["approved_by"]),
        (case["issued_on"], say("发出", "issued"), label("level", case["level"])),
        (case["delivered_on"], say("送达", "delivered"), ""),
        (case["replied_on"], say("书面回复", "replied"), ""),
        (case["closed_on"], say("结案", "closed"), ""),
        (case["archived_on"], say("归档", "archived"), case["volume"]),
    ]
    for talk in case["talks"]:
        found.append((talk["notified_on"], say("通知谈话", "notice of a talk"), ""))
        found.append((talk["held_on"], say("防范谈话", "talk"), _talk(talk)))
    for form in case["registers"]:
        said = semicolon_list(filter(None, (form["promise"], form["demand"], form["note"])))
        found.append((form["on"], say("填写登记表", "form filled"), said))
    told = ((day, what, more or "") for day, what, more in found if day is not None)
    return sorted(told, key=lambda event: event[0])


def _talk(talk: Mapping[str, Any]) -> str:
    unclear = say("没有说清", "left unclear") if talk["unclear"] else None
    names = comma_list(talk["by"])
    said = (names, talk["place"], talk["lead_reason"], talk["outline"], unclear)
    return semicolon_list(filter(None, said))


def print_case(case: Mapping[str, Any], clocks: list[Obligation], on: date) -> None:
    """Print a case: its fields, its events and deadlines, and the open duties."""
    _print_head(case)
    lines = [(day, Line((day, what, more))) for day, what, more in events(case)]
    lines += [
        (str(owed.due), Line((str(owed.due), say("期限", "due"), _due(owed, on)), owed.status))
        for owed in clocks
        if owed.due is not None and owed.opens < owed.due
    ]
    sys.stdout.write("\n")
    headings = (say("日期", "day"), say("经过", "what happened"), "")
    ordered = [line for _, line in sorted(lines, key=lambda each: each[0])]
    print_table(headings, ordered, say(f"案件 #{case['id']} 的经过", f"Case #{case['id']}"))
    owed_now = sorted(
        (owed for owed in clocks if owed.is_open), key=lambda each: WORST_FIRST[each.status]
    )
    if owed_now:
        sys.stdout.write("\n")
        print_table(("", "", ""), [_owed(each, on) for each in owed_now], say("还要办", "Owed"))


def _due(owed: Obligation, on: date) -> str:
    done = f" {owed.proof.on}" if owed.proof else ""
    return with_colon(title_of(owed.rule), f"{state_of(owed, on)}{done}")


def _owed(owed: Obligation, on: date) -> Line:
    below = f"→ {typed(owed.remedy)}" if owed.remedy else None
    return Line((state_of(owed, on), title_of(owed.rule), owed.rule.article), owed.status, below)


def _print_head(case: Mapping[str, Any]) -> None:
    number = case["category"]
    category = worded(WARNING_CATEGORIES[number])
    fields = [
        (say("对象", "person"), case["name"]),
        (say("当时职务", "post then"), case["post"]),
        (say("方式", "letter"), label("level", case["level"])),
        (say("内容", "category"), f"{number} {category}"),
        (say("范围", "scope"), case["scope"]),
        (say("来源", "source"), case["source"]),
        (say("事实", "facts"), case["facts"]),
        (say("作废原因", "voided"), label("void_reason", case["void_reason"] or "")),
    ]
    told = [(name, text) for name, text in fields if text]
    columns = max(width(name) for name, _ in told)
    for name, text in told:
        sys.stdout.write(f"{padded(name, columns)}  {printable(text, lines=False)}\n")
