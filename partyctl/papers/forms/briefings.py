"""Values for the quarterly briefing on openness and the register of opinions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from partyctl.calendar import Period, period_named
from partyctl.money import print_yuan
from partyctl.papers.forms.days import in_chinese
from partyctl.terms import (
    AdmissionStep,
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    MeetingKind,
    OpinionChannel,
    OpinionClass,
    PlanKind,
    ReferredTo,
    Role,
    Term,
    VisitKind,
    stored_term,
)

Object = dict[str, Any]

NUMERALS = "一二三四五六七八九十"
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def quarter_in_chinese(quarter: Period) -> str:
    """A quarter as written in documents: 2026年第一季度."""
    return f"{quarter.first.year}年{QUARTERS[(quarter.first.month - 1) // 3]}"


def sections(recorded: Mapping[str, Any]) -> list[Object]:
    """The numbered parts of a briefing; parts without records are left out."""
    parts = [(title, list(lines)) for title, lines in _parts(recorded)]
    told = [(title, lines) for title, lines in parts if lines]
    return [
        {"标题": f"{NUMERALS[place]}、{title}", "内容": lines}
        for place, (title, lines) in enumerate(told)
    ]


def _parts(recorded: Mapping[str, Any]) -> Iterator[tuple[str, Iterable[str]]]:
    yield "组织生活", _counted("召开", MeetingKind, recorded["meetings"], "次")
    yield "工作计划和任务落实", _work(recorded)
    yield "发展党员", _counted("", AdmissionStep, recorded["admission"], "人")
    yield "党费收缴", _dues(recorded)
    yield "联系群众", _contacts(recorded)
    yield "问题整改", _rectified(recorded)
    yield "公开事项", _published(recorded["published"])
    yield "意见建议办理", _opinions(recorded["opinions"])


def _counted(verb: str, words: type[Term], counts: dict[str, int], unit: str) -> Iterator[str]:
    told = [f"{word.chinese}{counts[word]}{unit}" for word in words if word in counts]
    if told:
        yield f"{verb}{'、'.join(told)}。"


def _work(recorded: Mapping[str, Any]) -> Iterator[str]:
    plans = [stored_term(PlanKind, kind).chinese for kind in recorded["plans"]]
    if plans:
        yield f"制定{'、'.join(plans)}。"
    if recorded["targets_due"] or recorded["targets_done"]:
        yield f"到期任务{recorded['targets_due']}项，完成任务{recorded['targets_done']}项。"
    if recorded["roles"]:
        names = {each["role"]: each["name"] for each in recorded["roles"]}
        named = [f"{role.chinese}{names[role]}" for role in Role if role in names]
        yield f"明确责任分工：{'、'.join(named)}。"


def _dues(recorded: Mapping[str, Any]) -> Iterator[str]:
    if recorded["dues"]:
        yield f"收缴党费{print_yuan(recorded['dues'])}元。"


def _contacts(recorded: Mapping[str, Any]) -> Iterator[str]:
    if recorded["talks"]:
        yield f"开展谈心谈话{recorded['talks']}次。"
    yield from _counted("联系点工作：", VisitKind, recorded["visits"], "次")


def _rectified(recorded: Mapping[str, Any]) -> Iterator[str]:
    if recorded["rectifications_set"] or recorded["rectifications_closed"]:
        new, closed = recorded["rectifications_set"], recorded["rectifications_closed"]
        yield f"新列整改事项{new}项，整改完成{closed}项。"


def _published(published: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in published:
        kind = stored_term(DisclosureKind, each["kind"]).chinese
        form = stored_term(DisclosureForm, each["form"]).chinese
        scope = stored_term(DisclosureScope, each["scope"]).chinese
        yield f"{in_chinese(each['published_on'])}，以{form}形式{scope}公开《{each['title']}》（{kind}）。"


def _opinions(counts: dict[str, int]) -> Iterator[str]:
    if counts["received"]:
        yield (
            f"收到意见建议{counts['received']}件，办结{counts['settled']}件，"
            f"告知本人{counts['told']}件，公布结果{counts['published']}件，"
            f"延期办理{counts['delayed']}件。"
        )


def briefing_values(recorded: Mapping[str, Any], organ: str, on: date) -> Object:
    """The fields of a quarterly briefing."""
    quarter = period_named(recorded["quarter"])
    return {
        "党组": organ,
        "文号": None,
        "季度": quarter_in_chinese(quarter),
        "起始日期": in_chinese(recorded["first"]),
        "截止日期": in_chinese(recorded["known_on"]),
        "各部分": sections(recorded),
        "发出日期": in_chinese(on),
    }


def register_values(
    rows: Sequence[Mapping[str, Any]], organ: str, quarter: Period | None, on: date
) -> Object:
    """The fields of the register of opinions; never the submitter."""
    return {
        "党组": organ,
        "期间": quarter_in_chinese(quarter) if quarter else f"截至{in_chinese(on)}",
        "填表日期": in_chinese(on),
        "各意见": [_opinion(number, row) for number, row in enumerate(rows, start=1)],
    }


def _opinion(number: int, row: Mapping[str, Any]) -> Object:
    told, out = row["told_on"], row["published_on"]
    back = filter(None, (told and "告知本人", out and "公开栏公布"))
    return {
        "序号": str(number),
        "收到日期": in_chinese(row["received_on"]),
        "渠道": stored_term(OpinionChannel, row["channel"]).chinese if row["channel"] else "",
        "类别": stored_term(OpinionClass, row["class"]).chinese,
        "内容": row["text"],
        "承办": "、".join(stored_term(ReferredTo, to).chinese for to in row["referred_to"]),
        "办结日期": in_chinese(row["settled_on"]) or "",
        "办理结果": row["settlement"] or "",
        "反馈": "、".join(back),
    }
