"""`partyctl member sanction`: a member's periods of sanction."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.options import TEXT, AsJson, FromDay, Person, VoidReason, any_day
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.output.answers import acknowledge
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import say
from partyctl.terms import Noun


def sanction(
    name: Person,
    from_day: FromDay,
    to_day: Annotated[
        date | None, any_day("--to", say("影响期最后一天", "the last day of the sanction"))
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("何种处分", "which sanction"))
    ] = None,
    void: VoidReason = None,
    as_json: AsJson = False,
) -> None:
    """Record a period of sanction, or void one."""
    if void is None:
        _require_facts(to_day, note)
    else:
        refuse_beside("--void", to=to_day, note=note)
    with current.writing() as session:
        from partyctl.records.members import sanctions

        if void is not None:
            member = sanctions.void_sanction(session, name, from_day, void)
        else:
            assert to_day is not None
            assert note is not None
            member = sanctions.sanction(session, name, from_day, to_day, note)
    verb = say("已登记", "Recorded") if void is None else say("已作废", "Voided")
    ended = f"–{to_day}" if to_day else ""
    what = say("受处分期间", "on sanction")
    line = f"{verb} #{member.id} {member.name} {what} {from_day}{ended}"
    acknowledge(Noun.MEMBER, member.number, line, as_json=as_json)


def _require_facts(to_day: date | None, note: str | None) -> None:
    """Raise MissingFact if a required value of the sanction is missing."""
    lacking = []
    if to_day is None:
        lacking.append(Question("--to", say("影响期最后一天", "the last day")))
    if note is None:
        lacking.append(Question("--note", say("何种处分", "which sanction")))
    if lacking:
        raise MissingFact(*lacking)
