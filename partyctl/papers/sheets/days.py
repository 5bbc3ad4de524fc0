"""Parse dates and months as people write them in sheets: 2010.7.1, 二〇一〇年七月一日, 2026/3/3 14:30."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from partyctl.light import NamedTuple
from partyctl.papers.sheets.grid import Cell, as_text
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import is_nothing, require_told, tidy

FIRST_YEAR, LAST_YEAR = 1900, 2199

PLAIN_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
"""The most common form of a date. This form is tried first."""

SEPARATOR = r"\s*[-./\\、,，年_—–－·]\s*"
DAY = re.compile(
    rf"(\d{{4}}){SEPARATOR}(\d{{1,2}})(?:{SEPARATOR}|\s*月\s*)(\d{{1,2}})(?:\s*[日号])?\.?"
)
DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(rf"(\d{{4}}){SEPARATOR}(\d{{1,2}})\s*(?:月份?)?\.?")
MONTH_DIGITS = re.compile(r"(\d{4})(\d{2})")
TIME = re.compile(
    r"[\sT]*(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?)?\s*"
    r"(?:(?:上午|下午|早上|晚上|中午|凌晨|am|pm)?\s*\d{1,2}\s*(?:[:：时点]\s*(?:\d{1,2}|半)?\s*分?)"
    r"(?:[:：]\d{1,2}(?:\.\d+)?)?\s*(?:am|pm|z)?"
    r"(?:\s*[-–—~至到]\s*(?:上午|下午|晚上)?\s*\d{1,2}\s*[:：时点]\s*\d{0,2}\s*分?(?:[:：]\d{1,2})?)?"
    r"|上午|下午|晚上|全天)?\s*",
    re.IGNORECASE,
)
SHORT_YEAR = re.compile(r"['’]?\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
YEAR_LAST = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九Ｏ", "0001234567890")
CHINESE_DATE = re.compile(
    r"([〇○零Ｏ一二三四五六七八九]{4})年(元|[一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十廿卅]{1,4})[日号])?"
)
SERIALS = range(10_000, 80_000)


class Month(NamedTuple):
    """A month of a year, for cells that have no day."""

    year: int
    month: int

    @property
    def name(self) -> str:
        """The month as the ledger writes it, such as 2026-03."""
        return f"{self.year:04d}-{self.month:02d}"


def read_day_or_month(cell: Cell) -> date | Month | None:
    """Return the day or the month in a cell, or None if the cell is empty. Raises Unread."""
    if type(cell) is str:
        if match := PLAIN_DAY.fullmatch(cell):
            return _day(cell, int(match[1]), int(match[2]), int(match[3]))
        return _worded(cell)
    require_told(cell)
    match cell:
        case None:
            return None
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool() | timedelta():
            raise _unread(cell)
        case int() | float():
            return _numbered(cell)
    raise _unread(cell)


def _numbered(cell: float) -> date | Month:
    if float(cell).is_integer():
        digits = str(int(cell))
        if len(digits) in (6, 8):
            return _worded(digits) or Month(0, 0)
        if int(cell) in SERIALS:
            raise Unread(
                "serial",
                "是数字，也许是 Excel 的日期序号；请把这一列设为日期格式，或写成 2010-07-01",
                "the cell has a number, perhaps Excel's number for a date; format the "
                "column as dates",
            )
        raise _unread(cell)
    year, _, decimals = repr(cell).partition(".")
    if decimals == "1":
        # Excel stores a typed 1998.10 as the number 1998.1.
        raise Unread(
            "october",
            f"{cell} 存成了数字：可能是 {year} 年 1 月，也可能是 10 月；请写明，如 {year}-10-01",
            f"{cell} is stored as a number, which can mean January or October {year}; write the "
            f"date clearly, such as {year}-10-01",
        )
    return _worded(repr(cell)) or Month(0, 0)


def _worded(cell: str) -> date | Month | None:
    text = tidy(cell)
    if is_nothing(text):
        return None
    found = _parsed(text)
    if found is not None:
        return found
    if re.fullmatch(r"\d{4}\.1", text):
        raise Unread(
            "october",
            f"可能是 {text[:4]} 年 1 月，也可能是 10 月；请写明，如 {text[:4]}-10-01",
            f"can mean January or October {text[:4]}; write the date clearly, such as {text[:4]}-10-01",
        )
    if SHORT_YEAR.fullmatch(text):
        raise Unread(
            "short-year", "年份只有两位；请写四位", "has a year of two digits; write four digits"
        )
    if YEAR_LAST.fullmatch(text):
        raise Unread(
            "order",
            "分不清哪个是月、哪个是日；请写成 2010-07-01",
            "does not show which number is the month; write 2010-07-01",
        )
    raise _unread(cell)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> date | Month | None:
    """Parse a day or a month.

    Return None if the text is neither a day nor a month. Raises Unread if the date does not exist.
    """
    if match := CHINESE_DATE.match(text):
        year = int(match[1].translate(CHINESE_DIGITS))
        month = 1 if match[2] == "元" else _small(match[2])
        rest = text[match.end() :]
        if match[3] is None:
            return _month(year, month) if not rest.strip() else None
        return _day(text, year, month, _small(match[3])) if TIME.fullmatch(rest) else None
    for pattern in (DAY, DIGITS):
        if match := pattern.match(text):
            rest = text[match.end() :]
            if not rest or (not rest[0].isdigit() and TIME.fullmatch(rest)):
                return _day(text, *(int(part) for part in match.groups()))
    for pattern in (MONTH, MONTH_DIGITS):
        if (match := pattern.fullmatch(text)) and not re.fullmatch(r"\d{4}\.1", text):
            return _month(*(int(part) for part in match.groups()))
    return None


def _small(chinese: str) -> int:
    """Parse a small Chinese number: 十二 is 12, 三十 is 30, 廿一 is 21."""
    plain = chinese.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = plain.partition("十")
    if not ten:
        return int(plain.translate(CHINESE_DIGITS))
    return 10 * int((tens or "一").translate(CHINESE_DIGITS)) + int(
        (ones or "〇").translate(CHINESE_DIGITS)
    )


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(year)
        return date(year, month, day)
    except ValueError:
        raise Unread("no-such-day", f"没有“{text}”这一天", f"there is no date “{text}”") from None


def _month(year: int, month: int) -> Month | None:
    is_one = FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
    return Month(year, month) if is_one else None


def _unread(cell: Cell) -> Unread:
    return Unread(
        "day",
        f"日期“{as_text(cell)}”读不出来；写成 2010-07-01",
        f"cannot read the date “{as_text(cell)}”; write 2010-07-01",
    )


def month_only(found: Month) -> Unread:
    """Return the problem to report for a cell that has only a month, although a day is needed."""
    return Unread(
        "month-only",
        f"只有年月，没有日；请补上日，如 {found.name}-01（以实际日期为准）",
        f"has no day; add it, for example {found.name}-01 if that is the day",
    )


def printed(day: date | Month) -> str:
    """Return a day or month as the ledger writes it."""
    return day.name if isinstance(day, Month) else day.isoformat()


def title_year(text: str) -> int | None:
    """Return the year in a title such as 2026年党费收缴登记表, or None for no or several years."""
    years = set(re.findall(r"(?<!\d)((?:19|20|21)\d{2})\s*年?", text))
    return int(years.pop()) if len(years) == 1 else None


def say_future(day: date) -> Unread:
    """Return the problem to report for a future date in a column of past events."""
    return Unread(
        "future",
        f"{day} 还没有到：只能登记已经发生的事",
        f"{day} is still to come: only what has happened can be recorded",
    )
