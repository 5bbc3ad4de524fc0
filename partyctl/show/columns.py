"""The names of tables, columns and values in the user's language, used to print the journal."""

from collections.abc import Mapping
from typing import Any

from partyctl.bilingual import Told
from partyctl.language import say, worded
from partyctl.money import print_yuan
from partyctl.show.wording import LABELS, TERMS, label
from partyctl.terms import (
    WARNING_CATEGORIES,
    Case,
    Destination,
    DisclosureForm,
    DuesAct,
    Grade,
    Noun,
    ReviewStep,
    told_of,
)

Names = Mapping[str, Mapping[int, str]]
"""The names of people and bodies, keyed by table and then by number."""

ROWS: dict[str, Told] = {
    "admission": Told("入党情况", "admission"),
    "agenda_item": Told("议题", "topic"),
    "announced_year": Told("已公布放假安排的年度", "announced year"),
    "applicant": told_of(Noun.APPLICANT),
    "applicant_paper": Told("材料存放", "paper kept"),
    "applicant_step": Told("发展步骤", "step"),
    "applicant_step_excluded": Told("步骤未计入人员", "not counted in a step"),
    "applicant_step_person": Told("步骤人员", "person of a step"),
    "appointment": Told("任职", "post"),
    "attendance": Told("出席", "attendance"),
    "branch": told_of(Noun.BRANCH),
    "branch_committee": Told("支委会设立", "committee"),
    "cell": told_of(Noun.CELL),
    "contact": told_of(Noun.CONTACT),
    "contact_visit": Told("联系情况", "visit"),
    "disclosure": Told("公开事项", "disclosure"),
    "dues_assessment": told_of(DuesAct.ASSESSMENT),
    "dues_entry": Told("党费记录", "dues entry"),
    "dues_exemption": Told("减免", "exemption"),
    "dues_lapse": Told("欠费处理", "lapse step"),
    "dues_payment": Told("交费", "payment"),
    "dues_payment_line": Told("各月交费", "month of a payment"),
    "dues_remittance": Told("党费上缴", "remittance"),
    "holiday": Told("放假安排", "holiday"),
    "leadership": Told("领导干部", "leading cadre"),
    "meeting": told_of(Noun.MEETING),
    "meeting_excluded": Told("未计入应到", "not counted as due"),
    "meeting_kind": Told("会议种类", "kind of meeting"),
    "meeting_plan": Told("会议计划", "plan of a meeting"),
    "meeting_speech": Told("发言", "speech"),
    "meeting_step": Told("会议步骤", "step of a meeting"),
    "member": told_of(Noun.MEMBER),
    "member_away": Told("外出", "absence"),
    "member_category": Told("类别变动", "category"),
    "minutes_file": Told("记录文件", "minutes file"),
    "opinion": told_of(Noun.OPINION),
    "opinion_step": Told("意见办理", "step of an opinion"),
    "organ": Told("机关", "organ"),
    "personal_report": Told("个人有关事项报告", "personal report"),
    "plan": told_of(Noun.PLAN),
    "plan_item": Told("目标任务", "target"),
    "plan_role": Told("责任主体", "responsibility"),
    "publication": told_of(Case.PUBLICATION),
    "rectification": Told("整改事项", "rectification item"),
    "review": told_of(Noun.REVIEW),
    "review_outcome": told_of(ReviewStep.OUTCOME),
    "review_rating": told_of(ReviewStep.RATING),
    "review_self": Told("自我总结", "self-review"),
    "review_step": Told("评议步骤", "step of a review"),
    "review_votes": Told("测评票", "ballots"),
    "rule_change": Told("规则改动", "rule change"),
    "run": Told("命令", "command"),
    "sanction": Told("处分", "sanction"),
    "sqlite_schema": Told("台账结构", "schema"),
    "staff": Told("工作人员", "staff"),
    "superior": told_of(Destination.SUPERIOR),
    "talk": told_of(Noun.TALK),
    "talk_party": Told("谈话人", "party to a talk"),
    "talk_staff": Told("参加谈话的工作人员", "staff at a talk"),
    "waiver": Told("免除决定", "waiver"),
    "warning": Told("防范案件", "case"),
    "warning_step": Told("案件经过", "step of a case"),
    "warning_talk": Told("防范谈话", "preventive talk"),
    "warning_talker": Told("防范谈话人", "talker"),
}
"""What a row of each table represents."""

COLUMNS: dict[str, Told] = {
    "absent_because": Told("缺席原因", "reason for absence"),
    "abstain": Told("弃权", "abstained"),
    "applicant_id": told_of(Noun.APPLICANT),
    "approve": Told("赞成", "for"),
    "approver_id": Told("批准人", "approved by"),
    "basic": Told("基本合格", "basically qualified"),
    "branch_id": told_of(Noun.BRANCH),
    "by_day": Told("截止日", "by day"),
    "by_vote": Told("经表决", "by vote"),
    "cell_id": told_of(Noun.CELL),
    "chair_id": Told("主持人", "chair"),
    "contact_id": told_of(Noun.CONTACT),
    "count": Told("次数", "how often"),
    "days": Told("天数", "days"),
    "disclosure_id": Told("公开事项", "disclosure"),
    "elected_on": Told("换届选举", "elected on"),
    "eligible": Told("应到会有表决权", "eligible"),
    "entry_id": Told("党费记录", "dues entry"),
    "every": Told("周期", "every"),
    "excellent": told_of(Grade.EXCELLENT),
    "first_month": Told("起始月份", "first month"),
    "founded_on": Told("成立", "founded on"),
    "from_on": Told("自", "from"),
    "half_hours": Told("小时", "hours"),
    "has_committee": Told("设支委会", "with a committee"),
    "last_month": Told("截止月份", "last month"),
    "leader_id": Told("联系领导", "leader"),
    "lecturer_id": Told("讲课人", "lecturer"),
    "lecturer_staff_id": Told("讲课人", "lecturer"),
    "member_id": told_of(Noun.MEMBER),
    "minutes_name": Told("记录文件", "minutes file"),
    "month": Told("月份", "month"),
    "opinion_id": told_of(Noun.OPINION),
    "oppose": Told("反对", "against"),
    "owner_id": Told("责任人", "owner"),
    "paid_on": Told("交费日期", "paid on"),
    "payer_id": Told("代交人", "paid by"),
    "plan_id": told_of(Noun.PLAN),
    "position": Told("次序", "order"),
    "post": Told("职务", "post"),
    "present_count": Told("实到", "present"),
    "qualified": told_of(Grade.QUALIFIED),
    "recorder_id": Told("记录人", "recorder"),
    "recorder_staff_id": Told("记录人", "recorder"),
    "remind": Told("提醒", "reminders"),
    "remitted_on": Told("上缴日期", "remitted on"),
    "remitted_to": Told("上缴至", "remitted to"),
    "resolution": Told("决议", "resolution"),
    "review_id": told_of(Noun.REVIEW),
    "role": Told("责任", "responsibility"),
    "sha256": Told("文件 SHA-256", "SHA-256 of the file"),
    "staff_id": Told("工作人员", "staff"),
    "step_id": Told("步骤", "step"),
    "strength": Told("强度", "strength"),
    "subject_id": Told("对象", "subject"),
    "subject_kind": Told("对象种类", "kind of subject"),
    "talk_id": Told("谈话", "talk"),
    "to_decide": Told("需要表决", "to be decided"),
    "to_general_branch": Told("报党总支", "filed with the general branch"),
    "to_on": Told("至", "to"),
    "to_organ_committee": Told("报机关党委", "filed with the organ's committee"),
    "topic": Told("议题", "topic"),
    "unqualified": told_of(Grade.UNQUALIFIED),
    "warning_id": Told("防范案件", "case"),
    "written_abstain": Told("书面弃权", "abstained in writing"),
    "written_approve": Told("书面赞成", "for, in writing"),
    "written_oppose": Told("书面反对", "against, in writing"),
}
"""The names of columns that LABELS does not contain, because they are not fields of a record."""

OF_ROW: dict[str, Told] = {
    "agenda_item.place": Told("次序", "order"),
    "agenda_item.present": Told("到会有表决权", "present with a vote"),
    "announced_year.source": told_of(DisclosureForm.DOCUMENT),
    "branch.name": Told("名称", "name"),
    "cell.name": Told("名称", "name"),
    "contact.name": Told("名称", "name"),
    "holiday.name": Told("节日", "name"),
    "meeting_speech.place": Told("次序", "order"),
    "organ.name": Told("名称", "name"),
    "publication.published_on": Told("公布日期", "published on"),
    "rule_change.working": Told("按工作日", "working days"),
    "staff.title": Told("身份", "title"),
    "superior.name": Told("名称", "name"),
    "talk.held_on": Told("谈话日期", "held on"),
    "warning.category": Told("内容", "category"),
    "warning.post": Told("当时职务", "post at the time"),
    "warning.scope": Told("防范范围", "scope"),
    "warning_talk.held_on": Told("谈话日期", "held on"),
}
"""The names of columns whose name depends on the table."""

EVENTS: dict[str, Told] = {
    "as_of": Told("截至", "as of"),
    "branch": told_of(Noun.BRANCH),
    "command": Told("命令", "command"),
    "entries": Told("日志条目", "entries"),
    "fields": Told("栏目", "fields"),
    "from": Told("来源", "from"),
    "head": Told("链头", "head"),
    "kept": Told("密钥存放", "key kept in"),
    "month": Told("月份", "month"),
    "reason": Told("原因", "reason"),
    "replaced": Told("被替换的最后一条", "last entry replaced"),
    "replaced_head": Told("被替换的链头", "head replaced"),
    "restored": Told("恢复到", "restored to"),
    "rows": Told("明细", "rows"),
}
"""The names of values in journal entries that record an event instead of a changed row."""

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
"""For each column with the number of a person or body: the table where this number is the key."""

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
"""The columns in which 1 means yes and 0 means no."""

LONGEST = 60
"""Longer texts are cut to this many characters."""


def row_label(table: str) -> str:
    """Say what a row of a table represents: 会议步骤, a step of a meeting."""
    return worded(ROWS[table]) if table in ROWS else table


def column_label(table: str, name: str) -> str:
    """Return the name of a column: 主持人, chair."""
    known = OF_ROW.get(f"{table}.{name}") or COLUMNS.get(name) or LABELS.get(name)
    return worded(known) if known else name


def event_label(name: str) -> str:
    """Return the name of a value in a journal entry."""
    return worded(EVENTS[name]) if name in EVENTS else name


def value_words(table: str, name: str, value: Any, names: Names) -> str:  # noqa: ANN401 - columns have values of any type
    """Translate a stored value for the clerk: a name for a number, 是 for 1, a word for a stored term."""
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
        return f"{value} {worded(WARNING_CATEGORIES[value])}"
    return str(value)
