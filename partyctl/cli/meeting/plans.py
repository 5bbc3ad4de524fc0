"""`partyctl meeting plan`, `hold` and `step`: what is planned, held, and done on the way."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_day, today
from partyctl.cli.input.options import DATE, TEXT, AsJson, MakesUp, Number, On
from partyctl.cli.meeting.options import (
    Absent,
    CellName,
    Chair,
    CriticisedOrNot,
    Decisions,
    DuePresent,
    ExcludedNames,
    Hours,
    Kinds,
    Lecturer,
    Minutes,
    Notified,
    OnIntegrityOrNot,
    OpinionsInside,
    OpinionsOn,
    OpinionsOutside,
    PlannedOn,
    Present,
    Theme,
    Topics,
    gathering,
)
from partyctl.cli.meeting.paper_options import (
    FromTime,
    Guests,
    Ordinal,
    Place,
    Recorder,
    Spoke,
    ToTime,
)
from partyctl.cli.meeting.step_options import Days, Parts, Step, With
from partyctl.cli.output.answers import acknowledge
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import say
from partyctl.terms import LifeStep, Noun


def plan(
    context: typer.Context,
    kinds: Kinds,
    on: Annotated[
        date, typer.Option(parser=read_day, metavar=DATE, help=say("计划哪天开", "planned for"))
    ],
    theme: Theme = None,
    planned_on: PlannedOn = None,
    chair: Chair = None,
    cell: CellName = None,
    topic: Topics = None,
    place: Place = None,
    from_time: FromTime = None,
    to_time: ToTime = None,
    guests: Guests = None,
    ordinal: Ordinal = None,
    makes_up: MakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Plan a meeting."""
    with current.writing() as session:
        from partyctl.records.meetings import planned as planned_meetings

        meeting = planned_meetings.plan(session, gathering(context.params, on), current.branch())
    names = "、".join(kind.label for kind in kinds)
    line = say(
        f"已计划会议 #{meeting.id} {on} {names}", f"Meeting #{meeting.id} planned: {on} {names}"
    )
    acknowledge(Noun.MEETING, meeting.number, line, as_json=as_json)


def hold(
    context: typer.Context,
    number: Number,
    on: On = None,
    chair: Chair = None,
    cell: CellName = None,
    lecturer: Lecturer = None,
    notified: Notified = None,
    topic: Topics = None,
    decision: Decisions = None,
    excluded: ExcludedNames = None,
    present: Present = None,
    absent: Absent = None,
    minutes: Minutes = None,
    due_present: DuePresent = None,
    opinions_inside: OpinionsInside = None,
    opinions_outside: OpinionsOutside = None,
    opinions_on: OpinionsOn = None,
    criticism: CriticisedOrNot = None,
    integrity: OnIntegrityOrNot = None,
    hours: Hours = None,
    theme: Theme = None,
    place: Place = None,
    from_time: FromTime = None,
    to_time: ToTime = None,
    recorder: Recorder = None,
    guests: Guests = None,
    ordinal: Ordinal = None,
    spoke: Spoke = None,
    makes_up: MakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Record that a planned meeting was held."""
    with current.writing() as session:
        from partyctl.records.meetings import planned as planned_meetings

        meeting = planned_meetings.hold(session, number, gathering(context.params, on or today()))
    line = say(
        f"已登记会议 #{number} 于 {meeting.held_on} 召开",
        f"Meeting #{number} was held on {meeting.held_on}",
    )
    acknowledge(Noun.MEETING, number, line, as_json=as_json)


def step(
    number: Number,
    step: Step,
    on: On = None,
    names: With = None,
    days: Days = None,
    part: Parts = None,
    note: Annotated[str | None, typer.Option(metavar=TEXT, help=say("说明", "a note"))] = None,
    void: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("作废这一步，写明原因", "void it: why"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record a step of a democratic-life meeting, or void one."""
    if void is None:
        _require_facts(step, names, part)
    with current.writing() as session:
        from partyctl.records.meetings import life_steps

        entry = life_steps.LifeStepEntry(
            step=step, on=on, names=names or (), half_days=days, parts=part or (), note=note
        )
        if void is not None:
            life_steps.void_steps(session, number, entry, void)
        else:
            on = life_steps.add(session, number, entry, today())
    verb = say("已登记会议", "Recorded:") if void is None else say("已作废会议", "Voided:")
    line = f"{verb} #{number} {step.label}{f' {on}' if on else ''}"
    acknowledge(Noun.MEETING, number, line, as_json=as_json)


def _require_facts(step: LifeStep, names: object, parts: object) -> None:
    """Ask for what a step cannot be recorded without."""
    if step in (LifeStep.OUTLINE, LifeStep.CRITICISM) and not names:
        raise MissingFact(
            Question("--with", say("是谁的（姓名，或 all）", "whose (names, or all)"))
        )
    if step is LifeStep.PACKAGE and not parts:
        raise MissingFact(Question("--part", say("哪一项材料", "which part")))
