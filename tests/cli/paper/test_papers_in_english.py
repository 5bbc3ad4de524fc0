"""A paper under PARTYCTL_LANG=en: a reading copy, completely in English, with its own templates and
field names.
"""

import re
import shutil
from pathlib import Path

import pytest
from docx import Document

from partyctl.cli.report import gaps, handover_list, registers
from partyctl.papers.english import ENGLISH
from partyctl.papers.forms.documents import fields
from partyctl.papers.forms.registers import COLUMNS
from partyctl.papers.forms.templates_at_hand import SHIPPED, SHIPPED_PAPERS
from partyctl.papers.labels import field_meant
from partyctl.papers.sheets import registers as workbooks
from tests.cli.paper.conftest import MINUTES
from tests.cli.paper.test_papers import cells_of, words_of
from tests.conftest import Run
from tests.house.test_languages import CHINESE, chinese_in

COPY = "Reading copy in English. The form that is signed is in Chinese: "


@pytest.fixture
def office(bureau: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    return bureau


WORD = {
    "meeting-record 1": (
        ("会议记录", "meeting-record-2025-03-10-members.docx"),
        ("Record of a meeting", "Meeting no.", "3", "2025-03-10 09:30–11:00", "甲<+甲<&>> (出差)"),
    ),
    "sign-in 1": (("签到表", "sign-in-2025-03-10-members.docx"), ("Signed", "Notes", "张三")),
    "talk-record 1": (
        ("谈心谈话记录", "talk-record-2025-03-02-张三+李四.docx"),
        (
            "张三 (branch-secretary, leading-secretary), 李四 (organization, leading-member)",
            "each other",
            "帮带 (by 2025-05-01)",
        ),
    ),
    "activist-form 郑十": (
        ("入党积极分子登记表", "activist-form-郑十.docx"),
        ("2025-03-02 pass due 3 present 3 for 3 against 0 abstained 0", "[to fill in]"),
    ),
    "exam-form 郑十 --period 2025-H1": (
        ("入党积极分子考察表", "exam-form-郑十-2025-H1.docx"),
        ("2025-01-01 to 2025-06-30", "Thought reports of the period", "pass"),
    ),
    "admission-record 郑十": (
        ("发展党员全程记录", "admission-record-郑十.docx"),
        ("Resolution signed", "activist", "due 3 present 3 for 3 against 0 abstained 0"),
    ),
    "roster --as-of 2026-01-15 -o roster.docx": (
        ("党员名册", "roster.docx"),
        ("Roster", "Full member since", "male", "138****1234", "[to fill in]"),
    ),
    "dues-notice 2025-Q1 -o notice.docx": (
        ("党费收缴公示", "notice.docx"),
        ("Dues notice 2025-Q1", "机关支部   2025-Q1   total 265.00 yuan", "229.50"),
    ),
    "inquiry 1": (
        ("询问函", "inquiry-1.docx"),
        ("Letter of inquiry", "Comrade 王五:", f"报表两次迟报 {MINUTES}", "市某局党组 (seal)"),
    ),
    "warning-register 1": (
        ("防范工作登记表", "register-1.docx"),
        ("Promise", "2 a mistake at work", "2025-06-04 [to fill in]", "member of the CPC"),
    ),
    "briefing 2025-Q1": (
        ("党务公开情况通报", "briefing-2025-Q1.docx"),
        (
            "Briefing on openness, quarter 1 of 2025",
            "1. Life of the organisation",
            "Held: members 1, study 1.",
            "Dues collected: 953.50 yuan.",
        ),
    ),
    "opinion-register 2025-Q1": (
        ("意见建议收集办理登记册", "opinion-register-2025-Q1.docx"),
        ("Register of opinions and proposals", "individual", "box", "leading"),
    ),
}
"""For each command: the title of the Chinese form, the name of the file, and texts in the file."""


@pytest.mark.sweep(3)
@pytest.mark.parametrize("line", WORD)
def test_a_word_paper_is_a_reading_copy_in_english(office: Run, line: str):
    (form, file), values = WORD[line]
    told = office(f"paper {line}")
    assert f"{file} written" in told.out
    said = words_of(Path(file))
    for value in values:
        assert value in said, value
    assert f"{COPY}{form} (PARTYCTL_LANG=zh)." in said
    body = [each.replace(MINUTES, "") for each in said if not each.startswith(COPY)]
    assert not [(each, found) for each in body if (found := chinese_in(" a " + each))]


def test_a_chinese_paper_has_no_such_line(bureau: Run):
    bureau("paper meeting-record 1")
    assert not [
        each for each in words_of(Path("会议记录-2025-03-10-党员大会.docx")) if COPY in each
    ]


def test_a_workbook_is_a_reading_copy_in_english(office: Run):
    office("paper dues-register 2025 --as-of 2026-01-15")
    cells = cells_of(Path("dues-register-2025-机关支部.xlsx"))
    assert {"Dues register 2025", "Owed a month", "Jan", "Dec", "Total", "unassessed"} <= set(cells)
    assert f"{COPY}党费收缴登记表 (PARTYCTL_LANG=zh)." in cells
    told = [cell for cell in cells if isinstance(cell, str) and not cell.startswith(COPY)]
    assert not [cell for cell in told if chinese_in(f"a {cell}")]


def test_the_package_is_named_in_english(office: Run):
    office("paper dl-package 3")
    folder = Path("dl-package-2025-11-10")
    assert sorted(each.stem for each in folder.iterdir()) == [
        "0-contents",
        "1-report",
        "2-minutes",
        "3-outlines",
        "4-opinions",
        "5-measures",
    ]
    assert "5-measures" in words_of(folder / "0-contents.docx")


def test_a_field_is_filled_by_its_name_in_either_language(office: Run):
    told = office("paper meeting-record 2 --fill guests=工委 --fill 地点=会议室 -o a.docx")
    said = words_of(Path("a.docx"))
    assert {"工委", "会议室"} <= set(said)
    assert "[to fill in]: " in told.err
    assert "place" not in told.err
    assert "lecturer" not in told.err  # the template has no such field
    assert "guests" not in told.err
    wrong = office("paper meeting-record 2 --fill nothing=1 -o b.docx", code=2).err
    assert "it has: " in wrong
    assert not chinese_in(wrong.replace("nothing", "", 1))
    foot = office("paper meeting-record 2 --fill foot=1 -o b.docx", code=2).err
    assert "The ledger itself fills “foot”" in foot


def test_each_language_has_templates_of_its_own(office: Run, ledger: Path, monkeypatch):
    own = ledger.parent / "templates"
    office("paper templates meeting-record")
    assert [each.name for each in (own / "en").iterdir()] == ["meeting-record.docx"]
    _add(own / "en" / "meeting-record.docx", "Our own {{ 主持人 }}")
    monkeypatch.setenv("PARTYCTL_LANG", "zh")
    office("paper templates meeting-record")
    _add(own / "meeting-record.docx", "本局自用 {{ 主持人 }}")

    office("paper meeting-record 1 -o zh.docx")
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    office("paper meeting-record 1 -o en.docx")

    assert "本局自用 张三" in words_of(Path("zh.docx"))
    assert "Our own 张三" in words_of(Path("en.docx"))
    shutil.rmtree(own / "en")
    office("paper meeting-record 1 -o ours.docx")
    assert "Record of a meeting" in words_of(Path("ours.docx"))
    shutil.copy(own / "meeting-record.docx", own / "named.docx")
    office("paper meeting-record 1 --template named.docx -o named.docx")
    assert "本局自用 张三" in words_of(Path("named.docx"))


def _add(path: Path, text: str) -> None:
    document = Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))


def test_every_column_of_a_register_has_its_english():
    registered = (*COLUMNS.values(), gaps.COLUMNS, registers.PLANS, registers.CASES)
    registered += (workbooks.YEAR, workbooks.ASSESSED, handover_list.OPEN, handover_list.CASES)
    registered += (handover_list.OPINIONS, handover_list.KEPT, handover_list.RUNNING)
    names = {column.name for columns in registered for column in columns}
    assert names - set(ENGLISH) == set()
    assert len(names) > 70


ENGLISH_TEMPLATES = sorted(
    each for folder in (SHIPPED, SHIPPED_PAPERS) for each in folder.glob("en/*.docx")
)


@pytest.mark.parametrize("path", ENGLISH_TEMPLATES, ids=lambda path: path.stem)
def test_an_english_template_is_whole_in_english(path: Path):
    said = [re.sub(r"\{[{%].*?[}%]\}", "", each) for each in words_of(path)]
    assert not [each for each in said if CHINESE.search(each) and not each.startswith(COPY)]
    assert any(each.startswith(COPY) for each in said)


@pytest.mark.sweep(4)
@pytest.mark.parametrize("path", ENGLISH_TEMPLATES, ids=lambda path: path.stem)
def test_an_english_name_means_one_field_of_a_template(path: Path):
    named = fields(path)
    assert named == fields(path.parent.parent / path.name)
    for field in named:
        assert field_meant(ENGLISH[field].upper(), named) == field


@pytest.mark.parametrize(
    ("line", "told", "remedy"),
    [
        (
            "roster 2026",
            "The paper roster takes no subject: “2026” is too much.",
            "partyctl paper roster",
        ),
        (
            "talk-record 1 --period 2025-H1",
            "Only the paper exam-form takes --period.",
            "run the command again without --period",
        ),
        (
            "review-ballot 2025-Q1",
            "This paper cannot be written for the period “2025-Q1”.",
            "partyctl paper review-ballot 2026",
        ),
    ],
)
def test_a_refusal_says_what_the_paper_takes(office: Run, line: str, told: str, remedy: str):
    err = office(f"paper {line}", code=2).err
    assert err.splitlines() == [f"Error: {told}", f"  → {remedy}"]
