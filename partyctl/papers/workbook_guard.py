"""Whether a workbook is safe to read, judged by its real bytes before any reader sees it.

A roster comes from somebody else's computer. The reader lays each sheet out as a full rectangle
and copies a shared text into every cell that names it, so that a file of 15 KB can ask for
gigabytes. What decides about memory is measured here, piece by piece, and nothing is kept.
"""

import stat
import struct
import zlib
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from string import ascii_uppercase, digits
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from partyctl.errors import BadInput, CannotRead, MissingInput, NotPermitted
from partyctl.language import say

MAX_FILE_MB = 20
MAX_INFLATED_MB = 64
MAX_PARTS = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_CELL_CHARACTERS = 4_096

MB_BYTES = 1024 * 1024
PIECE_BYTES = 64 * 1024
MAX_RATIO = 100
RATIO_FREE_BYTES = MB_BYTES
DIRECTORY_ENTRY_BYTES = 1024

# A workbook full to these took the reader 250 MB when measured.
MAX_CELLS_PER_SHEET = MAX_ROWS * MAX_COLUMNS
MAX_CELLS_LAID_OUT = 4 * MAX_CELLS_PER_SHEET
MAX_SHEET_CHARACTERS = 8_000_000
# Far more than spreadsheet programs write; they bound the guard's own memory and time.
MAX_TAGS = 8_000_000
MAX_ELEMENT_DEPTH = 256
MAX_NAMES = 4_096
MAX_MARKUP_BYTES = MB_BYTES

TEXT_WITH_NULS = (b"\xff\xfe", b"\xfe\xff")
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
UNICODE_NAME_FIELD = 0x7075
SHARED_STRINGS = "xl/sharedstrings.xml"
COLUMNS = {
    letters: number
    for number, letters in enumerate(
        [*ascii_uppercase, *(a + b for a in "AB" for b in ascii_uppercase)][:MAX_COLUMNS], 1
    )
}


class _Unfit(Exception):
    """Why a file is not read; guard puts the file's name before it."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(say(chinese, english))


def guard(path: Path) -> None:
    """Make sure that a workbook is what it says and small enough to read; it is not changed.

    Raises MissingInput, NotPermitted, CannotRead, or BadInput saying what is wrong with it.
    """
    try:
        _check_file(path)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingInput(say(f"没有这个文件：{path}", f"There is no file {path}")) from None
    except PermissionError:
        raise NotPermitted(say(f"没有权限读取 {path}", f"{path} may not be read")) from None
    except OSError:
        raise CannotRead(say(f"读不出 {path}", f"{path} cannot be read")) from None
    except _Unfit as reason:
        raise BadInput(
            say(f"不能导入 {path}：{reason}", f"Cannot import {path}: {reason}")
        ) from None


def _check_file(path: Path) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise _Unfit("不是普通文件。", "it is no regular file.")
    if status.st_size > MAX_FILE_MB * MB_BYTES:
        raise _Unfit(f"文件超过 {MAX_FILE_MB} MB。", f"it is over {MAX_FILE_MB} MB.")
    with path.open("rb") as file:
        _check_kind(file.read(PIECE_BYTES))
        count = _count_parts(file, status.st_size)
        try:
            with ZipFile(file) as archive:
                _check_names(archive.infolist(), count, status.st_size)
                _check_contents(archive)
        except (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, struct.error):
            raise _damaged() from None


def _check_kind(head: bytes) -> None:
    if head.startswith(b"PK\3\4"):
        return
    if not head:
        raise _Unfit("文件是空的。", "it is empty.")
    if head.startswith(OLE_MAGIC):
        raise _Unfit(
            "是旧式 .xls 或带密码的工作簿；请在 Excel 或 WPS 中去掉密码，另存为 .xlsx。",
            "it is an old .xls or has a password; save it as .xlsx without a password.",
        )
    if head.startswith(TEXT_WITH_NULS) or b"\0" not in head:
        raise _Unfit(
            "是文本（例如改了扩展名的 CSV），不是工作簿；请在 Excel 或 WPS 中打开，另存为 .xlsx。",
            "it is text (a renamed CSV, say), no workbook; open it in Excel and save it as .xlsx.",
        )
    raise _no_workbook()


def _count_parts(file: BinaryIO, size: int) -> int:
    """How many parts the archive's directory lists.

    The directory must be the last thing in the file: where it is found by guessing, two readers
    may find two of them. Its size is checked because zipfile reads it whole.
    """
    file.seek(max(size - 98, 0))
    tail = file.read().rjust(98, b"\0")
    if tail[-22:-18] != b"PK\5\6":
        raise _damaged()
    end = size - 22
    count, length, start = struct.unpack("<HLL", tail[-12:-2])
    # Java exporters write the 64-bit form for any size; zipfile believes it wherever it is there.
    if tail[-42:-38] == b"PK\6\7":
        end = size - 98
        count, length, start = struct.unpack("<QQQ", tail[32:56])
        if tail[:4] != b"PK\6\6" or struct.unpack("<Q", tail[-34:-26]) != (end,):
            raise _damaged()
    if count > MAX_PARTS:
        raise _Unfit(f"内部文件超过 {MAX_PARTS} 个。", f"it has over {MAX_PARTS} parts.")
    if start + length != end or length > count * DIRECTORY_ENTRY_BYTES:
        raise _damaged()
    return int(count)


def _check_names(parts: list[ZipInfo], count: int, size: int) -> None:
    names = [_name(part) for part in parts]
    if len(names) != count or sum(part.compress_size for part in parts) > size:
        raise _damaged()
    if any(part.header_offset >= size for part in parts):
        raise _damaged()
    if len(set(names)) != count or any(map(_is_unsafe, names)) or any(map(_is_renamed, parts)):
        raise _Unfit(
            "内部有重名或越界的文件，像是被人改造过。",
            "its parts have doubled or unsafe names: somebody tampered with it.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _Unfit("内部有加密的文件；请去掉密码。", "parts are encrypted; drop the password.")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise _Unfit(
            "含有宏；请另存为不含宏的 .xlsx。", "it has macros; save it as .xlsx without them."
        )
    if "xl/workbook.xml" not in names or not {"content.xml", "xl/workbook.bin"}.isdisjoint(names):
        raise _no_workbook()
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise _damaged()


def _name(part: ZipInfo) -> str:
    # The reader finds parts whatever their case and slashes.
    return part.orig_filename.replace("\\", "/").lower()


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or ":" in name or ".." in name.split("/")


def _is_renamed(part: ZipInfo) -> bool:
    """Whether a part has a second name, which the reader would go by and zipfile would not."""
    fields = part.extra
    while len(fields) >= 4:
        kind, length = struct.unpack("<HH", fields[:4])
        if kind == UNICODE_NAME_FIELD:
            return True
        fields = fields[4 + length :]
    return False


def _check_contents(archive: ZipFile) -> None:
    totals = _Totals()
    # Cells name shared texts by number, so that the texts' lengths must be known first.
    for part in sorted(archive.infolist(), key=lambda part: _name(part) != SHARED_STRINGS):
        is_xml = _name(part).endswith((".xml", ".rels"))
        content = _Markup(_name(part), totals) if is_xml else _Picture()
        for piece in _inflate(archive, part, totals):
            content.feed(piece)
        content.finish()


class _Totals:
    """What the parts of one workbook add up to."""

    def __init__(self) -> None:
        self.inflated_bytes = 0
        self.tags = 0
        self.cells_laid_out = 0
        self.shared_lengths = array("H")


def _inflate(archive: ZipFile, part: ZipInfo, totals: _Totals) -> Iterator[bytes]:
    """The real content of a part; zipfile would stop at the size that the part claims."""
    claimed_bytes, part.file_size = part.file_size, 2**62
    real_bytes = 0
    with archive.open(part) as stream:
        while piece := stream.read(PIECE_BYTES):
            real_bytes += len(piece)
            totals.inflated_bytes += len(piece)
            is_dense = real_bytes > max(RATIO_FREE_BYTES, MAX_RATIO * part.compress_size)
            if is_dense or totals.inflated_bytes > MAX_INFLATED_MB * MB_BYTES:
                raise _too_much()
            yield piece
    if real_bytes != claimed_bytes:
        raise _damaged()


class _Picture:
    """A part that no reader of rows has business with: a picture, a printer's settings."""

    def __init__(self) -> None:
        self._last = b""

    def feed(self, piece: bytes) -> None:
        # The reader opens a sheet under any name and skips what stands before it.
        if b"sheetData" in self._last + piece:
            raise _damaged()
        self._last = piece[-len(b"sheetData") :]

    def finish(self) -> None:
        """Nothing is left to check."""


class _Markup:
    """An XML part as it streams past; every part is held to a sheet's limits.

    Which part is a sheet is for the reader to say, and it does not go by the name.
    """

    def __init__(self, name: str, totals: _Totals) -> None:
        self._name = name
        self._totals = totals
        self._names: dict[str, str] = {}
        self._fed_bytes = self._depth = self._rows = self._cells = self._characters = 0
        self._row = self._column = self._lowest = self._widest = 0
        self._text = ""
        self._row_digits = "0"
        self._is_in_text = self._is_shared = False
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
        }
        # For the same reason UTF-8 overrules what encoding the part itself declares.
        self._parser = expat.ParserCreate("UTF-8", None, self._names)
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._add_text

    def feed(self, piece: bytes) -> None:
        self._fed_bytes += len(piece)
        self._totals.tags += piece.count(b"<")
        # UTF-16: expat would read other characters than a reader that goes by bytes.
        if b"\0" in piece:
            raise _damaged()
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError:
            raise _damaged() from None
        # Expat keeps an unfinished tag, every open element and every name in memory.
        unfinished_bytes = self._fed_bytes - self._parser.CurrentByteIndex
        if unfinished_bytes > MAX_MARKUP_BYTES or self._depth > MAX_ELEMENT_DEPTH:
            raise _damaged()
        if self._totals.tags > MAX_TAGS or len(self._names) > MAX_NAMES:
            raise _too_much()
        if self._cells > MAX_CELLS_PER_SHEET or self._characters > MAX_SHEET_CHARACTERS:
            raise _too_much()

    def finish(self) -> None:
        """The part is over: no element may be open, and its rectangle counts."""
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise _damaged() from None
        self._totals.cells_laid_out += self._lowest * self._widest
        if self._totals.cells_laid_out > MAX_CELLS_LAID_OUT:
            raise _too_much()

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise _Unfit("内部有 DOCTYPE 声明。", "a part declares a DOCTYPE.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if name not in self._ends:
            # The reader, too, takes x:row for row.
            local_name = name.rpartition(":")[2]
            self._starts[name] = self._starts.get(local_name)
            self._ends[name] = self._ends.get(local_name)
        if start := self._starts[name]:
            start(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
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
        self._is_shared = attributes.get("t") == "s"
        place = attributes.get("r")
        if place is None:
            self._column += 1
            self._reach(self._row, self._column)
        # A cell that stands in its row needs no number read: a third of the guard's time.
        elif column := COLUMNS.get(place.removesuffix(self._row_digits)):
            self._column = column
            self._widest = max(self._widest, column)
        else:
            row, self._column = _position(place)
            self._reach(row, self._column)

    def _end_cell(self) -> None:
        self._is_in_text = False
        self._characters += self._shared_length() if self._is_shared else len(self._text)

    def _start_shared(self, _attributes: dict[str, str]) -> None:
        if self._name != SHARED_STRINGS:
            raise _damaged()
        self._text = ""
        self._is_in_text = True

    def _end_shared(self) -> None:
        self._is_in_text = False
        self._totals.shared_lengths.append(len(self._text))

    def _restart_text(self, _attributes: dict[str, str]) -> None:
        # A formula and its value are two texts of one cell.
        self._text = ""

    def _check_dimension(self, attributes: dict[str, str]) -> None:
        for corner in attributes.get("ref", "").split(":"):
            if corner:
                _position(corner)

    def _reach(self, row: int, column: int) -> None:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise _too_far()
        self._lowest = max(self._lowest, row)
        self._widest = max(self._widest, column)

    def _add_text(self, text: str) -> None:
        if self._is_in_text:
            self._text += text
            if len(self._text) > MAX_CELL_CHARACTERS:
                raise _Unfit(
                    f"有一格超过 {MAX_CELL_CHARACTERS:,} 个字符。",
                    f"a cell is longer than {MAX_CELL_CHARACTERS:,} characters.",
                )

    def _shared_length(self) -> int:
        if not self._text:
            return 0
        try:
            return self._totals.shared_lengths[int(self._text)]
        except (ValueError, IndexError):
            raise _damaged() from None


def _position(reference: str) -> tuple[int, int]:
    """The row and column that BL20000 names."""
    letters = reference.rstrip(digits)
    if letters not in COLUMNS:
        raise _too_far()
    return _row_number(reference[len(letters) :]), COLUMNS[letters]


def _row_number(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(MAX_ROWS)) or int(text) > MAX_ROWS:
        raise _too_far()
    return int(text)


def _damaged() -> _Unfit:
    return _Unfit(
        "文件不完整或已损坏；请重新下载，或在 Excel 或 WPS 中打开后另存为 .xlsx。",
        "it is incomplete or damaged; fetch it again, or open it in Excel and save it as .xlsx.",
    )


def _no_workbook() -> _Unfit:
    return _Unfit(
        "不是 .xlsx 工作簿；请在 Excel 或 WPS 中打开，另存为 .xlsx。",
        "it is no .xlsx workbook; open it in Excel and save it as .xlsx.",
    )


def _too_much() -> _Unfit:
    return _Unfit("展开后过大，不像名册。", "it unfolds to far more than a roster holds.")


def _too_far() -> _Unfit:
    return _Unfit(
        f"有表超过 {MAX_ROWS:,} 行或 {MAX_COLUMNS} 列（空格也算）；请只把数据复制到新工作簿。",
        f"a sheet reaches beyond {MAX_ROWS:,} rows or {MAX_COLUMNS} columns, empty cells included;"
        " copy only the data to a new workbook.",
    )
