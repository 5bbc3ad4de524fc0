"""One record on the screen: its fields with their names, or the object as JSON."""

import sys
from typing import Any

from partyctl.language import say
from partyctl.money import print_yuan
from partyctl.show.tables import print_json
from partyctl.terms import (
    Category,
    DuesAct,
    Gender,
    LapseStep,
    LeaveReason,
    MeetingKind,
    Payer,
    PlanKind,
    Post,
    Term,
    stored_term,
)
from partyctl.text import padded, printable, width

LABELS = {
    "id": "编号",
    "name": "姓名",
    "branch": "党支部",
    "cell": "党小组",
    "joined_on": "入党",
    "full_on": "转正",
    "probationary": "预备党员",
    "on_roll_from": "到本支部",
    "dues_paid_to": "转入时党费交至",
    "gender": "性别",
    "birth_on": "出生",
    "id_number": "身份证号",
    "phone": "电话",
    "category": "类别",
    "leader": "领导干部",
    "posts": "职务",
    "left_on": "离开",
    "left_reason": "离开原因",
    "left_to": "去向",
    "left_dues_to": "转出时党费交至",
    "kinds": "种类",
    "planned_on": "计划日期",
    "held_on": "召开日期",
    "chair": "主持人",
    "lecturer": "讲课人",
    "theme": "主题",
    "notified_on": "议题通知",
    "present": "实到",
    "due_present": "应到",
    "present_names": "出席",
    "absent": "缺席",
    "topics": "议题",
    "decisions": "决议",
    "opinions_inside": "党内意见",
    "opinions_outside": "党外意见",
    "opinions_on": "征求意见",
    "criticism": "批评与自我批评",
    "integrity": "廉政教育",
    "hours": "小时",
    "makes_up": "补",
    "minutes": "记录",
    "minutes_file": "记录文件",
    "minutes_sha256": "记录文件 SHA-256",
    "act": "事项",
    "member": "党员",
    "happened_on": "日期",
    "from_month": "起始月份",
    "to_month": "截止月份",
    "amount": "金额",
    "months": "各月",
    "payer": "交纳方式",
    "paid_by": "代交人",
    "consent_on": "支委会同意",
    "consent_meeting_id": "同意的会议",
    "receipt": "收据",
    "reason": "原因",
    "approved_by": "批准",
    "step": "步骤",
    "note": "说明",
    "kind": "种类",
    "year": "年度",
    "adopted_on": "制定",
    "recorded_at": "录入时间",
    "voided_at": "作废时间",
    "void_reason": "作废原因",
}
"""What each field is called on paper; a field without a name here is for programs only."""

TERMS: dict[str, type[Term]] = {
    "gender": Gender,
    "category": Category,
    "left_reason": LeaveReason,
    "kinds": MeetingKind,
    "kind": PlanKind,
    "post": Post,
    "act": DuesAct,
    "payer": Payer,
    "step": LapseStep,
}


def print_record(record: dict[str, Any], *, as_json: bool) -> None:
    """A record whole; fields that say nothing are left out on the screen."""
    if as_json:
        print_json(record)
        return
    fields = [
        (say(LABELS[field], field.replace("_", " ")), words(field, value))
        for field, value in record.items()
        if field in LABELS and value not in (None, [], False)
    ]
    columns = max(width(label) for label, _ in fields)
    for label, text in fields:
        first, *rest = text.split("\n")
        sys.stdout.write(f"{padded(label, columns)}  {printable(first)}\n")
        for line in rest:
            sys.stdout.write(f"{' ' * columns}  {printable(line)}\n")


def words(field: str, value: Any) -> str:  # noqa: ANN401 - whatever a record holds
    """A value as a person reads it."""
    if value is True:
        return say("是", "yes")
    if field == "amount":
        return print_yuan(value)
    if isinstance(value, list):
        separator = "\n" if field in ("decisions", "months", "posts") else "、"
        return separator.join(words(field, each) for each in value)
    if isinstance(value, dict):
        return _composed(field, value)
    return label(field, str(value))


def label(field: str, value: str) -> str:
    """A stored word as the reader wants it."""
    return stored_term(TERMS[field], value).label if field in TERMS else value


def _composed(field: str, value: dict[str, Any]) -> str:
    match field:
        case "posts":
            return f"{label('post', value['post'])} {value['from']}–{value['to'] or ''}"
        case "months":
            return f"{value['month']} {print_yuan(value['amount'])}"
        case "absent":
            return f"{value['name']}（{value['reason']}）"
        case _:
            resolution = value["resolution"] or say("（尚无决议）", "(no resolution yet)")
            votes = value["votes"]
            tally = f"（{'/'.join(str(number) for number in votes.values())}）" if votes else ""
            return f"{value['topic']}：{resolution}{tally}"
