"""`partyctl init`: start a ledger."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_day
from partyctl.cli.input.options import DATE
from partyctl.cli.maintenance.key_options import KeyFile, key_maker, print_place
from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.language import say
from partyctl.ledger.file import markers, unsafe_folders

app = verb()


@app.command(
    help=say("建立台账。国家秘密不得录入。", "Start a ledger. State secrets do not belong in it.")
)
def init(
    organ: Annotated[str, typer.Option(help=say("党组名称", "the leading group"))],
    branch: Annotated[str, typer.Option(help=say("党支部名称", "the first branch"))],
    since: Annotated[
        date,
        typer.Option(
            parser=read_day,
            metavar=DATE,
            help=say("从哪天起按制度计算", "the day from which duties are computed"),
        ),
    ],
    committee: Annotated[
        bool, typer.Option(help=say("设支部委员会", "the branch has a committee"))
    ] = True,
    cell: Annotated[list[str] | None, typer.Option(help=say("党小组", "a cell"))] = None,
    superior: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND=NAME",
            help=say(
                "上级：general-branch、organ-committee 或 work-committee=名称",
                "a superior: general-branch, organ-committee or work-committee=NAME",
            ),
        ),
    ] = None,
    encrypt: Annotated[
        bool,
        typer.Option("--encrypt", help=say("加密（另见 encrypt）", "encrypted (see encrypt)")),
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
    tell(say(f"已建立台账 {path}（{organ}，{branch}，{since} 起）", f"Ledger started: {path}"))
    if encrypt:
        print_place(markers.present(path), path)
    tell(
        say(
            "注意：本台账不得录入国家秘密和工作秘密；个人信息只录工作必需的。",
            "Note: no state or work secrets belong in it, and no more of a person than is needed.",
        )
    )
    for warning in unsafe_folders.warnings_of(path):
        tell(say(f"注意：{warning}", f"Note: {warning}"), err=True)
    tell(say("下一步：partyctl member add 姓名 --joined 入党日期", "Next: partyctl member add"))
