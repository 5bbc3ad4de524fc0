"""`partyctl member away`: periods of leave, secondment or work elsewhere."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.options import TEXT, AsJson, ToDay, VoidReason, any_day
from partyctl.cli.input.people import OnlyPeople
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.member.last_days import tell_of_kept_day
from partyctl.cli.output.answers import acknowledge, acknowledge_each
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import say
from partyctl.terms import Noun


def away(
    from_day: Annotated[date, any_day("--from", say("第一天", "from this day"))],
    names: OnlyPeople,
    to_day: ToDay = None,
    reason: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("原因，如 借调", "why: leave, secondment"))
    ] = None,
    void: VoidReason = None,
    as_json: AsJson = False,
) -> None:
    """Record a period away, correct its last day or reason, or void it."""
    if void is not None:
        refuse_beside("--void", to=to_day, reason=reason)
    with current.writing() as session:
        from partyctl.records.common.several import address, for_each, members_named
        from partyctl.records.members import away as times

        members = members_named(session, names)
        known = all(times.is_on_record(session, each, from_day) for each in members)
        if void is None and reason is None and not known:
            raise MissingFact(Question("--reason", say("外出原因", "why they are away")))
        rows = for_each(
            members,
            lambda member: (
                times.be_away(session, member, from_day, to_day, reason)
                if void is None
                else times.void_away(session, member, from_day, void)
            ),
            named=lambda member: address(session, member),
        )
    verb = say("已登记", "Recorded") if void is None else say("已作废", "Voided")
    lines = [
        (
            member.number,
            f"{verb} #{member.id} {member.name} {row.from_on}–{row.to_on or ''} {row.reason}",
        )
        for member, row in zip(members, rows, strict=True)
    ]
    if len(names) == 1:
        acknowledge(Noun.MEMBER, *lines[0], as_json=as_json)
    else:
        acknowledge_each(Noun.MEMBER, lines, as_json=as_json)
    for member, row in zip(members, rows, strict=True) if void is None else ():
        tell_of_kept_day(member.name, to_day, row.to_on)
