"""The first and the last row of a table are found on sheets with different layouts."""

import pytest

from partyctl.errors import BadInput
from partyctl.terms import Category
from tests.papers.sheets.conftest import Sheet, names

HEAD = ("序号", "姓名", "入党日期")
ONE = (1, "甲一", "2010-07-01")
TWO = (2, "乙二", "2011-07-01")


def test_titles_a_unit_and_empty_lines_stand_above(roster: Sheet):
    found = roster(
        ("某局党员名册",), (), ("单位：某局", None, "2026年1月"), HEAD, ONE, TWO, merged=["A1:C1"]
    )
    assert names(found) == ["甲一", "乙二"]
    assert [entry.row for entry in found.entries] == [5, 6]


def test_a_head_in_line_60(roster: Sheet):
    found = roster(*([("说明",)] * 59), HEAD, ONE)
    assert names(found) == ["甲一"]
    assert found.entries[0].row == 61


JOINED = "2010-07-01"


@pytest.mark.parametrize(
    ("lines", "merged"),
    [
        pytest.param(
            [("姓名", "入党", None), (None, "日期", "介绍人"), ("甲一", JOINED, "丙三")],
            ["A1:A2", "B1:C1"],
            id="merged across and down",
        ),
        pytest.param(
            [("姓名", "入党", None), (None, "日期", "介绍人"), ("甲一", JOINED, "丙三")],
            [],
            id="unmerged",
        ),
        pytest.param(
            [("基本情况", None, "党内"), ("姓名", "性别", "入党时间"), ("甲一", "男", JOINED)],
            ["A1:B1"],
            id="groups above the name",
        ),
        pytest.param(
            [
                ("基本情况", None, None),
                ("姓名", "党内情况", None),
                (None, "入党日期", "转正日期"),
                ("甲一", JOINED, "2011-07-01"),
            ],
            ["A1:C1", "A2:A3", "B2:C2"],
            id="three lines",
        ),
        pytest.param(
            [("姓名", "出生", "入党"), (None, "日期", "日期"), ("甲一", "1980-01-01", JOINED)],
            ["A1:A2"],
            id="each heading line has a part of the name",
        ),
    ],
)
def test_heads_of_two_and_three_lines(roster: Sheet, lines: list, merged: list):
    found = roster(*lines, merged=merged)
    assert names(found) == ["甲一"]
    assert found.entries[0].values["joined_on"].isoformat() == JOINED


@pytest.mark.parametrize(
    "hint",
    [
        ("必填", "必填", "必填"),
        ("（选填）", "（必填）", "格式：yyyy-mm-dd"),
        (1, 2, 3),
        ("1", "2", "3"),
        ("甲", "1", "2"),
        (None, "必填", "文本"),
        ("示例", "张三", "2010-07-01"),
        ("例：", "张三", "2010-07-01"),
    ],
)
def test_hints_below_the_head_are_no_records(roster: Sheet, hint: tuple):
    found = roster(HEAD, hint, ONE)
    assert names(found) == ["甲一"]
    assert any("跳过" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    "end",
    [
        ("合计", "2人", None),
        ("合 计", None, None),
        ("总计：", 2, None),
        (None, "合计2人", None),
        ("共2人", None, None),
        ("注：本表一式两份", None, None),
        ("备注：", "丙三另报", None),
        ("说明：1.按实填写", None, None),
        ("填表人：甲一", None, "填表日期：2026年1月5日"),
        ("支部书记（签字）：", None, "2026-01-05"),
        ("单位负责人：", "乙二", "审核人：丙三"),
        ("党支部（盖章）", None, None),
        ("联系电话：010-66000000", None, None),
        ("第1页 共1页", None, None),
        (3, None, None),
        (None, None, " "),
    ],
)
def test_what_stands_below_a_table_is_no_record(roster: Sheet, end: tuple):
    assert names(roster(HEAD, ONE, TWO, end)) == ["甲一", "乙二"]


def test_subtotals_within_a_table(roster: Sheet):
    assert names(roster(HEAD, ONE, ("小计", 1, None), TWO, ("合计", 2, None))) == ["甲一", "乙二"]


def test_a_section_says_what_its_lines_have_in_common(roster: Sheet):
    found = roster(HEAD, ("第一党小组",), ONE, ("一、离退休党员",), TWO, merged=["A2:C2", "A4:C4"])
    assert names(found) == ["甲一", "乙二"]
    first, second = (entry.values for entry in found.entries)
    assert first["cell"] == "第一党小组"
    assert second["category"] is Category.RETIRED


def test_what_a_line_says_goes_before_what_its_section_says(roster: Sheet):
    found = roster((*HEAD, "类别"), ("离退休党员",), (*ONE, "在职"))
    assert found.entries[0].values["category"] is Category.EMPLOYED


def test_a_name_alone_is_a_record_that_lacks_something_and_no_section(roster: Sheet):
    found = roster(("姓名", "入党日期"), ("甲一", None))
    assert [entry.values for entry in found.entries] == [{"name": "甲一"}]


def test_a_line_without_a_name_is_not_dropped(roster: Sheet):
    found = roster((*HEAD, "电话"), (1, None, "2010-07-01", "13800000001"), (2, None, None, "138"))
    assert [(each.row, each.column, each.sentence) for each in found.problems] == [
        (2, "姓名", "没有填"),
        (3, "姓名", "没有填"),
    ]


def test_the_head_repeated_on_every_page(roster: Sheet):
    assert names(roster(HEAD, ONE, ("某局党员名册",), HEAD, TWO)) == ["甲一", "乙二"]


def test_two_tables_one_below_the_other_with_columns_of_their_own(roster: Sheet):
    found = roster(HEAD, ONE, (), ("姓名", "性别", "入党时间"), ("乙二", "女", "2011-07-01"))
    assert names(found) == ["甲一", "乙二"]


def test_two_tables_side_by_side(roster: Sheet):
    found = roster((*HEAD, None, *HEAD), (*ONE, None, *TWO), (3, "丙三", "2012-07-01"))
    assert names(found) == ["甲一", "丙三", "乙二"]


def test_two_tables_side_by_side_that_are_unlike_are_one_sentence(roster: Sheet):
    found = roster((*HEAD, "姓名", "性别"), (*ONE, "乙二", "女"))
    assert [each.sentence for each in found.problems] == [
        "两张表并排，列名不一样；请拆成两张工作表"
    ]


def test_merged_cells_say_the_same_to_all_their_lines(roster: Sheet):
    found = roster(
        ("党小组", "姓名", "入党日期"),
        ("第一小组", "甲一", "2010-07-01"),
        (None, "乙二", "2011-07-01"),
        ("第二小组", "丙三", "2012-07-01"),
        merged=["A2:A3"],
    )
    assert [entry.values["cell"] for entry in found.entries] == ["第一小组", "第一小组", "第二小组"]


def test_an_unmerged_empty_cell_below_says_nothing(roster: Sheet):
    found = roster(
        ("党小组", "姓名", "入党日期"),
        ("第一小组", "甲一", "2010-07-01"),
        (None, "乙二", "2011-07-01"),
    )
    assert "cell" not in found.entries[1].values


def test_a_note_merged_across_says_nothing_in_the_other_columns(roster: Sheet):
    found = roster(HEAD, ONE, ("注：甲一借调",), merged=["A3:C3"])
    assert names(found) == ["甲一"]


def test_a_name_merged_over_two_lines_is_one_person_who_is_asked_about(roster: Sheet):
    found = roster(HEAD, ONE, (None, None, "2012-07-01"), merged=["B2:B3"])
    assert [each.kind for each in found.problems] == ["continued"]


def test_columns_that_are_not_kept_are_named_once(roster: Sheet):
    found = roster((*HEAD, "民族", "星座"), (*ONE, "汉", "白羊"), (*TWO, "汉", "白羊"))
    assert names(found) == ["甲一", "乙二"]
    assert found.remarks == ["没有登记这些列：序号、民族、星座。"]


def test_two_columns_that_say_the_same_may_agree(roster: Sheet):
    head = ("姓名", "入党日期", "入党时间")
    assert names(roster(head, ("甲一", "2010-07-01", "2010年7月1日"))) == ["甲一"]
    found = roster(head, ("甲一", "2010-07-01", "2010年7月2日"))
    assert [(each.column, each.kind) for each in found.problems] == [("入党时间", "conflict")]


def test_a_remark_beside_a_name_and_a_column_may_not_disagree(roster: Sheet):
    found = roster((*HEAD, "性别"), (1, "甲一（女）", "2010-07-01", "男"))
    assert [(each.column, each.kind) for each in found.problems] == [("性别", "conflict")]


IN_THREE = [
    pytest.param(
        [("姓名", "出生年月日", None, None), (None, "年", "月", "日")],
        ["A1:A2", "B1:D1"],
        id="merged",
    ),
    pytest.param([("姓名", "出生", None, None), (None, "年", "月", "日")], [], id="unmerged"),
    pytest.param([("姓名", "出生年", "出生月", "出生日")], [], id="one line"),
]


@pytest.mark.parametrize(("head", "merged"), IN_THREE)
def test_a_birth_in_three_columns(roster: Sheet, head: list, merged: list):
    lines = [("甲一", 1985, 12, 20), ("乙二", "1986年", "2月", "3日"), ("丙三", None, None, None)]
    found = roster(*head, *lines, merged=merged)
    assert names(found) == ["甲一", "乙二", "丙三"]
    born = [entry.values.get("birth_on") for entry in found.entries]
    assert [day and day.isoformat() for day in born] == ["1985-12-20", "1986-02-03", None]
    assert found.remarks == []


@pytest.mark.parametrize(
    ("parts", "kind"), [((1985, 13, 1), "no-such-day"), ((1985, "=1+1", 1), "uncalculated")]
)
def test_three_columns_that_make_no_day_are_unclear(roster: Sheet, parts: tuple, kind: str):
    found = roster(("姓名", "入党年", "入党月", "入党日"), ("甲一", *parts))
    assert [(each.row, each.kind) for each in found.problems] == [(2, kind)]


def test_a_year_and_a_month_in_columns_are_no_day(roster: Sheet):
    found = roster(("姓名", "出生年", "出生月", "出生日"), ("甲一", 1985, 12, None))
    assert names(found) == ["甲一"]
    assert "birth_on" not in found.entries[0].values
    assert "只有年月" in found.remarks[0]


def test_each_cell_that_is_not_kept_is_counted(roster: Sheet):
    head = ("姓名", "入党日期", "出生日期")
    lines = [(name, "2010-07-01", "1990年3月") for name in ("甲一", "乙二", "丙三")]
    found = roster(head, *lines, ("丁四", "2010-07-01", "1991年4月"))
    assert ["birth_on" in each.values for each in found.entries] == [False] * 4
    (remark,) = found.remarks
    assert "“出生日期”有 4 处没有登记（1990年3月、1991年4月）" in remark


def test_a_mark_is_asked_once_for_all_who_bear_it(roster: Sheet):
    lines = (HEAD, (1, "★甲一", "2010-07-01"), (2, "★乙二", "2011-07-01"))
    found = roster(*lines)
    assert {each.key for each in found.problems} == {"mark ★"}
    answered = roster(*lines, answers={"mark ★": "领导干部"})
    assert names(answered) == ["甲一", "乙二"]
    assert all(entry.values["leader"] for entry in answered.entries)


def test_an_answer_stands_for_the_cell_that_was_unclear(roster: Sheet):
    (problem,) = roster(HEAD, (1, "甲一", "1998.07")).problems
    found = roster(HEAD, (1, "甲一", "1998.07"), answers={problem.key: "1998-07-15"})
    assert found.entries[0].values["joined_on"].isoformat() == "1998-07-15"


def test_formulas_as_names_are_not_empty(roster: Sheet):
    found = roster(HEAD, (1, "=A1", "2010-07-01"), (2, "=A2", None))
    assert [(each.row, each.kind) for each in found.problems] == [
        (2, "uncalculated"),
        (3, "uncalculated"),
    ]


def test_a_day_to_come_has_not_happened(roster: Sheet):
    found = roster(
        HEAD, (1, "甲一", "2026-11-27"), (2, "乙二", "2026-11-28"), (3, "丙三", "2026-11-28")
    )
    assert [(each.row, each.kind) for each in found.problems] == [(3, "future"), (4, "future")]


def test_a_personal_value_is_masked_in_what_is_wrong_with_it(roster: Sheet):
    found = roster((*HEAD, "身份证号"), (*ONE, 110101199001011237))
    assert "1990" not in found.problems[0].value + found.problems[0].sentence


def test_a_sheet_without_a_head_is_one_sentence(roster: Sheet):
    with pytest.raises(BadInput, match="没有认出表头"):
        roster(("说明",), ("请按实填写",))
