"""Tables that stay aligned with Chinese text: coloured on a terminal, plain text elsewhere."""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

from partyctl.light import Any, NamedTuple
from partyctl.text import folded, padded, printable, width

GAP = "  "
NARROWEST = 8
BAR = 6
"""The length of a progress bar, in characters."""

COLOURS = {
    "breach": "#d70000",
    "overdue": "#d75f00",
    "advised": "#af5faf",
    "due": "#0087af",
    "late": "#8787af",
    "met": "#008700",
    "waived": "#808080",
}
"""The colour of each status. All colours are readable on dark and on light backgrounds."""


class Line(NamedTuple):
    """A row of a table.

    `tone` is the status that gives the row its colour. `below` is printed as a line below the row.
    """

    cells: tuple[str, ...]
    tone: str | None = None
    below: str | None = None


class Table(NamedTuple):
    """A printed table: title, column names, rows."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


Printed = list[Table | str]
"""The output of a command in order: tables, and text between them."""

KEPT: list[Printed] = []
"""While an answer is written to a file, its tables are collected here and not printed."""


class _Text(io.StringIO):
    """A stream that keeps the text written between the tables."""

    def write(self, text: str) -> int:
        written = super().write(text)  # raises TypeError for bytes, as text streams do
        KEPT[-1].append(text)
        return written


@contextmanager
def kept() -> Iterator[Printed]:
    """Collect the output of the `with` block and do not print it.

    The tables in the result are Table values, not text.
    """
    printed: Printed = []
    KEPT.append(printed)
    try:
        with redirect_stdout(_Text()):
            yield printed
    finally:
        KEPT.pop()


def is_kept() -> bool:
    """Whether tables are collected for a file instead of printed."""
    return bool(KEPT)


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print a value as one line of JSON."""
    speak_utf_8()
    sys.stdout.write(json_text(value) + "\n")


def speak_utf_8() -> None:
    """Set the encoding of redirected output to UTF-8, because JSON must be UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors=sys.stdout.errors)


def json_text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return a value as JSON.

    Chinese stays readable. Characters that move the cursor or reorder a line are escaped.
    """
    import json  # imported late, because tables need no JSON

    return printable(json.dumps(value, ensure_ascii=False), lines=False)


def print_table(
    headings: Sequence[str],
    lines: Sequence[Line],
    title: str = "",
    *,
    in_file: Sequence[str] = (),
) -> None:
    """Print a table; cells that are too wide are folded, never cut.

    `in_file`: the column names for a file, if the table on the screen has none.
    """
    if KEPT:
        KEPT[-1].append(Table(title, tuple(in_file or headings), tuple(lines)))
    elif sys.stdout.isatty():
        _print_rich(headings, lines, title)
    else:
        sys.stdout.write(plain_table(headings, lines, title))


def write(line: str) -> None:
    """Print any text as one line, with control characters escaped."""
    sys.stdout.write(f"{printable(line, lines=False)}\n")


def bar(done: int, total: int) -> str:
    """Return a progress bar such as ████░░ 2/3. The bar is full only when everything is done.

    Return an empty text if the total is zero.
    """
    if not total:
        return ""
    filled = BAR * done // total
    return f"{'█' * filled}{'░' * (BAR - filled)} {done}/{total}"


def plain_table(headings: Sequence[str], lines: Sequence[Line], title: str = "") -> str:
    """Return the table as plain text, with columns as wide as needed."""
    rows = [harmless(line.cells) for line in lines]
    columns = [
        max(width(cell) for cell in column)
        for column in zip(harmless(headings), *rows, strict=True)
    ]
    text = [printable(title, lines=False)] if title else []
    if any(headings):
        text.append(plain_row(harmless(headings), columns))
    for row, line in zip(rows, lines, strict=True):
        text.append(plain_row(row, columns))
        if line.below:
            text.append(f"    {printable(line.below, lines=False)}")
    return "\n".join(text) + "\n"


def harmless(cells: Sequence[str]) -> tuple[str, ...]:
    """Escape cells or headings, so that each fits on one line."""
    return tuple(printable(cell, lines=False) for cell in cells)


def plain_row(cells: tuple[str, ...], columns: list[int]) -> str:
    """Put cells into columns, without trailing blanks."""
    padding = (padded(cell, wide) for cell, wide in zip(cells, columns, strict=True))
    return GAP.join(padding).rstrip()


def _print_rich(headings: Sequence[str], lines: Sequence[Line], title: str) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    columns = fitted(_widths(headings, lines), screen_width())
    if title:
        console.print(Text(printable(title, lines=False), style="bold"))
    if any(headings):
        console.print(Text(plain_row(harmless(headings), columns), style="dim"))
    for line in lines:
        for row in folded_rows(line.cells, columns):
            console.print(Text(row, style=COLOURS.get(line.tone or "", "")))
        if line.below:
            console.print(Text(f"    {printable(line.below, lines=False)}", style="dim"))


def _widths(headings: Sequence[str], lines: Sequence[Line]) -> list[int]:
    return [
        max(width(printable(cell, lines=False)) for cell in column)
        for column in zip(headings, *(line.cells for line in lines), strict=True)
    ]


def screen_width() -> int:
    """Return the width of the terminal."""
    # Importing shutil also imports modules for archives, so shutil is imported only for a terminal.
    from shutil import get_terminal_size

    return get_terminal_size().columns


def fitted(columns: list[int], room: int) -> list[int]:
    """Return column widths that fit the terminal if possible; the widest columns shrink first.

    No column shrinks below NARROWEST.
    """
    while sum(columns) + len(GAP) * (len(columns) - 1) > room and max(columns) > NARROWEST:
        columns[columns.index(max(columns))] -= 1
    return columns


def folded_rows(cells: tuple[str, ...], columns: list[int]) -> list[str]:
    """Put cells into columns; fold wide cells into several lines."""
    folds = [
        folded(printable(cell, lines=False), wide)
        for cell, wide in zip(cells, columns, strict=True)
    ]
    height = max(len(fold) for fold in folds)
    return [
        plain_row(tuple(fold[n] if n < len(fold) else "" for fold in folds), columns)
        for n in range(height)
    ]
