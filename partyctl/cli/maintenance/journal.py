"""`partyctl journal`: show who changed what, verify the journal, and erase personal data."""

from pathlib import Path
from sqlite3 import Connection
from typing import Annotated

import typer

from partyctl.bilingual import many
from partyctl.cli.input.dates import end_of_day
from partyctl.cli.input.options import NAME, NUMBER, AsJson, AsOf, Number
from partyctl.cli.maintenance.verifying import verify_ledger
from partyctl.cli.output.changes import print_story
from partyctl.cli.output.histories import called, clock, record_label
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.contract.maintenance import JournalRun, Redaction
from partyctl.errors import BadUsage
from partyctl.language import bracketed, comma_list, say
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.journal import history
from partyctl.ledger.journal.naming import named, names_of
from partyctl.show.tables import Line, print_json, print_table

app = noun(
    "日志：谁改了什么，有没有被篡改",
    "The journal: who changed what, and whether anyone tampered with the ledger",
)

SHOWN = 20


@app.command("list", help=say("列出写过台账的命令", "List the commands that changed the ledger"))
@to_file("日志", "Journal")
def show_list(
    last: Annotated[
        int | None,
        typer.Option(
            "--last",
            min=1,
            help=say(
                f"最近多少次（默认 {SHOWN}）",
                f"list only the newest N commands (default: {SHOWN})",
            ),
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=say("全部", "list all commands"))
    ] = False,
    record: Annotated[
        str | None,
        typer.Option(
            "--of", metavar="NOUN#ID", help=say("只看一条记录", "list only changes to this record")
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the commands that changed the ledger, oldest first."""
    if everything and last is not None:
        raise BadUsage(
            say("--last 和 --all 只能用一个。", "Use only one of --last and --all."),
            "partyctl journal list --all",
        )
    with open_for_reading(current.ledger_path()) as ledger:
        most, until = None if everything else last or SHOWN, end_of_day(as_of)
        found = history.runs(ledger, last=most, record=record, until=until)
        rows = [_with_names(ledger, row) for row in found]
    if as_json:
        print_json(rows)
        return
    headings = (
        "#",
        say("时间", "when"),
        say("谁", "who"),
        say("命令", "command"),
        say("记录", "records"),
        "",
    )
    print_table(headings, [_line(row) for row in rows])


def _with_names(ledger: Connection, run: JournalRun) -> JournalRun:
    """Return the journal's data on a command, with descriptions of the records that it changed."""
    names = [called(each) for each in named(ledger, run["run"], run["records"])]
    return {**run, "called": names}


def _line(row: JournalRun) -> Line:
    records = row["called"]
    told = comma_list(records[:3]) + ("…" + bracketed(len(records)) if len(records) > 3 else "")
    undone = say(f"已由 {row['undone_by']} 撤销", f"undone by {row['undone_by']}")
    return Line(
        (
            str(row["run"]),
            clock(row["at"]),
            row["actor"],
            row["command"],
            told,
            undone if row["undone_by"] else "",
        )
    )


@app.command(
    help=say(
        "查看一次命令改了什么（个人信息遮盖）",
        "Show what a command changed, with personal data masked",
    )
)
def show(number: Number, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show every row that a command changed, before and after, with personal data masked."""
    with open_for_reading(current.ledger_path()) as ledger:
        run = _with_names(ledger, history.run(ledger, number, until=end_of_day(as_of)))
        names = names_of(ledger)
    if as_json:
        print_json(run)
    else:
        print_story(run["changes"], names)


@app.command(
    help=say(
        "逐条核对日志、每一行和文件；可发现篡改",
        "Check every entry, every row and the file for tampering",
    )
)
def verify(
    anchors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=say(
                "另存的链头文件（默认本用户的）",
                "a file of stored heads; a head is the number and hash of the newest journal "
                "entry (default: this user's file)",
            ),
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="HEAD",
            help=say(
                "纸上印的链头，如 123-ab12cd34ef567890",
                "a journal head as papers show it, such as 123-ab12cd34ef567890",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the ledger against its journal; exit with 76 if something does not match."""
    verify_ledger(current.ledger_path(), anchors, against, as_json=as_json)


@app.command(
    help=say(
        "抹去一人的个人信息（日志里的也抹去，链条不断）",
        "Erase a person's private data from the ledger and its journal",
    )
)
def redact(
    name: Annotated[
        str,
        typer.Argument(
            metavar=f"{NAME}|opinion#{NUMBER}|meeting#{NUMBER}",
            help=say(
                "姓名，或 opinion#编号（提出人）、meeting#编号（列席人员及发言）",
                "whose data: a name, opinion#ID for its submitter, or meeting#ID for its "
                "guests and speeches",
            ),
        ),
    ],
    reason: Annotated[str, typer.Option(help=say("依据和原因", "the legal basis, and the reason"))],
    as_json: AsJson = False,
) -> None:
    """Erase private values of a member, an opinion or a meeting, also from the journal."""
    with current.writing() as session:
        from partyctl.records.undo import redaction

        erased = redaction.redact(session, name, reason)
    if as_json:
        answer: Redaction = {
            "member": erased.member,
            "record": erased.record,
            "values": erased.values,
            "entries": list(erased.entries),
            "unclear": list(erased.unclear),
        }
        print_json(answer)
        return
    record, details = record_label(erased.record), len(erased.entries)
    typer.echo(
        say(
            f"已脱敏 {record}：清除 {erased.values} 项，日志明细 {details} 条",
            f"{record}: {many(erased.values, 'value')} erased, also from "
            f"{many(details, 'journal entry')}",
        )
    )
    if erased.unclear:
        typer.echo(_left(erased.unclear), err=True)
    typer.echo(
        say(
            "此前的备份里仍有这些内容：partyctl backup list",
            "Older backups still contain these data: partyctl backup list",
        ),
        err=True,
    )


def _left(meetings: list[int]) -> str:
    """Say at which meetings speeches were not erased, and how to record who was present."""
    listed = comma_list(f"#{number}" for number in meetings)
    return say(
        f"会议 {listed} 有同名的人，分不清是谁的发言，没有抹去；"
        f"登记出席的人后再抹：partyctl meeting edit {meetings[0]} --present …",
        f"At meeting {listed}, people of the same name can have spoken, so these speeches were "
        "not erased. Record who was present, then erase again: "
        f"partyctl meeting edit {meetings[0]} --present …",
    )
