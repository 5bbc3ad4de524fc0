"""Parse dates, months and periods as users type them, and return today's date."""

import os
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from partyctl.calendar import ENDLESS, Period, month_of, months_between, period_named
from partyctl.errors import BadUsage, Refused, WrongVersion
from partyctl.language import say
from partyctl.text import half_width, is_digits

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's time zone. A fixed offset is exact, because China has had no summer time since 1991."""

FIRST_YEAR, LAST_YEAR = 1900, 2199

DAY = r"(?a)(\d{4})(?:[-./](\d{1,2})[-./](\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日)"
MONTH = r"(?a)(\d{4})(?:-(\d{1,2})|年(\d{1,2})月)"
ISO_DAY, ISO_MONTH = (4, 2, 2), (4, 2)
"""The number of digits of each part in 2026-03-05 and in 2026-03."""

DAYS_AGO = r"(?a)(\d{1,3}) ?(?:days? ago|天前|日前)"
WEEKDAY = r"(?:上个?)?(?:周|星期)([一二三四五六日天])|(?:last )?([a-z]+day)"
WEEKDAYS = ("一 monday", "二 tuesday", "三 wednesday", "四 thursday", "五 friday", "六 saturday")


def today() -> date:
    """Return today's date in Asia/Shanghai, or in the zone that PARTYCTL_TZ names."""
    return datetime.now(zone()).date()


def zone() -> tzinfo:
    """Return the bureau's time zone: Asia/Shanghai, or the zone that PARTYCTL_TZ names."""
    name = os.environ.get("PARTYCTL_TZ")
    if not name:
        return CHINA
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongVersion(
            say(f"PARTYCTL_TZ={name} 不是时区名。", f"PARTYCTL_TZ={name} is not a time zone."),
            "export PARTYCTL_TZ=Asia/Shanghai",
        ) from None


def end_of_day(day: date | None) -> datetime | None:
    """Return the first moment after a day in the bureau's time zone, or None without a day."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time.min, zone())


def read_day(text: str) -> date:
    """Parse a date: 2026-03-05, 20260305, 2026年3月5日, today, 昨天, 3 days ago, 上周五.

    Raises BadUsage if the text is not a date.
    """
    typed = half_width(text).lower()
    if parts := _numbers_in(DAY, typed, ISO_DAY):
        year, month, day = parts
        try:
            return date(_in_bounds(year), month, day)
        except ValueError:
            raise BadUsage(
                say(f"没有“{text}”这一天。", f"There is no date “{text}”."),
                say("日期写作 2026-03-05", "write a date as 2026-03-05"),
            ) from None
    spoken = _spoken_day(typed)
    if spoken is None:
        raise BadUsage(
            say(f"日期“{text}”读不出来。", f"Cannot read the date “{text}”."),
            say("日期写作 2026-03-05、today 或 yesterday", "write 2026-03-05, today or yesterday"),
        )
    return spoken


def _numbers_in(pattern: str, typed: str, usual: tuple[int, ...]) -> list[int]:
    """Return the numbers in a typed date or month, or an empty list if the text does not match.

    `usual` gives the number of digits of each part in the usual form, such as 4, 2 and 2 for
    2026-03-05. Texts in this form are read without `re`, which is slow to load.
    """
    parts = typed.split("-")
    if tuple(map(len, parts)) == usual and is_digits("".join(parts)):
        return [*map(int, parts)]
    import re

    match = re.fullmatch(pattern, typed)
    return [int(part) for part in match.groups() if part] if match else []


def _in_bounds(year: int) -> int:
    """Return the year. Raises ValueError if ledgers accept no dates in this year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return year


def _spoken_day(typed: str) -> date | None:
    """Parse a date relative to today, such as 上周五.

    Return None if the text is not a relative date.
    """
    days = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2, "tomorrow": -1, "明天": -1}
    if typed in days:
        return today() - timedelta(days=days[typed])
    import re

    ago, weekday = re.fullmatch(DAYS_AGO, typed), re.fullmatch(WEEKDAY, typed)
    if not ago and not weekday:
        return None
    import pendulum

    now = pendulum.instance(today())
    if ago:
        return date.fromisoformat(now.subtract(days=int(ago[1])).isoformat()[:10])
    assert weekday is not None
    word = weekday[1] or weekday[2]
    for number, names in enumerate((*WEEKDAYS, "日 天 sunday")):
        if word in names.split():
            last = now.previous(pendulum.WeekDay(number))
            return date.fromisoformat(last.isoformat()[:10])
    return None


def read_month_or_day(text: str) -> str:
    """Parse a month or a date; for a date, return its month."""
    try:
        return read_month(text)
    except BadUsage:
        return month_of(read_day(text))


def read_past_day(text: str) -> date:
    """Parse the day on which something happened.

    Raises BadUsage if the text is not a date, and Refused if the day is in the future.
    """
    day = read_day(text)
    require_past(day)
    return day


def require_past(day: date) -> None:
    """Raise Refused if a day is in the future, because only past events can be recorded."""
    if day > today():
        raise Refused(
            say(
                f"{day} 还没有到：只能登记已经发生的事。",
                f"{day} is in the future: only past events can be recorded.",
            ),
            say(f"日期写 {today()} 或更早", f"write {today()} or an earlier day"),
        )


def read_past_day_or_none(text: str) -> date | None:
    """Parse a day that is not in the future. For 无 or none, return None, which clears the recorded day."""
    return None if is_none(text) else read_past_day(text)


def read_last_day(text: str) -> date:
    """Parse the last day of a period. For 无 or none, return ENDLESS: the period has no last day."""
    return ENDLESS if is_none(text) else read_day(text)


def is_none(text: str) -> bool:
    """Whether the clerk typed the word for "none"."""
    return text.strip().lower() in ("none", "无", "-")


def read_month(text: str) -> str:
    """Parse a month: 2026-03 or 2026年3月. Raises BadUsage."""
    typed = half_width(text)
    try:
        year, month = _numbers_in(MONTH, typed, ISO_MONTH)
        return period_named(f"{_in_bounds(year):04d}-{month:02d}").name
    except ValueError:
        raise BadUsage(
            say(f"月份“{text}”读不出来。", f"Cannot read the month “{text}”."),
            say("月份写作 2026-03", "write a month as 2026-03"),
        ) from None


class MonthRun(tuple[str, ...]):
    """Consecutive months.

    This is a separate class, because Typer would read a plain tuple as several arguments.
    """

    __slots__ = ()


def read_one_month(text: str) -> Period:
    """Parse a month, and return it as a period. Raises BadUsage."""
    return period_named(read_month(text))


def read_months(text: str) -> MonthRun:
    """Parse one month, or consecutive months written as 2026-01..2026-06; return the oldest first.

    Raises BadUsage.
    """
    first, _, last = text.partition("..")
    months = months_between(read_month(first), read_month(last or first))
    if not months:
        raise BadUsage(
            say(f"月份“{text}”前后颠倒了。", f"The months “{text}” are in the wrong order."),
            f"--month {read_month(last)}..{read_month(first)}",
        )
    return MonthRun(months)


SPOKEN_PERIOD = r"([0-9]{4})年?(?:第?([一二三四1234])季度|([上下])半年|0?([0-9]{1,2})月份?)?"
QUARTERS = {
    each: place for place, pair in enumerate(("一1", "二2", "三3", "四4"), 1) for each in pair
}


def _as_named(typed: str) -> str:
    """Translate a period as people type it (2026年第一季度, 2026q1, 2026-3) to its name (2026-Q1).

    Return any other text in upper case.
    """
    import re

    match = re.fullmatch(SPOKEN_PERIOD, typed)
    if match is None:
        return _with_hyphen(typed.upper())
    year, quarter, half, month = match.groups()
    if quarter:
        return f"{year}-Q{QUARTERS[quarter]}"
    if half:
        return f"{year}-H{'上下'.index(half) + 1}"
    return f"{year}-{int(month):02d}" if month else year


def _with_hyphen(typed: str) -> str:
    """Add the hyphen that 2026Q1 leaves out, and the zero that 2026-3 leaves out."""
    year, part = typed[:4], typed[4:]
    if part.startswith(("Q", "H")):
        return f"{year}-{part}"
    is_short = len(part) == 2 and part.startswith("-")
    return f"{year}-0{part[1:]}" if is_short else typed


def read_period(text: str) -> Period:
    """Parse a month, quarter, half-year or year: 2026-03, 2026-Q1, 2026q1, 2026年上半年, 2026.

    Raises BadUsage.
    """
    typed = _as_named(half_width(text))
    try:
        period = period_named(typed)
        _in_bounds(period.first.year)
        return period
    except ValueError:
        raise BadUsage(
            say(f"期间“{text}”读不出来。", f"Cannot read the period “{text}”."),
            say(
                "写作 2026-03、2026-Q1、2026-H1 或 2026", "write 2026-03, 2026-Q1, 2026-H1 or 2026"
            ),
        ) from None


def read_year(text: str) -> int:
    """Parse a year: 2026 or 2026年. Raises BadUsage."""
    typed = half_width(text).removesuffix("年")
    is_year = len(typed) == 4 and is_digits(typed)
    if not is_year or not FIRST_YEAR <= int(typed) <= LAST_YEAR:
        raise BadUsage(
            say(f"年份“{text}”读不出来。", f"Cannot read the year “{text}”."),
            say("年份写作 2026", "write a year as 2026"),
        )
    return int(typed)
