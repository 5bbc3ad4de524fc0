"""`partyctl meeting`: gatherings, what each counted as, and what was decided."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from partyctl.cli import here
from partyctl.cli.answers import acknowledge, find
from partyctl.cli.dates import read_month, read_past_day, today
from partyctl.cli.group import noun
from partyctl.cli.meeting_options import (
    Absent,
    CellName,
    Decisions,
    DuePresent,
    Hours,
    KindList,
    Kinds,
    Lecturer,
    Minutes,
    Notified,
    OpinionsInside,
    OpinionsOn,
    OpinionsOutside,
    Present,
    Theme,
    Topics,
    read_kind,
    read_kinds,
)
from partyctl.cli.options import DATE, MONTH, NAME, AsJson, AsOf, MakesUp, Number, On, Reason
from partyctl.cli.showing import History, show_record
from partyctl.language import say
from partyctl.ledger import lists
from partyctl.show.records import label
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import MeetingKind, Noun

if TYPE_CHECKING:
    from partyctl.records.meetings import Gathering

app = noun("会议：三会一课、学习、组织生活", "Meetings")


SAID_AS_IT_IS = (
    *("kinds", "chair", "cell", "lecturer", "present", "due_present", "theme", "makes_up"),
    *("opinions_inside", "opinions_outside", "opinions_on", "criticism", "integrity"),
)
"""The options of add and edit that need no further reading."""


@app.command(help=say("登记一次会议；一次会议可以同时算作多种", "Record a meeting"))
def add(
    context: typer.Context,
    kinds: Kinds,
    chair: Annotated[str, typer.Option(metavar=NAME, help=say("主持人", "who chaired"))],
    on: On = None,
    cell: CellName = None,
    lecturer: Lecturer = None,
    notified: Notified = None,
    topic: Topics = None,
    decision: Decisions = None,
    present: Present = None,
    absent: Absent = None,
    minutes: Minutes = None,
    due_present: DuePresent = None,
    opinions_inside: OpinionsInside = None,
    opinions_outside: OpinionsOutside = None,
    opinions_on: OpinionsOn = None,
    criticism: Annotated[bool, typer.Option(help=say("开展了批评与自我批评", "criticism"))] = False,
    integrity: Annotated[bool, typer.Option(help=say("含廉政教育", "on integrity"))] = False,
    hours: Hours = None,
    theme: Theme = None,
    makes_up: MakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Record a meeting that was held."""
    with here.writing() as session:
        from partyctl.records import meetings

        said = _gathering(context.params | {"on": on or today()})
        meeting = meetings.add(session, said, here.branch())
    names = "、".join(kind.label for kind in kinds)
    line = say(
        f"已登记会议 #{meeting.id} {meeting.held_on} {names}", f"Meeting #{meeting.id}: {names}"
    )
    acknowledge(Noun.MEETING, meeting.number, line, as_json=as_json)


def _gathering(params: dict[str, Any]) -> "Gathering":
    """What the options say of a meeting, with its words read into values."""
    from partyctl.records.agenda import read_decision
    from partyctl.records.attendance import read_absence
    from partyctl.records.meetings import Gathering
    from partyctl.records.minutes import read_minutes

    minutes = params["minutes"]
    return Gathering(
        **{name: params[name] for name in SAID_AS_IT_IS},
        held_on=params["on"],
        notified_on=params["notified"],
        half_hours=params["hours"],
        topics=list(params["topic"] or ()),
        decisions=[read_decision(each) for each in params["decision"] or ()],
        absent=[read_absence(each) for each in params["absent"] or ()],
        minutes=None if minutes is None else read_minutes(minutes),
    )


@app.command(help=say("更正会议；没写的不变，同名议题替换", "Correct a meeting"))
def edit(
    context: typer.Context,
    number: Number,
    kinds: Annotated[
        KindList | None,
        typer.Option(
            "--kind", parser=read_kinds, metavar="KIND[,KIND…]", help=say("种类", "kinds")
        ),
    ] = None,
    on: Annotated[
        date | None, typer.Option(parser=read_past_day, metavar=DATE, help=say("日期", "the day"))
    ] = None,
    chair: Annotated[str | None, typer.Option(metavar=NAME, help=say("主持人", "chair"))] = None,
    cell: CellName = None,
    lecturer: Lecturer = None,
    notified: Notified = None,
    topic: Topics = None,
    decision: Decisions = None,
    present: Present = None,
    absent: Absent = None,
    minutes: Minutes = None,
    due_present: DuePresent = None,
    opinions_inside: OpinionsInside = None,
    opinions_outside: OpinionsOutside = None,
    opinions_on: OpinionsOn = None,
    criticism: Annotated[
        bool | None,
        typer.Option("--criticism/--no-criticism", help=say("批评与自我批评", "criticism")),
    ] = None,
    integrity: Annotated[
        bool | None,
        typer.Option("--integrity/--no-integrity", help=say("含廉政教育", "on integrity")),
    ] = None,
    hours: Hours = None,
    theme: Theme = None,
    makes_up: MakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Correct what is recorded of a meeting."""
    with here.writing() as session:
        from partyctl.records import meetings

        said = _gathering(context.params)
        meetings.edit(session, number, said)
    line = say(f"已更正会议 #{number}", f"Meeting #{number} corrected")
    acknowledge(Noun.MEETING, number, line, as_json=as_json)


@app.command(help=say("作废会议", "Void a meeting"))
def void(number: Number, reason: Reason, as_json: AsJson = False) -> None:
    """Void a meeting."""
    with here.writing() as session:
        from partyctl.records import meetings

        meetings.void_meeting(session, number, reason)
    line = say(f"已作废会议 #{number}", f"Meeting #{number} voided")
    acknowledge(Noun.MEETING, number, line, as_json=as_json)


@app.command(help=say("查看会议；--minutes-to 取出记录文件", "Show a meeting"))
def show(
    number: Number,
    minutes_to: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", readable=False, help=say("把记录文件另存为", "save its minutes")
        ),
    ] = None,
    history: History = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show a meeting; save the file of its minutes if asked."""
    if minutes_to is not None:
        from partyctl.cli.saving import save_minutes

        with here.reading(as_of or today()) as reading:
            save_minutes(reading.ledger, find(reading, Noun.MEETING, number), minutes_to)
    show_record(Noun.MEETING, number, as_of, as_json=as_json, history=history)


@app.command("list", help=say("列出会议", "List the meetings"))
def show_list(
    kind: Annotated[
        MeetingKind | None,
        typer.Option(parser=read_kind, metavar="KIND", help=say("只列这一种", "of this kind")),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option(parser=read_month, metavar=MONTH, help=say("只列这个月", "of a month")),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the meetings, planned ones too."""
    with here.reading(as_of or today()) as reading:
        branch = here.branch_number(reading)
        rows = lists.meetings(reading.ledger, reading.on, branch, kind=kind, month=month)
    if as_json:
        print_json(rows)
        return
    headings = (
        "#",
        say("日期", "date"),
        say("种类", "kinds"),
        say("主持", "chair"),
        say("议题", "topics"),
    )
    print_table(headings, [_line(row) for row in rows])


def _line(row: dict[str, Any]) -> Line:
    kinds = "、".join(label("kinds", kind) for kind in row["kinds"])
    day = row["held_on"] or say(f"{row['planned_on']}（计划）", f"{row['planned_on']} (planned)")
    return Line((str(row["id"]), day, kinds, row["chair"] or "", "；".join(row["topics"])))
