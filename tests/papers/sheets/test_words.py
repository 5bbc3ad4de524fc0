import pytest

from partyctl import language
from partyctl.papers.sheets import words
from partyctl.papers.sheets.contents import Lost
from partyctl.papers.sheets.forms import standing
from partyctl.papers.sheets.forms.results import read_result
from partyctl.papers.sheets.headings import heading
from partyctl.papers.sheets.unread import Unread
from partyctl.terms import Category, Post, Result


@pytest.mark.parametrize(
    "typed",
    [
        "姓名",
        "姓 名",
        "姓\u3000名",
        "姓\n名",
        "*姓名",
        "姓名*",
        "姓名：",
        "姓名（必填）",
        "【姓名】姓名",
        "\ufeff姓名",
        "姓名[必填]",
        "“姓名”",
    ],
)
def test_a_columns_name_however_it_is_decked_out(typed):
    assert heading(typed) == "姓名"


@pytest.mark.parametrize(
    ("chosen", "choices"), [("zh", ("合格", "不合格")), ("en", ("pass", "fail"))]
)
def test_the_words_that_are_offered_for_a_result_are_read(chosen: str, choices: tuple[str, str]):
    language.choose(chosen)
    with pytest.raises(Unread) as refused:
        read_result("85")
    assert refused.value.choices == choices
    assert [read_result(each) for each in choices] == [Result.PASS, Result.FAIL]
    assert all(each in refused.value.sentence for each in choices)


def test_a_name_that_is_nothing_but_a_remark_is_kept():
    assert heading("（备注）") == "(备注)"


@pytest.mark.parametrize(
    "typed", ["是", "√", "✓", "✔", "有", "Y", "Yes", "1", True, 1.0, "对", " 是 "]
)
def test_yes(typed):
    assert words.read_yes(typed) is True


@pytest.mark.parametrize("typed", ["否", "×", "✗", "无", "N", "no", "0", False, 0.0, "Ｘ"])
def test_no(typed):
    assert words.read_yes(typed) is False


def test_neither_yes_nor_no():
    assert words.read_yes(None) is None
    assert words.read_yes("—") is None
    with pytest.raises(Unread, match="应写是或否"):
        words.read_yes("大概")


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        (76.5, 7650),
        (10, 1000),
        (10.0, 1000),
        ("76.50", 7650),
        ("76.5元", 7650),
        ("¥1,234.50", 123450),
        ("￥10", 1000),
        ("１０", 1000),
        ("10元整", 1000),
        (None, None),
        ("—", None),
    ],
)
def test_an_amount_in_yuan(typed, fen):
    assert words.read_money(typed) == fen


@pytest.mark.parametrize(
    "typed",
    [10.005, 1e-9, "12.345", "十元", "-5", -5, 0.1 + 0.2, "5²", True, Lost.UNCALCULATED, 1e12],
)
def test_no_amount_is_rounded_or_guessed(typed):
    with pytest.raises(Unread):
        words.read_money(typed)


@pytest.mark.parametrize(
    ("typed", "number"), [(7, 7), (7.0, 7), ("7人", 7), ("7 名", 7), (None, None), ("/", None)]
)
def test_a_number_of_people(typed, number):
    assert words.read_count(typed) == number


@pytest.mark.parametrize("typed", [7.5, "几个", -1, "1234567", True])
def test_what_is_no_number_of_people(typed):
    with pytest.raises(Unread):
        words.read_count(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("110101 19900101 1237", "110101199001011237"),
        ("'110101199001011237", "110101199001011237"),
        ("11010119900101123x", "11010119900101123X"),
        ("无", None),
    ],
)
def test_an_identity_number(typed, number):
    assert words.read_identity(typed) == number


@pytest.mark.parametrize("typed", [110101199001011237.0, "1.10101199001011E+17", 5.0])
def test_an_identity_number_that_was_a_number_has_lost_digits(typed):
    with pytest.raises(Unread, match="末几位已丢失") as caught:
        words.read_identity(typed)
    assert "1101" not in caught.value.sentence


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        (13800000001.0, "13800000001"),
        ("138 0000 0001", "13800000001"),
        ("010-6600 0000", "010-66000000"),
        ("—", None),
    ],
)
def test_a_telephone(typed, phone):
    assert words.read_telephone(typed) == phone


@pytest.mark.parametrize(
    ("typed", "posts"),
    [
        ("党支部书记", [Post.BRANCH_SECRETARY]),
        ("书记", [Post.BRANCH_SECRETARY]),
        ("支部副书记", [Post.DEPUTY_SECRETARY]),
        ("支委", [Post.COMMITTEE]),
        ("支委、组织委员", [Post.COMMITTEE, Post.ORGANIZATION]),
        ("组织委员兼纪检委员", [Post.ORGANIZATION, Post.DISCIPLINE]),
        ("支部书记兼任宣传委员", [Post.BRANCH_SECRETARY, Post.PUBLICITY]),
        ("纪律检查委员／党小组长", [Post.DISCIPLINE, Post.CELL_LEADER]),
        ("党组书记\n支部书记", [Post.LEADING_SECRETARY, Post.BRANCH_SECRETARY]),
        ("组织委员和宣传委员", [Post.ORGANIZATION, Post.PUBLICITY]),
    ],
)
def test_posts_as_people_say_them(typed, posts):
    assert standing.read_posts(typed) == {"posts": posts}


@pytest.mark.parametrize("typed", ["无", "普通党员", "—", "党员", None, "群众"])
def test_no_post(typed):
    assert standing.read_posts(typed) == {}


def test_a_post_that_is_none_of_the_partys_is_unclear_and_the_others_are_not():
    with pytest.raises(Unread, match="科长") as caught:
        standing.read_posts("科长、支部书记")
    assert caught.value.said == {"posts": [Post.BRANCH_SECRETARY]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("正式党员", {"probationary": False}),
        ("预 备", {"probationary": True}),
        ("中共预备党员", {"probationary": True}),
        ("退休", {"category": Category.RETIRED}),
        ("离休干部", {"category": Category.RETIRED}),
        ("在岗", {"category": Category.EMPLOYED}),
        ("在职党员", {"category": Category.EMPLOYED}),
        ("待业", {"category": Category.UNEMPLOYED}),
        ("", {}),
    ],
)
def test_a_column_of_kinds_says_the_one_or_the_other(typed, said):
    assert standing.read_standing(typed) == said
    assert standing.read_category(typed) == said


@pytest.mark.parametrize("typed", ["群众", "共青团员", "乘客"])
def test_what_is_no_standing(typed):
    with pytest.raises(Unread):
        standing.read_standing(typed)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("不在岗党员花名册", {"category": Category.RETIRED}),
        ("在岗党员花名册", {"category": Category.EMPLOYED}),
        ("离退休党员", {"category": Category.RETIRED}),
        ("在职和退休党员名册", {}),
        ("党员名册", {}),
    ],
)
def test_what_the_name_of_a_sheet_says(name, said):
    assert standing.category_of(name) == said
