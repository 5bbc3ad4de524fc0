"""Columns for results of steps: 合格 or 不合格 for a training, an examination or a review."""

import re

from partyctl.bilingual import Told
from partyctl.language import say
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.form import Column, Read, Values
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import text_of
from partyctl.terms import AdmissionStep, Result

JUDGED: dict[AdmissionStep, tuple[str, ...]] = {
    AdmissionStep.PUBLICITY: ("积极分子公示",),
    AdmissionStep.TARGET_PUBLICITY: ("发展对象公示",),
    AdmissionStep.TARGET_APPROVAL: ("发展对象审核", "发展对象备案"),
    AdmissionStep.POLITICAL_REVIEW: ("政治审查", "政审"),
    AdmissionStep.TRAINING: (
        "短期集中培训",
        "集中培训",
        "培训",
        "培训考试",
        "培训考核",
        "发展对象培训",
        "结业考试",
    ),
    AdmissionStep.FORM_APPROVAL: ("预审",),
    AdmissionStep.APPROVAL: ("上级批准", "上级党委审批", "党委审批"),
    AdmissionStep.CONVERSION_PUBLICITY: ("转正公示",),
    AdmissionStep.CONVERSION_APPROVAL: ("转正审批", "转正批准"),
}
"""The steps, except the examination, that have a result but no vote.

For each step: the words that can come before 结果, 结论 or 成绩 in a column's name.
"""

EXAM_RESULTS = "exam_results"
PASSED = frozenset(
    ("通过", "合格", "及格", "优秀", "良好", "同意", "批准", "无异议", "考试合格", "pass", "passed")
)
FAILED = frozenset(
    (
        "未通过",
        "不通过",
        "不合格",
        "不及格",
        "未合格",
        "不同意",
        "未批准",
        "不批准",
        "fail",
        "failed",
    )
)
BETWEEN = re.compile(r"[、，,；;/／\n]+")
WITH_RESULT = re.compile(r"\s*[（(]([^（）()]+)[）)]\s*$")
NEXT = re.compile(r"(?<=[）)])\s*[、，,；;\n]?\s*|\s*[；;\n]\s*")


def result_field(step: AdmissionStep) -> str:
    """Return the field for the result of a step."""
    return f"result_{step.value.replace('-', '_')}"


def read_result(cell: Cell) -> Result | None:
    """Parse a result.

    Raises Unread for any unknown word, and for a number of points such as 85, because partyctl does
    not know how many points are enough to pass.
    """
    text = text_of(cell)
    if text is None:
        return None
    word = re.sub(r"\s", "", text).lower()
    if word in PASSED:
        return Result.PASS
    if word in FAILED:
        return Result.FAIL
    raise Unread(
        "result",
        f"结果“{text}”读不出来：写合格或不合格",
        f"cannot read the result “{text}”: write pass or fail",
        choices=(say("合格", "pass"), say("不合格", "fail")),
    )


def read_results(cell: Cell) -> list[Result | None] | None:
    """Parse several results in one cell, such as 合格、合格, in the order of their days."""
    text = text_of(cell)
    return None if text is None else [read_result(part) for part in BETWEEN.split(text) if part]


def examinations(days: Read, field: str) -> Read:
    """Parse days of examinations, with or without results.

    An example is 2025-06-30（合格）、2025-12-30（合格）.
    """

    def read(cell: Cell) -> Values:
        parts = [part for part in NEXT.split(cell) if part] if isinstance(cell, str) else []
        found = [WITH_RESULT.search(part) for part in parts]
        if not any(match and _is_result(match[1]) for match in found):
            return days(cell)
        said: Values = {field: [], EXAM_RESULTS: []}
        for part, match in zip(parts, found, strict=True):
            on = days(part[: match.start()] if match else part).get(field, [])
            result = read_result(match[1]) if match else None
            said[field] += on
            said[EXAM_RESULTS] += [result] * len(on)
        return said

    return read


def _is_result(text: str) -> bool:
    return text.strip() in PASSED | FAILED


def _column(step: AdmissionStep) -> Column:
    return Column(
        field=result_field(step),
        title=Told(f"{step.chinese}结果", f"{step.value} result"),
        names=tuple(f"{word}{end}" for word in JUDGED[step] for end in ("结果", "结论", "成绩")),
        read=kinds.only(result_field(step), read_result),
        choices=tuple(each.chinese for each in Result),
        width=10,
    )


RESULTS = (
    *map(_column, JUDGED),
    Column(
        field=EXAM_RESULTS,
        title=Told(f"{AdmissionStep.EXAM.chinese}结果", f"{AdmissionStep.EXAM.value} results"),
        names=tuple(
            f"{word}{end}"
            for word in ("积极分子考察", "考察", "培养考察", "半年考察")
            for end in ("结果", "结论")
        ),
        read=kinds.only(EXAM_RESULTS, read_results),
        width=14,
    ),
)
"""The columns for results.

A cell can list several examination results, in the order of the examinations' days.
"""
