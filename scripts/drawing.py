"""Drawing functions for Word templates: pages, lines and tables in the layout of 公文 (GB/T 9704).

The page is A4 with the margins of 公文; the title is in 小标宋 (size 2), the body in 仿宋 (size 3). A page
has 22 lines at a pitch of 28.99 points. Word rounds to twentieths of a point, so the pitch is
written as 29.00 and the bottom margin is 0.08 mm smaller. If a typeface is missing, Word uses the
alternative names in the document's font table.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from partyctl.language import speaks_english
from partyctl.papers.forms.templates_at_hand import ENGLISH
from partyctl.papers.labels import reading_copy

FOLDER = Path(__file__).parent.parent / "partyctl" / "papers" / "forms" / "templates"
PAPERS = FOLDER.parent / "paper_templates"
BODY, HEADING, CAPTION, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "Times New Roman"
OTHERWISE = {BODY: "仿宋", HEADING: "宋体"}
"""For each typeface that a computer may lack: the typeface that Word uses instead."""

SIZE_TWO, SIZE_THREE, SIZE_FOUR = Pt(22), Pt(16), Pt(14)
IN_FORM, SMALL = Pt(12), Pt(10.5)
IN_CELL = {IN_FORM: Pt(20), SMALL: Pt(18)}
"""The line pitch within a table, keyed by font size."""

LINE, TWO_LINES = Pt(29), Pt(58)
MIDDLE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
DRAWN_ON = datetime(2026, 1, 1, tzinfo=UTC)
"""The creation date written into every template, so that drawing a template again gives the same bytes."""


class Margins(NamedTuple):
    """The margins of a page."""

    top: Mm
    bottom: Mm
    left: Mm
    right: Mm


MARGINS = Margins(top=Mm(37), bottom=Mm(34.92), left=Mm(28), right=Mm(26))
SIDEWAYS_MARGINS = Margins(top=Mm(28), bottom=Mm(26), left=Mm(35), right=Mm(37))
"""A landscape page is a portrait page turned by 90 degrees: the margin for binding, which was on
the left, is at the top."""

UPRIGHT, SIDEWAYS = 156, 225
"""Millimetres between the left and right margins."""


def paper(*, sideways: bool = False) -> Any:
    """An empty page of A4 with the margins of 公文."""
    document = Document()
    section = document.sections[0]
    wide, high = (Mm(297), Mm(210)) if sideways else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = wide, high
    margins = SIDEWAYS_MARGINS if sideways else MARGINS
    section.top_margin, section.bottom_margin = margins.top, margins.bottom
    section.left_margin, section.right_margin = margins.left, margins.right
    write_in(document.styles["Normal"], BODY, SIZE_THREE)
    document.core_properties.author = "partyctl"
    document.core_properties.created = document.core_properties.modified = DRAWN_ON
    return document


def save(document: Any, name: str, folder: Path | None = None) -> None:
    """Save a template so that drawing it again gives the same bytes.

    A .docx file is a ZIP archive, in which each file has a date. python-docx writes the present
    moment as this date, so this function writes `DRAWN_ON` instead.
    """
    saved = io.BytesIO()
    document.save(saved)
    place = (folder or FOLDER) / ENGLISH if speaks_english() else (folder or FOLDER)
    place.mkdir(parents=True, exist_ok=True)
    with ZipFile(saved) as parts, ZipFile(place / name, "w") as template:
        for part in parts.namelist():
            entry = ZipInfo(part, DRAWN_ON.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # on every system
            entry.compress_type = ZIP_DEFLATED
            content = parts.read(part)
            template.writestr(entry, with_fonts(content) if part == FONTS else content)


FONTS = "word/fontTable.xml"


def with_fonts(table: bytes) -> bytes:
    """The font table, with alternative names for typefaces that some office computers lack."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in OTHERWISE.items()
    )
    return table.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())


def foot(document: Any, form: str) -> None:
    """Add the page number between dashes, 7 mm below the text, and the field 页脚 under it.

    The foot of an English paper also names the Chinese form, which is the one to sign.
    """
    section = document.sections[0]
    is_sideways = section.orientation == WD_ORIENT.LANDSCAPE
    section.footer_distance = Mm(13) if is_sideways else Mm(22)
    number = section.footer.paragraphs[0]
    number.paragraph_format.alignment = MIDDLE
    exactly(number, SIZE_FOUR)
    dress(number, "— ", size=SIZE_FOUR, face="宋体")
    run = number.add_run()
    write_in_run(run, "宋体", SIZE_FOUR)
    for kind in ("begin", "", "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        run._element.append(mark)
    dress(number, " —", size=SIZE_FOUR, face="宋体")
    below = section.footer.add_paragraph()
    below.paragraph_format.alignment = MIDDLE
    exactly(below, Pt(10))
    dress(below, "{{ 页脚 }}", size=Pt(8))
    if told := reading_copy(form):
        copy = section.footer.add_paragraph()
        copy.paragraph_format.alignment = MIDDLE
        exactly(copy, Pt(10))
        dress(copy, told, size=Pt(8))


def exactly(paragraph: Any, pitch: Pt) -> None:
    """Set an exact line pitch, which does not depend on the typefaces of the reader's computer."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, pitch


def write_in(of: Any, name: str, size: Pt) -> None:
    """Set the Chinese typeface and the size; letters and digits get a Latin typeface."""
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
    spacing: Pt = LINE,
) -> Any:
    """Add a paragraph.

    `indent`: whether the first line of the paragraph is indented by two characters, as in body
    text.
    """
    paragraph = within.add_paragraph()
    dress(paragraph, text, size=size, face=face, bold=bold)
    exactly(paragraph, spacing)
    form = paragraph.paragraph_format
    if at is not None:
        form.alignment = at
    if indent:
        form.first_line_indent = size * 2
    return paragraph


def dress(paragraph: Any, text: str, *, size: Pt, face: str = BODY, bold: bool = False) -> None:
    """Add text to a paragraph, in a typeface and size."""
    run = paragraph.add_run(text)
    write_in_run(run, face, size)
    run.bold = bold


def write_in_run(run: Any, name: str, size: Pt) -> None:
    """Set the typeface and size of a run (a piece of text in one format)."""
    run.font.name, run.font.size = LATIN, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def heading(document: Any, *texts: str) -> None:
    """Add the centred title with an empty line below."""
    for text in texts:
        line(document, text, at=MIDDLE, size=SIZE_TWO, face=HEADING)
    line(document, "")


def rule(paragraph: Any) -> None:
    """Draw a red line under a paragraph, between the letterhead and the letter."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._element.get_or_add_pPr().append(borders)


def set_widths(table: Any, widths: Sequence[int]) -> None:
    """Set the column widths (mm) in the cells, and in the grid for programs other than Word."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def in_cell(
    cell: Any, text: str, *, at: Any = LEFT, size: Pt = IN_FORM, bold: bool = False
) -> None:
    """Write text in a cell of a form."""
    paragraph = cell.paragraphs[0]
    dress(paragraph, text, size=size, bold=bold)
    paragraph.paragraph_format.alignment = at
    exactly(paragraph, IN_CELL[size])
    cell.vertical_alignment = 1
