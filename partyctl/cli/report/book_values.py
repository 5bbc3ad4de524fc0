"""The contents of a yearbook, part by part: texts and table rows."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from partyctl.calendar import Period, months_between, period_named
from partyctl.cli.paper.dues_sources import assessments, branch_books
from partyctl.cli.paper.making import draft_of
from partyctl.cli.report.gaps import gaps_of
from partyctl.cli.report.registers import is_within
from partyctl.cli.session.reading import Reading
from partyctl.language import (
    bracketed,
    comma_list,
    say,
    spaced,
    title_of,
    with_colon,
    worded,
)
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.questions.scoreboard import IN_ORDER, Item, Scoreboard, heat_of
from partyctl.ledger.reading import applicants, meetings, reviews, talks
from partyctl.ledger.reading.bodies import Branch
from partyctl.money import print_yuan
from partyctl.papers.forms.dues import year_lines
from partyctl.papers.forms.meetings import VOTES, nothing
from partyctl.papers.labels import headed, label, reading_copy
from partyctl.papers.pages.heatmap import DONE
from partyctl.show.obligations import state_of
from partyctl.show.papers import printed_foot
from partyctl.show.rules import rule_object
from partyctl.show.scoreboard import verdict
from partyctl.terms import BLANK, PaperKind, Status, Strength, TalkKind, blank, stored_term

Object = dict[str, Any]
Rows = list[list[str]]
SHOWN = (Status.MET, Status.LATE, Status.DUE, Status.OVERDUE, Status.BREACH, Status.ADVISED)


def book_values(reading: Reading, branch: Branch, year: Period) -> Object:
    """Return all values of a year's book."""
    board, gaps = gaps_of(reading, year)
    return {
        "title": say(f"{year} 年党建工作年册", f"Yearbook {year}"),
        "organ": reading.organ.name,
        "whose": branch.name,
        "made": say(f"截至 {reading.on}", f"as of {reading.on}"),
        "foot": printed_foot(reading.ledger),
        "copy": reading_copy(f"{year} 年党建工作年册") or "",
        "words": {
            "blank": blank(),
            "colon": say("：", ": "),
            "line": say("＿", "_"),
            "language": say("zh", "en"),
            "contents": say("目　录", "Contents"),
            "none": say("本年没有记录。", "Nothing was recorded this year."),
            "signers": [say("主持人签字", "Chair"), say("记录人签字", "Recorder")],
        },
        "result": _result(board),
        "gaps": _gaps(reading, gaps),
        "meetings": _meetings(reading, branch, year),
        "talks": _talks(reading, branch, year),
        "admission": _admission(reading, branch, year),
        "review": _review(reading, year),
        "dues": _dues(reading, year),
        "rules": _rules(reading, min(reading.on, year.last)),
    }


def _result(board: Scoreboard) -> Object:
    by_chapter: dict[int, Counter[Status]] = {}
    for (chapter, _), counts in heat_of(board.items).items():
        by_chapter[chapter] = by_chapter.get(chapter, Counter()) + counts
    rows = [
        [
            title_of(IN_ORDER[place]),
            f"{sum(counts[each] for each in DONE)}/{sum(counts.values())}",
            *(str(counts[each] or "") for each in SHOWN),
        ]
        for place, counts in sorted(by_chapter.items())
    ]
    total = sum(by_chapter.values(), Counter[Status]())
    last = [str(total[each] or "") for each in SHOWN]
    done = f"{sum(total[each] for each in DONE)}/{sum(total.values())}"
    columns = [say("章", "chapter"), say("已办/应办", "done/due"), *(each.label for each in SHOWN)]
    return {
        "title": say("一、本年结果", "1. The year's result"),
        "verdict": verdict(board) + say("。", "."),
        "columns": columns,
        "rows": [*rows, [say("合计", "total"), done, *last]],
    }


def _gaps(reading: Reading, gaps: list[Item]) -> Object:
    return {
        "title": say("缺口和提示", "Gaps and advice"),
        "none": say("没有缺口。", "There are no gaps."),
        "columns": [
            say("条款", "clause"),
            say("缺什么", "what"),
            say("对象", "whose"),
            say("自何日起", "since"),
            say("状态", "status"),
        ],
        "rows": [
            [
                item.obligation.rule.article,
                " ".join(filter(None, (title_of(item.obligation.rule), item.obligation.period))),
                worded(item.obligation.subject.name),
                str(item.obligation.due or item.obligation.opens),
                state_of(item.obligation, reading.on),
            ]
            for item in gaps
        ],
    }


def _meetings(reading: Reading, branch: Branch, year: Period) -> Object:
    held = [
        each
        for each in meetings.meetings(reading.ledger, reading.on, branch.id)
        if is_within(year, each["held_on"])
    ]
    return {
        "title": say("二、会议记录", "2. Records of meetings"),
        "records": [_record(reading, each) for each in held],
    }


def _record(reading: Reading, meeting: Mapping[str, Any]) -> Object:
    values = draft_of(reading, PaperKind.MEETING_RECORD, str(meeting["id"]), None).values
    return {
        "title": f"{meeting['held_on']} {values['会议名称']}{bracketed('#' + str(meeting['id']))}",
        "fields": [
            [headed("时间"), values["时间"], headed("地点"), values["地点"]],
            [headed("主持人"), values["主持人"], headed("记录人"), values["记录人"]],
            [headed("应到"), values["应到"], headed("实到"), values["实到"]],
            [headed("缺席及原因"), values["缺席"], headed("列席"), values["列席"]],
            [headed("议题"), values["议题"]],
        ],
        "parts": [
            {
                "title": headed("发言要点"),
                "lines": [_told(each, "姓名", "要点") for each in values["各发言"]],
            },
            {
                "title": headed("表决和决议"),
                "lines": [_decision(each) for each in values["各表决"]],
            },
            {"title": headed("责任人和期限"), "lines": [_task(each) for each in values["各任务"]]},
            {"title": headed("记录"), "lines": [values["记录"]]},
        ],
    }


def _told(row: Mapping[str, Any], who: str, what: str) -> str | None:
    return None if row[who] is None else with_colon(row[who], row[what])


def _decision(row: Mapping[str, Any]) -> str | None:
    votes = " ".join(
        say(f"{name}{row[name] or BLANK}", f"{label(name)} {row[name] or blank()}")
        for name in VOTES.values()
    )
    if row["议题"] == row["决议"] == nothing():
        return nothing()
    return with_colon(row["议题"], row["决议"] or blank()) + bracketed(votes)


def _task(row: Mapping[str, Any]) -> str:
    if row["事项"] == nothing():
        return nothing()
    by = say(f"{row['责任人']}，{row['期限']}前", f"{row['责任人']}, by {row['期限']}")
    return f"{row['事项']}{bracketed(by)}"


def _talks(reading: Reading, branch: Branch, year: Period) -> Object:
    return {
        "title": say("三、谈心谈话", "3. Talks"),
        "columns": [
            say("日期", "date"),
            say("谈话人", "with"),
            say("种类", "between"),
            say("后续", "to follow"),
        ],
        "rows": [
            [
                each["held_on"],
                comma_list(each["with"]),
                comma_list(stored_term(TalkKind, kind).label for kind in each["between"]),
                each["follow_up"] or "",
            ]
            for each in talks.talks(reading.ledger, reading.on, branch.id)
            if is_within(year, each["held_on"])
        ],
    }


def _admission(reading: Reading, branch: Branch, year: Period) -> Object:
    people = []
    for each in applicants.applicants(reading.ledger, reading.on, branch.id):
        draft = draft_of(reading, PaperKind.ADMISSION_RECORD, f"#{each['id']}", None)
        taken = applicants.steps(reading.ledger, reading.on, each["id"])
        steps = zip(taken, draft.values["各步骤"], strict=False)
        rows = [
            [row["日期"], row["步骤"], row["结果"] or "", row["表决"] or ""]
            for step, row in steps
            if is_within(year, step["on"])
        ]
        if rows or is_within(year, each["applied_on"]):
            stage = draft.values["阶段"] or ""
            people.append({"title": spaced(each["name"], stage), "rows": rows})
    columns = (
        say("日期", "date"),
        say("步骤", "step"),
        say("结果", "result"),
        say("表决", "votes"),
    )
    return {"title": say("四、发展党员", "4. Admission"), "columns": columns, "people": people}


def _review(reading: Reading, year: Period) -> Object:
    heading = say("五、民主评议党员", "5. The yearly review")
    every = reviews.reviews(reading.ledger, reading.on)
    if not any(each["year"] == year.first.year for each in every):
        return {"title": heading, "rows": [], "columns": [], "about": ""}
    register = draft_of(reading, PaperKind.REVIEW_TALLY, year.name, None).register
    assert register is not None
    names = [column.name for column in register.columns]
    return {
        "title": heading,
        "about": register.about,
        "columns": [column.title for column in register.columns],
        "rows": [[_cell(row[name]) for name in names] for row in register.rows],
    }


def _cell(value: object) -> str:
    return blank() if value is None else str(value)


def _dues(reading: Reading, year: Period) -> Object:
    """Return payments by member and month; no bases are shown, so no journal entry is needed."""
    _, books = branch_books(reading)
    lines = list(year_lines(books, assessments(reading), year))
    months = [
        period_named(each)
        for each in months_between(f"{year.first.year}-01", f"{year.first.year}-12")
    ]
    return {
        "title": say("六、党费收缴（元）", "6. Dues (yuan)"),
        "columns": [
            say("姓名", "name"),
            *(say(f"{each.first.month}月", headed(f"{each.first.month}月")) for each in months),
            say("已交", "paid"),
            say("应交", "owed"),
        ],
        "rows": [
            [
                line.name,
                *("" if paid is None else print_yuan(paid) for paid in line.months),
                print_yuan(line.paid),
                say("未核定", "unassessed") if line.owed is None else print_yuan(line.owed),
            ]
            for line in lines
        ],
    }


def _rules(reading: Reading, on: date) -> Object:
    rulebook = reading.rulebook or Rulebook([])
    found = [rule_object(rule, rulebook, on) for rule in CATALOGUE]
    return {
        "title": say("七、现行规则", "7. The rules in force"),
        "about": say(
            f"{on} 有效的规则和期限。", f"The rules and deadlines as they are in force on {on}."
        ),
        "columns": [
            say("条款", "clause"),
            say("事项", "duty"),
            say("要求", "strength"),
            say("期限", "when"),
        ],
        "rows": [
            [
                each["article"],
                each["title"],
                stored_term(Strength, each["strength"]).label,
                each["duty"],
            ]
            for each in found
            if each["enabled"]
        ],
    }
