"""GB/T 9704: margins, typefaces, and 22 lines of 28.99 points on a page."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from partyctl.papers.forms.registers import COLUMNS
from partyctl.papers.forms.templates_at_hand import SHIPPED, SHIPPED_PAPERS, shipped_papers
from partyctl.terms import PaperKind
from tests.support.waiting import PATIENCE

TEMPLATES = sorted(each for place in (SHIPPED, SHIPPED_PAPERS) for each in place.rglob("*.docx"))
FACES = ("仿宋_GB2312", "黑体", "方正小标宋简体", "宋体")
PITCH, LINES = 28.99, 22
ROUNDING = 0.02
"""The tolerance in points, because Word rounds line spacing."""

MARGINS = {"top": 37, "left": 28, "right": 26, "bottom": 35}
TURNED = {"top": 28, "right": 37, "bottom": 26, "left": 35}
"""The margins of a landscape page: the margins of the upright page, turned by 90 degrees."""


def face_of(run) -> str:
    return run._element.rPr.rFonts.get(qn("w:eastAsia"))


def cells_of(document) -> list:
    return [cell for table in document.tables for row in table.rows for cell in row.cells]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_page_has_the_margins_of_an_official_paper(path: Path):
    section = Document(str(path)).sections[0]
    is_turned = section.orientation == WD_ORIENT.LANDSCAPE
    wide, high = (297, 210) if is_turned else (210, 297)
    assert section.page_width.mm == pytest.approx(wide, abs=0.1)
    assert section.page_height.mm == pytest.approx(high, abs=0.1)
    for margin, millimetres in (TURNED if is_turned else MARGINS).items():
        assert getattr(section, f"{margin}_margin").mm == pytest.approx(millimetres, abs=0.1)
    room = section.page_height - section.top_margin - section.bottom_margin
    if not is_turned:
        assert LINES * Pt(29) <= room < (LINES + 1) * Pt(PITCH)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_line_keeps_the_pitch_and_every_word_an_official_face(path: Path):
    document = Document(str(path))
    lines = document.paragraphs
    assert lines
    for paragraph in lines:
        form = paragraph.paragraph_format
        assert form.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        rows = 2 if paragraph.runs and paragraph.runs[0].font.size == Pt(26) else 1
        assert form.line_spacing.pt == pytest.approx(PITCH * rows, abs=ROUNDING * rows)
        assert (form.space_before, form.space_after) == (0, 0)
    below = document.sections[0].footer.paragraphs
    inside = [each for cell in cells_of(document) for each in cell.paragraphs]
    assert all(
        each.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        and each.paragraph_format.line_spacing >= each.runs[0].font.size
        for each in (*inside, *below)
        if each.runs
    )
    for paragraph in (*lines, *inside, *below):
        for run in paragraph.runs:
            assert face_of(run) in FACES
            assert run.font.name == "Times New Roman"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_table_is_as_wide_as_the_text(path: Path):
    document = Document(str(path))
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert 0.9 * room < sum(column.width for column in table.columns) <= room + Mm(1)


@pytest.mark.parametrize("kind", COLUMNS)
def test_no_entry_of_a_register_is_torn_by_the_end_of_a_page(kind: PaperKind):
    (path,) = (each for each in shipped_papers() if each.stem == kind)
    (table,) = Document(str(path)).tables
    assert table.rows[2]._tr.trPr.findall(qn("w:cantSplit"))
    assert table.rows[0]._tr.trPr.findall(qn("w:tblHeader"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_title_is_in_small_standard_song_of_size_two(path: Path):
    document = Document(str(path))
    titles = [
        each for each in document.paragraphs if each.runs and each.runs[0].font.size == Pt(22)
    ]
    assert titles
    for title in titles:
        assert face_of(title.runs[0]) == "方正小标宋简体"
        assert title.alignment == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_missing_face_has_a_name_to_fall_back_on(path: Path):
    with zipfile.ZipFile(path) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    for name, other in (("方正小标宋简体", "宋体"), ("仿宋_GB2312", "仿宋")):
        assert f'<w:font w:name="{name}"><w:altName w:val="{other}"/>' in fonts


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_paper_bears_its_page_and_the_ledgers_mark(path: Path):
    with zipfile.ZipFile(path) as archive:
        footers = [name for name in archive.namelist() if name.startswith("word/footer")]
        text = "".join(archive.read(name).decode() for name in footers)
    assert "PAGE" in text
    assert "{{ 页脚 }}" in text
    assert 'w:val="28"' in text  # half-points: size four


TWO_PAGES = """
import sys
sys.path.insert(0, "scripts")
import drawing
document = drawing.paper()
for number in range(44):
    drawing.line(document, f"第{number + 1}行")
document.save(sys.argv[1])
"""


@pytest.mark.hard
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice"
)
def test_a_page_holds_twenty_two_lines(tmp_path: Path):
    root = Path(__file__).parents[3]
    path = tmp_path / "lines.docx"
    subprocess.run(
        [sys.executable, "-c", TWO_PAGES, str(path)], cwd=root, check=True, timeout=PATIENCE
    )
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(path)], check=True, capture_output=True, timeout=PATIENCE)
    text = ["pdftotext", str(tmp_path / "lines.pdf"), "-"]
    pages = subprocess.run(text, check=True, capture_output=True).stdout.decode().split("\f")
    assert [page.count("行") for page in pages if "行" in page] == [22, 22]
