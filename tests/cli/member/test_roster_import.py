"""`partyctl member import` imports a workbook with the roll, all of it or nothing."""

import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from partyctl.cli.input.dates import today
from tests.cli.conftest import Workbook, digest
from tests.conftest import Run
from tests.support.processes import Screen

HEADERS = (
    "序号 姓名 入党日期 转正日期 人员类别 党小组 职务 领导干部 性别 出生日期 身份证号 手机 备注"
)
WHOLE = (
    1,
    "买买提·艾力",
    date(2011, 7, 1),
    "2012年7月1日",
    "正式党员",
    "第一小组",
    "宣传委员、党小组组长",
    "是",
    "男",
    19900101,
    "110101199001011237",
    13800001234,
    "借调",
)
PLAIN = (2, "𠮷田", "2019-07-01", None, None, None, None, None, None, None, None, None, None)


@pytest.fixture
def roster(workbook: Workbook) -> Path:
    return workbook(HEADERS, WHOLE, PLAIN)


def nobody_new(run: Run) -> bool:
    return len(run("member list --all --json").json) == 3


def test_every_column_arrives_where_it_belongs(branch: Run, roster: Path):
    out = branch(f"member import {roster}").out

    assert "2" in out
    member = branch("member show 买买提·艾力 --json").json
    assert member == member | {
        "id": 4,
        "branch": "机关支部",
        "cell": "第一小组",
        "joined_on": "2011-07-01",
        "full_on": "2012-07-01",
        "probationary": False,
        "on_roll_from": "2026-01-01",
        "gender": "male",
        "birth_on": "1990-01-01",
        "leader": True,
    }
    assert [each["post"] for each in member["posts"]] == ["publicity", "cell-leader"]
    assert branch("member show 𠮷田 --json").json["joined_on"] == "2019-07-01"


def test_a_dry_run_shows_who_would_come_and_writes_nothing(branch: Run, roster: Path, ledger: Path):
    before = digest(ledger)
    shown = branch(f"member import {roster} --dry-run").out
    answer = branch(f"member import {roster} --dry-run --json").json

    assert all(part in shown for part in ("买买提·艾力", "𠮷田", "2011-07-01", "2019-07-01"))
    assert answer["dry_run"] is True
    assert [each["name"] for each in answer["members"]] == ["买买提·艾力", "𠮷田"]
    assert digest(ledger) == before


def test_every_error_is_shown_with_its_sheet_row_and_value_and_nobody_is_entered(
    branch: Run, workbook: Workbook, ledger: Path
):
    file = workbook(
        "姓名 入党日期 党小组",
        ("赵六", "2020-07-01", None),
        ("钱七", "2020-02-30", None),
        ("孙八", "2020-07-01", "无此小组"),
        ("周九", None, None),
        sheet="二支部名册",
    )
    before = digest(ledger)

    for dry_run in ("", "--dry-run"):
        result = branch(f"member import {file} {dry_run} --json", code=65)
        errors = {each["row"]: each for each in result.json["errors"]}
        assert errors.keys() == {3, 4, 5}
        assert {each["sheet"] for each in errors.values()} == {"二支部名册"}
        assert (errors[3]["column"], errors[3]["value"]) == ("入党日期", "2020-02-30")
        assert "无此小组" in errors[4]["sentence"]
        assert errors[5]["column"] == "入党日期"
    shown = branch(f"member import {file}", code=65)
    assert all(
        part in shown.out for part in ("二支部名册", "2020-02-30", "无此小组", "3", "4", "5")
    )
    assert digest(ledger) == before


def test_a_cell_in_a_sheet_is_named_never_numbered(branch: Run, workbook: Workbook):
    """The import does not guess: “1” can be a Party cell's number, or stand for the name 第一小组."""
    branch("cell add 第二小组")
    named = workbook("姓名 入党日期 党小组", ("赵六", "2020-07-01", "第二 党小组"))
    branch(f"member import {named}")
    assert branch("member show 赵六 --json").json["cell"] == "第二小组"
    numbered = workbook("姓名 入党日期 党小组", ("钱七", "2020-07-01", 1))
    [error] = branch(f"member import {numbered} --json", code=65).json["errors"]
    assert "没有“1”这个党小组" in error["sentence"]


def test_an_identity_number_typed_as_a_number_is_refused_and_not_shown(
    branch: Run, workbook: Workbook
):
    file = workbook(
        "姓名 入党日期 身份证号",
        ("赵六", "2020-07-01", 110101199001011237),
        ("钱七", "2020-07-01", "110101199001011238"),
    )

    result = branch(f"member import {file}", code=65)

    assert not any(number in result.out + result.err for number in ("1990010112", "1990010110"))
    assert nobody_new(branch)


def test_importing_twice_enters_nobody_the_second_time(branch: Run, roster: Path, ledger: Path):
    branch(f"member import {roster}")
    before = digest(ledger)
    found = branch(f"member import {roster} --json").json

    assert [each["state"] for each in found["members"]] == ["same", "same"]
    assert len(branch("member list --all --json").json) == 5
    assert digest(ledger) == before


def test_two_lines_about_one_person_enter_nobody(branch: Run, workbook: Workbook):
    line = ("赵六", "2020-07-01")

    assert (
        "一行也没有写入"
        in branch(f"member import {workbook('姓名 入党日期', line, line)}", code=65).err
    )

    assert nobody_new(branch)


def test_two_people_of_one_name_who_joined_on_different_days_both_come(
    branch: Run, workbook: Workbook
):
    branch(
        f"member import {workbook('姓名 入党日期', ('赵六', '2020-07-01'), ('赵六', '2021-07-01'))}"
    )

    assert len(branch("member list --json").json) == 5


@pytest.mark.parametrize(
    ("headers", "line"),
    [
        ("姓名", ("赵六",)),
        ("姓名 入党日期 类别", ("赵六", "2020-07-01", "乘客")),
        ("姓名 入党日期 领导干部", ("赵六", "2020-07-01", "大概")),
        ("姓名 入党日期", ("赵\u202e六", "2020-07-01")),
        ("姓名 入党日期", ("赵六", "2999-07-01")),
        ("姓名 入党日期 出生日期", ("赵六", "2020-07-01", "2021-01-01")),
        ("姓名 入党日期 入党时间", ("赵六", "2020-07-01", "2021-07-01")),
        ("姓名 入党日期", ()),
    ],
)
def test_a_workbook_that_does_not_hold_a_roll_is_refused(
    branch: Run, workbook: Workbook, headers: str, line: tuple
):
    result = branch(f"member import {workbook(headers, line)}", code=65)

    assert result.err.startswith("错误：")
    assert "\u202e" not in result.out + result.err
    assert nobody_new(branch)


def test_a_bomb_is_refused_unread(branch: Run, roster: Path, tmp_path: Path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(roster) as good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bad:
        for part in good.infolist():
            content = good.read(part)
            is_sheet = part.filename.endswith("sheet1.xml")
            bad.writestr(part.filename, content + b" " * 100_000_000 if is_sheet else content)
    assert bomb.stat().st_size < 200_000

    assert "不能导入" in branch(f"member import {bomb}", code=65).err

    assert nobody_new(branch)


def test_what_is_no_workbook_is_refused(branch: Run, tmp_path: Path):
    text = tmp_path / "roll.xlsx"
    text.write_text("姓名,入党日期\n赵六,2020-07-01\n", encoding="utf-8")

    assert "不是工作簿" in branch(f"member import {text}", code=65).err
    assert "不是普通文件" in branch(f"member import {tmp_path}", code=65).err
    assert "没有文件" in branch(f"member import {tmp_path}/nowhere.xlsx", code=66).err


def test_a_branch_named_in_the_file_decides_where_there_are_several(
    branch: Run, workbook: Workbook
):
    branch("branch add 老干部支部 --founded 2020-01-01")
    file = workbook("姓名 入党日期 党支部", ("赵六", "2020-07-01", "老干部支部"))

    branch(f"member import {file}")

    assert branch("member show 赵六 --json").json["branch"] == "老干部支部"
    unsaid = workbook("姓名 入党日期", ("钱七", "2020-07-01"))
    assert "一行也没有写入" in branch(f"member import {unsaid}", code=65).err
    branch(f"--branch 机关支部 member import {unsaid}")
    assert branch("member show 钱七 --json").json["branch"] == "机关支部"


def test_a_row_with_an_error_and_without_a_name_has_both_said(branch: Run, workbook: Workbook):
    file = workbook("姓名 入党日期 类别", (None, "2001-07-01", "乘客"))
    said = branch(f"member import {file}", code=65).out
    assert "乘客" in said
    assert "没有填" in said


SAMPLES = Path(__file__).parents[2] / "papers" / "sheets" / "samples"


def sample(number: str) -> Path:
    (path,) = SAMPLES.glob(f"{number}_*")
    return path


def test_last_months_roster_brings_who_is_new_and_offers_what_differs(branch: Run, ledger: Path):
    branch("member add 甲一 --joined 2010-07-01 --phone 13900000009")
    branch("member add 乙二 --joined 2011-07-01 --phone 13900000008")
    before = digest(ledger)

    found = branch(f"member import {sample('17')} --dry-run --json").json
    assert [each["state"] for each in found["members"]] == ["different", "same", "new"]
    assert [each["column"] for each in found["members"][0]["differs"]] == ["电话"]
    assert "13800000001" not in str(found)
    assert digest(ledger) == before

    assert "--update" in branch(f"member import {sample('17')}").out
    assert branch("member show 丙三 --json").json["joined_on"] == "2012-07-01"
    assert branch("member show 甲一 --json").json["phone"] == "139****0009"

    branch(f"member import {sample('17')} --update")
    assert branch("member show 甲一 --json").json["phone"] == "138****0001"
    assert branch("member show 乙二 --json").json["phone"] == "139****0008"


def test_an_import_is_one_command_that_undo_takes_back_whole(branch: Run):
    runs = len(branch("journal list --all --json").json)
    branch(f"member import {sample('11')}")
    assert len(branch("journal list --all --json").json) == runs + 1

    branch("undo")
    assert len(branch("member list --json").json) == 3


def test_padded_names_are_found_without_the_blank(branch: Run):
    branch(f"member import {sample('05')}")
    for name in ("甲一", "乙二", "丙三"):
        assert branch(f"member show {name} --json").json["name"] == name


def test_merged_cells_put_all_in_their_cell(branch: Run):
    branch(f"member import {sample('07')}")
    rows = branch("member list --json").json
    assert {row["cell"] for row in rows if row["name"] in ("甲一", "乙二", "丙三")} == {"第一小组"}


def test_posts_as_people_say_them_are_stored(branch: Run):
    branch(f"member import {sample('13')}")
    held = {
        row["name"]: [post["post"] for post in row["posts"]]
        for row in branch("member list --json").json
    }
    assert held["丙三"] == ["committee", "organization"]
    assert held["己六"] == ["organization", "discipline"]
    assert held["丁四"] == held["庚七"] == []


def test_months_without_a_day_are_one_sentence_for_the_column(branch: Run):
    said = branch(f"member import {sample('03')}", code=65)
    assert said.out.count("只有年月") == 1
    assert "1998.1 存成了数字" in said.out
    assert nobody_new(branch)


@pytest.mark.dated
def test_full_or_probationary_is_never_assumed(branch: Run, workbook: Workbook):
    recent = ("赵六", str(today() - timedelta(200)))
    said = branch(f"member import {workbook('姓名 入党日期', recent)}", code=65).out
    assert "正式党员还是预备党员" in said
    branch(f"member import {workbook('姓名 入党日期 党籍状态', (*recent, '预备党员'))}")
    assert branch("member show 赵六 --json").json["probationary"] is True


def test_one_sheet_alone_is_read(branch: Run):
    branch(f"member import {sample('01')} --sheet 不在岗党员花名册")
    assert branch("member show 乙二 --json").json["category"] == "retired"
    assert len(branch("member list --json").json) == 4
    assert (
        "在岗党员花名册、不在岗党员花名册"
        in branch(f"member import {sample('01')} --sheet 没有", code=4).err
    )


def test_somebody_of_the_same_name_who_joined_on_another_day_is_asked_about(
    branch: Run, workbook: Workbook
):
    said = branch(f"member import {workbook('姓名 入党日期', ('王五', '2021-07-01'))}", code=65)
    assert "同一人，还是另一人" in said.out
    assert nobody_new(branch)


def test_a_telephone_list_corrects_members_without_their_day_of_joining(
    branch: Run, workbook: Workbook
):
    file = workbook("姓名 手机号码", ("王 五", "138 0000 0002"))
    branch(f"member import {file} --update")
    assert branch("member show 王五 --json").json["phone"] == "138****0002"


def test_what_has_a_day_of_its_own_is_left_to_its_command(branch: Run, workbook: Workbook):
    file = workbook("姓名 入党日期 党内职务", ("王五", "2020-07-01", "纪检委员"))
    said = branch(f"member import {file} --update")
    assert "partyctl member post '#3' discipline --from …" in said.out
    assert "加 --update --from 日期 一并写入" in said.err
    assert branch("member show 王五 --json").json["posts"] == []


def test_from_a_day_on_a_roster_corrects_posts_leadership_and_category(
    branch: Run, workbook: Workbook
):
    branch("member post 王五 discipline --from 2026-01-10")
    branch("dues assess 王五 --base 5100 --from 2026-01")
    heads = "姓名 入党日期 党内职务 领导干部 类别"
    file = workbook(heads, ("王五", "2020-07-01", "组织委员、支部委员", "是", "退休"))
    shown = branch(f"member import {file} --update --from 2026-03-05 --dry-run")
    assert "member post" not in shown.out
    assert "要有日期" not in shown.err
    branch(f"member import {file} --update --from 2026-03-05")
    found = branch("member show 王五 --json").json
    assert {(each["post"], each["from"], each["to"]) for each in found["posts"]} == {
        ("discipline", "2026-01-10", "2026-03-04"),
        ("organization", "2026-03-05", None),
        ("committee", "2026-03-05", None),
    }
    (row,) = [each for each in branch("member list --json").json if each["name"] == "王五"]
    assert (row["leader"], row["category"]) == (True, "retired")
    assert branch(f"member import {file} --json").json["members"][0]["state"] == "same"
    branch("undo")
    assert branch("member show 王五 --json").json["posts"] == [
        {"post": "discipline", "from": "2026-01-10", "to": None}
    ]


def test_what_a_change_of_category_does_to_the_dues_is_said(branch: Run, workbook: Workbook):
    branch("dues assess 王五 --base 5100 --from 2026-01")
    file = workbook("姓名 类别", ("王五", "退休"))
    said = branch(f"member import {file} --update --from 2026-03-05")
    assert "党费按原核定每月" in said.err


def test_a_post_that_began_later_does_not_end_before_it(
    branch: Run, workbook: Workbook, ledger: Path
):
    branch("member post 王五 discipline --from 2026-03-10")
    before = digest(ledger)
    file = workbook("姓名 党内职务", ("王五", "组织委员"))
    said = branch(f"member import {file} --update --from 2026-03-05", code=65)
    assert "早于 2026-03-10" in said.out
    assert digest(ledger) == before


def test_another_branch_and_another_standing_are_never_guessed(branch: Run, workbook: Workbook):
    branch("branch add 二支部")
    file = workbook("姓名 所属支部 正式/预备", ("王五", "二支部", "预备党员"))
    (told,) = branch(f"member import {file} --update --from 2026-03-05 --json").json["members"]
    assert {each["column"]: each["remedy"] for each in told["differs"]} == {
        "党支部": "partyctl member leave '#3' --to 二支部 --on …",
        "正式/预备": "partyctl member edit '#3' --probationary",
    }


def test_questions_are_answered_on_a_real_terminal(branch: Run, workbook: Workbook, ledger: Path):
    file = workbook("姓名 入党日期", ("★赵六", "2025.12"))
    screen = Screen("--ledger", str(ledger), "member", "import", str(file))
    screen.answer("只有年月", "2025-12-10")
    screen.answer("是什么意思", "2")
    code, seen = screen.leave()
    assert code == 0, seen
    assert "已导入" in seen
    assert branch("member show 赵六 --json").json["joined_on"] == "2025-12-10"


def test_what_is_not_answered_on_a_real_terminal_is_an_error(
    branch: Run, workbook: Workbook, ledger: Path
):
    before = digest(ledger)
    file = workbook("姓名 入党日期", ("赵六", "2025.12"))
    screen = Screen("--ledger", str(ledger), "member", "import", str(file))
    screen.answer("只有年月", "")
    code, seen = screen.leave()
    assert code == 65, seen
    assert "一行也没有写入" in seen
    assert digest(ledger) == before


def test_questions_are_asked_on_a_terminal(
    branch: Run, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
):
    answers = iter(["2025-12-10", "2", "1"])
    monkeypatch.setattr("partyctl.cli.session.current.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    file = workbook("姓名 入党日期", ("★赵六", "2025.12"))

    asked = branch(f"member import {file}").err

    assert "只有年月" in asked
    assert "“★”是什么意思" in asked
    assert branch("member show 赵六 --json").json["joined_on"] == "2025-12-10"


@pytest.mark.parametrize(("wrong", "code"), [(2, 0), (3, 65)])
def test_the_answers_of_every_round_are_used(
    branch: Run, workbook: Workbook, monkeypatch: pytest.MonkeyPatch, wrong: int, code: int
):
    answers = ["2015.12"] * wrong + ["2015-12-10"]
    monkeypatch.setattr("partyctl.cli.session.current.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: answers.pop(0))
    file = workbook("姓名 入党日期", ("赵六", "2015.12"))

    asked = branch(f"member import {file}", code=code).err

    assert asked.count("只有年月") == 3
    assert nobody_new(branch) is bool(code)


def test_no_answer_leaves_it_an_error(
    branch: Run, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("partyctl.cli.session.current.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: "")
    assert (
        "一行也没有写入"
        in branch(f"member import {workbook('姓名 入党日期', ('赵六', '2025.12'))}", code=65).err
    )
    assert nobody_new(branch)
