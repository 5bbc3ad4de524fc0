"""`partyctl member report`: leading cadres' reports on personal matters."""

from typing import Annotated

import typer

from partyctl.cli.input.dates import read_year, today
from partyctl.cli.input.options import AsJson, On, Person, VoidReason
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.output.answers import acknowledge
from partyctl.cli.session import current
from partyctl.language import say
from partyctl.terms import IntegrityAct, Noun


def report(
    name: Person,
    year: Annotated[
        int,
        typer.Argument(
            parser=read_year, metavar=say("年度", "YEAR"), help=say("哪一年的", "the year")
        ),
    ],
    on: On = None,
    void: VoidReason = None,
    as_json: AsJson = False,
) -> None:
    """Record a leading cadre's yearly report on personal matters."""
    if void is not None:
        refuse_beside("--void", on=on)
    day = on or today()
    with current.writing() as session:
        from partyctl.records.members import personal_reports

        if void is not None:
            member = personal_reports.void_report(session, name, year, void)
        else:
            member = personal_reports.report(session, name, year, day)
    verb = say("已作废", "Voided") if void is not None else say("已登记", "Recorded")
    done = f"{year} {IntegrityAct.REPORT.label}" + ("" if void is not None else f" {day}")
    acknowledge(
        Noun.MEMBER, member.number, f"{verb} #{member.id} {member.name} {done}", as_json=as_json
    )
