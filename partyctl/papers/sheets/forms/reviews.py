"""The sheet of a yearly review: each member's grade, ballots and day of the self-summary."""

from partyctl.bilingual import Told
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.days import title_year
from partyctl.papers.sheets.form import Column, Form, Values
from partyctl.papers.sheets.forms.roster import NAME, NUMBER
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import read_count, read_term, text_of
from partyctl.terms import Grade

UNRATED = frozenset(
    (
        "不定等次",
        "未定等次",
        "未评",
        "未评定",
        "未参评",
        "不参评",
        "不参加评议",
        "未参加评议",
        "暂缓",
        "免评",
        "缺席",
    )
)
SYNONYMS = {
    **{f"{grade.chinese}{ending}": grade for grade in Grade for ending in ("党员", "等次")},
    "优": Grade.EXCELLENT,
}


def read_grade(cell: Cell) -> Values:
    """Parse a grade; return no values if the member was not rated. Raises Unread."""
    text = text_of(cell)
    if text is None or text.replace(" ", "") in UNRATED:
        return {}
    grade = read_term(Grade, cell, SYNONYMS, Told("评议等次", "grade"))
    return {} if grade is None else {"grade": grade}


def read_year(cell: Cell) -> Values:
    """Parse a year, such as 2026 or 2026年度. Raises Unread."""
    text = text_of(cell)
    if text is None:
        return {}
    year = title_year(text)
    if year is None:
        raise Unread("year", f"年份“{text}”读不出来；写成 2026", f"cannot read the year “{text}”")
    return {"year": year}


def votes_field(grade: Grade) -> str:
    """Return the field for the number of votes for a grade."""
    return f"votes_{grade.value}"


def _votes_column(grade: Grade) -> Column:
    word = grade.chinese
    return Column(
        field=votes_field(grade),
        title=Told(f"{word}票数", f"{grade.value} votes"),
        names=(f"{word}票数", f"{word}票", f"{word}得票", f"{word}得票数", f"{word}（票）"),
        read=kinds.only(votes_field(grade), read_votes),
        width=10,
    )


def read_votes(cell: Cell) -> int | None:
    """Parse a number of votes, such as 28 or 28票. Raises Unread."""
    return read_count(cell.strip().removesuffix("票") if isinstance(cell, str) else cell)


COLUMNS = (
    NUMBER,
    NAME,
    Column(
        field="year",
        title=Told("年度", "year"),
        names=("年度", "评议年度", "年份", "year"),
        read=read_year,
        width=8,
    ),
    Column(
        field="self_on",
        title=Told("自我总结日期", "own summary"),
        names=("自我总结日期", "自我总结时间", "个人总结日期", "自评日期", "self"),
        read=kinds.day("self_on"),
        is_past=True,
        width=14,
    ),
    Column(
        field="grade",
        title=Told("评议等次", "grade"),
        names=(
            "评议等次",
            "评议结果",
            "评定等次",
            "等次",
            "民主评议结果",
            "民主评议等次",
            "评议等级",
            "评定结果",
            "评议意见",
            "组织评定",
            "grade",
        ),
        read=read_grade,
        choices=tuple(grade.chinese for grade in Grade),
    ),
    *(_votes_column(grade) for grade in Grade),
)


def said_by(text: str) -> Values:
    """Return the year in a title such as 2026年度民主评议党员情况表."""
    year = title_year(text)
    return {} if year is None else {"year": year}


REVIEW = Form(
    noun="review",
    version=1,
    columns=COLUMNS,
    of_what=lambda what: {"year": int(what)},
    said_by=said_by,
)
"""One row per member, with the day of the self-summary, the grade and the ballots."""
