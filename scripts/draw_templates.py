"""Draw the Word templates that partyctl ships: `make templates`.

partyctl/papers fills the fields in {{ }}. A bureau can change a template in Word and keep the changed file
next to its ledger, in the folder `templates`. `drawing` has the drawing functions; `paper_layouts` has the
forms of `partyctl paper`.
"""

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from drawing import (
    HEADING,
    MIDDLE,
    RIGHT,
    SIDEWAYS,
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
from form_drawing import draw_form, fitted
from letter_layouts import LETTERS, Letter
from paper_layouts import LAYOUTS

from partyctl.language import bracketed, choose, say, speaks_english, with_colon
from partyctl.papers.labels import headed


def signature(document: Any, day: str = "{{ 发出日期 }}") -> None:
    """Add the name of the leading group that signs, the place for its seal, and the date."""
    line(document, "")
    for text in ("{{ 党组 }}" + bracketed(say("印章", "seal")), day):
        line(document, text, at=RIGHT).paragraph_format.right_indent = SIZE_THREE * 2


def receipt(document: Any) -> None:
    """Add the receipt that the addressee signs; no page break splits it."""
    line(document, "").paragraph_format.keep_with_next = True
    told = line(document, say(*TWO_COPIES), size=SIZE_FOUR)
    told.paragraph_format.keep_with_next = True
    text = say(
        "送达日期：______年____月____日    签收人：____________",
        "Delivered on: ______________    Received by: ____________",
    )
    line(document, text, size=SIZE_FOUR)


TWO_COPIES = (
    "本件一式两份，一份交本人，一份归档。",
    "In two copies: one for the person, one for the file.",
)


def letter(form: Letter) -> None:
    """Draw a letter to one person: number, addressee, text, seal, receipt."""
    document = paper()
    foot(document, form.title[0].replace(" ", ""))
    line(document, "{{ 党组 }}", at=MIDDLE, size=Pt(26), face=HEADING, spacing=TWO_LINES)
    rule(line(document, "{{ 文号 }}", at=MIDDLE, size=SIZE_FOUR))
    line(document, "")
    heading(document, say(*form.title))
    size = (
        SIZE_FOUR if speaks_english() else SIZE_THREE
    )  # the English text is longer and needs more room
    line(document, say("{{ 对象 }}同志：", "Comrade {{ 对象 }}:"), size=size)
    for text in form.paragraphs:
        line(document, say(*text), indent=True, size=size)
    signature(document, form.day)
    receipt(document)
    save(document, form.name)


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


def apart(fields: str) -> str:
    """Two fields in one cell; in the English form there is a space between them."""
    return fields.replace("}}{{", say("}}{{", "}} {{"))


def form() -> None:
    """Draw the registration form of 防范·四4."""
    document = paper()
    foot(document, "防范工作登记表")
    line(
        document,
        say("防范工作登记表", "Registration form of a case"),
        at=MIDDLE,
        size=SIZE_TWO,
        face=HEADING,
    )
    line(document, "{{ 党组 }}", size=SIZE_FOUR)
    table = document.add_table(rows=len(FORM), cols=4)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    set_widths(table, (36, 42, 36, 42) if speaks_english() else (26, 52, 26, 52))
    for row, pairs in zip(table.rows, FORM, strict=True):
        row.height = Mm(TALL.get(pairs[0][0], 9))
        cells = row.cells
        if len(pairs) == 1:
            cells[1].merge(cells[3])
        for place, (name, value) in enumerate(pairs):
            in_cell(cells[place * 2], headed(name), at=MIDDLE)
            in_cell(cells[place * 2 + 1], apart(value))
    line(document, with_colon(headed("填表日期"), "{{ 登记日期 }}"), at=RIGHT, size=SIZE_FOUR)
    save(document, "register.docx")


def briefing() -> None:
    """Draw the quarterly briefing of 公开·7."""
    document = paper()
    foot(document, "党务公开情况通报")
    line(document, "{{ 党组 }}", at=MIDDLE, size=Pt(26), face=HEADING, spacing=TWO_LINES)
    rule(line(document, "{{ 文号 }}", at=MIDDLE, size=SIZE_FOUR))
    line(document, "")
    heading(document, say("{{ 季度 }}党务公开情况通报", "Briefing on openness, {{ 季度 }}"))
    line(
        document,
        say(
            "现将{{ 季度 }}（{{ 起始日期 }}至{{ 截止日期 }}）党务工作有关情况通报如下：",
            "Party work in {{ 季度 }} ({{ 起始日期 }} to {{ 截止日期 }}):",
        ),
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
    """Draw the register of opinions (收集办理登记册), without the submitters' names."""
    document = paper(sideways=True)
    foot(document, "意见建议收集办理登记册")
    line(
        document,
        say("意见建议收集办理登记册", "Register of opinions and proposals"),
        at=MIDDLE,
        size=SIZE_TWO,
        face=HEADING,
    )
    line(document, "{{ 党组 }}    {{ 期间 }}", size=SIZE_FOUR)
    table = document.add_table(rows=4, cols=len(COLUMNS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    head, start, each, end = (row.cells for row in table.rows)
    set_widths(table, fitted([(name, width) for name, _, width in COLUMNS], SIDEWAYS))
    for place, (name, value, _) in enumerate(COLUMNS):
        in_cell(head[place], headed(name), at=MIDDLE, size=SMALL, bold=True)
        in_cell(each[place], value, size=SMALL)
    in_cell(start[0], "{%tr for 意见 in 各意见 %}")
    in_cell(end[0], "{%tr endfor %}")
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    told = say(
        "提出人依规定保密，不列入本册。填表日期：{{ 填表日期 }}",
        "Who gave an opinion stays secret and is not listed. Filled in on: {{ 填表日期 }}",
    )
    line(document, told, size=SMALL)
    save(document, "opinions.docx")


def draw() -> None:
    """Draw all templates in both languages."""
    for language in ("en", "zh"):
        choose(language)
        for each in LETTERS:
            letter(each)
        form()
        briefing()
        register()
        for layout in LAYOUTS:
            draw_form(layout)


if __name__ == "__main__":
    draw()
