"""`NOUN sheet` and `NOUN import`: a filled sheet can be imported, but only into the ledger that wrote it."""

import stat
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.cli.conftest import digest
from tests.conftest import Run


def change(path: Path, name: str, column: str, value: Any) -> None:
    """Type a value into a person's line of an entry sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if any(cell.value == column for cell in row))
    place = next(cell.column for cell in head if cell.value == column)
    row = next(row for row in rows if any(cell.value == name for cell in row))
    sheet.cell(row[0].row, place).value = value
    book.save(path)


@pytest.fixture
def entry(branch: Run, tmp_path: Path) -> Path:
    path = tmp_path / "填报.xlsx"
    branch(f"member sheet -o {path}")
    return path


def test_a_sheet_that_nobody_changed_changes_nothing(branch: Run, entry: Path, ledger: Path):
    before = digest(ledger)
    found = branch(f"member import {entry} --update --json").json
    assert [each["state"] for each in found["members"]] == ["same"] * 3
    assert digest(ledger) == before


def test_it_is_the_owners_alone_and_replaces_nothing_unasked(branch: Run, entry: Path):
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert "没有覆盖" in branch(f"member sheet -o {entry}", code=5).err
    branch(f"member sheet -o {entry} --replace")


def test_what_is_typed_into_it_comes_back(branch: Run, entry: Path):
    change(entry, "李四", "出生日期", "1990.3.5")
    change(entry, "李四", "电话", "13800000003")
    branch(f"member import {entry} --update")
    shown = branch("member show 李四 --json").json
    assert shown["birth_on"] == "1990-03-05"
    assert shown["phone"] == "138****0003"


def test_an_update_tells_each_value_old_and_new_and_masked(
    branch: Run, entry: Path, monkeypatch: pytest.MonkeyPatch
):
    branch("member edit 李四 --phone 13900001234")
    change(entry, "李四", "电话", "13800000003")
    branch(f"member sheet -o {entry} --replace")
    change(entry, "李四", "电话", "13800000003")
    change(entry, "李四", "性别", "女")
    said = branch(f"member import {entry} --update").out
    number = branch("member show 李四 --json").json["id"]
    told = [line.partition(f"#{number} ")[2] for line in said.splitlines()[:2]]
    assert set(told) == {"性别：（空） → 女", "电话：139***34 → 138***03"}
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    branch(f"member sheet -o {entry} --replace")
    change(entry, "李四", "gender", "male")
    assert f"#{number} gender: female → male" in branch(f"member import {entry} --update").out


def test_no_identity_number_and_no_telephone_leaves_the_ledger_with_it(branch: Run, tmp_path: Path):
    branch("member edit 王五 --phone 13800001234 --id-number 110101199001011237")
    path = tmp_path / "x.xlsx"
    branch(f"member sheet -o {path}")
    book = openpyxl.load_workbook(path)
    text = str([list(sheet.values) for sheet in book.worksheets])
    assert "13800001234" not in text
    assert "1990010112" not in text
    assert "****" not in text


def test_number_and_name_must_belong_together(branch: Run, entry: Path):
    change(entry, "李四", "姓名", "李五")
    assert "对不上" in branch(f"member import {entry}", code=65).out


def test_a_sheet_of_an_older_state_of_the_same_lines_is_refused_with_what_changed(
    branch: Run, entry: Path, ledger: Path
):
    branch("member edit 李四 --birth 1990-03-05")
    before = digest(ledger)
    said = branch(f"member import {entry} --update", code=65).out
    assert "出生日期 （空） → 1990-03-05" in said
    assert digest(ledger) == before


def test_a_ledger_that_changed_elsewhere_takes_it(branch: Run, entry: Path):
    branch("talk add --on 2026-03-02 --with 张三,李四")
    change(entry, "王五", "性别", "女")
    branch(f"member import {entry} --update")
    assert branch("member show 王五 --json").json["gender"] == "female"


def test_a_sheet_of_another_ledger_is_refused(branch: Run, entry: Path, tmp_path: Path):
    other = tmp_path / "other.db"
    branch(f"--ledger {other} init --organ 甲 --branch 乙 --since 2026-01-01")
    assert "另一个台账" in branch(f"--ledger {other} member import {entry}", code=65).err


def test_a_sheet_of_another_noun_is_refused(branch: Run, tmp_path: Path):
    path = tmp_path / "dues.xlsx"
    branch(f"dues sheet 2026-03 -o {path}")
    assert "dues" in branch(f"member import {path}", code=65).err


def test_without_the_hidden_sheet_what_changed_cannot_be_told(
    branch: Run, entry: Path, monkeypatch: pytest.MonkeyPatch
):
    branch("talk add --on 2026-03-02 --with 张三,李四")
    book = openpyxl.load_workbook(entry)
    del book["partyctl"]
    book.save(entry)
    assert "请重新开表" in branch(f"member import {entry}", code=65).err
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    told = branch(f"member import {entry}", code=65).err
    assert "The hidden sheet was removed or changed" in told


def test_choices_are_offered_and_the_head_stays_in_sight(entry: Path):
    sheet = openpyxl.load_workbook(entry).worksheets[0]
    assert sheet.freeze_panes is not None
    assert any("正式党员" in str(each.formula1) for each in sheet.data_validations.dataValidation)


def test_a_month_of_dues_goes_in_by_one_sheet(branch: Run, tmp_path: Path):
    path = tmp_path / "dues.xlsx"
    branch("dues assess 张三 --base 5100 --from 2026-01")
    branch(f"dues sheet 2026-03 -o {path}")
    for name, amount in (("张三", 76.5), ("李四", "10元")):
        change(path, name, "实交", amount)
        change(path, name, "交纳日期", "2026.3.5")
    found = branch(f"dues import {path} --json").json
    assert [each["state"] for each in found["entries"]] == ["new", "new", "nothing"]
    paid = {
        row["member"]: row["amount"]
        for row in branch("dues list --json").json
        if row["act"] == "payment"
    }
    assert paid == {"张三": 7650, "李四": 1000}
    # The ledger already has these payments.
    assert "已交" in branch(f"dues import {path}", code=65).out
    branch("undo")
    assert [row["act"] for row in branch("dues list --json").json] == ["assessment"]


def test_a_sheet_of_dues_says_who_need_not_pay_for_the_month(branch: Run, tmp_path: Path):
    path = tmp_path / "dues.xlsx"
    branch("member add 赵六 --joined 2015-07-01 --since 2026-03-10 --dues-to 2026-03")
    branch("member add 钱七 --joined 2015-07-01")
    branch("dues assess 张三,李四,王五,赵六,钱七 --base 3000 --from 2026-04")
    branch("dues exempt 张三 --from 2026-04 --to 2026-06 --reason 病 --approved-by 支委会")
    branch("dues pay 李四 --month 2026-04 --amount 15 --on 2026-04-05")
    branch("dues pay 王五 --month 2026-04 --amount 5 --on 2026-04-05")
    branch("waive dues-monthly --subject 钱七 --period 2026-04 --reason 病 --decided-on 2026-04-01")

    def rows(month: str) -> dict[str, tuple[str | None, ...]]:
        branch(f"dues sheet {month} -o {path} --replace")
        lines = list(openpyxl.load_workbook(path).worksheets[0].values)
        head = next(line for line in lines if "姓名" in line)
        places = [head.index(name) for name in ("月应交", "已交", "应交情况")]
        return {
            line[1]: tuple(line[n] or "" for n in places) for line in lines if line[0] in range(9)
        }

    assert rows("2026-04") == {
        "张三": ("0.00", "", "免交"),
        "李四": ("15.00", "15.00", "已交足"),
        "王五": ("15.00", "5.00", "已交过一部分"),
        "赵六": ("15.00", "", ""),
        "钱七": ("15.00", "", "已免除"),
    }
    assert rows("2026-03")["赵六"] == ("", "", "不在本支部交")
    assert rows("2026-03")["李四"] == ("", "", "")


def test_a_sheet_of_dues_lists_who_left_for_the_months_that_they_owe(branch: Run, tmp_path: Path):
    branch("dues assess 李四,王五 --base 3000 --from 2026-01")
    branch("member leave 李四 --on 2026-03-10")
    branch("member leave 王五 --on 2026-03-10 --dues-to 2026-02")

    def listed(month: str) -> list[str]:
        path = tmp_path / f"{month}.xlsx"
        branch(f"dues sheet {month} -o {path}")
        lines = openpyxl.load_workbook(path).worksheets[0].values
        return [line[1] for line in lines if line[0] in range(9)]

    assert listed("2026-02") == ["张三", "李四", "王五"]
    assert listed("2026-03") == ["张三", "李四"]
    assert listed("2026-04") == ["张三"]
    path = tmp_path / "2026-03.xlsx"
    change(path, "李四", "实交", "15")
    change(path, "李四", "交纳日期", "2026-03-12")
    found = branch(f"dues import {path} --json").json["entries"]
    assert [each["state"] for each in found] == ["nothing", "new"]
    [payment] = [row for row in branch("dues list --json").json if row["act"] == "payment"]
    assert (payment["member"], payment["amount"]) == ("李四", 1500)


def test_attendance_goes_in_by_one_sheet(branch: Run, tmp_path: Path):
    path = tmp_path / "came.xlsx"
    branch("meeting add members --on 2026-03-02 --chair 张三")
    branch(f"meeting sheet 1 -o {path}")
    change(path, "张三", "出席", "√")
    change(path, "李四", "出席", "到")
    change(path, "王五", "出席", "×")
    change(path, "王五", "缺席原因", "出差")
    branch(f"meeting import {path}")
    shown = branch("meeting show 1 --json").json
    assert shown["present_names"] == ["张三", "李四"]
    assert shown["absent"] == [{"name": "王五", "reason": "出差"}]
    assert (shown["due_present"], shown["present"]) == (3, 2)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("democratic-life", ["李四", "赵六"]),
        ("committee", ["张三", "李四"]),
        ("cell", ["张三"]),
        ("study", ["张三", "李四", "王五"]),
    ],
)
def test_who_is_due_is_the_same_on_every_paper_and_in_the_record(
    branch: Run, tmp_path: Path, kind: str, due: list[str]
):
    branch("branch add 第二支部 --founded 2026-01-01")
    branch("--branch 第二支部 member add 赵六 --joined 2015-07-01")
    branch("member post 李四 leading-secretary --from 2026-01-01")
    branch("member post 赵六 leading-member --from 2026-01-01")
    branch(f"meeting add {kind} --on 2026-03-02 --chair 张三")
    branch(f"meeting sheet 1 -o {tmp_path}/came.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "came.xlsx").worksheets[0]
    named = [row[1] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert named == due
    branch(f"paper sign-in 1 -o {tmp_path}/signed.docx")
    signed = docx.Document(f"{tmp_path}/signed.docx").tables[-1]
    on_paper = "".join(cell.text for row in signed.rows for cell in row.cells)
    assert [name for name in ("张三", "李四", "王五", "赵六") if name in on_paper] == due
    branch("meeting edit 1 --present all")
    assert branch("meeting show 1 --json").json["present_names"] == due


def test_ratings_go_in_by_one_sheet(branch: Run, tmp_path: Path):
    path = tmp_path / "ratings.xlsx"
    branch("review open 2026 --on 2026-09-01")
    branch("review meeting 2026 --on 2026-09-20")
    branch(f"review sheet 2026 -o {path}")
    change(path, "张三", "评议等次", "优秀")
    change(path, "李四", "评议等次", "合格")
    change(path, "李四", "优秀票数", 1)
    assert "缺 合格、基本合格、不合格" in branch(f"review import {path}", code=65).out
    for grade, count in (("合格", "2票"), ("基本合格", 0), ("不合格", 0)):
        change(path, "李四", f"{grade}票数", count)
    branch(f"review import {path}")
    shown = branch("review show 2026 --json").json
    rated = {row["member"]: row["grade"] for row in shown["ratings"]}
    assert rated == {"张三": "excellent", "李四": "qualified"}
    (votes,) = shown["votes"]
    assert [votes[grade] for grade in ("excellent", "qualified", "basic", "unqualified")] == [
        1,
        2,
        0,
        0,
    ]
    branch(f"review sheet 2026 -o {path} --replace")
    told = branch(f"review import {path} --json").json["ratings"]
    assert {each["state"] for each in told} <= {"same", "nothing"}


def test_talks_go_in_by_one_sheet(branch: Run, tmp_path: Path):
    path = tmp_path / "talks.xlsx"
    branch(f"talk sheet -o {path}")
    change(path, "李四", "谈话人", "张三")
    change(path, "李四", "谈话日期", "2026年3月5日")
    branch(f"talk import {path}")
    (talk,) = branch("talk list --json").json
    assert (talk["held_on"], talk["with"]) == ("2026-03-05", ["张三", "李四"])


def test_a_sheet_of_applicants_has_the_applications_that_need_more_steps(
    branch: Run, tmp_path: Path
):
    path = tmp_path / "ways.xlsx"

    def names() -> set[str]:
        branch(f"applicant sheet -o {path} --replace")
        lines = openpyxl.load_workbook(path).worksheets[0].values
        return {line[1] for line in lines if line[0] in (1, 2, 3)}

    branch("member add 孙七 --joined 2026-02-01 --probationary")
    for name in ("孙七", "郑十", "吴九"):
        branch(f"applicant add {name} --applied 2024-02-01")
    branch("applicant close 吴九 --on 2026-03-01 --reason 调离")
    assert names() == {"孙七", "郑十"}

    branch("applicant step 孙七 conversion-request --on 2026-03-10 --override 历史材料")
    branch("applicant step 孙七 conversion-publicity --on 2026-03-11")
    vote = "applicant step 孙七 cancellation --on 2026-03-25 --votes 3/3/3/0/0"
    branch(vote)
    branch("applicant step 孙七 conversion-approval --on 2026-03-28")
    assert names() == {"孙七", "郑十"}
    branch("applicant step 孙七 archive --on 2026-03-30")
    assert names() == {"郑十"}


def test_steps_go_in_by_one_sheet(branch: Run, tmp_path: Path):
    path = tmp_path / "ways.xlsx"
    branch("applicant add 郑十 --applied 2026-02-01")
    branch(f"applicant sheet -o {path}")
    change(path, "郑十", "派人谈话日期", "2026-02-20")
    found = branch(f"applicant import {path} --json").json["applicants"]
    assert [each["state"] for each in found] == ["different"]
    branch(f"applicant import {path} --update")
    steps = branch("applicant show 郑十 --json").json["steps"]
    assert [(each["step"], each["on"]) for each in steps] == [("talk", "2026-02-20")]
