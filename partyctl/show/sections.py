"""Print several tables whose columns are aligned with each other."""

import sys
from collections.abc import Sequence

from partyctl.language import say
from partyctl.light import NamedTuple
from partyctl.show.board_rows import Row, cells
from partyctl.show.tables import (
    COLOURS,
    GAP,
    Line,
    fitted,
    folded_rows,
    is_kept,
    plain_row,
    print_table,
    screen_width,
)
from partyctl.text import folded, printable, width

NARROW = 80
"""If the terminal is narrower than this, subject and clause are printed below the duty."""

DUTY = 2
"""The index of the column with the duty."""

UNDER = 4
"""The indent of names and commands."""


class Section(NamedTuple):
    """A heading and its rows."""

    heading: str
    rows: list[Row]


def print_sections(sections: Sequence[Section]) -> None:
    """Print the sections with aligned columns.

    On a terminal, the columns fit the terminal's width, and the statuses are coloured.
    """
    if not sections:
        return
    if is_kept():
        for section in sections:
            print_table(in_file(), list(map(_in_file, section.rows)), section.heading)
        return
    room = screen_width() if sys.stdout.isatty() else None
    tables = [[_cells(row, room) for row in section.rows] for section in sections]
    every = [line for table in tables for line in table]
    columns = [max(map(width, column)) for column in zip(*every, strict=True)]
    if room is not None:
        columns = fitted(columns, room)
    for section, table in zip(sections, tables, strict=True):
        _write("")
        _write(section.heading, bold=len(section.heading))
        for row, line in zip(section.rows, table, strict=True):
            _print_row(row, line, columns, room)


def in_file() -> tuple[str, ...]:
    """Return the column names for a file; the screen does not show them."""
    return (
        say("状态", "status"),
        say("期限", "due"),
        say("事项", "duty"),
        say("对象", "whose"),
        say("条款", "clause"),
    )


def _in_file(row: Row) -> Line:
    below = " ".join(filter(None, (row.people, row.below.removeprefix("→ "))))
    return Line(cells(row), row.status, below or None)


def _cells(row: Row, room: int | None) -> tuple[str, ...]:
    whole = cells(row)
    if room is None:
        return whole
    *most, clause = whole
    return (*most, shortened(clause)) if room >= NARROW else whole[: DUTY + 1]


def shortened(clause: str) -> str:
    """Shorten a list of clauses: keep the text before · only once, as in 支部·七、七2."""
    first, *more = clause.split("、")
    system = first.partition("·")[0] + "·"
    return "、".join([first, *(each.removeprefix(system) for each in more)])


def _print_row(row: Row, line: tuple[str, ...], columns: list[int], room: int | None) -> None:
    marked = len(row.status.label)
    if room is None:
        _write(plain_row(line, columns))
    else:
        for number, text in enumerate(folded_rows(line, columns)):
            _write(text, bold=0 if number else marked, colour=COLOURS[row.status])
    if len(line) == DUTY + 1:
        indent = sum(columns[:DUTY]) + len(GAP) * DUTY
        whose = " · ".join(printable(each, lines=False) for each in (row.whose, row.clause))
        _write_folded(whose, indent, room)
    if row.people:
        _write_folded(printable(row.people, lines=False), UNDER, room)
    if row.below:
        _write(" " * UNDER + printable(row.below, lines=False))


def _write_folded(text: str, indent: int, room: int | None) -> None:
    parts = [text] if room is None else folded(text, max(room - indent, NARROW // 4))
    for part in parts:
        _write(" " * indent + part)


def _write(text: str, *, bold: int = 0, colour: str = "") -> None:
    """Write a line; on a terminal, highlight its first characters."""
    text = printable(text, lines=False)
    if not bold or not sys.stdout.isatty():
        sys.stdout.write(f"{text}\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    console.print(Text.assemble((text[:bold], f"bold {colour}".strip()), text[bold:]))
