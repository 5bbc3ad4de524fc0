"""GB/T 9704: margins, faces, and 22 lines of 28.99 points on a page."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from partyctl.papers.forms.templates_at_hand import shipped, shipped_papers
from tests.support.waiting import PATIENCE

LETTERS = [each for each in shipped() if each.stem not in ("register", "opinions")]
PITCH, LINES, ROUNDING = 28.99, 22, 0.02
"""Points; Word keeps a twentieth of a point."""


def face_of(run) -> str:
    return run._element.rPr.rFonts.get(qn("w:eastAsia"))


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_letter_has_the_lines_of_an_official_paper(path: Path):
    document = Document(str(path))
    section = document.sections[0]
    assert section.page_width.mm == pytest.approx(210, abs=0.1)
    assert section.page_height.mm == pytest.approx(297, abs=0.1)
    for margin, millimetres in (("top", 37), ("left", 28), ("right", 26), ("bottom", 35)):
        assert getattr(section, f"{margin}_margin").mm == pytest.approx(millimetres, abs=0.1)
    body = [each for each in document.paragraphs if each.runs and each.runs[0].font.size == Pt(16)]
    assert body
    for paragraph in body:
        assert paragraph.paragraph_format.line_spacing.pt == pytest.approx(PITCH, abs=ROUNDING)
        assert face_of(paragraph.runs[0]) in ("仿宋_GB2312", "黑体")
    room = section.page_height - section.top_margin - section.bottom_margin
    assert LINES * body[0].paragraph_format.line_spacing <= room < (LINES + 1) * Pt(PITCH)


@pytest.mark.parametrize("path", [*shipped(), *shipped_papers()], ids=lambda path: path.stem)
def test_a_title_is_in_small_standard_song_of_size_two(path: Path):
    document = Document(str(path))
    titles = [
        each for each in document.paragraphs if each.runs and each.runs[0].font.size == Pt(22)
    ]
    assert titles
    for title in titles:
        assert face_of(title.runs[0]) == "方正小标宋简体"
        assert title.alignment == 1


@pytest.mark.parametrize("path", [*shipped(), *shipped_papers()], ids=lambda path: path.stem)
def test_a_missing_face_has_a_name_to_fall_back_on(path: Path):
    with zipfile.ZipFile(path) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    for name, other in (("方正小标宋简体", "宋体"), ("仿宋_GB2312", "仿宋")):
        assert f'<w:font w:name="{name}"><w:altName w:val="{other}"/>' in fonts


@pytest.mark.parametrize("path", shipped_papers(), ids=lambda path: path.stem)
def test_a_paper_bears_its_number_and_the_ledgers(path: Path):
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
