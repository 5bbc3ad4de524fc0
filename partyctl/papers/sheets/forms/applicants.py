"""The sheet of applicants: the application, and the day of every later step."""

from partyctl.bilingual import Told
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.form import Column, Form, Read, Values
from partyctl.papers.sheets.forms.results import RESULTS, examinations
from partyctl.papers.sheets.forms.roster import BRANCH, NAME, NUMBER
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import text_of, tidy
from partyctl.terms import AdmissionStep, DossierPaper

WORDS: dict[AdmissionStep, tuple[str, ...]] = {
    AdmissionStep.TALK: ("派人谈话", "谈话"),
    AdmissionStep.ACTIVIST: (
        "确定积极分子",
        "确定为积极分子",
        "列为积极分子",
        "入党积极分子",
        "确定为入党积极分子",
        "确定入党积极分子",
    ),
    AdmissionStep.FILING: ("报备", "积极分子备案", "备案"),
    AdmissionStep.PUBLICITY: ("积极分子公示",),
    AdmissionStep.REGISTRATION_FORM: ("填写积极分子登记表",),
    AdmissionStep.MENTORS: ("指定培养联系人", "确定培养联系人"),
    AdmissionStep.TARGET_PUBLICITY: ("发展对象公示",),
    AdmissionStep.TARGET: ("确定发展对象", "确定为发展对象", "列为发展对象", "发展对象"),
    AdmissionStep.TARGET_APPROVAL: ("发展对象审核", "发展对象备案"),
    AdmissionStep.INTRODUCERS: ("确定入党介绍人", "确定介绍人"),
    AdmissionStep.POLITICAL_REVIEW: ("政治审查", "政审"),
    AdmissionStep.TRAINING: ("短期集中培训", "集中培训"),
    AdmissionStep.FORM_APPROVAL: ("预审",),
    AdmissionStep.APPLICATION_FORM: ("填写入党志愿书",),
    AdmissionStep.COMMITTEE_REVIEW: ("支委会审查",),
    AdmissionStep.VOTE: ("接收预备党员大会", "接收为预备党员", "支部大会通过", "接收预备党员"),
    AdmissionStep.APPROVAL: ("上级批准", "上级党委审批", "审批", "党委审批"),
    AdmissionStep.OATH: ("入党宣誓", "宣誓"),
    AdmissionStep.CONVERSION_REQUEST: ("转正申请", "提出转正申请"),
    AdmissionStep.CONVERSION_PUBLICITY: ("转正公示",),
    AdmissionStep.CONVERSION_VOTE: ("转正大会", "转正支部大会", "支部大会讨论转正"),
    AdmissionStep.CONVERSION_APPROVAL: ("转正审批", "转正批准"),
    AdmissionStep.EXTENSION: ("延长预备期", "延长预备期大会", "大会讨论延长预备期"),
    AdmissionStep.CANCELLATION: ("取消预备党员资格", "取消预备党员资格大会", "取消资格"),
    AdmissionStep.ARCHIVE: ("材料归档", "归档"),
}
"""The names of the columns for steps that happen once, on one day."""

REPEATED: dict[AdmissionStep, tuple[str, ...]] = {
    AdmissionStep.REPORT: ("思想汇报", "提交思想汇报", "递交思想汇报", "书面思想汇报"),
    AdmissionStep.EXAM: ("积极分子考察", "考察", "培养考察", "半年考察"),
}
"""The names of the columns for steps that happen several times.

A cell in a column with such a name contains all days of the step.
"""


def step_field(step: AdmissionStep) -> str:
    """Return the field for the day of a step."""
    return f"on_{step.value.replace('-', '_')}"


def _step_column(step: AdmissionStep) -> Column:
    names = (f"{word}{ending}" for word in WORDS[step] for ending in ("", "日期", "时间", "年月日"))
    return Column(
        field=step_field(step),
        title=Told(f"{step.chinese}日期", step.value),
        names=tuple(names),
        read=kinds.day(step_field(step)),
        is_past=True,
        width=13,
    )


def _days_column(step: AdmissionStep) -> Column:
    names = (
        f"{word}{ending}" for word in REPEATED[step] for ending in ("", "日期", "时间", "年月日")
    )
    return Column(
        field=step_field(step),
        title=Told(f"{step.chinese}日期", step.value),
        names=tuple(names),
        read=_days(step),
        is_past=True,
        width=24,
    )


def _days(step: AdmissionStep) -> Read:
    days = kinds.days(step_field(step))
    return examinations(days, step_field(step)) if step is AdmissionStep.EXAM else days


def kept_field(paper: DossierPaper) -> str:
    """Return the field for the place where a paper is kept."""
    return f"kept_{paper.value.replace('-', '_')}"


def _kept_column(paper: DossierPaper) -> Column:
    return Column(
        field=kept_field(paper),
        title=Told(f"{paper.chinese}存放", f"{paper.value} kept"),
        names=tuple(
            f"{paper.chinese}{word}" for word in ("存放", "存放处", "存放地点", "存放位置")
        ),
        read=kinds.prose(kept_field(paper)),
        width=14,
    )


def _votes(field: str) -> Read:
    """Parse votes written as 12/10/9/0/1.

    Raises Unread for other texts, and for a cell that Excel has turned into a date.
    """

    def read(cell: Cell) -> Values:
        text = text_of(cell)
        if text is None:
            return {}
        votes = tidy(text).replace(" ", "").replace("、", "/")
        if votes.count("/") != 4 or not votes.replace("/", "").isdecimal():
            raise Unread(
                "votes",
                "票数写作 应到/实到/赞成/反对/弃权，如 12/10/9/0/1",
                "write the votes as due/present/for/against/abstained, such as 12/10/9/0/1",
            )
        return {field: votes}

    return read


COLUMNS = (
    NUMBER,
    NAME,
    BRANCH,
    Column(
        field="applied_on",
        title=Told("申请日期", "applied"),
        names=(
            "申请日期",
            "申请时间",
            "申请入党日期",
            "申请入党时间",
            "递交入党申请书日期",
            "递交入党申请书时间",
            "递交申请书时间",
            "递交申请时间",
            "入党申请时间",
            "applied",
            "提交入党申请书时间",
            "提交申请书日期",
            "入党申请日期",
        ),
        read=kinds.day("applied_on"),
        is_past=True,
    ),
    Column(
        field="birth_on",
        title=Told("出生日期", "birth"),
        names=("出生日期", "出生年月", "出生年月日", "出生时间", "birth"),
        read=kinds.day("birth_on"),
        is_past=True,
        asides=frozenset(("month-only", "october")),
    ),
    *(_step_column(step) for step in WORDS),
    *(_days_column(step) for step in REPEATED),
    *RESULTS,
    Column(
        field="extended_to",
        title=Told("延长至", "extended to"),
        names=("延长至", "延长到", "预备期延长至", "延长预备期至", "extended-to"),
        read=kinds.day("extended_to"),
    ),
    Column(
        field="mentors",
        title=Told("培养联系人", "mentors"),
        names=("培养联系人", "培养人", "联系人", "培养联系人姓名", "mentors"),
        read=kinds.people("mentors"),
        width=16,
    ),
    Column(
        field="introducers",
        title=Told("入党介绍人", "introducers"),
        names=("入党介绍人", "介绍人", "入党介绍人姓名", "introducers"),
        read=kinds.people("introducers"),
        width=16,
    ),
    Column(
        field="votes",
        title=Told("接收大会票数", "votes"),
        names=("接收大会票数", "表决票数", "票数", "表决情况", "votes"),
        read=_votes("votes"),
        width=14,
    ),
    Column(
        field="conversion_votes",
        title=Told("转正大会票数", "conversion votes"),
        names=("转正大会票数", "转正表决票数", "conversion-votes"),
        read=_votes("conversion_votes"),
        width=14,
    ),
    Column(
        field="extension_votes",
        title=Told("延长大会票数", "extension votes"),
        names=("延长大会票数", "延长预备期票数", "extension-votes"),
        read=_votes("extension_votes"),
        width=14,
    ),
    Column(
        field="cancellation_votes",
        title=Told("取消资格大会票数", "cancellation votes"),
        names=("取消资格大会票数", "取消资格票数", "cancellation-votes"),
        read=_votes("cancellation_votes"),
        width=14,
    ),
    *(_kept_column(paper) for paper in DossierPaper),
)

APPLICANTS = Form(noun="applicant", version=2, columns=COLUMNS)
"""One row per applicant, with the day of every step so far."""
