"""`partyctl branch`: the branches in the ledger."""

from datetime import date
from typing import Annotated

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import today
from partyctl.cli.input.options import TITLE, AsJson, AsOf, past_day
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.show.listing import ID, Column, print_list
from partyctl.terms import Noun, told_of

app = noun("党支部", "Branches")

Founded = Annotated[
    date | None,
    past_day(
        "--founded",
        say(
            "成立日期（新登记的默认今天）", "the day of founding (default for a new branch: today)"
        ),
    ),
]
Elected = Annotated[
    date | None,
    past_day("--elected", say("本届委员会选举日期", "the day the branch's committee was elected")),
]


@app.command(help=say("登记党支部", "Enter a branch"))
def add(
    name: Annotated[
        str, typer.Argument(metavar=TITLE, help=say("党支部名称", "the branch's name"))
    ],
    founded: Founded = None,
    committee: Annotated[
        bool, typer.Option(help=say("设支部委员会", "the branch has a committee, or has none"))
    ] = True,
    elected: Elected = None,
    as_json: AsJson = False,
) -> None:
    """Enter a branch."""
    with current.writing() as session:
        from partyctl.records.members import organisation

        branch = organisation.add_branch(
            session,
            name,
            founded_on=founded or today(),
            has_committee=committee,
            elected_on=elected,
        )
    line = say(
        f"已登记党支部 #{branch.id} {branch.name}（{branch.founded_on} 成立）",
        f"Branch #{branch.id} {branch.name}, founded on {branch.founded_on}",
    )
    acknowledge(Noun.BRANCH, branch.number, line, as_json=as_json)


@app.command(help=say("更正党支部", "Correct a branch"))
def edit(
    branch: Annotated[
        str | None,
        typer.Argument(metavar=f"[{TITLE}]", help=say("名称或编号", "the branch's name or number")),
    ] = None,
    name: Annotated[str | None, typer.Option(help=say("新名称", "new name"))] = None,
    founded: Founded = None,
    committee: Annotated[
        bool | None,
        typer.Option(
            "--committee/--no-committee",
            help=say("设支部委员会", "the branch has a committee, or has none"),
        ),
    ] = None,
    from_day: Annotated[
        date | None,
        past_day(
            "--from",
            say(
                "委员会从哪天起有或没有（默认自成立起）",
                "the first day on which the branch has (or has not) a committee (default: "
                "the day of founding)",
            ),
        ),
    ] = None,
    elected: Elected = None,
    as_json: AsJson = False,
) -> None:
    """Correct a branch's record.

    --from is the first day on which the branch has a committee, or no longer has one.
    """
    if from_day is not None and committee is None:
        raise BadUsage(
            say(
                "--from 说的是支委会：缺少 --committee 或 --no-committee。",
                "--from needs --committee or --no-committee.",
            ),
            f"--committee --from {from_day}",
        )
    with current.correcting() as session:
        from partyctl.records.members import organisation

        found = organisation.edit_branch(
            session,
            branch or current.branch(),
            name=name,
            founded_on=founded,
            has_committee=committee,
            committee_from=from_day,
            elected_on=elected,
        )
    line = say(
        f"已更正党支部 #{found.id} {found.name}", f"Branch #{found.id} {found.name} corrected"
    ) + _committee_told(committee, from_day)
    acknowledge_correction(Noun.BRANCH, found.number, line, as_json=as_json)


def _committee_told(committee: bool | None, from_day: date | None) -> str:
    """Say whether a branch has a committee, and since when."""
    if committee is None:
        return ""
    since = (
        say(f"{from_day} 起", f"from {from_day}")
        if from_day
        else say("自成立起", "since its founding")
    )
    has = say("设支委会", "with a committee") if committee else say("不设支委会", "no committee")
    return say(f"，{since}{has}", f", {since} {has}")


COLUMNS = (
    ID,
    Column(told_of(Noun.BRANCH), "name"),
    Column(Told("成立", "founded"), "founded_on"),
    Column(
        Told("委员会", "committee"),
        lambda row: say("有", "yes") if row["committee"] else say("无", "no"),
    ),
)


@app.command("list", help=say("列出党支部", "List the branches"))
@to_file("党支部", "Branches")
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the branches that exist on a day."""
    with current.reading(as_of or today()) as reading:
        rows = lists.branches(reading.ledger, reading.on)
    print_list(rows, COLUMNS, as_json=as_json)
