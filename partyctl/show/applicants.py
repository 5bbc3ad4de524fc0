"""Show an admission on the screen: its stage, its timeline, and what is missing."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told, many
from partyctl.language import comma_list, say, semicolon_list, title_of, worded
from partyctl.law.admission.ahead import Agenda, Following
from partyctl.law.admission.needs import words_of
from partyctl.law.admission.steps import STEP_OF
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.engine.rule import Obligation
from partyctl.show.listing import ID, Column, field_column
from partyctl.show.obligations import noted, state_of
from partyctl.show.scoreboard import WORST_FIRST
from partyctl.show.tables import Line, print_table, write
from partyctl.terms import AdmissionStep, Result, Stage, Status, Superior, stored_term
from partyctl.typed import typed

if TYPE_CHECKING:
    from partyctl.contract.admission import (
        ApplicantMissing,
        ApplicantNext,
        ApplicantStanding,
        ApplicantWay,
    )

BACK_FILLED = 7
"""If a step is entered more than this many days after its day, it is marked 补录 (entered late)."""

NOWHERE: "ApplicantWay" = {"stage": None, "since": None, "next": None, "missing": [], "overdue": 0}
"""The answer for an application that was voided, or was not recorded by the day of the question."""


def standing(agenda: Agenda | None) -> "ApplicantStanding":
    """Return an applicant's stage and next step, for the columns of a list."""
    if agenda is None:
        return {"stage": None, "since": None, "next_step": None, "next_on": None, "overdue": 0}
    stage, since = agenda.way.reached
    following = agenda.following
    return {
        "stage": stage,
        "since": str(since),
        "next_step": following.row.step if following else None,
        "next_on": str(agenda.next_on) if agenda.next_on else None,
        "overdue": len(agenda.wrong),
    }


def whole_way(agenda: Agenda | None, command: str) -> "ApplicantWay":
    """Return an applicant's stage, next step, what that step needs, and the open duties."""
    if agenda is None:
        return NOWHERE
    on = agenda.way.known.on
    shown = standing(agenda)
    following = agenda.following
    return {
        **shown,
        "next": _following(agenda, following, command) if following else None,
        "missing": [owed_object(each, on) for each in agenda.owed],
    }


def _following(agenda: Agenda, following: Following, command: str) -> "ApplicantNext":
    return {
        "step": following.row.step,
        "title": following.row.step.label,
        "article": following.row.clause,
        "from": str(following.from_on),
        "needs": [
            {
                "step": lack.step,
                "article": STEP_OF[lack.step].clause,
                "told": worded(lack.told),
                "remedy": remedy(agenda, lack.step, command),
            }
            for lack in following.lacks
        ],
        "instead": [
            {"step": step, "title": step.label, "remedy": remedy(agenda, step, command)}
            for step in following.instead
        ],
        "remedy": remedy(agenda, following.row.step, command),
    }


def remedy(agenda: Agenda, step: AdmissionStep, command: str) -> str:
    """Return the command that records a step."""
    name = agenda.way.known.addressed(agenda.way.subject)
    return f"{command} applicant step {name} {words_of(step)}"


def owed_object(owed: Obligation, on: date) -> "ApplicantMissing":
    """Return an open duty of an admission as plain data for JSON."""
    return {
        "rule": owed.rule.id,
        "article": owed.rule.article,
        "title": title_of(owed.rule),
        "period": owed.period,
        "due": str(owed.due) if owed.due else None,
        "status": owed.status,
        "days_overdue": days_overdue(owed, on),
        "days_left": days_left(owed, on),
        "note": noted(owed),
        "remedy": owed.remedy,
    }


COLUMNS = (
    ID,
    field_column("name"),
    Column(Told("阶段", "stage"), lambda row: _word(Stage, row["stage"])),
    Column(Told("自", "since"), "since"),
    Column(Told("下一步", "next"), lambda row: _word(AdmissionStep, row["next_step"])),
    Column(Told("日期", "by"), "next_on"),
    Column(
        Told(Status.OVERDUE.chinese, Status.OVERDUE.value), lambda row: str(row["overdue"] or "")
    ),
)
"""The columns of the list of applicants."""


def _word(vocabulary: type[Stage | AdmissionStep], stored: str | None) -> str:
    return stored_term(vocabulary, stored).label if stored else ""


def toned(row: Mapping[str, Any], cells: tuple[str, ...]) -> Line:
    """Make an applicant's line in the list; it is coloured if a duty is overdue or in breach."""
    return Line(cells, "overdue" if row["overdue"] else None)


def print_timeline(steps: Sequence[Mapping[str, Any]]) -> None:
    """Print the steps taken: day, clause, participants, result."""
    headings = (
        say("日期", "on"),
        say("步骤", "step"),
        say("条款", "clause"),
        say("人员", "who"),
        say("记录", "record"),
    )
    sys.stdout.write("\n")
    print_table(headings, [_step_line(step) for step in steps], say("全程", "The way"))


def _step_line(step: Mapping[str, Any]) -> Line:
    row = STEP_OF[stored_term(AdmissionStep, step["step"])]
    told = semicolon_list(filter(None, _told(step)))
    tone = "breach" if step["override"] else None
    failed = say("（未通过）", " (failed)") if step["result"] == Result.FAIL else ""
    name = row.step.label + failed
    return Line((step["on"], name, row.clause, comma_list(step["with"]), told), tone)


def _told(step: Mapping[str, Any]) -> list[str | None]:
    """Return a short text for each value of a step, or None if the value is not recorded."""
    votes = step["votes"]
    numbers = "/".join(str(votes[name]) for name in VOTES) if votes else ""
    written = (
        "/".join(str(n) for n in votes["written"].values()) if "written" in (votes or {}) else ""
    )
    sent = comma_list(stored_term(Superior, each).label for each in step["to"])
    late, until = step["back_filled_days"], step["until"]
    return [
        say(f"表决 {numbers}", f"votes {numbers}") if votes else None,
        say(f"书面 {written}", f"in writing {written}") if written else None,
        say(f"未计入 {'、'.join(step['excluded'])}", f"not counted: {', '.join(step['excluded'])}")
        if step["excluded"]
        else None,
        say(f"会议 #{step['meeting_id']}", f"meeting #{step['meeting_id']}")
        if step["meeting_id"]
        else None,
        say(f"报{sent}", f"to {sent}") if sent else None,
        say(f"至 {until}", f"until {until}") if until else None,
        say(f"签名 {step['signed_on']}", f"signed {step['signed_on']}")
        if step["signed_on"]
        else None,
        say(f"{step['hours']:g} 学时", f"{step['hours']:g} h") if step["hours"] else None,
        say(f"补 {step['makes_up']}", f"makes up for {step['makes_up']}")
        if step["makes_up"]
        else None,
        step["note"],
        say(f"越过前置条件：{step['override']}", f"overridden: {step['override']}")
        if step["override"]
        else None,
        say(f"补录 {late} 天", f"entered {many(late, 'day')} later") if late else None,
    ]


VOTES = ("eligible", "present", "approve", "oppose", "abstain")


def print_missing(agenda: Agenda, command: str) -> None:
    """Print the open duties, the worst first; then the next step and what it still needs."""
    on = agenda.way.known.on
    owed = sorted(agenda.owed, key=lambda each: (WORST_FIRST[each.status], each.due or date.max))
    if owed:
        headings = (
            say("状态", "status"),
            say("期限", "due"),
            say("事项", "duty"),
            say("条款", "clause"),
        )
        sys.stdout.write("\n")
        print_table(headings, [owed_line(each, on) for each in owed], say("还缺", "Missing"))
    if agenda.following is None:
        return
    following = agenda.following
    when = str(following.from_on) if following.from_on > on else say("现在", "now")
    step = following.row.step
    told = say(
        f"下一步：{step.chinese}[{following.row.clause}]，{when}起",
        f"Next: {step} [{following.row.clause}], from {when}",
    )
    write("")
    write(told)
    write(f"    → {typed(remedy(agenda, step, command))}")
    for other in following.instead:
        write("    " + say(f"或者：{other.chinese}", f"or: {other}"))
        write(f"    → {typed(remedy(agenda, other, command))}")
    for lack in following.lacks:
        needs = say(
            f"先要“{lack.step.chinese}”：{lack.told.chinese}",
            f"first {lack.step}: {lack.told.english}",
        )
        write(f"    {needs}")
        write(f"    → {typed(remedy(agenda, lack.step, command))}")


def owed_line(owed: Obligation, on: date) -> Line:
    """Return an open duty as a line of a table."""
    what = " ".join(filter(None, (title_of(owed.rule), owed.period or noted(owed))))
    due = str(owed.due) if owed.due else say("无期限", "no date")
    below = f"→ {typed(owed.remedy)}" if owed.remedy else None
    return Line((state_of(owed, on), due, what, owed.rule.article), owed.status, below)


def print_coming(items: Sequence[Mapping[str, Any]]) -> None:
    """Print all overdue and coming duties and steps, by day."""
    headings = (
        say("日期", "on"),
        say("姓名", "name"),
        say("阶段", "stage"),
        say("事项", "what"),
        say("条款", "clause"),
        say("状态", "status"),
    )
    print_table(headings, [_coming_line(item) for item in items])


def _coming_line(item: Mapping[str, Any]) -> Line:
    stage = stored_term(Stage, item["stage"]).label
    what = " ".join(filter(None, (item["title"], item["period"])))
    cells = (item["on"] or say("无期限", "no date"), item["applicant"]["name"], stage, what)
    return Line(
        (*cells, item["article"], item["state"]), item["status"], f"→ {typed(item['remedy'])}"
    )
