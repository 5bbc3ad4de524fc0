"""Values for the meeting record, the sign-in sheet and the papers on a 民主生活会."""

from collections.abc import Mapping, Sequence
from typing import Any

from partyctl.bilingual import Told
from partyctl.language import bracketed, comma_list, say, semicolon_list, worded
from partyctl.papers.forms.days import in_words
from partyctl.terms import LifeStep, MeetingKind, PackagePart, blank, stored_term, told_of

Object = dict[str, Any]

VOTES = {
    "eligible": "应到",
    "present": "实到",
    "approve": "赞成",
    "oppose": "反对",
    "abstain": "弃权",
}


def nothing() -> str:
    """The word that papers show instead of an empty list: 无."""
    return say("无", "none")


def kinds_in_words(meeting: Mapping[str, Any]) -> str:
    """List the kinds of a meeting, such as 党员大会、党课."""
    return comma_list(stored_term(MeetingKind, kind).label for kind in meeting["kinds"])


def meeting_values(meeting: Mapping[str, Any], measures: Sequence[Mapping[str, Any]]) -> Object:
    """Return the fields of a meeting's record.

    `measures`: the rectification items that the meeting set.
    """
    day = meeting["held_on"] or meeting["planned_on"]
    ordinal = meeting["ordinal"]
    return {
        "会议名称": kinds_in_words(meeting),
        "第几次": say(f"第{ordinal}次", str(ordinal)) if ordinal else None,
        "时间": _time(meeting),
        "日期": in_words(day),
        "地点": meeting["place"],
        "主持人": meeting["chair"],
        "记录人": meeting["recorder"],
        "讲课人": meeting["lecturer"],
        "应到": _people(meeting["due_present"]),
        "实到": _people(meeting["present"]),
        "缺席": _absent(meeting),
        "列席": meeting["guests"],
        "主题": meeting["theme"],
        "学时": _hours(meeting["hours"]) if meeting["hours"] else None,
        "议题": semicolon_list(meeting["topics"]) or None,
        "各发言": _speeches(meeting),
        "各表决": _decisions(meeting),
        "各任务": _measures(measures),
        "记录": _minutes(meeting),
    }


def _time(meeting: Mapping[str, Any]) -> str | None:
    day = in_words(meeting["held_on"] or meeting["planned_on"])
    begun, ended = meeting["from_time"], meeting["to_time"]
    if begun is None and ended is None:
        return f"{day}{bracketed(say(f'起止时间{blank()}', f'from and to {blank()}'))}"
    return f"{day} {begun or blank()}–{ended or blank()}"


def _hours(hours: float) -> str:
    return say(f"{hours:g}小时", f"{hours:g}")


def _people(count: int | None) -> str | None:
    return None if count is None else say(f"{count}人", str(count))


def _absent(meeting: Mapping[str, Any]) -> str | None:
    """List the absent people with reasons; 无 if everybody came."""
    named = comma_list(each["name"] + bracketed(each["reason"]) for each in meeting["absent"])
    due, present = meeting["due_present"], meeting["present"]
    return named or (nothing() if due is not None and due == present else None)


def _speeches(meeting: Mapping[str, Any]) -> list[Object]:
    """Return a row for each speech, or one empty row if there were no speeches."""
    said = [{"姓名": each["speaker"], "要点": each["said"]} for each in meeting["speeches"]]
    return said or [{"姓名": None, "要点": None}]


def _decisions(meeting: Mapping[str, Any]) -> list[Object]:
    rows = [
        {
            "议题": each["topic"],
            "决议": each["resolution"],
            **{
                name: str(each["votes"][vote]) if each["votes"] else None
                for vote, name in VOTES.items()
            },
        }
        for each in meeting["decisions"]
    ]
    return rows or [dict.fromkeys(("议题", "决议", *VOTES.values()), nothing())]


def _measures(measures: Sequence[Mapping[str, Any]]) -> list[Object]:
    rows = [
        {
            "事项": each["problem"],
            "责任人": each["owner"],
            "期限": in_words(each["due_on"]),
        }
        for each in measures
    ]
    return rows or [dict.fromkeys(("事项", "责任人", "期限"), nothing())]


def _minutes(meeting: Mapping[str, Any]) -> str | None:
    """Return the minutes as typed, or the name of their file."""
    if meeting["minutes"]:
        return str(meeting["minutes"])
    if meeting["minutes_file"]:
        digest = bracketed(f"SHA-256 {meeting['minutes_sha256'][:16]}…")
        return f"{say('见记录文件', 'in the file')} {meeting['minutes_file']}{digest}"
    return None


def sign_in_values(meeting: Mapping[str, Any], names: Sequence[str]) -> Object:
    """Return the fields of a sign-in sheet: everybody who should attend, with space for a signature."""
    rows = [
        {"序号": str(n), "姓名": name, "签名": "", "备注": ""} for n, name in enumerate(names, 1)
    ]
    return {
        "会议名称": kinds_in_words(meeting),
        "时间": _time(meeting),
        "地点": meeting["place"],
        "主持人": meeting["chair"],
        "应到": _people(len(names)),
        "各人": rows,
    }


PARTS = {
    PackagePart.REPORT: (told_of(PackagePart.REPORT), "dl-report"),
    PackagePart.MINUTES: (Told("会议记录", "minutes"), "meeting-record"),
    PackagePart.OUTLINES: (Told("发言提纲", "outlines"), "dl-outlines"),
    PackagePart.OPINIONS: (told_of(PackagePart.OPINIONS), "dl-opinions"),
    PackagePart.MEASURES: (told_of(PackagePart.MEASURES), "dl-measures"),
}
"""The papers in the package of a democratic-life meeting: each file's name and its template."""

COVER = "dl-cover"


def package_names() -> dict[str, str]:
    """Return the file names of the package, such as 1-情况报告, in order, each with its template."""
    named = {say("0-目录", "0-contents"): COVER}
    for place, (name, template) in enumerate(PARTS.values(), start=1):
        named[_file_of(place, name)] = template
    return named


def _file_of(place: int, name: Told) -> str:
    return f"{place}-{worded(name)}"


def package_values(
    meeting: Mapping[str, Any],
    measures: Sequence[Mapping[str, Any]],
    earlier: Sequence[Mapping[str, Any]],
    talks: int,
) -> Object:
    """Return the fields of all papers in the package of a democratic-life meeting (支部·五(5))."""
    steps = meeting.get("steps", [])
    handed = {each["part"]: each["taken_on"] for each in steps if each["step"] == LifeStep.PACKAGE}
    return meeting_values(meeting, measures) | {
        "学习天数": _study(steps),
        "党内意见": _opinions(meeting["opinions_inside"]),
        "党外意见": _opinions(meeting["opinions_outside"]),
        "征求意见日期": in_words(meeting["opinions_on"]),
        "谈心谈话": say(f"{talks}次", str(talks)) if talks else None,
        "提纲": _who(steps, LifeStep.OUTLINE),
        "批评": _who(steps, LifeStep.CRITICISM),
        "查摆问题": semicolon_list(each["problem"] for each in measures) or None,
        "上次整改": _earlier(earlier),
        "各提纲": _outlines(steps),
        "各意见": [{"来源": None, "内容": None}],
        "各措施": _full_measures(measures),
        "各材料": [
            {
                "序号": str(place),
                "材料": part.label,
                "文件": _file_of(place, name),
                "交齐": in_words(handed.get(part)),
            }
            for place, (part, (name, _)) in enumerate(PARTS.items(), start=1)
        ],
    }


def _study(steps: Sequence[Mapping[str, Any]]) -> str | None:
    days = [each["days"] for each in steps if each["step"] == LifeStep.STUDY and each["days"]]
    return say(f"{sum(days):g}天", f"{sum(days):g}") if days else None


def _opinions(count: int | None) -> str | None:
    return None if count is None else say(f"{count}条", str(count))


def _who(steps: Sequence[Object], step: LifeStep) -> str | None:
    return comma_list(each["member"] for each in steps if each["step"] == step) or None


def _earlier(earlier: Sequence[Mapping[str, Any]]) -> str | None:
    if not earlier:
        return None
    done = sum(each["closed_on"] is not None for each in earlier)
    return say(f"共{len(earlier)}项，已完成{done}项", f"{len(earlier)}, {done} of them done")


def _outlines(steps: Sequence[Mapping[str, Any]]) -> list[Object]:
    rows = [
        {"姓名": each["member"], "日期": in_words(each["taken_on"]), "提纲": None}
        for each in steps
        if each["step"] == LifeStep.OUTLINE
    ]
    return rows or [{"姓名": None, "日期": None, "提纲": None}]


def _full_measures(measures: Sequence[Mapping[str, Any]]) -> list[Object]:
    rows = [
        {
            "序号": str(place),
            "问题": each["problem"],
            "措施": each["measure"],
            "责任人": each["owner"],
            "时限": in_words(each["due_on"]),
            "销号": in_words(each["closed_on"]) or "",
        }
        for place, each in enumerate(measures, start=1)
    ]
    return rows or [dict.fromkeys(("序号", "问题", "措施", "责任人", "时限", "销号"))]
