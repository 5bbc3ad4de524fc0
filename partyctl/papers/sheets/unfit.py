"""Why a workbook is refused: it is damaged or too large, or somebody tampered with it."""

from partyctl.language import say

MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_CELL_CHARACTERS = 4_096


class Unfit(Exception):
    """The reason why a file is refused; `guard` adds the file's name."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(say(chinese, english))


def damaged() -> Unfit:
    """Return the error for a file that no spreadsheet program would write."""
    return Unfit(
        "文件不完整或已损坏；请重新下载，或在 Excel 或 WPS 中打开后另存为 .xlsx。",
        "the file is incomplete or damaged; copy the file again, or open it in Excel and "
        "save it as .xlsx.",
    )


def too_much() -> Unfit:
    """Return the error for a file with too much content."""
    return Unfit("展开后过大，不像名册。", "the file contains far more data than a roster.")


def too_long() -> Unfit:
    """Return the error for a cell whose text is too long for a sheet about people."""
    return Unfit(
        f"有一格超过 {MAX_CELL_CHARACTERS:,} 个字符。",
        f"a cell is longer than {MAX_CELL_CHARACTERS:,} characters.",
    )


def too_far() -> Unfit:
    """Return the error for a sheet that is too large to read."""
    return Unfit(
        f"有表超过 {MAX_ROWS:,} 行或 {MAX_COLUMNS} 列（空格也算）；请只把数据复制到新工作簿。",
        f"a sheet reaches beyond {MAX_ROWS:,} rows or {MAX_COLUMNS} columns, empty cells included;"
        " copy only the data to a new workbook.",
    )
