"""Draw the Word templates that partyctl ships: `make templates`.

partyctl/papers fills the fields in {{ }}. A bureau may change the templates in Word and keep its own next to
its ledger. `drawing` has the drawing functions, `paper_layouts` the forms of `partyctl paper`.
"""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from drawing import (
    HEADING,
    MIDDLE,
    RIGHT,
    SIZE_FOUR,
    SIZE_THREE,
    SIZE_TWO,
    SMALL,
    TWO_LINES,
    foot,
    heading,
    in_cell,
    line,
    paper,
    rule,
    save,
    set_widths,
)
from form_drawing import draw_form
from paper_layouts import LAYOUTS


def signature(document: Any, day: str = "{{ 发出日期 }}") -> None:
    """The signing body, the date, and the place for its seal."""
    line(document, "")
    for text in ("{{ 党组 }}（印章）", day):
        line(document, text, at=RIGHT).paragraph_format.right_indent = SIZE_THREE * 2


def receipt(document: Any) -> None:
    """The receipt that the addressee signs, kept on one page."""
    line(document, "").paragraph_format.keep_with_next = True
    told = line(document, "本件一式两份，一份交本人，一份归档。", size=SIZE_FOUR)
    told.paragraph_format.keep_with_next = True
    text = "送达日期：______年____月____日    签收人：____________"
    line(document, text, size=SIZE_FOUR)


def letter(name: str, title: str, paragraphs: Sequence[str], day: str = "{{ 发出日期 }}") -> None:
    """A letter to one person: number, addressee, body, seal, receipt."""
    document = paper()
    foot(document)
    line(document, "{{ 党组 }}", at=MIDDLE, size=Pt(26), face=HEADING, spacing=TWO_LINES)
    rule(line(document, "{{ 文号 }}", at=MIDDLE, size=SIZE_FOUR))
    line(document, "")
    heading(document, title)
    line(document, "{{ 对象 }}同志：")
    for text in paragraphs:
        line(document, text, indent=True)
    signature(document, day)
    receipt(document)
    save(document, name)


def letters() -> None:
    """The letters of 防范·四1 and the notice of 防范·四3."""
    letter(
        "inquiry.docx",
        "询  问  函",
        (
            "根据本局廉政风险防范制度，现就反映你（{{ 单位职务 }}）的以下情况向你询问：",
            "{{ 事实 }}",
            "以上情况属于防范内容第{{ 内容编号 }}类（{{ 内容类别 }}）。",
            "请就上述问题逐项说明有关经过和你的认识，自收到本函之日起{{ 期限 }}内"
            "将书面回复交{{ 受理部门 }}。说明应当实事求是，有关材料可以附后。",
        ),
    )
    letter(
        "admonition.docx",
        "警示诫勉通知书",
        (
            "经查，你（{{ 单位职务 }}）存在以下问题，事实清楚：",
            "{{ 事实 }}",
            "以上问题属于防范内容第{{ 内容编号 }}类（{{ 内容类别 }}）。经{{ 批准人 }}于{{ 批准日期 }}批准，"
            "现对你予以警示诫勉，并提出如下整改要求：",
            "{{ 整改要求 }}",
            "请自收到本通知书之日起{{ 期限 }}内，将个人整改情况以书面形式报{{ 受理部门 }}。",
        ),
    )
    letter(
        "correction.docx",
        "责令纠错通知书",
        (
            "经查，你（{{ 单位职务 }}）存在以下错误：",
            "{{ 事实 }}",
            "以上错误属于防范内容第{{ 内容编号 }}类（{{ 内容类别 }}）。经{{ 批准人 }}于{{ 批准日期 }}批准，"
            "责令你立即纠正，具体要求如下：",
            "{{ 整改要求 }}",
            "请自收到本通知书之日起{{ 期限 }}内，将书面整改报告交{{ 受理部门 }}。",
        ),
    )
    letter(
        "talk-notice.docx",
        "谈 话 通 知",
        (
            "根据本局廉政风险防范制度，经研究，决定与你（{{ 单位职务 }}）进行谈话。",
            "谈话时间：{{ 谈话日期 }}{{ 谈话时刻 }}",
            "谈话地点：{{ 谈话地点 }}",
            "主 谈 人：{{ 主谈人 }}",
            "参加人员：{{ 参加人 }}",
            "请按时到达，就群众和有关方面反映的问题如实说明。因故不能参加的，请提前向{{ 受理部门 }}说明。",
        ),
        day="{{ 通知日期 }}",
    )


FORM = (
    (("编号", "{{ 编号 }}"), ("防范方式", "{{ 防范方式 }}")),
    (("防范对象", "{{ 对象 }}"), ("单位职务", "{{ 单位职务 }}")),
    (("政治面貌", "{{ 政治面貌 }}"), ("来源", "{{ 来源 }}")),
    (("防范范围", "{{ 防范范围 }}"), ("内容类别", "{{ 内容编号 }} {{ 内容类别 }}")),
    (("事由", "{{ 事实 }}"),),
    (("通知日期", "{{ 通知日期 }}"), ("谈话时间", "{{ 谈话日期 }}{{ 谈话时刻 }}")),
    (("谈话地点", "{{ 谈话地点 }}"), ("主谈人", "{{ 主谈人 }}")),
    (("参加人", "{{ 参加人 }}"), ("记录人", "{{ 记录人 }}")),
    (("核实问题", "{{ 核实问题 }}"),),
    (("本人说明", "{{ 本人说明 }}"),),
    (("{{ 承诺或要求 }}", "{{ 承诺或要求内容 }}"),),
    (("批准人", "{{ 批准人 }}"), ("批准日期", "{{ 批准日期 }}")),
    (("回复期限", "{{ 期限日期 }}"), ("实际回复", "{{ 回复日期 }}")),
    (("复谈", "{{ 复谈 }}"), ("归档卷号", "{{ 卷号 }}")),
)
TALL = {"事由": 30, "核实问题": 22, "本人说明": 22, "{{ 承诺或要求 }}": 22}
"""The rows for long text, with their heights in millimetres."""


def form() -> None:
    """The register form of 防范·四4."""
    document = paper()
    foot(document)
    line(document, "防范工作登记表", at=MIDDLE, size=SIZE_TWO, face=HEADING)
    line(document, "{{ 党组 }}", size=SIZE_FOUR)
    table = document.add_table(rows=len(FORM), cols=4)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    set_widths(table, (26, 52, 26, 52))
    for row, pairs in zip(table.rows, FORM, strict=True):
        row.height = Mm(TALL.get(pairs[0][0], 9))
        cells = row.cells
        if len(pairs) == 1:
            cells[1].merge(cells[3])
        for place, (name, value) in enumerate(pairs):
            in_cell(cells[place * 2], name, at=MIDDLE)
            in_cell(cells[place * 2 + 1], value)
    line(document, "填表日期：{{ 登记日期 }}", at=RIGHT, size=SIZE_FOUR)
    save(document, "register.docx")


def briefing() -> None:
    """The quarterly briefing of 公开·7."""
    document = paper()
    foot(document)
    line(document, "{{ 党组 }}", at=MIDDLE, size=Pt(26), face=HEADING, spacing=TWO_LINES)
    rule(line(document, "{{ 文号 }}", at=MIDDLE, size=SIZE_FOUR))
    line(document, "")
    heading(document, "{{ 季度 }}党务公开情况通报")
    line(
        document,
        "现将{{ 季度 }}（{{ 起始日期 }}至{{ 截止日期 }}）党务工作有关情况通报如下：",
        indent=True,
    )
    line(document, "{%p for 部分 in 各部分 %}")
    line(document, "{{ 部分.标题 }}", indent=True, face="黑体")
    line(document, "{%p for 条 in 部分.内容 %}")
    line(document, "{{ 条 }}", indent=True)
    line(document, "{%p endfor %}")
    line(document, "{%p endfor %}")
    signature(document)
    save(document, "briefing.docx")


COLUMNS = (
    ("序号", "{{ 意见.序号 }}", 13),
    ("收到日期", "{{ 意见.收到日期 }}", 30),
    ("渠道", "{{ 意见.渠道 }}", 17),
    ("类别", "{{ 意见.类别 }}", 15),
    ("意见内容", "{{ 意见.内容 }}", 50),
    ("承办", "{{ 意见.承办 }}", 20),
    ("办结日期", "{{ 意见.办结日期 }}", 30),
    ("办理结果", "{{ 意见.办理结果 }}", 30),
    ("反馈方式", "{{ 意见.反馈 }}", 20),
)


def register() -> None:
    """The register of opinions (收集办理登记册), without the submitters' names."""
    document = paper(sideways=True)
    foot(document)
    line(document, "意见建议收集办理登记册", at=MIDDLE, size=SIZE_TWO, face=HEADING)
    line(document, "{{ 党组 }}    {{ 期间 }}", size=SIZE_FOUR)
    table = document.add_table(rows=4, cols=len(COLUMNS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    head, start, each, end = (row.cells for row in table.rows)
    set_widths(table, [width for _, _, width in COLUMNS])
    for place, (name, value, _) in enumerate(COLUMNS):
        in_cell(head[place], name, at=MIDDLE, size=SMALL, bold=True)
        in_cell(each[place], value, size=SMALL)
    in_cell(start[0], "{%tr for 意见 in 各意见 %}")
    in_cell(end[0], "{%tr endfor %}")
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    line(document, "提出人依规定保密，不列入本册。填表日期：{{ 填表日期 }}", size=SMALL)
    save(document, "opinions.docx")


def draw() -> None:
    """Draw all templates."""
    letters()
    form()
    briefing()
    register()
    for each in LAYOUTS:
        draw_form(each)


if __name__ == "__main__":
    draw()
