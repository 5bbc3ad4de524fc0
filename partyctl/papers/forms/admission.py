"""Values for the admission forms: activist's form, examinations, full record, index of the dossier."""

from collections.abc import Mapping, Sequence
from typing import Any

from partyctl.language import bracketed, comma_list, say, semicolon_list
from partyctl.law.admission.dossier import Standing
from partyctl.law.admission.steps import STEP_OF
from partyctl.papers.forms.days import in_words
from partyctl.papers.forms.meetings import VOTES
from partyctl.papers.forms.registers import numbered
from partyctl.papers.labels import label
from partyctl.terms import AdmissionStep, Result, stored_term

Object = dict[str, Any]

NEVER_STORED = (
    "性别",
    "民族",
    "籍贯",
    "学历",
    "参加工作时间",
    "单位职务",
    "简历",
    "家庭",
    "奖惩",
    "推荐意见",
)
"""Form fields whose values are not in the ledger; the forms show 〔待补〕 in these fields."""


def activist_values(applicant: Mapping[str, Any]) -> Object:
    """The fields of 入党积极分子登记表 (支部·六1; 全国式样)."""
    steps = applicant["steps"]
    exams = [each for each in steps if each["step"] == AdmissionStep.EXAM]
    return {
        **dict.fromkeys(NEVER_STORED),
        "姓名": applicant["name"],
        "出生年月": in_words(applicant["birth_on"]),
        "申请时间": in_words(applicant["applied_on"]),
        "确定时间": _day(steps, AdmissionStep.ACTIVIST),
        "培养联系人": _people(steps, AdmissionStep.MENTORS),
        "支委会意见": _decided(steps, AdmissionStep.ACTIVIST),
        "备案意见": _day(steps, AdmissionStep.FILING),
        "公示": _span(steps, AdmissionStep.PUBLICITY),
        "政审结论": _decided(steps, AdmissionStep.POLITICAL_REVIEW),
        "发展对象意见": _decided(steps, AdmissionStep.TARGET),
        "各考察": [_exam(each) for each in exams]
        or [dict.fromkeys(("日期", "结果", "考察人", "意见"))],
    }


def _exam(step: Mapping[str, Any]) -> Object:
    return {
        "日期": in_words(step["on"]),
        "结果": stored_term(Result, step["result"]).label,
        "考察人": comma_list(step["with"]) or None,
        "意见": step["note"],
    }


def exam_values(applicant: Mapping[str, Any], period: str, first: str, last: str) -> Object:
    """Return the fields of the half-yearly examination form (支部·六3)."""
    steps = applicant["steps"]
    within = [each for each in steps if _counts(each, period, first, last)]
    exam = next((e for e in reversed(within) if e["step"] == AdmissionStep.EXAM), None)
    reports = [in_words(e["on"]) for e in within if e["step"] == AdmissionStep.REPORT]
    return {
        "姓名": applicant["name"],
        "考察期间": _from_to(first, last),
        "申请时间": in_words(applicant["applied_on"]),
        "确定时间": _day(steps, AdmissionStep.ACTIVIST),
        "培养联系人": _people(steps, AdmissionStep.MENTORS),
        "思想汇报": comma_list(filter(None, reports)) or None,
        "考察日期": in_words(exam["on"]) if exam else None,
        "考察结果": stored_term(Result, exam["result"]).label if exam else None,
        "考察人": (comma_list(exam["with"]) or None) if exam else None,
        "考察意见": exam["note"] if exam else None,
        **dict.fromkeys(("思想表现", "工作表现", "学习表现", "联系人意见")),
    }


def _counts(step: Mapping[str, Any], period: str, first: str, last: str) -> bool:
    if step["makes_up"]:
        return bool(step["makes_up"] == period)
    return bool(first <= step["on"] <= last)


def admission_values(applicant: Mapping[str, Any], stage: str | None) -> Object:
    """Return the fields of the complete record of an admission, step by step (支部·六)."""
    return {
        "姓名": applicant["name"],
        "出生年月": in_words(applicant["birth_on"]),
        "申请时间": in_words(applicant["applied_on"]),
        "阶段": stage,
        "终止": _ended(applicant),
        "各步骤": [_step(each) for each in applicant["steps"]]
        or [dict.fromkeys(("日期", "阶段", "步骤", "依据", "人员", "表决", "结果", "签名"))],
    }


def _ended(applicant: Mapping[str, Any]) -> str:
    if applicant["closed_on"] is None:
        return say("无", "none")
    return f"{in_words(applicant['closed_on'])}{bracketed(applicant['close_reason'])}"


def _step(step: Mapping[str, Any]) -> Object:
    row = STEP_OF[stored_term(AdmissionStep, step["step"])]
    told = [stored_term(Result, step["result"]).label if row.is_judged else "", step["note"]]
    return {
        "日期": _from_to(step["on"], step["until"]),
        "阶段": row.stage.label,
        "步骤": row.step.label,
        "依据": row.clause,
        "人员": comma_list(step["with"]),
        "表决": votes_in_words(step["votes"]),
        "结果": semicolon_list(filter(None, told)),
        "签名": in_words(step["signed_on"]) or "",
    }


def votes_in_words(votes: Mapping[str, Any] | None) -> str:
    """Write a meeting's votes: 应到12 实到10 赞成9 反对0 弃权1, and the written votes if there are any."""
    if votes is None:
        return ""
    at_meeting = _counts_in_words(votes)
    if "written" not in votes:
        return at_meeting
    in_writing = _counts_in_words(votes["written"])
    return f"{at_meeting} {say(f'书面意见：{in_writing}', f'in writing: {in_writing}')}"


def _counts_in_words(counts: Mapping[str, Any]) -> str:
    return " ".join(
        say(f"{name}{counts[vote]}", f"{label(name)} {counts[vote]}")
        for vote, name in VOTES.items()
        if vote in counts
    )


def dossier_rows(standings: Sequence[Standing]) -> list[Object]:
    """Return the rows of the dossier's index, one for each paper.

    Each row has the paper, the step that produces the paper, the place where the paper must be kept
    in the end, and whether the paper is on hand.
    """
    return numbered(
        [
            {
                "材料": each.filed.paper.label,
                "步骤": each.filed.step.label
                if each.filed.step
                else say("提出申请", "application"),
                "去向": comma_list(to.label for to in each.filed.destinations),
                "是否在卷": _on_hand(each),
                "存放": each.kept_at or "",
                "依据": each.filed.clauses,
            }
            for each in standings
        ]
    )


def _on_hand(standing: Standing) -> str:
    if standing.kept_at is not None:
        return say("在卷", "on hand")
    return say("缺", "missing") if standing.is_due else say("未到步骤", "not due yet")


def _taken(steps: Sequence[Mapping[str, Any]], step: AdmissionStep) -> Object | None:
    """Return the latest record of a step."""
    return next((each for each in reversed(steps) if each["step"] == step), None)


def _day(steps: Sequence[Mapping[str, Any]], step: AdmissionStep) -> str | None:
    taken = _taken(steps, step)
    return in_words(taken["on"]) if taken else None


def _span(steps: Sequence[Mapping[str, Any]], step: AdmissionStep) -> str | None:
    taken = _taken(steps, step)
    if taken is None:
        return None
    return _from_to(taken["on"], taken["until"])


def _from_to(first: str, last: str | None) -> str:
    """Write the first day of a period, and its last day if there is one."""
    until = say(f"至{in_words(last)}", f" to {in_words(last)}") if last else ""
    return f"{in_words(first)}{until}"


def _people(steps: Sequence[Mapping[str, Any]], step: AdmissionStep) -> str | None:
    taken = _taken(steps, step)
    return (comma_list(taken["with"]) or None) if taken else None


def _decided(steps: Sequence[Mapping[str, Any]], step: AdmissionStep) -> str | None:
    taken = _taken(steps, step)
    if taken is None:
        return None
    result = stored_term(Result, taken["result"]).label
    return " ".join(filter(None, (in_words(taken["on"]), result, votes_in_words(taken["votes"]))))
