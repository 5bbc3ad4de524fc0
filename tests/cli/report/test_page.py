"""The page of a month or a year: its numbers equal those of `check`, and it loads nothing from elsewhere."""

import hashlib
import html
import json
import re
import stat
from collections import Counter
from pathlib import Path

import pytest

from partyctl.law.sources.clauses import chapter_of
from tests.cli.conftest import Refused
from tests.conftest import Run, write_ledger
from tests.support.branch_of_32 import PEOPLE, write_branch

DAY = "--as-of 2026-06-10"
MORE = """
    warning issue 周海燕 --level inquiry --category 4 --facts 越权审批事项 --on 2026-05-02
    warning deliver 1 --on 2026-05-03
    opinion add 收费不公开 --received 2026-05-02 --class individual --from 何群众
    applicant add 郑十 --applied 2026-02-01 --birth 1999-01-01
    plan item 2026 修订制度 --owner 林秀英 --due 2026-05-30
    rectify add 学习不深入 --owner 黄志强 --due 2026-05-20 --on 2026-03-10
    meeting edit 1 --absent 彭立新:病
    meeting edit 8 --absent 宋大伟:出差
    contact add 东河村 --leader 陈建国
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledger(write_branch(tmp_path_factory.mktemp("year") / "ledger.db"), MORE)


def page(run: Run, of: str, more: str = "") -> str:
    run(f"report {of} {DAY} -o page.html --replace {more}")
    return Path("page.html").read_text(encoding="utf-8")


def tiles(text: str) -> dict[str, int]:
    return {name: int(n) for name, n in re.findall(r'data-status="([\w-]+)">(\d+)<', text)}


def cells(text: str) -> dict[tuple[str, str], tuple[int, int]]:
    """The numbers of done and due items on the page, by chapter and month."""
    table = re.search(r'<section class="card heat">.*?</table>', text, re.DOTALL)
    assert table
    columns = re.findall(r'<span class="long">([^<]+)</span>', table[0].partition("<tbody>")[0])
    found = {}
    for line in re.findall(r"<tr>.*?</tr>", table[0].partition("<tbody>")[2], re.DOTALL):
        [chapter] = re.findall(r'<span class="long">([^<]+)</span>', line)
        for column, cell in zip(columns, re.findall(r"<td.*?</td>", line, re.DOTALL), strict=True):
            if count := re.search(r"(\d+)/(\d+)<", cell):
                found[html.unescape(chapter), column] = int(count[1]), int(count[2])
    return found


@pytest.mark.parametrize(("of", "period"), [("year 2026", "2026"), ("month 2026-05", "2026-05")])
def test_the_numbers_are_those_of_check(office: Run, of: str, period: str):
    text = page(office, of)
    told = office(f"check --period {period} {DAY} --json", code=3).json

    shown = tiles(text)
    assert {name: shown[name] for name in told["summary"]} == told["summary"]
    assert shown["carried-over"] == sum(each["carried_over"] for each in told["obligations"])
    done: Counter[tuple[str, str]] = Counter()
    due: Counter[tuple[str, str]] = Counter()
    for each in told["obligations"]:
        month = f"{int(each['due'][5:7])}月" if each["due"] else "无期限"
        column = "此前" if each["carried_over"] else month
        where = chapter_of(each["article"]).title, column
        due[where] += 1
        done[where] += each["status"] in ("met", "late", "waived")
    assert cells(text) == {where: (done[where], due[where]) for where in due}


def test_dues_are_those_of_dues_status(office: Run):
    rows = re.findall(
        r'<th scope="row">(2026-\d\d)</th><td>([\d.]+)</td><td>([\d.]+)</td><td>(\d*)</td>',
        page(office, "year 2026"),
    )
    assert [row[0] for row in rows] == [f"2026-0{month}" for month in range(1, 7)]
    for month, owed, paid, unpaid in rows:
        told = office(f"dues status --month {month} {DAY} --json").json
        assert (told["totals"]["owed"], told["totals"]["paid"]) == (
            round(float(owed) * 100),
            round(float(paid) * 100),
        )
        assert int(unpaid or 0) == sum(bool(each["unpaid_months"]) for each in told["members"])


def test_members_without_an_assessment_are_named_as_missing_in_the_sum(office: Run):
    office("member add 钱七 --joined 2016-07-01 --since 2026-05-01")
    text = page(office, "month 2026-05")
    assert re.search(r"2026-05</th><td>[\d.]+，另 1 人未核定</td>", text)
    assert "2026-04</th><td>" in text
    assert text.count("另 1 人未核定") == 2, "once in the table, once in the chart"


def test_attendance_is_that_of_meeting_attendance(office: Run):
    text = page(office, "year 2026")
    told = office(f"meeting attendance --period 2026 {DAY} --json").json
    for each in told["members"]:
        line = re.search(rf"<li><b>{each['name']}</b>.*?</li>", text)
        assert line
        assert f">{each['present']}/{each['due']}<" in line[0]
        assert line[0].count("<i></i>") == each["present"]
        assert re.findall(r'class="a" title="([\d-]+) ', line[0]) == [
            a["on"] for a in each["absent"]
        ]
    assert ">病</i>" in text


def test_talks_are_those_of_talk_matrix(office: Run):
    text = page(office, "year 2026")
    [told] = office(f"talk matrix --year 2026 {DAY} --json").json["branches"]
    committee = [each["name"] for each in told["members"] if each["committee"]]
    for pair in told["pairs"]:
        one, two = pair["one"]["name"], pair["two"]["name"]
        if two in committee:
            one, two = two, one
        if one in committee:
            row = re.search(rf'<th scope="row"[^>]*>{two}</th>\n(.*?)</tr>', text, re.DOTALL)
            assert row
            cell = re.findall(r"<td.*?</td>", row[1])[committee.index(one)]
            four = "".join("1" if q in pair["talks"] else "0" for q in told["quarters"])
            assert f"#q{four}" in cell


def test_what_is_open_stands_with_clause_day_and_remedy(office: Run):
    text = page(office, "year 2026")
    told = office(f"check --period 2026 {DAY} --json", code=3).json["obligations"]
    for each in told:
        if each["status"] in ("overdue", "breach"):
            assert html.escape(each["title"]) in text
            assert each["due"] in text
            assert each["article"] in text
    assert "partyctl dues pay 何雪梅,宋大伟,丁一诺 --month 2026-05" in text
    assert "案件 #1" in text
    assert "越权审批事项" not in text
    assert "何群众" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("of", ["year 2026", "month 2026-05"])
def test_a_page_for_the_wall_names_nobody(
    office: Run, of: str, language: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LANG", language)
    text = page(office, of, "--without-names")
    named = [name for name in (*PEOPLE, "郑十", "何群众") if name in text]
    assert not named
    assert "修订制度" not in text
    assert "partyctl" not in text.partition("<body>")[2]


def test_the_file_is_its_owners_and_whole_in_itself(office: Run):
    told = office(f"report year 2026 {DAY} --json").json
    path = Path("党建工作一览-2026.html")
    assert told["file"] == str(path)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;" in text
    assert not re.search(r"<script|<link|<img|<iframe|https?:|url\(|@import|\son\w+=", text)
    foot = json.loads(office("journal verify --json").out)["head"]
    assert foot in text
    assert office(f"report year 2026 {DAY} -o twice.html").err == ""
    assert Path("twice.html").read_bytes() == path.read_bytes()


def test_it_says_when_something_is_in_the_way(office: Run, refused: Refused):
    office(f"report month 2026-05 {DAY} -o page.html")
    before = Path("page.html").read_bytes()
    assert "--replace" in refused(f"report month 2026-05 {DAY} -o page.html", 5)
    assert Path("page.html").read_bytes() == before
    assert "page.docx 应以 .html 结尾" in refused("report year 2026 -o page.docx", 2)
    assert "2026" in refused("report year 2026-05", 2)
    assert "月份“2026”读不出来" in refused("report month 2026", 2)


def test_in_english_no_chinese_word_of_ours_is_left(office: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    text = page(office, "year 2026")
    for word in ("各章各月", "未了事项", "谈心谈话", "应交", "逾期", "截至"):
        assert word not in text
    assert 'lang="en"' in text
    assert "Open duties" in text


def test_hostile_text_stays_text(branch: Run, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    branch("member add <script>alert(1)</script> --joined 2019-07-01")
    branch("meeting add members --on 2026-03-05 --chair 张三 --present all --absent 王五:<b>病</b>")
    text = page(branch, "year 2026")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "<b>病" not in text


def test_a_ledger_of_nobody_gives_a_page(run: Run, ledger: Path, tmp_path: Path, monkeypatch):
    run("init --organ 甲 --branch 乙 --since 2026-01-01")
    monkeypatch.chdir(tmp_path)
    text = page(run, "year 2026")
    assert "没有登记出席" in text
    run("branch add 第二支部")
    assert "第二支部" in page(run, "year 2026")
