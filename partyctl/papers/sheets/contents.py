"""Check the content of a workbook's parts, and estimate how much memory the reader will need.

The reader is the library that reads Excel files. The reader builds each sheet as a full rectangle,
and copies a shared text into every cell that uses the text. The reader can
therefore need gigabytes of memory for a file of 15 KB.
"""

from array import array
from collections.abc import Callable
from enum import Enum
from string import ascii_uppercase, digits
from typing import TypeAlias
from xml.parsers import expat

from partyctl.papers.sheets.plain_markup import Rows, rows_apart, shared_texts_apart
from partyctl.papers.sheets.unfit import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    Unfit,
    damaged,
    too_far,
    too_long,
    too_much,
)

# In a test, the reader needed 250 MB for a sheet of this size.
MAX_CELLS_PER_SHEET = MAX_ROWS * MAX_COLUMNS
MAX_CELLS_LAID_OUT = 4 * MAX_CELLS_PER_SHEET
MAX_SHEET_CHARACTERS = 8_000_000
# Real workbooks have far fewer tags. This limit keeps the time and memory of this check small.
MAX_TAGS = 8_000_000
MAX_ELEMENT_DEPTH = 256
MAX_NAMES = 4_096
MAX_MARKUP_BYTES = 1024 * 1024
# At most this many lost values of a part are kept, because a longer list would not help the user.
MAX_LOST = 100_000

SHARED_STRINGS = "xl/sharedstrings.xml"
COLUMNS = {
    letters: number
    for number, letters in enumerate(
        [*ascii_uppercase, *(a + b for a in "AB" for b in ascii_uppercase)][:MAX_COLUMNS], 1
    )
}


Place: TypeAlias = tuple[int, int]
"""The row and the column of a cell, counted from one."""


class Lost(Enum):
    """The reasons why a cell that is not empty has no readable value."""

    UNCALCULATED = "uncalculated"
    """A formula whose value was never calculated."""
    ERROR = "error"
    """An error value such as #N/A or #REF!."""


class Totals:
    """Totals over all parts of a workbook."""

    def __init__(self) -> None:
        self.inflated_bytes = 0
        self.tags = 0
        self.cells_laid_out = 0
        self.shared_lengths = array("H")
        self.lost: dict[str, dict[Place, Lost]] = {}
        """For each part: the cells that the reader would wrongly treat as empty, and why."""


class Markup:
    """Checks one XML part as a stream.

    The limits for a sheet apply to every part, because the reader can use any part as a sheet.
    """

    def __init__(self, name: str, totals: Totals) -> None:
        self._name = name
        self._totals = totals
        self._names: dict[str, str] = {}
        self._fed_bytes = self._depth = self._rows = self._cells = self._characters = 0
        self._row = self._column = self._lowest = self._widest = 0
        self._text = ""
        self._row_digits = "0"
        self._is_in_text = self._is_shared = self._is_formula = False
        self._kind: str | None = None
        self._starts: dict[str, Callable[[dict[str, str]], None] | None] = {
            "c": self._start_cell,
            "row": self._start_row,
            "si": self._start_shared,
            "dimension": self._check_dimension,
            "v": self._restart_text,
            "f": self._restart_text,
        }
        self._ends: dict[str, Callable[[], None] | None] = {
            "c": self._end_cell,
            "si": self._end_shared,
            "f": self._end_formula,
        }
        # Expat must read UTF-8, because the reader reads UTF-8 and ignores the declared encoding.
        self._parser = expat.ParserCreate("UTF-8", None, self._names)
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._add_text

    def feed(self, piece: bytes) -> None:
        """Check the next bytes of the part. Raises Unfit."""
        self._totals.tags += piece.count(b"<")
        # Refuse NUL bytes (UTF-16): expat and the reader could decode UTF-16 differently.
        if b"\0" in piece:
            raise damaged()
        self._take(piece)
        # Expat keeps an unfinished tag, every open element and every name in memory, so all three
        # are limited.
        unfinished_bytes = self._fed_bytes - self._parser.CurrentByteIndex
        if unfinished_bytes > MAX_MARKUP_BYTES or self._depth > MAX_ELEMENT_DEPTH:
            raise damaged()
        if self._totals.tags > MAX_TAGS or len(self._names) > MAX_NAMES:
            raise too_much()
        if self._cells > MAX_CELLS_PER_SHEET or self._characters > MAX_SHEET_CHARACTERS:
            raise too_much()

    def finish(self) -> None:
        """Check that no element is open at the end of the part, and add the part's cells to the total."""
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise damaged() from None
        self._totals.cells_laid_out += self._lowest * self._widest
        if self._totals.cells_laid_out > MAX_CELLS_LAID_OUT:
            raise too_much()

    def _take(self, piece: bytes) -> None:
        if self._name == SHARED_STRINGS:
            for rest, texts in shared_texts_apart(piece):
                self._parse(rest)
                self._count_shared(texts)
            return
        for rest, rows in rows_apart(piece):
            self._parse(rest)
            if rows is not None:
                self._count_rows(rows)

    def _parse(self, markup: bytes) -> None:
        self._fed_bytes += len(markup)
        try:
            self._parser.Parse(markup, False)
        except expat.ExpatError:
            raise damaged() from None

    def _count_rows(self, found: Rows) -> None:
        self._rows += len(found.numbers)
        self._row = int(found.numbers[-1])
        lowest = max(map(int, {*found.numbers, *found.rows}))
        letters = {column.decode() for column in set(found.columns)}
        self._reach(
            max(lowest, self._rows), max(COLUMNS.get(each, MAX_COLUMNS + 1) for each in letters)
        )
        self._cells += len(found.columns)
        self._characters += len(b"".join(found.values))
        lengths = self._totals.shared_lengths
        try:
            self._characters += sum(map(lengths.__getitem__, map(int, filter(None, found.shared))))
        except IndexError:
            raise damaged() from None

    def _count_shared(self, texts: list[bytes]) -> None:
        try:
            lengths = [len(text.decode()) for text in texts]
        except UnicodeDecodeError:
            raise damaged() from None
        if max(lengths, default=0) > MAX_CELL_CHARACTERS:
            raise too_long()
        self._totals.shared_lengths.extend(lengths)

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise Unfit("内部有 DOCTYPE 声明。", "a part declares a DOCTYPE.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if name == "v":  # most elements are cell values: skip the other checks for them
            self._text = ""
            return
        if name not in self._ends:
            # Ignore the prefix in a name such as x:row, because the reader ignores prefixes, too.
            local_name = name.rpartition(":")[2]
            self._starts[name] = self._starts.get(local_name)
            self._ends[name] = self._ends.get(local_name)
        if start := self._starts[name]:
            start(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "v":
            return
        if end := self._ends[name]:
            end()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        self._row = _row_number(attributes["r"]) if "r" in attributes else self._row + 1
        self._row_digits = str(self._row)
        self._column = 0
        self._reach(max(self._row, self._rows), 0)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        self._text = ""
        self._is_in_text = True
        self._kind = attributes.get("t")
        self._is_shared = self._kind == "s"
        place = attributes.get("r")
        if place is None:
            self._column += 1
            self._reach(self._row, self._column)
        # If the reference ends with the current row's number, do not parse the number again,
        # because that saves a third of the time.
        elif column := COLUMNS.get(place.removesuffix(self._row_digits)):
            self._column = column
            if column > self._widest:
                self._widest = column
        else:
            row, self._column = _position(place)
            self._reach(row, self._column)

    def _end_cell(self) -> None:
        self._is_in_text = False
        if self._is_formula or self._kind == "e":
            self._note_lost()
        self._characters += self._shared_length() if self._is_shared else len(self._text)

    def _start_shared(self, _attributes: dict[str, str]) -> None:
        if self._name != SHARED_STRINGS:
            raise damaged()
        self._text = ""
        self._is_in_text = True

    def _end_shared(self) -> None:
        self._is_in_text = False
        self._totals.shared_lengths.append(len(self._text))

    def _restart_text(self, _attributes: dict[str, str]) -> None:
        # A cell can contain both a formula and its value; keep only the text that comes last.
        self._text = ""

    def _end_formula(self) -> None:
        self._text = ""
        self._is_formula = True

    def _note_lost(self) -> None:
        """Note a cell that has an error value, or a formula without a value."""
        is_empty = not self._text and self._kind != "str"
        why = Lost.ERROR if self._kind == "e" else Lost.UNCALCULATED
        if self._kind == "e" or is_empty:
            lost = self._totals.lost.setdefault(self._name, {})
            if len(lost) < MAX_LOST:
                lost[self._row, self._column] = why
        self._is_formula = False

    def _check_dimension(self, attributes: dict[str, str]) -> None:
        for corner in attributes.get("ref", "").split(":"):
            if corner:
                _position(corner)

    def _reach(self, row: int, column: int) -> None:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise too_far()
        self._lowest = max(self._lowest, row)
        self._widest = max(self._widest, column)

    def _add_text(self, text: str) -> None:
        if self._is_in_text:
            self._text += text
            if len(self._text) > MAX_CELL_CHARACTERS:
                raise too_long()

    def _shared_length(self) -> int:
        if not self._text:
            return 0
        try:
            return self._totals.shared_lengths[int(self._text)]
        except (ValueError, IndexError):
            raise damaged() from None


def _position(reference: str) -> tuple[int, int]:
    """Parse a cell reference such as BL20000 into its row and column."""
    letters = reference.rstrip(digits)
    if letters not in COLUMNS:
        raise too_far()
    return _row_number(reference[len(letters) :]), COLUMNS[letters]


def _row_number(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(MAX_ROWS)) or int(text) > MAX_ROWS:
        raise too_far()
    return int(text)
