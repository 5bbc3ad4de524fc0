"""Parse people's names as written in sheets: 周 一, 买买提•艾力, 丙三（预备）, ★丁四."""

import re
from typing import Any, NamedTuple, TypeAlias

from partyctl.papers.sheets.grid import Cell, as_text
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import is_nothing, require_told
from partyctl.terms import Category, Gender
from partyctl.text import plain_name

Values: TypeAlias = dict[str, Any]

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
REMARK = re.compile(r"[（(〔\[【]\s*([^）)〕\]】]*?)\s*[）)〕\]】]")
MARK = re.compile("[★☆●○△▲◎◆◇■□※*＊#＃①-⑳√✓]")
NAME = re.compile(r"[^\W\d_]+(?:[· ][^\W\d_]+)*")
BETWEEN = re.compile(r"[、，,；;/／\n]+")

PROBATIONARY: Values = {"probationary": True}
FULL: Values = {"probationary": False}
FEMALE: Values = {"gender": Gender.FEMALE}
MALE: Values = {"gender": Gender.MALE}
RETIRED: Values = {"category": Category.RETIRED}
EMPLOYED: Values = {"category": Category.EMPLOYED}
NO_FIELD: Values = {}

SAID_BY_REMARK = {
    remark: values
    for remarks, values in (
        (("预备", "预备党员"), PROBATIONARY),
        (("正式", "正式党员"), FULL),
        (("女", "女性"), FEMALE),
        (("男", "男性"), MALE),
        (("退休", "离休", "离退休", "已退休"), RETIRED),
        (("在职", "在岗"), EMPLOYED),
        (("新转入", "转入", "新", "新增", "借调", "挂职", "流动党员", "外出"), NO_FIELD),
    )
    for remark in remarks
}
"""For each remark that can be beside a name, such as 退休: the values that the remark gives.

Some remarks, such as 新转入, give no value.
"""

MEANINGS = {
    "预备党员": PROBATIONARY,
    "正式党员": FULL,
    "领导干部": {"leader": True},
    "离退休": RETIRED,
    "女": FEMALE,
    "不登记": NO_FIELD,
}
"""What a ★ beside a name can mean.

The clerk is asked what ★ means, because its meaning differs between sheets.
"""


class Named(NamedTuple):
    """A person's name in a cell.

    `said`: the values that the remarks beside the name give. `remarks`: the remarks that give no
    value. `mark`: a mark beside the name, such as ★.
    """

    name: str
    said: Values
    remarks: tuple[str, ...]
    mark: str | None


def read_named(cell: Cell) -> Named | None:
    """Return the name in a cell, or None if the cell is empty.

    Raises Unread if the text does not look like a name, or if a remark in it is unknown.
    """
    if type(cell) is str and cell.isalpha():
        return None if is_nothing(cell) else Named(plain_name(cell), NO_FIELD, (), None)
    require_told(cell)
    text = INVISIBLE.sub("", as_text(cell)).strip().lstrip("'‘")
    if is_nothing(text):
        return None
    said: Values = {}
    remarks = []
    for remark in REMARK.findall(text):
        if remark not in SAID_BY_REMARK:
            raise Unread(
                "name-remark",
                f"姓名“{text}”括号里的“{remark}”是什么意思？请只写姓名",
                f"what does “{remark}” beside the name “{text}” mean? Write the name alone",
            )
        said |= SAID_BY_REMARK[remark]
        if not SAID_BY_REMARK[remark]:
            remarks.append(remark)
    bare = REMARK.sub("", text)
    marks = MARK.findall(bare)
    name = plain_name(MARK.sub("", bare))
    if not NAME.fullmatch(name) or isinstance(cell, int | float):
        raise Unread(
            "name",
            f"“{text}”不像姓名；请只写姓名",
            f"“{text}” does not look like a name; write the name alone",
        )
    return Named(name, said, tuple(remarks), marks[0] if marks else None)


def unclear_mark(mark: str) -> Unread:
    """Return the problem to report for a mark, such as ★, that can have several meanings."""
    return Unread(
        "mark",
        f"姓名旁的“{mark}”是什么意思？请删去，或在相应的列写明",
        f"what does the mark “{mark}” beside a name mean? Remove the mark, or write its "
        "meaning in a column",
        choices=tuple(MEANINGS),
        key=f"mark {mark}",
    )


def read_names(cell: Cell) -> list[str]:
    """Return the names in a cell, each in the form in which the ledger stores it. Raises Unread."""
    require_told(cell)
    text = INVISIBLE.sub("", as_text(cell)).strip()
    if is_nothing(text):
        return []
    return [found.name for part in BETWEEN.split(text) if (found := read_named(part))]
