import sys

import pytest

from partyctl.papers.sheets.people import read_named, read_names
from partyctl.papers.sheets.unread import Unread
from partyctl.terms import Category, Gender
from partyctl.text import plain_name


@pytest.mark.parametrize(
    "typed", ["周一", "周 一", "周\u3000一", " 周  一 ", "周\u200b一", "周\n一", "'周一"]
)
def test_a_padded_name_is_one_name(typed):
    assert read_named(typed).name == "周一"


@pytest.mark.parametrize("dot", "·•・･‧⋅")
def test_the_forms_of_the_dot_are_one(dot):
    assert read_named(f"买买提{dot}艾力").name == "买买提·艾力"
    assert plain_name(f"买买提 {dot} 艾力") == "买买提·艾力"


def test_a_latin_name_keeps_its_blank():
    assert plain_name(" Anna   Li ") == "Anna Li"


@pytest.mark.parametrize("typed", ["#1", "张三", "买买提•艾力", "O'Brien"])
def test_a_name_without_blanks_needs_no_regular_expression(
    typed: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "re", None)  # importing `re` fails
    assert plain_name(typed) == typed.replace("•", "·")


@pytest.mark.parametrize("name", ["𠮷田", "〇一", "欧阳 娜娜"])
def test_rare_characters(name):
    assert read_named(name).name == name.replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("丙三（预备）", {"probationary": True}),
        ("丙三(女)", {"gender": Gender.FEMALE}),
        ("丙三（女）（预备党员）", {"gender": Gender.FEMALE, "probationary": True}),
        ("丙三【退休】", {"category": Category.RETIRED}),
        ("丙三（新转入）", {}),
    ],
)
def test_what_stands_beside_a_name(typed, said):
    named = read_named(typed)
    assert (named.name, named.said) == ("丙三", said)


def test_a_remark_that_no_field_keeps_is_remarked():
    assert read_named("丙三（新转入）").remarks == ("新转入",)


@pytest.mark.parametrize("mark", "★☆*＊▲●")
def test_a_mark_is_asked(mark):
    named = read_named(f"{mark}丁四")
    assert named.name == "丁四"
    assert named.mark == mark


@pytest.mark.parametrize(
    "typed", ["丙三（小张）", "张三1", "第一小组：", 7.0, "张三/李四", "=A1", "赵\u202e六"]
)
def test_what_may_be_no_name_is_asked(typed):
    with pytest.raises(Unread):
        read_named(typed)


def test_several_names_in_a_cell():
    assert read_names("甲 一、乙二，丙三；丁四/戊五\n己六") == [
        "甲一",
        "乙二",
        "丙三",
        "丁四",
        "戊五",
        "己六",
    ]
    assert read_names("—") == []
