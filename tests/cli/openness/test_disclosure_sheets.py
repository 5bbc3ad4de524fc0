"""`disclosure sheet` and `disclosure import`: an openness register in the form that offices use."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Workbook, digest
from tests.conftest import Run

HEAD = "序号 公开内容 公开类别 公开范围 公开方式 公开时限 责任人 审批时间 公开时间"
ROWS = (
    (1, "一季度党务公开通报", "季度通报", "对内", "公开栏", "定期", "张三", "2026.3.1", "2026/3/2"),
    (2, "党费收支情况", "党费收缴", "对内公开", "会议通报", None, "李　四", None, None),
)


@pytest.fixture
def register(workbook: Workbook) -> Path:
    return workbook(HEAD, *ROWS, ("合计", None, None), sheet="2026年党务公开台账")


def test_a_register_of_openness_goes_in_whole(branch: Run, register: Path):
    branch(f"disclosure import {register}")
    first, second = branch("disclosure list --json").json
    assert (first["title"], first["kind"]) == ("一季度党务公开通报", "briefing")
    assert (first["scope"], first["period_class"]) == ("internal", "periodic")
    assert (first["responsible"], first["approved_on"]) == ("张三", "2026-03-01")
    assert first["publications"] == [
        {"published_on": "2026-03-02", "form": "board", "makes_up": None}
    ]
    assert (second["kind"], second["form"], second["publications"]) == ("dues", "meeting", [])
    again = branch(f"disclosure import {register} --json").json["disclosures"]
    assert [each["state"] for each in again] == ["same", "same"]
    branch("undo")
    assert branch("disclosure list --json").json == []


def test_the_responsible_person_comes_from_a_sheet(branch: Run, workbook: Workbook):
    branch("disclosure add briefing --title 一季度通报 --scope internal")
    file = workbook("标题 责任人", ("一季度通报", "李四"))
    told = branch(f"disclosure import {file} --dry-run").out
    assert "责任人" in told
    assert "李四" in told
    assert "没有写入" in told
    branch(f"disclosure import {file}")
    assert branch("disclosure show 1 --json").json["responsible"] is None
    branch(f"disclosure import {file} --update")
    assert branch("disclosure show 1 --json").json["responsible"] == "李四"


def test_every_matter_comes_back_from_its_entry_sheet(branch: Run, tmp_path: Path, ledger: Path):
    path = tmp_path / "公开.xlsx"
    branch("disclosure add regulations --title 考勤制度 --scope external --responsible 张三")
    branch("disclosure publish 1 --on 2026-03-02 --by board")
    branch("disclosure add hot-topic --title 食堂招标 --scope internal --form document")
    branch("disclosure add progress --title 旧事 --scope internal")
    branch("disclosure publish 3 --on 2026-02-02 --by board")
    branch("disclosure withdraw 3 --on 2026-03-01")
    branch(f"disclosure sheet -o {path}")
    before = digest(ledger)
    told = branch(f"disclosure import {path} --update --json").json["disclosures"]
    assert [(each["title"], each["state"]) for each in told] == [
        ("考勤制度", "same"),
        ("食堂招标", "same"),
    ]
    assert digest(ledger) == before

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(min_row=1))
    head = next(row for row in rows if any(cell.value == "标题" for cell in row))
    column = {cell.value: cell.column for cell in head}
    line = head[0].row + 2
    sheet.cell(line, column["责任人"]).value = "王五"
    sheet.cell(line, column["公布日期"]).value = "2026年3月9日"
    sheet.cell(line + 1, column["标题"]).value = "新的一项"
    sheet.cell(line + 1, column["种类"]).value = "阶段性"
    sheet.cell(line + 1, column["范围"]).value = "对内"
    book.save(path)
    branch(f"disclosure import {path} --update")
    changed = branch("disclosure show 2 --json").json
    assert changed["responsible"] == "王五"
    assert [each["published_on"] for each in changed["publications"]] == ["2026-03-09"]
    assert changed["publications"][0]["form"] == "document"
    assert branch("disclosure show 4 --json").json["title"] == "新的一项"


def test_an_empty_ledger_opens_an_empty_sheet(run: Run, tmp_path: Path):
    run("init --organ 市某局党组 --branch 机关党支部 --since 2026-01-01")
    for noun in ("disclosure", "member", "applicant"):
        path = tmp_path / f"{noun}.xlsx"
        run(f"{noun} sheet -o {path}")
        assert openpyxl.load_workbook(path).worksheets[0].freeze_panes is not None
        assert "没有一行数据" in run(f"{noun} import {path}", code=65).err


@pytest.mark.parametrize(
    ("heads", "row", "said"),
    [
        ("标题 种类", ("二季度通报", "季度通报"), "没有填"),
        ("标题 种类 范围", ("一季度通报", "季报", "对内"), "没有“季报”这种公开事项"),
        ("标题 种类 范围", ("一季度通报", "季度通报", "全体"), "没有“全体”这种公开范围"),
        ("标题 种类 范围 公开时间", ("甲", "热点", "对内", "2026-03-02"), "没有填"),
        ("标题 种类 范围 批准时间", ("甲", "热点", "对内", "2099-03-02"), "还没有到"),
        ("台账编号 标题 责任人", (9, "甲", "张三"), "没有公开事项 #9"),
        ("台账编号 标题 责任人", (1, "甲", "张三"), "#1 是“一季度通报”"),
        ("标题 种类 范围 审定日期", ("一季度通报", "季度通报", "对内", "2026-03-09"), "另一事项"),
        ("标题 种类 范围 公开形式 公开时间 撤下时间",
         ("乙", "热点", "对内", "文件", "2026-03-09", "2026-03-01"), "已撤下"),
    ],
)  # fmt: skip
def test_what_is_unclear_is_refused_with_its_line(
    branch: Run, workbook: Workbook, ledger: Path, heads: str, row: tuple[object, ...], said: str
):
    branch("disclosure add briefing --title 一季度通报 --scope internal --approved-on 2026-03-01")
    before = digest(ledger)
    refused = branch(f"disclosure import {workbook(heads, row)}", code=65)
    assert said in refused.out
    assert "一行也没有写入" in refused.err
    assert digest(ledger) == before


def test_two_lines_about_one_matter_are_asked_about(branch: Run, workbook: Workbook):
    row = ("一季度通报", "季度通报", "对内")
    assert (
        "同一件事"
        in branch(f"disclosure import {workbook('标题 种类 范围', row, row)}", code=65).out
    )


def test_a_matter_that_was_withdrawn_otherwise_is_left_to_edit(branch: Run, workbook: Workbook):
    branch("disclosure add progress --title 旧事 --scope internal")
    branch("disclosure withdraw 1 --on 2026-03-01")
    file = workbook("标题 责任人 撤下日期", ("旧事", "张三", "2026-03-05"))
    (told,) = branch(f"disclosure import {file} --update --json").json["disclosures"]
    assert {each["column"]: each["remedy"] for each in told["differs"]} == {
        "责任人": None,
        "撤下日期": "partyctl disclosure edit 1 --not-withdrawn",
    }
    shown = branch("disclosure show 1 --json").json
    assert (shown["responsible"], shown["withdrawn_on"]) == ("张三", "2026-03-01")
