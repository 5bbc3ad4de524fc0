"""`partyctl init`: start a ledger.

On a terminal, `init` without options asks questions (see `first_walk`).
"""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_day
from partyctl.cli.input.options import DATE
from partyctl.cli.maintenance.first_words import next_people, started
from partyctl.cli.maintenance.key_options import KeyFile, key_maker, print_place
from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.language import say
from partyctl.ledger.file import markers

app = verb()


@app.command(help=say("建立台账。国家秘密不得录入。", "Start a ledger. Never enter state secrets."))
def init(
    organ: Annotated[str, typer.Option(help=say("党组名称", "the name of the leading group"))],
    branch: Annotated[str, typer.Option(help=say("党支部名称", "the name of the first branch"))],
    since: Annotated[
        date,
        typer.Option(
            parser=read_day,
            metavar=DATE,
            help=say("从哪天起按制度计算", "the first day on which the regulations apply"),
        ),
    ],
    committee: Annotated[
        bool, typer.Option(help=say("设支部委员会", "the branch has a committee, or has none"))
    ] = True,
    cell: Annotated[list[str] | None, typer.Option(help=say("党小组", "a cell"))] = None,
    superior: Annotated[
        list[str] | None,
        typer.Option(
            metavar=say("种类=名称", "KIND=NAME"),
            help=say(
                "上级：general-branch、organ-committee 或 work-committee=名称",
                "a superior as KIND=NAME, where KIND is general-branch, organ-committee "
                "or work-committee",
            ),
        ),
    ] = None,
    encrypt: Annotated[
        bool,
        typer.Option(
            "--encrypt",
            help=say("加密（另见 encrypt）", "encrypt the ledger (see the command encrypt)"),
        ),
    ] = False,
    key_file: KeyFile = None,
) -> None:
    """Start a ledger."""
    from partyctl.records.members import organisation

    path = current.ledger_path()
    make_key = key_maker(path, key_file, wanted=encrypt)
    organisation.start_ledger(
        path,
        organ=organ,
        branch=branch,
        since=since,
        has_committee=committee,
        cells=cell or [],
        superiors=superior or [],
        make_key=make_key,
    )
    started(path, organ, branch, since)
    if encrypt:
        print_place(markers.present(path), path)
    tell(say("下一步：", "Next: ") + next_people())
