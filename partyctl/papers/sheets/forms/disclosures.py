"""The sheet of disclosures (党务公开), planned or published: one row per disclosure."""

from partyctl.bilingual import Told
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.form import Column, Form
from partyctl.papers.sheets.forms.roster import NUMBER
from partyctl.terms import DisclosureForm, DisclosureKind, DisclosureScope, PeriodClass

KINDS = {
    "党务公开季度通报": DisclosureKind.BRIEFING,
    "规范性工作": DisclosureKind.REGULATIONS,
    "阶段性工作": DisclosureKind.PROGRESS,
    "热点问题": DisclosureKind.HOT_TOPIC,
    "党费收缴情况": DisclosureKind.DUES,
}
SCOPES = {
    "对内公开": DisclosureScope.INTERNAL,
    "内部公开": DisclosureScope.INTERNAL,
    "对外公开": DisclosureScope.EXTERNAL,
    "向社会公开": DisclosureScope.EXTERNAL,
}
FORMS = {
    "党务公开栏": DisclosureForm.BOARD,
    "公示栏": DisclosureForm.BOARD,
    "公告栏": DisclosureForm.BOARD,
    "文件通报": DisclosureForm.DOCUMENT,
    "印发文件": DisclosureForm.DOCUMENT,
    "会议通报": DisclosureForm.MEETING,
}
PERIODS = {
    "长期公开": PeriodClass.STANDING,
    "定期公开": PeriodClass.PERIODIC,
    "随时公开": PeriodClass.ANY_TIME,
}
COLUMNS = (
    NUMBER,
    Column(
        field="title",
        title=Told("标题", "title"),
        names=("标题", "公开内容", "公开事项", "公开标题", "事项", "公开项目", "title"),
        read=kinds.prose("title"),
        is_key=True,
        is_needed=True,
        width=28,
    ),
    Column(
        field="kind",
        title=Told("种类", "kind"),
        names=("种类", "公开种类", "公开类别", "公开类型", "事项类别", "kind"),
        read=kinds.term("kind", DisclosureKind, KINDS, Told("公开事项", "disclosure")),
        choices=tuple(kind.chinese for kind in DisclosureKind),
    ),
    Column(
        field="scope",
        title=Told("范围", "scope"),
        names=("范围", "公开范围", "公开对象", "scope"),
        read=kinds.term("scope", DisclosureScope, SCOPES, Told("公开范围", "scope")),
        choices=tuple(scope.chinese for scope in DisclosureScope),
        width=8,
    ),
    Column(
        field="form",
        title=Told("形式", "form"),
        names=("形式", "公开形式", "公开方式", "方式", "form"),
        read=kinds.term("form", DisclosureForm, FORMS, Told("公开形式", "form")),
        choices=tuple(form.chinese for form in DisclosureForm),
    ),
    Column(
        field="period_class",
        title=Told("时限", "period"),
        names=("时限", "公开时限", "公开期限", "period"),
        read=kinds.term("period_class", PeriodClass, PERIODS, Told("公开时限", "period")),
        choices=tuple(period.chinese for period in PeriodClass),
        width=8,
    ),
    Column(
        field="responsible",
        title=Told("责任人", "responsible"),
        names=("责任人", "责任人姓名", "公开责任人", "负责人", "responsible"),
        read=kinds.prose("responsible"),
    ),
    Column(
        field="reviewed_on",
        title=Told("保密审查日期", "reviewed"),
        names=("保密审查日期", "保密审查时间", "保密审查", "审查日期", "reviewed"),
        read=kinds.day("reviewed_on"),
        is_past=True,
        width=14,
    ),
    Column(
        field="approved_on",
        title=Told("审定日期", "approved"),
        names=(
            "审定日期",
            "审定时间",
            "批准日期",
            "批准时间",
            "审批日期",
            "审批时间",
            "批准",
            "approved",
        ),
        read=kinds.day("approved_on"),
        is_past=True,
    ),
    Column(
        field="published_on",
        title=Told("公布日期", "published"),
        names=("公布日期", "公布时间", "公开日期", "公开时间", "发布日期", "发布时间", "published"),
        read=kinds.day("published_on"),
        is_past=True,
    ),
    Column(
        field="withdrawn_on",
        title=Told("撤下日期", "withdrawn"),
        names=("撤下日期", "撤下时间", "撤除日期", "撤下", "withdrawn"),
        read=kinds.day("withdrawn_on"),
        is_past=True,
    ),
)

DISCLOSURES = Form(noun="disclosure", version=1, columns=COLUMNS)
"""One row per disclosure."""
