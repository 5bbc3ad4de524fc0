"""Options of `partyctl meeting`, and functions that parse them."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from partyctl.cli.input.dates import read_past_day
from partyctl.cli.input.options import DATE, NAME, TEXT, TITLE, listed, past_day
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import MeetingKind, read_term
from partyctl.text import half_width, is_digits

if TYPE_CHECKING:
    pass


LONGEST_HOURS = 100
LONGEST_COUNT = 6


def read_kind(text: str) -> MeetingKind:
    """Parse a kind of meeting."""
    return read_term(MeetingKind, text, of=say("会议", "meeting"))


class KindList(tuple[MeetingKind, ...]):
    """The kinds of a meeting.

    This is a separate class, because Typer would read a plain tuple as several arguments.
    """

    __slots__ = ()


def read_kinds(text: str) -> KindList:
    """Parse one or more kinds: members,lecture. Raises BadUsage if the text contains no kind."""
    typed = text.replace("，", ",").replace("、", ",").split(",")
    return KindList(map(read_kind, [each for each in typed if each.strip()] or [text]))


def read_count(text: str) -> int:
    """Parse a count. Raises BadUsage."""
    digits = half_width(text)
    if is_digits(digits) and len(digits) <= LONGEST_COUNT:
        return int(digits)
    raise BadUsage(
        say(f"人数“{text}”读不出来。", f"Cannot read “{text}” as a number of people."),
        say("写整数，如 12", "write a whole number, such as 12"),
    )


def read_half_hours(text: str) -> int:
    """Parse a number of hours; return it in half hours, so that 1.5 gives 3. Raises BadUsage."""
    try:
        halves = Decimal(text) * 2
        if halves == halves.to_integral_value() and 0 < halves <= 2 * LONGEST_HOURS:
            return int(halves)
    except (InvalidOperation, OverflowError):
        pass
    raise BadUsage(
        say(f"时长“{text}”读不出来：写小时，到半小时。", f"Cannot read “{text}” as hours."),
        "--hours 1.5",
    )


Kinds = Annotated[
    KindList,
    typer.Argument(
        parser=read_kinds,
        metavar="KIND[,KIND…]",
        help=say(f"种类，可写几个：{listed(MeetingKind)}", f"its kinds: {listed(MeetingKind)}"),
    ),
]
Notified = Annotated[
    date | None, past_day("--notified", say("议题通知日期", "the day the agenda was announced"))
]
CellName = Annotated[
    str | None, typer.Option("--cell", metavar=TITLE, help=say("党小组", "the cell"))
]
Lecturer = Annotated[
    str | None, typer.Option("--lecturer", metavar=NAME, help=say("讲课人", "who lectured"))
]
Topics = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar=TEXT,
        help=say("讨论的议题，可重复", "a topic that was discussed; may be repeated"),
    ),
]
Decisions = Annotated[
    list[str] | None,
    typer.Option(
        "--decision",
        metavar='"TOPIC=TEXT[;V]"',
        help=say(
            "议题=决议[;应到/实到/赞成/反对/弃权]",
            "TOPIC=RESOLUTION[;due/present/for/against/abstained]",
        ),
    ),
]
Present = Annotated[
    str | None,
    typer.Option(
        "--present",
        metavar="all|N|NAMES",
        help=say("出席：all、人数或姓名", "who was present: all, a number, or names"),
    ),
]
Absent = Annotated[
    list[str] | None,
    typer.Option(
        "--absent",
        metavar="NAME:REASON",
        help=say("缺席的人和原因，可重复", "who was absent and why; may be repeated"),
    ),
]
Minutes = Annotated[
    str | None,
    typer.Option(
        "--minutes", metavar="TEXT|@FILE", help=say("记录，或 @文件", "the minutes, or @FILE")
    ),
]
DuePresent = Annotated[
    int | None,
    typer.Option(
        parser=read_count,
        metavar="N",
        help=say(
            "应到人数（默认当日名册）",
            "how many members should have attended (default: all on the roll on the day of the meeting)",
        ),
    ),
]
OpinionsInside = Annotated[
    int | None,
    typer.Option(
        parser=read_count,
        metavar="N",
        help=say("征求到几条党内意见", "the number of opinions from inside the Party"),
    ),
]
OpinionsOutside = Annotated[
    int | None,
    typer.Option(
        parser=read_count,
        metavar="N",
        help=say("征求到几条党外意见", "the number of opinions from outside the Party"),
    ),
]
OpinionsOn = Annotated[
    date | None,
    typer.Option(
        parser=read_past_day,
        metavar=DATE,
        help=say("征求意见日期", "the day opinions were collected"),
    ),
]
Hours = Annotated[
    int | None,
    typer.Option(
        "--hours", parser=read_half_hours, metavar="H", help=say("几个小时", "how many hours")
    ),
]
Theme = Annotated[str | None, typer.Option("--theme", metavar=TEXT, help=say("主题", "the theme"))]
Chair = Annotated[str | None, typer.Option(metavar=NAME, help=say("主持人", "who chairs"))]
CriticisedOrNot = Annotated[
    bool | None,
    typer.Option(
        "--criticism/--no-criticism",
        help=say("批评与自我批评", "criticism and self-criticism took place"),
    ),
]
OnIntegrityOrNot = Annotated[
    bool | None,
    typer.Option(
        "--integrity/--no-integrity",
        help=say("会上有廉政教育", "the meeting included integrity education"),
    ),
]
PlannedOn = Annotated[
    date | None, past_day("--planned-on", say("作出计划的日期", "the day the plan was made"))
]
