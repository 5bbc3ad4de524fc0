"""Read holidays from a CSV file: date, rest or work, name of the holiday."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn

from partyctl.cli.input.dates import read_day
from partyctl.errors import BadInput, PartyctlError
from partyctl.language import say
from partyctl.law.engine.rest_days import Day
from partyctl.ledger.file import handed_in

KINDS = {"放假": False, "休": False, "off": False, "上班": True, "班": True, "works": True}
HEADINGS = ("日期", "date")


def example() -> str:
    """Return a sample line of the file, for error messages."""
    return say("2027-01-01,放假,元旦", "2027-01-01,off,New Year")


def read_days(file: Path) -> list[Day]:
    """Return every day listed in the file.

    Raises BadInput if the file is not text, contains no day, or has a wrong line. Also raises the
    errors of `handed_in.read`, such as MissingInput.
    """
    days: dict[date, Day] = {}
    for number, cells in _lines(file):
        each = _day(file, number, cells)
        if each.day in days:
            _refuse(file, number, say(f"{each.day} 写了两次", f"{each.day} occurs twice"))
        days[each.day] = each
    if not days:
        raise BadInput(say(f"{file} 里没有一天。", f"{file} contains no day."), example())
    return list(days.values())


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line with its line number; skip the heading, comments and empty lines."""
    reader = csv.reader(_text(file).splitlines())
    try:
        for cells in reader:
            filled = [cell.strip() for cell in cells]
            is_heading = reader.line_num == 1 and filled and filled[0].lower() in HEADINGS
            if any(filled) and not filled[0].startswith("#") and not is_heading:
                yield reader.line_num, filled
    except csv.Error as error:
        _refuse(file, reader.line_num, str(error))


def _text(file: Path) -> str:
    content = handed_in.read(file)
    if b"\0" in content:
        raise BadInput(
            say(f"{file} 不是放假安排。", f"{file} is not a list of holidays."), example()
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(say(f"{file} 读不出文字。", f"{file} is not text."), example())


def _day(file: Path, number: int, cells: list[str]) -> Day:
    day, kind, name = (*cells, "", "")[:3]
    if len(cells) > 3 or kind.lower() not in KINDS:
        _refuse(file, number, say(f"应写作 {example()}", f"a line reads {example()}"))
    try:
        return Day(read_day(day), KINDS[kind.lower()], name or None)
    except PartyctlError as error:
        _refuse(file, number, error.sentence)


def _refuse(file: Path, number: int, why: str) -> NoReturn:
    raise BadInput(
        say(
            f"{file} 第 {number} 行：{why}。什么也没有写入。",
            f"{file}, line {number}: {why}. Nothing was written.",
        ),
        example(),
    )
