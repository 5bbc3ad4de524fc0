"""The names of the ledger's rows and columns in the reader's language, as the journal shows them."""

from collections.abc import Mapping
from typing import Any

from partyctl.language import say, speaks_english
from partyctl.money import print_yuan
from partyctl.show.wording import LABELS, TERMS, label
from partyctl.terms import WARNING_CATEGORIES

Names = Mapping[str, Mapping[int, str]]
"""The names of people and bodies: by table, then by number."""

ROWS: dict[str, tuple[str, str]] = {
    "admission": ("入党情况", "admission"),
    "agenda_item": ("议题", "topic"),
    "announced_year": ("已公布放假安排的年度", "announced year"),
    "applicant": ("发展党员", "applicant"),
    "applicant_paper": ("材料存放", "paper kept"),
    "applicant_step": ("发展步骤", "step"),
    "applicant_step_excluded": ("步骤未计入人员", "not counted in a step"),
    "applicant_step_person": ("步骤人员", "person of a step"),
    "appointment": ("任职", "post"),
    "attendance": ("出席", "attendance"),
    "branch": ("党支部", "branch"),
    "branch_committee": ("支委会设立", "committee"),
    "cell": ("党小组", "cell"),
    "contact": ("联系点", "contact"),
    "contact_visit": ("联系情况", "visit"),
    "disclosure": ("公开事项", "disclosure"),
    "dues_assessment": ("党费核定", "assessment"),
    "dues_entry": ("党费记录", "dues entry"),
    "dues_exemption": ("减免", "exemption"),
    "dues_lapse": ("欠费处理", "lapse step"),
    "dues_payment": ("交费", "payment"),
    "dues_payment_line": ("各月交费", "month of a payment"),
    "dues_remittance": ("党费上缴", "remittance"),
    "holiday": ("放假安排", "holiday"),
    "leadership": ("领导干部", "leading cadre"),
    "meeting": ("会议", "meeting"),
    "meeting_excluded": ("未计入应到", "not counted as due"),
    "meeting_kind": ("会议种类", "kind of meeting"),
    "meeting_plan": ("会议计划", "plan of a meeting"),
    "meeting_speech": ("发言", "speech"),
    "meeting_step": ("会议步骤", "step of a meeting"),
    "member": ("党员", "member"),
    "member_away": ("外出", "absence"),
    "member_category": ("类别变动", "category"),
    "minutes_file": ("记录文件", "minutes file"),
    "opinion": ("意见", "opinion"),
    "opinion_step": ("意见办理", "step of an opinion"),
    "organ": ("机关", "organ"),
    "personal_report": ("个人有关事项报告", "personal report"),
    "plan": ("计划", "plan"),
    "plan_item": ("目标任务", "target"),
    "plan_role": ("责任主体", "responsibility"),
    "publication": ("公布", "publication"),
    "rectification": ("整改事项", "rectification item"),
    "review": ("民主评议", "review"),
    "review_outcome": ("表彰和处理", "outcome"),
    "review_rating": ("评定等次", "rating"),
    "review_self": ("自我总结", "self-review"),
    "review_step": ("评议步骤", "step of a review"),
    "review_votes": ("测评票", "ballots"),
    "rule_change": ("规则改动", "rule change"),
    "run": ("命令", "command"),
    "sanction": ("处分", "sanction"),
    "sqlite_schema": ("台账结构", "schema"),
    "staff": ("工作人员", "staff"),
    "superior": ("上级党组织", "superior"),
    "talk": ("谈心谈话", "talk"),
    "talk_party": ("谈话人", "party to a talk"),
    "talk_staff": ("参加谈话的工作人员", "staff at a talk"),
    "waiver": ("免除决定", "waiver"),
    "warning": ("防范案件", "case"),
    "warning_step": ("案件经过", "step of a case"),
    "warning_talk": ("防范谈话", "preventive talk"),
    "warning_talker": ("防范谈话人", "talker"),
}
"""What a row of each table is."""

COLUMNS: dict[str, tuple[str, str]] = {
    "absent_because": ("缺席原因", "reason of absence"),
    "abstain": ("弃权", "abstained"),
    "applicant_id": ("发展党员", "applicant"),
    "approve": ("赞成", "for"),
    "approver_id": ("批准人", "approved by"),
    "basic": ("基本合格", "basically qualified"),
    "branch_id": ("党支部", "branch"),
    "by_day": ("截止日", "by day"),
    "by_vote": ("经表决", "by vote"),
    "cell_id": ("党小组", "cell"),
    "chair_id": ("主持人", "chair"),
    "contact_id": ("联系点", "contact"),
    "count": ("次数", "how often"),
    "days": ("天数", "days"),
    "disclosure_id": ("公开事项", "disclosure"),
    "elected_on": ("换届选举", "elected on"),
    "eligible": ("应到会有表决权", "eligible"),
    "entry_id": ("党费记录", "dues entry"),
    "every": ("周期", "every"),
    "excellent": ("优秀", "excellent"),
    "first_month": ("起始月份", "first month"),
    "founded_on": ("成立", "founded on"),
    "from_on": ("自", "from"),
    "half_hours": ("小时", "hours"),
    "has_committee": ("设支委会", "with a committee"),
    "last_month": ("截止月份", "last month"),
    "leader_id": ("联系领导", "leader"),
    "lecturer_id": ("讲课人", "lecturer"),
    "lecturer_staff_id": ("讲课人", "lecturer"),
    "member_id": ("党员", "member"),
    "minutes_name": ("记录文件", "minutes file"),
    "month": ("月份", "month"),
    "opinion_id": ("意见", "opinion"),
    "oppose": ("反对", "against"),
    "owner_id": ("责任人", "owner"),
    "paid_on": ("交费日期", "paid on"),
    "payer_id": ("代交人", "paid by"),
    "plan_id": ("计划", "plan"),
    "position": ("次序", "order"),
    "post": ("职务", "post"),
    "present_count": ("实到", "present"),
    "qualified": ("合格", "qualified"),
    "recorder_id": ("记录人", "recorder"),
    "recorder_staff_id": ("记录人", "recorder"),
    "remind": ("提醒", "reminders"),
    "remitted_on": ("上缴日期", "remitted on"),
    "remitted_to": ("上缴至", "remitted to"),
    "resolution": ("决议", "resolution"),
    "review_id": ("民主评议", "review"),
    "role": ("责任", "responsibility"),
    "sha256": ("文件 SHA-256", "SHA-256 of the file"),
    "staff_id": ("工作人员", "staff"),
    "step_id": ("步骤", "step"),
    "strength": ("强度", "strength"),
    "subject_id": ("对象", "subject"),
    "subject_kind": ("对象种类", "kind of subject"),
    "talk_id": ("谈话", "talk"),
    "to_decide": ("需要表决", "to be decided"),
    "to_general_branch": ("报党总支", "filed with the general branch"),
    "to_on": ("至", "to"),
    "to_organ_committee": ("报机关党委", "filed with the organ's committee"),
    "topic": ("议题", "topic"),
    "unqualified": ("不合格", "unqualified"),
    "warning_id": ("防范案件", "case"),
    "written_abstain": ("书面弃权", "abstained in writing"),
    "written_approve": ("书面赞成", "for, in writing"),
    "written_oppose": ("书面反对", "against, in writing"),
}
"""Columns that no record shows under their own name; all others are in LABELS."""

OF_ROW: dict[str, tuple[str, str]] = {
    "agenda_item.place": ("次序", "order"),
    "agenda_item.present": ("到会有表决权", "present with a vote"),
    "announced_year.source": ("文件", "document"),
    "branch.name": ("名称", "name"),
    "cell.name": ("名称", "name"),
    "contact.name": ("名称", "name"),
    "holiday.name": ("节日", "name"),
    "meeting_speech.place": ("次序", "order"),
    "organ.name": ("名称", "name"),
    "rule_change.working": ("按工作日", "working days"),
    "staff.title": ("身份", "title"),
    "superior.name": ("名称", "name"),
    "talk.held_on": ("谈话日期", "held on"),
    "warning.category": ("内容", "category"),
    "warning.post": ("当时职务", "post at the time"),
    "warning_talk.held_on": ("谈话日期", "held on"),
}
"""Columns whose name depends on their table."""

EVENTS: dict[str, tuple[str, str]] = {
    "as_of": ("截至", "as of"),
    "branch": ("党支部", "branch"),
    "command": ("命令", "command"),
    "entries": ("日志条目", "entries"),
    "fields": ("栏目", "fields"),
    "from": ("来源", "from"),
    "head": ("链头", "head"),
    "kept": ("密钥存放", "key kept in"),
    "month": ("月份", "month"),
    "reason": ("原因", "reason"),
    "replaced": ("被替换的最后一条", "last entry replaced"),
    "replaced_head": ("被替换的链头", "head replaced"),
    "restored": ("恢复到", "restored to"),
    "rows": ("明细", "rows"),
}
"""What the entry of an act says that changes no row."""

REFERS = {
    "applicant_id": "applicant",
    "approver_id": "member",
    "branch_id": "branch",
    "cell_id": "cell",
    "chair_id": "member",
    "contact_id": "contact",
    "leader_id": "member",
    "lecturer_id": "member",
    "lecturer_staff_id": "staff",
    "member_id": "member",
    "owner_id": "member",
    "payer_id": "member",
    "recorder_id": "member",
    "recorder_staff_id": "staff",
    "staff_id": "staff",
}
"""The columns with the number of somebody, or of a body, that has a name."""

YES_OR_NO = {
    "by_vote",
    "criticism",
    "has_committee",
    "integrity",
    "probationary",
    "to_decide",
    "to_general_branch",
    "to_organ_committee",
    "unclear",
    "works",
}
"""The columns that say yes or no, stored as 1 or 0."""

LONGEST = 60
"""The characters of a long text that are shown."""


def row_label(table: str) -> str:
    """What a row of a table is: 会议步骤, a step of a meeting."""
    return say(*ROWS[table]) if table in ROWS else table


def column_label(table: str, name: str) -> str:
    """The name of a column: 主持人, chair."""
    known = OF_ROW.get(f"{table}.{name}") or COLUMNS.get(name) or LABELS.get(name)
    return say(*known) if known else name


def event_label(name: str) -> str:
    """The name of what an act's entry says."""
    return say(*EVENTS[name]) if name in EVENTS else name


def value_words(table: str, name: str, value: Any, names: Names) -> str:  # noqa: ANN401 - whatever a column holds
    """A stored value as a clerk reads it: a name for a number, 是 for 1, a word for a stored word."""
    if value is None:
        return say("（空）", "(none)")
    if isinstance(value, int):
        return _number(table, name, value, names)
    if name == "subject_kind":
        return row_label(value)
    own = f"{table}.{name}"
    try:
        text = label(own if own in TERMS else name, str(value))
    except StopIteration:
        text = str(value)
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text


def _number(table: str, name: str, value: int, names: Names) -> str:
    if name.endswith("_id"):
        return names.get(REFERS.get(name, ""), {}).get(value, f"#{value}")
    if name in YES_OR_NO or f"{table}.{name}" == "rule_change.working":
        return say("是", "yes") if value else say("否", "no")
    if name in ("amount", "base", "extra"):
        return print_yuan(value)
    if name == "half_hours":
        return f"{value / 2:g}"
    if f"{table}.{name}" == "warning.category":
        return f"{value} {WARNING_CATEGORIES[value][speaks_english()]}"
    return str(value)
