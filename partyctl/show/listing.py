"""Print a list of records, described by its columns, as JSON or as a table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from partyctl.bilingual import Told, alike
from partyctl.language import worded
from partyctl.light import NamedTuple
from partyctl.show.tables import Line, print_json, print_table
from partyctl.show.wording import LABELS, label

Row = Mapping[str, Any]


class Column(NamedTuple):
    """A column: its heading, and its field or a function for its text."""

    name: Told
    cell: str | Callable[[Any], str]

    def of(self, row: Row) -> str:
        """Return the column's text for a row, with stored words in the user's language."""
        if not isinstance(self.cell, str):
            return self.cell(row)
        value = row[self.cell]
        return "" if value is None else label(self.cell, str(value))


def field_column(field: str) -> Column:
    """The column of a field, with the field's name as its heading."""
    return Column(LABELS[field], field)


ID = Column(alike("#"), "id")
BRANCH = field_column("branch")


def print_list(
    rows: Sequence[Row],
    columns: Iterable[Column],
    *,
    as_json: bool,
    title: str = "",
    line: Callable[[Any, tuple[str, ...]], Line] | None = None,
) -> None:
    """Print rows as JSON or as a table.

    `line`: a function that makes a row's line, with its colour.
    """
    if as_json:
        print_json(rows)
        return
    shown = tuple(columns)
    lines = []
    for row in rows:
        cells = tuple(column.of(row) for column in shown)
        lines.append(line(row, cells) if line else Line(cells))
    print_table([worded(each.name) for each in shown], lines, title)


def without_branch(columns: Iterable[Column], *, several: bool) -> list[Column]:
    """Return the columns; leave out the column for the branch if there is only one branch."""
    return [each for each in columns if several or each is not BRANCH]
