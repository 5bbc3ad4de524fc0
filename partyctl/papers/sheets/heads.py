"""The heading of a table: one to three rows with column names, and names of groups above them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from partyctl.light import NamedTuple
from partyctl.papers.sheets.form import Column, Form
from partyctl.papers.sheets.grid import Cell, Grid
from partyctl.papers.sheets.headings import heading

MOST_LINES = 3
OF_A_DAY = ("年", "月", "日")
"""The names of the three columns of a split date."""


@dataclass(frozen=True)
class Block:
    """The columns of one table. The headings of tables that stand side by side are in the same rows."""

    columns: dict[int, Column]
    names: dict[int, str]
    """The names of all columns that have a name, as they are in the sheet, keyed by position."""
    unkept: tuple[str, ...]
    """The names of columns that the form does not know."""
    told: frozenset[int]
    """The positions of all columns, except the columns that the form ignores."""
    key: int
    split: dict[int, tuple[int, int, int]]
    """The positions of the columns 年, 月 and 日 of a split date, keyed by the first position."""

    @cached_property
    def first(self) -> int:
        """The first column of the table."""
        return min(self.names)

    @cached_property
    def last(self) -> int:
        """The last column of the table."""
        return max(self.names)


class Head(NamedTuple):
    """The heading rows, counted from 0, and the tables below them."""

    top: int
    bottom: int
    blocks: tuple[Block, ...]
    unlike: bool
    """Whether tables side by side have different columns."""


def head_at(grid: Grid, row: int, form: Form) -> Head | None:
    """Return the heading with a key column's name (such as 姓名) in this row, or None."""
    keys, letters = form.keys, form.key_letters
    places = [
        place
        for place, cell in enumerate(grid.rows[row])
        if type(cell) is str and cell[0] in letters and heading(cell) in keys
    ]
    if not places:
        return None
    bottom = _bottom(grid, row, places[0], form)
    top = _top(grid, row)
    names = {place: _names_of(grid, place, top, row, bottom) for place in range(grid.width)}
    said = {place: parts for place, parts in names.items() if parts}
    blocks = tuple(_blocks(said, places, form))
    if len(said) > 1 and any(len(block.names) < 2 for block in blocks):
        return None
    shapes = [[column.field for column in block.columns.values()] for block in blocks]
    return Head(top, bottom, blocks, any(shape != shapes[0] for shape in shapes))


def _bottom(grid: Grid, row: int, key: int, form: Form) -> int:
    """Return the last row of a heading.

    The cell with the key column's name can be merged over several rows; all these rows belong to
    the heading. The next rows also belong to the heading if they contain more column names.
    """
    for merge in grid.merges:
        if merge.top == row and merge.left <= key <= merge.right:
            last = min(merge.bottom, row + MOST_LINES - 1)
            # In a merged range, only the first row should have content. If a lower row has content
            # in this column, end the heading above that row.
            filled = (line for line in range(row + 1, last + 1) if grid.rows[line][key] is not None)
            return next(filled, last + 1) - 1
    known, ignored = form.known, form.ignored_names
    bottom = row
    while bottom + 1 < len(grid.rows) and bottom + 1 < row + MOST_LINES:
        below = grid.rows[bottom + 1]
        words = {place: heading(cell) for place, cell in enumerate(below) if type(cell) is str}
        are_names = words and all(type(cell) is str for cell in below if cell is not None)
        groups = grid.rows[row]
        joined = (
            word in known
            or word in ignored
            or word in OF_A_DAY
            or heading(f"{groups[place] or ''}{word}") in known
            for place, word in words.items()
        )
        if below[key] is not None or not are_names or not any(joined):
            break
        bottom += 1
    return bottom


def _top(grid: Grid, row: int) -> int:
    """Return the first row of a heading.

    This row can contain names of groups, such as 入党 over 时间 and 介绍人.
    """
    top = row
    while top > 0 and row - top < MOST_LINES - 1:
        above = grid.rows[top - 1]
        words = [cell for cell in above if cell is not None]
        spans = [m for m in grid.merges if m.top == top - 1 and m.right > m.left]
        width = sum(cell is not None for cell in grid.rows[row])
        is_title = len(words) < 2 and not any(
            merge.right - merge.left + 1 < width for merge in spans
        )
        if not words or is_title or not all(type(cell) is str for cell in words) or not spans:
            break
        top -= 1
    return top


def _names_of(grid: Grid, place: int, top: int, row: int, bottom: int) -> list[str]:
    """Return the texts in a column's heading, row by row, including names of groups."""
    parts: list[str] = []
    for line in range(top, bottom + 1):
        cell = grid.rows[line][place]
        if cell is None and (line < row or bottom > row):
            cell = _group(grid, line, place, is_above=line < bottom)
        if isinstance(cell, str | int | float) and not isinstance(cell, bool):
            text = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
            if text not in parts:
                parts.append(text)
    return parts


def _group(grid: Grid, line: int, place: int, *, is_above: bool) -> Cell:
    """Return the name of the group above a heading cell.

    A group whose cells are not merged ends at the next group.
    """
    for merge in grid.merges:
        if merge.top <= line <= merge.bottom and merge.left <= place <= merge.right:
            return grid.rows[merge.top][merge.left]
    below = grid.rows[line + 1][place] if is_above else None
    if below is None:
        return None
    return next((c for c in reversed(grid.rows[line][:place]) if c is not None), None)


def _blocks(said: dict[int, list[str]], keys: list[int], form: Form) -> Iterator[Block]:
    places = sorted(said)
    before = keys[0] - places[0]
    starts = [places[0], *(key - before for key in keys[1:])]
    for start, end, key in zip(starts, [*starts[1:], places[-1] + 1], keys, strict=True):
        own = {place: said[place] for place in places if start <= place < end}
        yield _block(own, key, form)


def _block(said: dict[int, list[str]], key: int, form: Form) -> Block:
    known, ignored = form.known, form.ignored_names
    columns: dict[int, Column] = {}
    names: dict[int, str] = {}
    told: set[int] = set()
    for place, parts in said.items():
        tried = [heading("".join(parts)), heading("".join(parts[-2:])), heading(parts[-1])]
        column = next((known[name] for name in tried if name in known), None)
        names[place] = " ".join((parts[-1] if column else "".join(parts)).split())
        if column is not None:
            columns[place] = column
        if column is not None or not any(name in ignored for name in tried):
            told.add(place)
    split = _split_days({place: said[place] for place in said if place not in columns}, known)
    for places, column in split.values():
        columns[places[0]] = column
        names[places[0]] = column.title.chinese
    placed = {place for places, _ in split.values() for place in places}
    unkept = tuple(
        dict.fromkeys(names[place] for place in names if place not in columns.keys() | placed)
    )
    days = {places[0]: places for places, _ in split.values()}
    return Block(columns, names, unkept, frozenset(told), key, days)


def _split_days(
    said: dict[int, list[str]], known: dict[str, Column]
) -> dict[str, tuple[tuple[int, int, int], Column]]:
    """Find dates split into three columns: 出生 over 年, 月 and 日; or 出生年, 出生月, 出生日."""
    found: dict[str, tuple[Column, dict[str, int]]] = {}
    for place, parts in said.items():
        whole = heading("".join(parts))
        part, stem = whole[-1:], whole[:-1]
        if part in OF_A_DAY and (column := known.get(stem) or known.get(heading(parts[0]))):
            found.setdefault(column.field, (column, {}))[1].setdefault(part, place)
    return {
        field: ((places["年"], places["月"], places["日"]), column)
        for field, (column, places) in found.items()
        if len(places) == len(OF_A_DAY)
    }
