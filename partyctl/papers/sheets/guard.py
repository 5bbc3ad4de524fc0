"""Check that a workbook is safe to read.

The check looks at the actual bytes, before the reader opens the file.

Workbooks come from other computers, so they are not trusted. A workbook is a zip archive; the files
in the archive are called parts. This module checks the workbook and its archive; contents.py checks
the content of the parts. Parts are read as streams, never as a whole.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from partyctl.errors import BadInput, CannotRead
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.papers.sheets.contents import (
    SHARED_STRINGS,
    Lost,
    Markup,
    Place,
    Totals,
)
from partyctl.papers.sheets.unfit import Unfit, damaged, too_much

MAX_FILE_MB = 20
MAX_INFLATED_MB = 64
MAX_PARTS = 200

MB_BYTES = 1024 * 1024
PIECE_BYTES = 64 * 1024
MAX_RATIO = 100
RATIO_FREE_BYTES = MB_BYTES
DIRECTORY_ENTRY_BYTES = 1024

TEXT_WITH_NULS = (b"\xff\xfe", b"\xfe\xff")
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
UNICODE_NAME_FIELD = 0x7075


def guard(path: Path) -> dict[str, dict[Place, Lost]]:
    """Check that a file really is a workbook, and is small enough. The file is not changed.

    Returns the cells that the reader would wrongly treat as empty: cells with an error value, or
    with a formula that was never calculated. They are keyed by the name of their sheet's part, in
    lower case. Raises MissingInput, NotPermitted, CannotRead, or BadInput with the problem.
    """
    try:
        return _check_file(path)
    except OSError:
        raise CannotRead(say(f"读不出 {path}", f"{path} cannot be read")) from None
    except Unfit as reason:
        raise BadInput(
            say(f"不能导入 {path}：{reason}", f"Cannot import {path}: {reason}")
        ) from None


def _check_file(path: Path) -> dict[str, dict[Place, Lost]]:
    with handed_in.opened(path, MAX_FILE_MB) as file:
        size = os.fstat(file.fileno()).st_size
        _check_kind(file.read(PIECE_BYTES) or b"")
        count = _count_parts(file, size)
        try:
            with ZipFile(file) as archive:
                _check_names(archive.infolist(), count, size)
                return _check_contents(archive)
        except (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, struct.error):
            raise damaged() from None


def _check_kind(head: bytes) -> None:
    if head.startswith(b"PK\3\4"):
        return
    if not head:
        raise Unfit("文件是空的。", "it is empty.")
    if head.startswith(OLE_MAGIC):
        raise Unfit(
            "是旧式 .xls 或带密码的工作簿；请在 Excel 或 WPS 中去掉密码，另存为 .xlsx。",
            "the file is an old .xls workbook or has a password; save it as .xlsx without "
            "a password.",
        )
    if head.startswith(TEXT_WITH_NULS) or b"\0" not in head:
        raise Unfit(
            "是文本（例如改了扩展名的 CSV），不是工作簿；请在 Excel 或 WPS 中打开，另存为 .xlsx。",
            "the file is text (for example a renamed CSV), not a workbook; open the file "
            "in Excel and save it as .xlsx.",
        )
    raise _no_workbook()


def _count_parts(file: BinaryIO, size: int) -> int:
    """Return the number of parts in the archive's directory.

    The directory must be at the very end of the file. If bytes followed the directory, two programs
    that search the file for its directory could find different directories. The size of
    the directory is limited because zipfile reads the whole directory at once.
    """
    file.seek(max(size - 98, 0))
    tail = file.read().rjust(98, b"\0")
    if tail[-22:-18] != b"PK\5\6":
        raise damaged()
    end = size - 22
    count, length, start = struct.unpack("<HLL", tail[-12:-2])
    # Java programs write a 64-bit directory record even for small files. If a file has a 64-bit
    # record, zipfile always uses it, so this check uses it, too.
    if tail[-42:-38] == b"PK\6\7":
        end = size - 98
        count, length, start = struct.unpack("<QQQ", tail[32:56])
        if tail[:4] != b"PK\6\6" or struct.unpack("<Q", tail[-34:-26]) != (end,):
            raise damaged()
    if count > MAX_PARTS:
        raise Unfit(f"内部文件超过 {MAX_PARTS} 个。", f"it has over {MAX_PARTS} parts.")
    if start + length != end or length > count * DIRECTORY_ENTRY_BYTES:
        raise damaged()
    return int(count)


def _check_names(parts: list[ZipInfo], count: int, size: int) -> None:
    names = [_name(part) for part in parts]
    if len(names) != count or sum(part.compress_size for part in parts) > size:
        raise damaged()
    if any(part.header_offset >= size for part in parts):
        raise damaged()
    if len(set(names)) != count or any(map(_is_unsafe, names)) or any(map(_is_renamed, parts)):
        raise Unfit(
            "内部有重名或越界的文件，像是被人改造过。",
            "two parts of the file have the same name, or the name of a part is unsafe: "
            "somebody tampered with the file.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit(
            "内部有加密的文件；请去掉密码。",
            "parts of the file are encrypted; remove its password.",
        )
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unfit(
            "含有宏；请另存为不含宏的 .xlsx。",
            "the workbook has macros; save it as .xlsx without macros.",
        )
    if "xl/workbook.xml" not in names or not {"content.xml", "xl/workbook.bin"}.isdisjoint(names):
        raise _no_workbook()
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise damaged()


def _name(part: ZipInfo) -> str:
    # The reader ignores case in the names of parts, and reads \ as /.
    return part.orig_filename.replace("\\", "/").lower()


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or ":" in name or ".." in name.split("/")


def _is_renamed(part: ZipInfo) -> bool:
    """Whether a part has a second name (a Unicode name).

    The reader would use the second name, but zipfile would use the first.
    """
    fields = part.extra
    while len(fields) >= 4:
        kind, length = struct.unpack("<HH", fields[:4])
        if kind == UNICODE_NAME_FIELD:
            return True
        fields = fields[4 + length :]
    return False


def _check_contents(archive: ZipFile) -> dict[str, dict[Place, Lost]]:
    totals = Totals()
    # Read the shared texts first: cells refer to them by number, and the check of a cell needs the
    # length of its text.
    for part in sorted(archive.infolist(), key=lambda part: _name(part) != SHARED_STRINGS):
        is_xml = _name(part).endswith((".xml", ".rels"))
        content = Markup(_name(part), totals) if is_xml else Picture()
        for piece in _inflate(archive, part, totals):
            content.feed(piece)
        content.finish()
    return totals.lost


class Picture:
    """A part without rows, such as a picture or printer settings."""

    def __init__(self) -> None:
        self._last = b""

    def feed(self, piece: bytes) -> None:
        """Check the next bytes of the part. Raises Unfit."""
        # Refuse a part that contains a sheet, because the reader accepts a sheet in any part, even
        # if other bytes precede the sheet.
        if b"sheetData" in self._last + piece:
            raise damaged()
        self._last = piece[-len(b"sheetData") :]

    def finish(self) -> None:
        """Do nothing, because nothing is left to check at the end of the part."""


def _inflate(archive: ZipFile, part: ZipInfo, totals: Totals) -> Iterator[bytes]:
    """Yield the whole content of a part, even if the part is larger than the archive claims."""
    claimed_bytes, part.file_size = part.file_size, 2**62
    real_bytes = 0
    with archive.open(part) as stream:
        while piece := stream.read(PIECE_BYTES):
            real_bytes += len(piece)
            totals.inflated_bytes += len(piece)
            is_dense = real_bytes > max(RATIO_FREE_BYTES, MAX_RATIO * part.compress_size)
            if is_dense or totals.inflated_bytes > MAX_INFLATED_MB * MB_BYTES:
                raise too_much()
            yield piece
    if real_bytes != claimed_bytes:
        raise damaged()


def _no_workbook() -> Unfit:
    return Unfit(
        "不是 .xlsx 工作簿；请在 Excel 或 WPS 中打开，另存为 .xlsx。",
        "the file is not an .xlsx workbook; open the file in Excel and save it as .xlsx.",
    )
