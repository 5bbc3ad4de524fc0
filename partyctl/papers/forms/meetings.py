"""Values for the meeting record, the sign-in sheet and the papers of 民主生活会."""

from collections.abc import Mapping, Sequence
from typing import Any

from partyctl.papers.forms.days import in_chinese
from partyctl.terms import BLANK, LifeStep, MeetingKind, PackagePart, stored_term

Object = dict[str, Any]

VOTES = {
    "eligible": "应到",
    "present": "实到",
    "approve": "赞成",
    "oppose": "反对",
    "abstain": "弃权",
}
NOTHING = "无"


def kinds_in_words(meeting: Mapping[str, Any]) -> str:
    """The kinds of a meeting: 党员大会、党课."""
    return "、".join(stored_term(MeetingKind, kind).chinese for kind in meeting["kinds"])


def meeting_values(meeting: Mapping[str, Any], measures: Sequence[Mapping[str, Any]]) -> Object:
    """The fields of a meeting's record; `measures`: the tasks it set."""
    day = meeting["held_on"] or meeting["planned_on"]
    ordinal = meeting["ordinal"]
    return {
        "会议名称": kinds_in_words(meeting),
        "第几次": f"第{ordinal}次" if ordinal else None,
        "时间": _time(meeting),
        "日期": in_chinese(day),
        "地点": meeting["place"],
        "主持人": meeting["chair"],
        "记录人": meeting["recorder"],
        "讲课人": meeting["lecturer"],
        "应到": _people(meeting["due_present"]),
        "实到": _people(meeting["present"]),
        "缺席": _absent(meeting),
        "列席": meeting["guests"],
        "主题": meeting["theme"],
        "学时": f"{meeting['hours']:g}小时" if meeting["hours"] else None,
        "议题": "；".join(meeting["topics"]) or None,
        "各发言": _speeches(meeting),
        "各表决": _decisions(meeting),
        "各任务": _measures(measures),
        "记录": _minutes(meeting),
    }


def _time(meeting: Mapping[str, Any]) -> str | None:
    day = in_chinese(meeting["held_on"] or meeting["planned_on"])
    begun, ended = meeting["from_time"], meeting["to_time"]
    if begun is None and ended is None:
        return f"{day}（起止时间{BLANK}）"
    return f"{day} {begun or BLANK}–{ended or BLANK}"


def _people(count: int | None) -> str | None:
    return None if count is None else f"{count}人"


def _absent(meeting: Mapping[str, Any]) -> str | None:
    """The absent people with reasons; 无 if everybody came."""
    named = "、".join(f"{each['name']}（{each['reason']}）" for each in meeting["absent"])
    due, present = meeting["due_present"], meeting["present"]
    return named or (NOTHING if due is not None and due == present else None)


def _speeches(meeting: Mapping[str, Any]) -> list[Object]:
    """The speeches."""
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
    return rows or [dict.fromkeys(("议题", "决议", *VOTES.values()), NOTHING)]


def _measures(measures: Sequence[Mapping[str, Any]]) -> list[Object]:
    rows = [
        {
            "事项": each["problem"],
            "责任人": each["owner"],
            "期限": in_chinese(each["due_on"]),
        }
        for each in measures
    ]
    return rows or [{"事项": NOTHING, "责任人": NOTHING, "期限": NOTHING}]


def _minutes(meeting: Mapping[str, Any]) -> str | None:
    """The minutes as typed, or the name of their file."""
    if meeting["minutes"]:
        return str(meeting["minutes"])
    if meeting["minutes_file"]:
        return f"见记录文件 {meeting['minutes_file']}（SHA-256 {meeting['minutes_sha256'][:16]}…）"
    return None


def sign_in_values(meeting: Mapping[str, Any], names: Sequence[str]) -> Object:
    """The fields of a sign-in sheet: everybody due, each with space for a signature."""
    rows = [
        {"序号": str(n), "姓名": name, "签名": "", "备注": ""} for n, name in enumerate(names, 1)
    ]
    return {
        "会议名称": kinds_in_words(meeting),
        "时间": _time(meeting),
        "地点": meeting["place"],
        "主持人": meeting["chair"],
        "应到": f"{len(names)}人",
        "各人": rows,
    }


PARTS = {
    PackagePart.REPORT: ("1-情况报告", "dl-report"),
    PackagePart.MINUTES: ("2-会议记录", "meeting-record"),
    PackagePart.OUTLINES: ("3-发言提纲", "dl-outlines"),
    PackagePart.OPINIONS: ("4-群众意见", "dl-opinions"),
    PackagePart.MEASURES: ("5-整改措施", "dl-measures"),
}
"""The five files of the package: name and template."""


def package_values(
    meeting: Mapping[str, Any],
    measures: Sequence[Mapping[str, Any]],
    earlier: Sequence[Mapping[str, Any]],
    talks: int,
) -> Object:
    """The fields of all papers of a democratic-life meeting's package (支部·五(5))."""
    steps = meeting.get("steps", [])
    handed = {each["part"]: each["taken_on"] for each in steps if each["step"] == LifeStep.PACKAGE}
    return meeting_values(meeting, measures) | {
        "学习天数": _study(steps),
        "党内意见": _opinions(meeting["opinions_inside"]),
        "党外意见": _opinions(meeting["opinions_outside"]),
        "征求意见日期": in_chinese(meeting["opinions_on"]),
        "谈心谈话": f"{talks}次" if talks else None,
        "提纲": _who(steps, LifeStep.OUTLINE),
        "批评": _who(steps, LifeStep.CRITICISM),
        "查摆问题": "；".join(each["problem"] for each in measures) or None,
        "上次整改": _earlier(earlier),
        "各提纲": _outlines(steps),
        "各意见": [{"来源": None, "内容": None}],
        "各措施": _full_measures(measures),
        "各材料": [
            {
                "序号": str(place),
                "材料": part.chinese,
                "文件": name,
                "交齐": in_chinese(handed.get(part)),
            }
            for place, (part, (name, _)) in enumerate(PARTS.items(), start=1)
        ],
    }


def _study(steps: Sequence[Mapping[str, Any]]) -> str | None:
    days = [each["days"] for each in steps if each["step"] == LifeStep.STUDY and each["days"]]
    return f"{sum(days):g}天" if days else None


def _opinions(count: int | None) -> str | None:
    return None if count is None else f"{count}条"


def _who(steps: Sequence[Mapping[str, Any]], step: LifeStep) -> str | None:
    return "、".join(each["member"] for each in steps if each["step"] == step) or None


def _earlier(earlier: Sequence[Mapping[str, Any]]) -> str | None:
    if not earlier:
        return None
    done = sum(each["closed_on"] is not None for each in earlier)
    return f"共{len(earlier)}项，已完成{done}项"


def _outlines(steps: Sequence[Mapping[str, Any]]) -> list[Object]:
    rows = [
        {"姓名": each["member"], "日期": in_chinese(each["taken_on"]), "提纲": None}
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
            "时限": in_chinese(each["due_on"]),
            "销号": in_chinese(each["closed_on"]) or "",
        }
        for place, each in enumerate(measures, start=1)
    ]
    return rows or [dict.fromkeys(("序号", "问题", "措施", "责任人", "时限", "销号"))]
