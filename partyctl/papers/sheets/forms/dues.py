"""The sheet of dues: each member's income base (计算基数), and payments for one or several months."""

import re

from partyctl.bilingual import Told
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.days import title_year
from partyctl.papers.sheets.form import Column, Form, Values
from partyctl.papers.sheets.forms import standing
from partyctl.papers.sheets.forms.months import read_months, span_of
from partyctl.papers.sheets.forms.roster import NAME, NUMBER
from partyctl.terms import Category

MONTHS = range(1, 13)
CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
MONTH_NAMED = re.compile(r"((?:19|20|21)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*月?")


def month_field(number: int) -> str:
    """Return the field of the column for one month, such as m03."""
    return f"m{number:02d}"


def _month_column(number: int) -> Column:
    chinese = CHINESE[number - 1]
    names = (
        f"{word}{ending}"
        for word in (f"{number}月", f"{number:02d}月", f"{chinese}月")
        for ending in ("", "份", "实交", "实缴", "份实交", "党费", "交纳", "缴纳")
    )
    return Column(
        field=month_field(number),
        title=Told(f"{number}月", f"month {number}"),
        names=tuple(names),
        read=kinds.money(month_field(number)),
        is_money=True,
        width=9,
    )


COLUMNS = (
    NUMBER,
    NAME,
    Column(
        field="category",
        title=Told("类别", "category"),
        names=("类别", "党员类别", "category"),
        read=standing.read_category,
        choices=tuple(category.chinese for category in Category),
        width=9,
    ),
    Column(
        field="base",
        title=Told("计算基数", "base"),
        names=(
            "计算基数",
            "基数",
            "党费基数",
            "计缴基数",
            "党费计算基数",
            "核定基数",
            "缴费基数",
            "党费计缴基数",
            "交纳基数",
            "月工资收入",
            "交纳党费基数",
            "base",
        ),
        read=kinds.money("base"),
        is_money=True,
        private=(0, 0),
    ),
    Column(
        field="from_month",
        title=Told("起始月份", "from"),
        names=("起始月份", "起算月份", "执行月份", "从何月起", "开始月份", "from"),
        read=kinds.month("from_month"),
    ),
    Column(
        field="reason",
        title=Told("调整原因", "reason"),
        names=("调整原因", "核定原因", "变动原因", "reason"),
        read=kinds.prose("reason"),
        width=16,
    ),
    Column(
        field="month",
        title=Told("月份", "month"),
        names=("月份", "所属月份", "党费月份", "党费所属月份", "缴费月份", "month"),
        read=read_months,
        width=9,
    ),
    Column(
        field="paid",
        title=Told("实交", "paid"),
        names=(
            "实交",
            "实缴",
            "实交金额",
            "实缴金额",
            "交纳金额",
            "缴纳金额",
            "实收金额",
            "金额",
            "实交党费",
            "实缴党费",
            "交纳党费",
            "缴纳党费",
            "本月实交",
            "实交数",
            "paid",
        ),
        read=kinds.money("paid"),
        is_money=True,
    ),
    *(_month_column(number) for number in MONTHS),
    Column(
        field="paid_on",
        title=Told("交纳日期", "paid on"),
        names=("交纳日期", "缴纳日期", "交费日期", "缴费日期", "交纳时间", "缴纳时间", "paid-on"),
        read=kinds.day("paid_on"),
        is_past=True,
    ),
    Column(
        field="by",
        title=Told("代交人", "paid by"),
        names=("代交人", "代缴人", "by"),
        read=kinds.text("by"),
    ),
    Column(
        field="receipt",
        title=Told("收据号", "receipt"),
        names=("收据号", "收据编号", "票据号", "receipt"),
        read=kinds.text("receipt"),
    ),
    Column(
        field="owed",
        title=Told("月应交", "owed"),
        names=("月应交", "应交", "应缴", "应交金额", "应缴金额", "每月应交", "月应缴", "owed"),
        read=lambda _cell: {},
        is_money=True,
    ),
    Column(
        field="so_far",
        title=Told("已交", "paid so far"),
        names=("已交", "已缴", "so-far"),
        read=lambda _cell: {},
        is_money=True,
    ),
    Column(
        field="standing",
        title=Told("应交情况", "status"),
        names=("应交情况", "status"),
        read=lambda _cell: {},
    ),
)


def said_by(text: str) -> Values:
    """Return the month, months or year in a title or sheet name, such as 2026年3月党费收缴表."""
    if span := span_of(text, within=True):
        year = span[0] or title_year(text)
        return {"months": span} | ({} if year is None else {"year": int(year)})
    if match := MONTH_NAMED.search(text):
        month = int(match[2])
        if month in MONTHS:
            return {"month": f"{match[1]}-{month:02d}", "year": int(match[1])}
    year = title_year(text)
    return {} if year is None else {"year": year}


DUES = Form(
    noun="dues",
    version=1,
    columns=COLUMNS,
    ignored=("序号", "编号", "备注", "签字", "签名", "收款人", "合计", "小计", "补交", "补缴"),
    of_what=lambda what: {"month": what, "year": int(what[:4])},
    said_by=said_by,
)
"""One row per member, with the income base and the payments for each month."""
