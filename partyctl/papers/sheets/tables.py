"""Find where the tables of a sheet begin and end, and which rows are records.

A sheet contains not only records, but also titles, units, hints (必填), section titles, totals, notes
and signatures. A `Form` describes the columns of a kind of sheet. Its key columns, such as 姓名, are
the columns by which a heading is recognised.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from partyctl.papers.sheets.form import Column, Form
from partyctl.papers.sheets.grid import Cell, Grid, as_text
from partyctl.papers.sheets.heads import Block, Head, head_at
from partyctl.papers.sheets.words import tidy

TOTAL = re.compile(r"(?:合|总|小|共|累)计|总数|总人数|平均|人数合计|共\d+人")
NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|注意事项|注意|温馨提示)(?:[\d一二三四五]*[:：.、)）]|$)"
    r"|(?:填表|填报|制表|审核|负责|经办|复核|统计|联系|报送|审批|记录)(?:人|单位|日期|时间|电话)"
    r"|(?:单位|支部|党支部|党委|党组织)?(?:负责人|书记)[:：]"
    r"|(?:单位|支部|党支部|党委|党组织)?(?:负责人|书记)?[（(]?(?:签字|签名|签章|盖章|公章)"
    r"|(?:单位|党支部|支部|日期|时间|电话|联系电话|第.{1,3}页|共.{1,3}页)[:：]?(?:$|[^\w])"
)
HINT = re.compile(
    r"[（(*]?(?:必填|选填|可不填|不填|非必填|可选|自动生成|自动计算|下拉|请选择|请填写|格式|文本|日期型?|数字|数值|"
    r"yyyy|[ymd]{2,4}[-./][md]{2}|填写|示例|样例|例如|例[:：]|如[:：]|如\d)",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"[（(]?(?:例|示例|样例|举例|范例)(?:[:：）)]|$)")
SECTION_WORDS = re.compile(
    r"小组|支部|党员|党委|机关|部门|[一二三四五六七八九十]、|[（(][一二三四五六七八九十][）)]"
)
UNLIKE_A_NAME = re.compile(r"[计注备说示样举范例填必选文总均共单日第审负经复统联报\d:：*＊★]|.{9}")
LEADING_SIGNS = " *＊★☆※【[（("


class Line(NamedTuple):
    """One row of a table: its number in Excel, and its cells."""

    number: int
    cells: list[Cell]
    section: str
    continues: bool
    """Whether the cell in the key column is part of a merged cell that begins in an earlier row."""


@dataclass
class Table:
    """A table: the rows below a heading, and the texts around them."""

    sheet: str
    head: Head
    block: Block
    titles: list[str]
    lines: list[Line] = field(default_factory=list)
    passed_over: list[tuple[int, str]] = field(default_factory=list)

    @property
    def columns(self) -> dict[int, Column]:
        """The columns that the form describes, keyed by position."""
        return self.block.columns


def tables_of(grid: Grid, form: Form) -> list[Table]:
    """Return a sheet's tables whose heading has a key column of the form, in order.

    Tables that stand side by side are returned as separate tables.
    """
    found: list[Table] = []
    current: list[Table] = []
    sections: dict[int, str] = {}
    titles: list[str] = []
    row = 0
    while row < len(grid.rows):
        head = head_at(grid, row, form)
        if head is not None:
            current = [Table(grid.name, head, block, titles) for block in head.blocks]
            found += current
            sections = {}
            row = head.bottom + 1
            continue
        if not current:
            titles += [as_text(cell) for cell in grid.rows[row] if isinstance(cell, str)]
        for place, table in enumerate(current):
            _take(grid, row, table, sections, place)
        row += 1
    return found


def _take(grid: Grid, row: int, table: Table, sections: dict[int, str], place: int) -> None:
    """Add a row to the table if the row is clearly a record; otherwise let `_sort` decide.

    The slower `_sort` is seldom called, because nearly all rows are clearly records.
    """
    block, cells = table.block, grid.rows[row]
    is_plain = (
        _is_named(cells[block.key], cells[block.first])
        and any(cell is not None for cell in cells[block.first + 1 : block.last + 1])
        and row not in grid.continued
    )
    if is_plain:
        table.lines.append(Line(row + 1, cells, sections.get(place, ""), False))
    else:
        _sort(grid, row, table, sections, place)


def _sort(grid: Grid, row: int, table: Table, sections: dict[int, str], place: int) -> None:
    """Add a row to the table if the row is a record; otherwise skip the row."""
    block, cells = table.block, grid.rows[row]
    first, last, key = block.first, block.last, block.key
    span = enumerate(cells[first : last + 1], first)
    filled: dict[int, Cell] = {column: cell for column, cell in span if cell is not None}
    if not filled:
        return
    own = list(filled)
    if below := grid.continued.get(row):
        more = (each for each in range(first, last + 1) if each in below)
        filled |= {each: below[each] for each in more if cells[each] is None}
        cells = [filled.get(each) for each in range(grid.width)]
    if block.told.isdisjoint(own):
        if isinstance(filled[own[0]], str):
            _pass_over(table, sections, place, row, _words(filled[own[0]]))
        return
    line = Line(row + 1, cells, sections.get(place, ""), key in filled and key not in own)
    if len(own) > 1 and _is_named(filled.get(key), filled[own[0]]):
        table.lines.append(line)
        return
    words = _words(filled[min(own)])
    is_total = TOTAL.match(words) or (key in filled and TOTAL.match(_words(filled[key])))
    is_around = _is_aside(words, filled, own) or _is_hint(filled) or _numbers_columns(filled)
    if _is_section(own, filled, table.block):
        _pass_over(table, sections, place, row, words)
    elif is_total or is_around:
        table.passed_over.append((row + 1, words))
    else:
        table.lines.append(line)


def _is_named(key: Cell, first: Cell) -> bool:
    """Whether a row is clearly a record.

    In such a row, the key column contains a short name, and the row begins with this name or with
    a number.
    """
    return (
        type(key) is str
        and (type(first) is float or first is key)
        and not UNLIKE_A_NAME.search(key)
    )


def _pass_over(table: Table, sections: dict[int, str], place: int, row: int, words: str) -> None:
    table.passed_over.append((row + 1, words))
    if not (TOTAL.match(words) or NOTE.match(words.lstrip(LEADING_SIGNS))):
        sections[place] = words


def _words(cell: Cell) -> str:
    return tidy(as_text(cell)).replace(" ", "")


def _is_section(own: list[int], filled: dict[int, Cell], block: Block) -> bool:
    """Whether a row is the title of a section, such as 第一党小组 or 一、在职党员."""
    if len(own) > 1 or not isinstance(filled[own[0]], str):
        return False
    if own[0] == block.key:
        return bool(SECTION_WORDS.search(_words(filled[block.key])))
    return own[0] == min(block.names)


def _is_aside(first: str, filled: dict[int, Cell], own: list[int]) -> bool:
    """Whether a row is a note, a signature or an example."""
    bare = first.lstrip(LEADING_SIGNS)
    return bool(NOTE.match(bare) or EXAMPLE.match(first)) and isinstance(filled[min(own)], str)


def _is_hint(filled: dict[int, Cell]) -> bool:
    """Whether a row explains how to fill in the columns, with words such as 必填 or 文本."""
    return all(isinstance(cell, str) and HINT.match(_words(cell)) for cell in filled.values())


def _numbers_columns(filled: dict[int, Cell]) -> bool:
    """Whether a row has only the numbers of the columns, such as 1, 2, 3 … or 甲, 乙, 1, 2."""
    words = [_words(filled[column]) for column in sorted(filled)]
    while words and words[0] in ("甲", "乙", "丙", "栏次"):
        words = words[1:]
    return len(words) > 1 and words == [str(n) for n in range(1, len(words) + 1)]


def sheet_texts(table: Table) -> Iterator[str]:
    """Yield the name of a table's sheet, then the texts above the first table of this sheet."""
    yield table.sheet
    yield from table.titles
