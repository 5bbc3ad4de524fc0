"""The yearbook: every record once, the same bytes each time, and an error that names a missing font."""

import hashlib
import json
import re
import shutil
import stat
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from partyctl.law.catalogue import CATALOGUE
from partyctl.text import is_hostile
from tests.cli.conftest import Refused, write_ledger
from tests.conftest import Run
from tests.support.outside.hostile_texts import NAMES, plant

typst = pytest.importorskip("typst", reason="NOT TESTED: typst is not installed: partyctl[pdf]")

from partyctl.papers.book import binding, legible  # noqa: E402 - of no use without typst

if not binding.families(typst.Fonts()) & set(binding.SERIF):
    pytest.skip(
        "NOT TESTED: no Chinese font; apt-get install fonts-noto-cjk", allow_module_level=True
    )

DAY = "--as-of 2026-03-31"
MORE = """
    meeting add members,lecture --on 2026-02-10 --chair 张三 --lecturer 张三 --present all --topic 传达
    dues assess 张三 --base 98765.43 --from 2026-01
    dues assess 王五 --base 2000 --from 2026-01
    talk add --on 2026-02-10 --with 张三,李四
    applicant add 郑十 --applied 2026-02-01 --birth 1999-01-01
    opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众
    warning issue 王五 --level inquiry --category 4 --facts 越权审批事项 --on 2026-03-02
    review open 2026 --on 2026-03-05
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, january_ledger: Path) -> Path:
    path = tmp_path_factory.mktemp("book") / "ledger.db"
    return write_ledger(shutil.copy(january_ledger, path), MORE)


def text_of(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("NOT TESTED: no pdftotext (poppler)")
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return told.stdout


def test_it_holds_cover_contents_records_and_rules(office: Run):
    told = office(f"report book 2026 {DAY} --json").json
    path = Path("党建工作年册-2026.pdf")
    assert told["file"] == str(path)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert set(told["fonts"]) == {"title", "body", "heading"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    text = text_of(path)
    pages = text.split("\f")
    assert "年党建工作年册" in pages[0].replace(" ", "")
    found = re.findall(
        r"^\s*([一二三四五六七]、\S+)\s*(?:[.·…]\s*){4,}\u2060?(\d+)\s*$", text, re.MULTILINE
    )
    assert [number for number, _ in found] == [
        "一、本年结果",
        "二、会议记录",
        "三、谈心谈话",
        "四、发展党员",
        "五、民主评议党员",
        "六、党费收缴（元）",
        "七、现行规则",
    ]
    for title, page in found:
        body = re.sub(r"\s", "", pages[int(page)])
        assert title in body, f"the table of contents names page {page} for {title}"
    flat = re.sub(r"\s", "", text)
    for meeting in office(f"meeting list {DAY} --json").json:
        assert f"{meeting['held_on']}" in flat
    assert flat.count("主持人签字") == 4
    assert "郑十" in flat
    for rule in CATALOGUE:
        if rule.is_always_in_force:
            assert re.sub(r"\s", "", rule.title)[:6] in flat, rule.id


def test_the_result_is_that_of_check(office: Run):
    office(f"report book 2026 {DAY} -o b.pdf")
    summary = office(f"check --period 2026 {DAY} --json", code=3).json["summary"]
    done = summary["met"] + summary["late"] + summary["waived"]
    [line] = [
        each for each in text_of(Path("b.pdf")).splitlines() if each.strip().startswith("合计")
    ]
    numbers = line.split()[1:]
    assert numbers[0] == f"{done}/{sum(summary.values())}"
    shown = ("met", "late", "due", "overdue", "breach", "advised")
    assert numbers[1:] == [str(summary[each]) for each in shown if summary[each]]


def test_no_income_no_submitter_and_no_facts_of_a_case_are_in_it(office: Run):
    office(f"report book 2026 {DAY} -o b.pdf")
    text = text_of(Path("b.pdf"))
    for secret in ("98765", "何群众", "越权审批事项"):
        assert secret not in text


def test_twice_the_same_bytes(office: Run):
    for name in ("one.pdf", "two.pdf"):
        office(f"report book 2026 {DAY} -o {name}")
    assert Path("one.pdf").read_bytes() == Path("two.pdf").read_bytes()


def test_it_says_of_itself_that_it_is_pdf_a(office: Run):
    office(f"report book 2026 {DAY} -o b.pdf")
    content = Path("b.pdf").read_bytes()
    assert b"pdfaid:part>2<" in content.replace(b" ", b"")
    assert b"pdfaid:conformance>B<" in content.replace(b" ", b"")


def test_a_font_that_is_missing_is_named_with_its_package(
    office: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(binding, "families", lambda fonts: frozenset({"DejaVu Sans"}))
    said = refused("report book 2026 -o b.pdf", 78)
    assert "字体" in said
    assert "fonts-noto-cjk" in said
    assert not Path("b.pdf").exists()


def test_without_typst_the_extra_is_named(
    office: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    assert "partyctl[pdf]" in refused("report book 2026 -o b.pdf", 78)


def test_what_is_in_the_way_stays(office: Run, refused: Refused):
    Path("b.pdf").write_text("mine")
    assert "--replace" in refused(f"report book 2026 {DAY} -o b.pdf", 5)
    assert Path("b.pdf").read_text() == "mine"
    assert "b.docx 应以 .pdf 结尾" in refused("report book 2026 -o b.docx", 2)


def test_text_that_looks_like_a_program_stays_text(branch: Run, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    planted = '#panic("x") $a$ *b* \\ [c] #read("/etc/passwd")'
    branch(f"meeting add study --on 2026-03-05 --chair 张三 --minutes '{planted}'")
    branch(f"report book 2026 {DAY} -o b.pdf")
    assert '#read("/etc/passwd")'.replace('"', "") in re.sub(
        r'[\s"“”]', "", text_of(Path("b.pdf"))
    ).replace("”", "")


def test_r34_hostile_texts_of_a_foreign_ledger_are_bound_by_their_numbers(
    office: Run, ledger: Path, tmp_path: Path
):
    """PDF/A cannot contain these characters, so the book prints an escape code for each of them."""
    office(f"report book 2026 {DAY} -o own.pdf")
    plant(ledger, NAMES)
    office(f"report book 2026 {DAY} -o b.pdf")
    own, found = (text_of(Path(name)) for name in ("own.pdf", "b.pdf"))
    assert {each for each in found if is_hostile(each)} <= {*own}
    assert r"\u001b" in found


def test_a_character_that_no_typeface_has_is_shown_by_its_number(office: Run):
    office("meeting add study --on 2026-03-05 --chair 张三 --minutes 植树🌳，记者𠮷野")
    office(f"report book 2026 {DAY} -o b.pdf")
    found = re.sub(r"\s", "", text_of(Path("b.pdf")))
    assert r"植树\U0001f333，记者𠮷野" in found


def test_where_too_many_are_missing_they_are_named(
    office: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    office("meeting add study --on 2026-03-05 --chair 张三 --minutes 😀字🌳")
    monkeypatch.setattr(legible, "MOST", 1)
    said = refused(f"report book 2026 {DAY} -o b.pdf", 65)
    assert re.search(r"\\U0001f(600|333)", said)
    assert not Path("b.pdf").exists()


def test_thirty_five_pages_are_bound_in_a_second_and_a_half(tmp_path: Path):
    row = ["2026-03-10", "张三、李四", "班子成员之间", "帮带新党员"]
    part = {"title": "记录", "lines": ["学习传达" * 200]}
    record = {
        "title": "2026-03-10 党员大会",
        "fields": [["时间", "2026年3月10日", "地点", None], ["议题", "传达"]],
        "parts": [part] * 4,
    }
    values = json.loads(
        json.dumps(
            {
                "title": "年册",
                "organ": "甲",
                "whose": "乙",
                "made": "x",
                "foot": "y",
                "copy": "",
                "words": {
                    "contents": "目录",
                    "none": "无",
                    "signers": ["主持人", "记录人"],
                    "blank": "〔待补〕",
                    "language": "zh",
                    "colon": "：",
                    "line": "＿",
                },
                "result": {
                    "title": "一",
                    "verdict": "v",
                    "columns": ["章", "数"],
                    "rows": [["a", "1"]],
                },
                "gaps": {"title": "缺口", "none": "无", "columns": ["a"] * 5, "rows": []},
                "meetings": {"title": "二", "records": [record] * 24},
                "talks": {"title": "三", "columns": ["a"] * 4, "rows": [row] * 130},
                "admission": {"title": "四", "columns": ["a"] * 4, "people": []},
                "review": {"title": "五", "about": "", "columns": [], "rows": []},
                "dues": {"title": "六", "columns": ["a"] * 15, "rows": [["1158.60"] * 15] * 32},
                "rules": {"title": "七", "about": "", "columns": ["a"] * 4, "rows": [row] * 120},
            }
        )
    )
    taken = []
    for _ in range(3):
        begun = time.process_time()  # processor time of all threads of this process
        bound = binding.bind(values, date(2026, 3, 31))
        taken.append(time.process_time() - begun)
    tmp_path.joinpath("b.pdf").write_bytes(bound.content)
    assert text_of(tmp_path / "b.pdf").count("\f") >= 35
    assert min(taken) <= 1.5
