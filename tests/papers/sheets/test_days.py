from datetime import date, datetime, time

import pytest

from partyctl.papers.sheets.contents import Lost
from partyctl.papers.sheets.days import Month, read_day_or_month, title_year
from partyctl.papers.sheets.unread import Unread

DAY = date(2010, 7, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2010-07-01",
        "2010-7-1",
        "2010.7.1",
        "2010.07.01.",
        "2010/7/1",
        "2010、7、1",
        "20100701",
        "2010年7月1日",
        "2010年7月1号",
        "2010 年 7 月 1 日",
        "２０１０年７月１日",
        "2010．7．1",
        "2010，7，1",
        "二〇一〇年七月一日",
        "二○一○年七月一日",
        "二零一零年七月一号",
        " 2010-07-01 ",
        "'2010-07-01",
        "2010-07-01 00:00:00",
        "2010-07-01T09:30",
        "2010/7/1  14:30",
        "2010年7月1日下午3时",
        "2010年7月1日上午9点",
        "2010年7月1日（星期四）",
        "2010年7月1日 9:00-11:30",
        "2010.7.1 上午",
        "2010\u200b-07-01",
        "\ufeff2010-07-01",
        "2010—07—01",
        "2010–7–1",
        "2010 7月1日"[:4] + "-7-1",
        DAY,
        datetime(2010, 7, 1, 14, 30),  # noqa: DTZ001 - a cell has no zone
        20100701,
        20100701.0,
    ],
)
def test_a_day_is_read_as_people_write_it(written):
    assert read_day_or_month(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二〇年十二月三十一日", date(2020, 12, 31)),
        ("一九九八年十月二十日", date(1998, 10, 20)),
        ("二〇〇一年元月廿一日", date(2001, 1, 21)),
    ],
)
def test_chinese_numerals(written, day):
    assert read_day_or_month(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "1998.07",
        "1998年7月",
        "1998-07",
        "1998/7",
        "199807",
        199807,
        1998.07,
        "一九九八年七月",
        "1998年7月份",
    ],
)
def test_a_month_has_no_day(written):
    assert read_day_or_month(written) == Month(1998, 7)


@pytest.mark.parametrize(
    "written", [None, "", " ", "—", "-", "——", "无", "/", "暂无", "N/A", "\u200b"]
)
def test_nothing_is_said(written):
    assert read_day_or_month(written) is None


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (1998.1, "october"),
        ("1998.1", "october"),
        (40360, "serial"),
        ("98.7.1", "short-year"),
        ("'98-07-01", "short-year"),
        ("01/07/2010", "order"),
        ("2010-02-30", "no-such-day"),
        ("2010-13-01", "no-such-day"),
        ("1010-07-01", "no-such-day"),
        ("2010.7-2012.7", "day"),
        ("2010年", "day"),
        ("去年", "day"),
        (2010, "day"),
        (2010.75, "day"),
        (True, "day"),
        (time(9, 30), "day"),
        (Lost.UNCALCULATED, "uncalculated"),
        (Lost.ERROR, "error"),
        ("201007011", "day"),
        ("2010-07-011", "day"),
    ],
)
def test_what_is_unclear_is_never_guessed(written, kind):
    with pytest.raises(Unread) as caught:
        read_day_or_month(written)
    assert caught.value.kind == kind


def test_october_is_october_where_its_zero_was_kept():
    assert read_day_or_month("1998.10") == Month(1998, 10)


@pytest.mark.parametrize(
    ("title", "year"), [("2026年党费收缴登记表", 2026), ("党费", None), ("2025年至2026年", None)]
)
def test_the_year_of_a_title(title, year):
    assert title_year(title) == year
