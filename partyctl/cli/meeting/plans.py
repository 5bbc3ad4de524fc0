"""`partyctl meeting plan`, `hold` and `step`: plan a meeting, hold it, record its steps."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_day, today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import DATE, TEXT, AsJson, MakesUp, Number, On
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.meeting.gathering import Held, gathering, read_guests
from partyctl.cli.meeting.options import (
    CellName,
    Chair,
    Kinds,
    PlannedOn,
    Theme,
    Topics,
)
from partyctl.cli.meeting.paper_options import (
    FromTime,
    Guests,
    Ordinal,
    Place,
    ToTime,
)
from partyctl.cli.meeting.step_options import Days, Parts, Step, With
from partyctl.cli.output.answers import acknowledge
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import comma_list, say
from partyctl.terms import LifeStep, Noun


def plan(
    kinds: Kinds,
    on: Annotated[
        date, typer.Option(parser=read_day, metavar=DATE, help=say("计划哪天开", "the planned day"))
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
        from partyctl.records.meetings.gathering import Gathering

        said = Gathering(
            kinds=kinds,
            day=on,
            made_on=planned_on,
            theme=theme,
            chair=chair,
            cell=cell,
            topics=topic or (),
            place=place,
            from_time=from_time,
            to_time=to_time,
            guests=None if guests is None else read_guests(guests),
            ordinal=ordinal,
            makes_up=makes_up,
        )
        meeting = planned_meetings.plan(session, said, current.branch())
    names = comma_list(kind.label for kind in kinds)
    line = say(
        f"已计划会议 #{meeting.id} {on} {names}", f"Meeting #{meeting.id} planned: {on} {names}"
    )
    acknowledge(Noun.MEETING, meeting.number, line, as_json=as_json)


@taking_options
def hold(
    *,
    number: Number,
    on: On = None,
    chair: Chair = None,
    said: Held,
    as_json: AsJson = False,
) -> None:
    """Record that a planned meeting was held."""
    with current.writing() as session:
        from partyctl.records.meetings import planned as planned_meetings

        held = gathering(said, chair=chair, day=on or today())
        meeting = planned_meetings.hold(session, number, held)
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
        str | None,
        typer.Option(
            metavar=TEXT, help=say("作废这一步，写明原因", "void this step; give the reason")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record a step of a democratic-life meeting, or void recorded steps of one kind."""
    if void is None:
        _require_facts(step, names, part)
    else:
        refuse_beside("--void", days=days, note=note)
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
    """Raise MissingFact if a required value of the step is missing."""
    if step in (LifeStep.OUTLINE, LifeStep.CRITICISM) and not names:
        raise MissingFact(
            Question("--with", say("是谁的（姓名；全体写 all）", "the people (names, or all)"))
        )
    if step is LifeStep.PACKAGE and not parts:
        raise MissingFact(Question("--part", say("哪一项材料", "which part")))
