"""Draw the Word templates that partyctl ships, as an office would: `make templates`.

A4 with the margins of 公文, a heading in the middle, a body in 仿宋 of size three with lines of 28
points, the seal's place at the lower right. The fields in {{ }} are those of partyctl/papers; a
bureau may change the documents in Word and keep its own beside its ledger.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).parent.parent / "partyctl" / "papers" / "forms" / "templates"
BODY, HEADING, LATIN = "仿宋", "宋体", "Times New Roman"
SIZE_TWO, SIZE_THREE, SIZE_FOUR = Pt(22), Pt(16), Pt(14)
IN_FORM, SMALL = Pt(12), Pt(10.5)
LINE = Pt(28)
MIDDLE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
DRAWN_ON = datetime(2026, 1, 1, tzinfo=UTC)
"""The day that every template says it was made, so that the same drawing gives the same bytes."""


def paper(*, sideways: bool = False) -> Any:
    """An empty page of A4 with the margins of 公文."""
    document = Document()
    section = document.sections[0]
    wide, high = (Mm(297), Mm(210)) if sideways else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = wide, high
    section.top_margin, section.bottom_margin = (Mm(26), Mm(22)) if sideways else (Mm(37), Mm(35))
    section.left_margin, section.right_margin = (Mm(22), Mm(22)) if sideways else (Mm(28), Mm(26))
    write_in(document.styles["Normal"], BODY, SIZE_THREE)
    document.core_properties.author = "partyctl"
    document.core_properties.created = document.core_properties.modified = DRAWN_ON
    return document


def save(document: Any, name: str) -> None:
    """Save a template so that drawing it again gives the same bytes.

    A .docx file is a ZIP archive, and python-docx dates each part in it with the present moment.
    """
    saved = io.BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(FOLDER / name, "w") as template:
        for part in parts.namelist():
            entry = ZipInfo(part, DRAWN_ON.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # as on Unix, everywhere
            entry.compress_type = ZIP_DEFLATED
            template.writestr(entry, parts.read(part))


def write_in(of: Any, name: str, size: Pt) -> None:
    """Write in a Chinese face and size; letters and digits in a Latin one."""
    of.font.name, of.font.size = LATIN, size
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def line(
    within: Any,
    text: str,
    *,
    at: Any = None,
    indent: bool = False,
    size: Pt = SIZE_THREE,
    face: str = BODY,
    bold: bool = False,
    spacing: Pt | None = LINE,
) -> Any:
    """A paragraph; `indent` by two characters, as a body is."""
    paragraph = within.add_paragraph()
    dress(paragraph, text, size=size, face=face, bold=bold)
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if spacing is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
    if at is not None:
        form.alignment = at
    if indent:
        form.first_line_indent = size * 2
    return paragraph


def dress(paragraph: Any, text: str, *, size: Pt, face: str = BODY, bold: bool = False) -> None:
    """Put text in a paragraph, in a face and size."""
    run = paragraph.add_run(text)
    write_in_run(run, face, size)
    run.bold = bold


def write_in_run(run: Any, name: str, size: Pt) -> None:
    """The same of a run."""
    run.font.name, run.font.size = LATIN, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def heading(document: Any, *texts: str) -> None:
    """The title in the middle, an empty line below."""
    for text in texts:
        line(document, text, at=MIDDLE, size=SIZE_TWO, face=HEADING, bold=True, spacing=Pt(36))
    line(document, "")


def rule(paragraph: Any) -> None:
    """A line under a paragraph, which parts the head from the letter."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._element.get_or_add_pPr().append(borders)


def signature(document: Any, day: str = "{{ 发出日期 }}") -> None:
    """The body that signs, the day, and where its seal goes."""
    line(document, "")
    line(document, "")
    for text in ("{{ 党组 }}（印章）", day):
        line(document, text, at=RIGHT).paragraph_format.right_indent = SIZE_THREE * 2


def receipt(document: Any) -> None:
    """Where whoever gets the letter signs for it."""
    line(document, "")
    tail = line(document, "本件一式两份，一份交本人，一份归档。", size=SIZE_FOUR, spacing=Pt(24))
    tail.paragraph_format.space_before = Pt(6)
    text = "送达日期：______年____月____日    签收人：____________"
    line(document, text, size=SIZE_FOUR, spacing=Pt(24))


def letter(name: str, title: str, paragraphs: Sequence[str], day: str = "{{ 发出日期 }}") -> None:
    """A letter to one person: number, addressee, body, seal, receipt."""
    document = paper()
    line(document, "{{ 党组 }}", at=MIDDLE, size=Pt(26), face=HEADING, bold=True, spacing=Pt(40))
    rule(line(document, "{{ 文号 }}", at=MIDDLE, size=SIZE_FOUR, spacing=Pt(24)))
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
TALL = {"事由": 34, "核实问题": 24, "本人说明": 24, "{{ 承诺或要求 }}": 24}
"""The rows in which much is written, with their heights in millimetres."""


def form() -> None:
    """The register form of 防范·四4."""
    document = paper()
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    heading(document, "防范工作登记表")
    line(document, "{{ 党组 }}", size=SIZE_FOUR, spacing=Pt(24))
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
    line(document, "填表日期：{{ 登记日期 }}", at=RIGHT, size=SIZE_FOUR, spacing=Pt(28))
    save(document, "register.docx")


def set_widths(table: Any, widths: Sequence[int]) -> None:
    """How wide the columns are, in millimetres: the grid, which some readers go by, and the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def in_cell(
    cell: Any, text: str, *, at: Any = LEFT, size: Pt = IN_FORM, bold: bool = False
) -> None:
    """Text in a cell of a form."""
    paragraph = cell.paragraphs[0]
    dress(paragraph, text, size=size, bold=bold)
    paragraph.paragraph_format.alignment = at
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    cell.vertical_alignment = 1


def briefing() -> None:
    """The quarterly briefing of 公开·7."""
    document = paper()
    line(document, "{{ 党组 }}", at=MIDDLE, size=Pt(26), face=HEADING, bold=True, spacing=Pt(40))
    rule(line(document, "{{ 文号 }}", at=MIDDLE, size=SIZE_FOUR, spacing=Pt(24)))
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
    ("序号", "{{ 意见.序号 }}", 11),
    ("收到日期", "{{ 意见.收到日期 }}", 34),
    ("渠道", "{{ 意见.渠道 }}", 20),
    ("类别", "{{ 意见.类别 }}", 18),
    ("意见内容", "{{ 意见.内容 }}", 58),
    ("承办", "{{ 意见.承办 }}", 22),
    ("办结日期", "{{ 意见.办结日期 }}", 34),
    ("办理结果", "{{ 意见.办理结果 }}", 34),
    ("反馈方式", "{{ 意见.反馈 }}", 22),
)


def register() -> None:
    """The register of opinions (收集办理登记册): never who said them."""
    document = paper(sideways=True)
    heading(document, "意见建议收集办理登记册")
    line(document, "{{ 党组 }}    {{ 期间 }}", size=SIZE_FOUR, spacing=Pt(24))
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
    line(
        document,
        "提出人依规定保密，不列入本册。填表日期：{{ 填表日期 }}",
        size=SMALL,
        spacing=Pt(20),
    )
    save(document, "opinions.docx")


def draw() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    letters()
    form()
    briefing()
    register()


if __name__ == "__main__":
    draw()
