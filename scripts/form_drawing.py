"""Draw a form from its layout: a title, tables of fields, and tables with a row for each list entry."""

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import drawing
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from drawing import (
    CAPTION,
    HEADING,
    IN_FORM,
    MIDDLE,
    SIZE_FOUR,
    SIZE_TWO,
    SMALL,
    in_cell,
    line,
    set_widths,
)

from partyctl.language import say, speaks_english, with_colon
from partyctl.papers.labels import headed
from partyctl.terms import OpinionChannel, OpinionClass, ReferredTo, Term

NO_HEIGHTS: dict[str, int] = {}


class Fields(NamedTuple):
    """Rows of labels with their fields.

    A row has one or two pairs of label and field; heights are in millimetres.
    """

    rows: tuple[tuple[str, ...], ...]
    tall: dict[str, int] = NO_HEIGHTS


class Loop(NamedTuple):
    """A table with a row for each entry of a list: caption, list, and columns with their widths."""

    caption: str
    many: str
    columns: tuple[tuple[str, str, int], ...]
    high: int = 8


IN_LINES = ("各行", "各步骤")
"""The lists with short entries; a page break never splits one of these entries."""


class Layout(NamedTuple):
    """A form: its file name, title, the line below the title, its parts, and who signs it."""

    name: str
    title: tuple[str, str]
    parts: tuple[Fields | Loop, ...]
    signed_by: tuple[str, ...] = ()
    about: tuple[str, str] = ("{{ 党组 }}　{{ 党支部 }}", "{{ 党组 }}   {{ 党支部 }}")
    sideways: bool = False
    form: str = ""
    """The form's Chinese name, needed only if the title is a template field."""


def draw_form(layout: Layout) -> None:
    """Draw a form and save it among the templates of `partyctl paper`."""
    document = drawing.paper(sideways=layout.sideways)
    drawing.foot(document, layout.form or layout.title[0].replace(" ", ""))
    line(document, say(*layout.title), at=MIDDLE, size=SIZE_TWO, face=HEADING)
    line(document, say(*layout.about), size=SIZE_FOUR)
    wide = drawing.SIDEWAYS if layout.sideways else drawing.UPRIGHT
    for part in layout.parts:
        if isinstance(part, Fields):
            _draw_fields(document, part, wide)
        else:
            _draw_loop(document, part, wide)
    if layout.signed_by:
        signs = say("　　", "    ").join(
            with_colon(headed(who) + say("（签字）", ", signed"), "________")
            for who in layout.signed_by
        )
        line(document, signs, size=SIZE_FOUR)
    line(
        document, with_colon(headed("填表日期"), "{{ 填表日期 }}"), at=drawing.RIGHT, size=SIZE_FOUR
    )
    drawing.save(document, f"{layout.name}.docx", drawing.PAPERS)


def caption(told: str) -> str:
    """The line above a table: a label, or the instruction on a ballot."""
    return say(told, BALLOT) if told == "在相应等次下打“√”，每人只选一项。" else headed(told)


BALLOT = "Put a √ under one grade for each person."


def fitted(columns: Sequence[tuple[str, int]], wide: int) -> list[int]:
    """The widths of columns on a page; in English, no column is narrower than its longest word.

    Columns that are wider than necessary become narrower, so that the others can become wider.
    Chinese text can break after any character, so in Chinese the widths are only scaled to the page.
    """
    whole = sum(width for _, width in columns)
    widths = [width * wide // whole for _, width in columns]
    if not speaks_english():
        return widths
    needs = [_needed(name) for name, _ in columns]
    lacking = sum(max(need - width, 0) for need, width in zip(needs, widths, strict=True))
    spare = sum(max(width - need, 0) for need, width in zip(needs, widths, strict=True))
    return [
        need if width <= need else width - math.ceil((width - need) * lacking / spare)
        for need, width in zip(needs, widths, strict=True)
    ]


HOLDS: dict[str, type[Term]] = {"类别": OpinionClass, "渠道": OpinionChannel, "承办": ReferredTo}
"""Columns whose entries can be wider than the words of their heading."""


def _needed(name: str) -> int:
    """The millimetres that the longest word of an English column needs."""
    words = [headed(name), *(word.value for word in HOLDS.get(name, ()))]
    pieces = re.split(r"[ -]", " ".join(words))
    return math.ceil(5 + 2.1 * max(map(len, pieces)))


def _table(document: Any, rows: int, columns: int) -> Any:
    table = document.add_table(rows=rows, cols=columns)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    return table


def _draw_fields(document: Any, part: Fields, wide: int) -> None:
    table = _table(document, len(part.rows), 4)
    label = 36
    set_widths(table, (label, wide // 2 - label, label, wide - wide // 2 - label))
    for row, names in zip(table.rows, part.rows, strict=True):
        row.height = Mm(part.tall.get(names[0], 9))
        cells = row.cells
        if len(names) == 1:
            cells[1].merge(cells[3])
        for place, name in enumerate(names):
            label_text, _, field = name.partition("=")
            in_cell(cells[place * 2], headed(label_text), at=MIDDLE)
            in_cell(cells[place * 2 + 1], f"{{{{ {field or label_text} }}}}")


def _draw_loop(document: Any, part: Loop, wide: int) -> None:
    if part.caption:
        line(document, caption(part.caption), size=IN_FORM, face=CAPTION)
    table = _table(document, 4, len(part.columns))
    set_widths(table, fitted([(name, width) for name, _, width in part.columns], wide))
    head, start, each, end = (row.cells for row in table.rows)
    for place, (name, field, _) in enumerate(part.columns):
        in_cell(head[place], headed(name), at=MIDDLE, size=SMALL, bold=True)
        in_cell(each[place], f"{{{{ 行.{field} }}}}", size=SMALL)
    in_cell(start[0], f"{{%tr for 行 in {part.many} %}}")
    in_cell(end[0], "{%tr endfor %}")
    table.rows[2].height = Mm(part.high)
    if part.many in IN_LINES:
        table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
