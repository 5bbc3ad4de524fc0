"""`partyctl meeting`: meetings, their kinds, and decisions."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_day, require_past, today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import DATE, NAME, AsJson, AsOf, Number, On, listed
from partyctl.cli.meeting.gathering import Held, gathering
from partyctl.cli.meeting.options import (
    Chair,
    KindList,
    Kinds,
    PlannedOn,
    read_kinds,
)
from partyctl.cli.output.answers import acknowledge, acknowledge_correction, find
from partyctl.cli.output.record import add_void
from partyctl.cli.output.showing import History, show_record
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.language import comma_list, say
from partyctl.terms import MeetingKind, Noun

app = noun("会议：三会一课、学习、组织生活", "Meetings, lectures, study, organisation life")


@app.command(
    help=say(
        "登记一次会议；一次会议可以同时算作多种",
        "Record a meeting; it may count as several kinds",
    )
)
@taking_options
def add(
    *,
    kinds: Kinds,
    chair: Annotated[str, typer.Option(metavar=NAME, help=say("主持人", "who chaired"))],
    on: On = None,
    said: Held,
    as_json: AsJson = False,
) -> None:
    """Record a meeting that was held."""
    with current.writing() as session:
        from partyctl.records.meetings import meetings

        held = gathering(said, kinds=kinds, chair=chair, day=on or today())
        meeting = meetings.add(session, held, current.branch())
    names = comma_list(kind.label for kind in kinds)
    line = say(
        f"已登记会议 #{meeting.id} {meeting.held_on} {names}", f"Meeting #{meeting.id}: {names}"
    )
    acknowledge(Noun.MEETING, meeting.number, line, as_json=as_json)


add_verb(
    app,
    "plan",
    "meeting.plans.plan",
    "计划一次会议，可以是将来的日期",
    "Plan a meeting; its date may be in the future",
)
add_verb(
    app,
    "hold",
    "meeting.plans.hold",
    "登记计划的会议已召开",
    "Record that a planned meeting was held",
)
add_verb(
    app,
    "step",
    "meeting.plans.step",
    "登记民主生活会的一个步骤",
    "Record a step of a democratic-life meeting",
)


@app.command(
    help=say(
        "更正会议，改计划的日期；没写的不变，同名议题替换",
        "Correct or move a meeting; values not given stay unchanged",
    )
)
@taking_options
def edit(
    *,
    number: Number,
    kinds: Annotated[
        KindList | None,
        typer.Option("--kind", parser=read_kinds, metavar="KIND[,KIND…]", help=listed(MeetingKind)),
    ] = None,
    on: Annotated[
        date | None, typer.Option(parser=read_day, metavar=DATE, help=say("日期", "the day"))
    ] = None,
    planned_on: PlannedOn = None,
    chair: Chair = None,
    said: Held,
    as_json: AsJson = False,
) -> None:
    """Correct a meeting, or move a planned meeting."""
    with current.correcting() as session:
        from partyctl.records.meetings import meetings
        from partyctl.records.meetings import planned as planned_meetings

        if on is not None and not planned_meetings.is_planned(session, number):
            require_past(on)
        held = gathering(said, kinds=kinds, chair=chair, day=on, made_on=planned_on)
        meetings.edit(session, number, held)
    line = say(f"已更正会议 #{number}", f"Meeting #{number} corrected")
    acknowledge_correction(Noun.MEETING, number, line, as_json=as_json)


add_void(app, Noun.MEETING, "作废会议", "Void a meeting")


@app.command(
    help=say(
        "查看会议；--minutes-to 取出记录文件", "Show a meeting; --minutes-to saves its minutes"
    )
)
def show(
    number: Number,
    minutes_to: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help=say("把记录文件另存为", "where to save the file of its minutes"),
        ),
    ] = None,
    history: History = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show a meeting; for a democratic-life meeting, also show its timeline.

    With --minutes-to, also save the minutes.
    """
    if minutes_to is not None:
        from partyctl.cli.output.saving import save_minutes

        with current.reading(as_of or today()) as reading:
            save_minutes(reading.ledger, find(reading, Noun.MEETING, number), minutes_to)
    from partyctl.cli.meeting.showing import with_timeline  # this imports partyctl.law

    show_record(
        Noun.MEETING, f"#{number}", as_of, as_json=as_json, history=history, more=with_timeline
    )


add_verb(app, "list", "meeting.listing.show_list", "列出会议", "List the meetings")
add_verb(
    app,
    "attendance",
    "meeting.attendance.attendance",
    "一段时间里谁到了几次、为什么缺席",
    "Show attendance by person, with reasons for absence",
)
add_verb(
    app,
    "import",
    "meeting.sheets.import_file",
    "从 Excel 导入会议，或一次会议的签到",
    "Import meetings from Excel, or one meeting's attendance",
)
add_verb(
    app,
    "sheet",
    "meeting.sheets.sheet",
    "写出一次会议的签到表，填好后用 import 收回",
    "Write a meeting's attendance sheet, to fill in and import",
)
