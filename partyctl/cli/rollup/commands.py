"""`partyctl rollup`: extracts of branches, and the hub (a folder) that collects them."""

from pathlib import Path
from typing import Annotated

import typer

from partyctl.cli.input.options import TITLE, AsJson
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import Replace
from partyctl.cli.output.to_file import to_file
from partyctl.cli.rollup.hubs import HubFolder, MaybeMonth, OneMonth, hub_at
from partyctl.cli.session.group import noun
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.rollup.hub import Unit, create

app = noun("汇总：许多台账，上级看到什么", "Reports to the superior, and totals of many ledgers")

FILE = say("文件", "FILE")
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=FILE,
        help=say("写到哪个文件", "the file to write"),
    ),
]


@app.command(help=say("写出一个月的提取文件，交给上级", "Write a month's extract for the superior"))
def extract(
    month: OneMonth,
    rows: Annotated[
        bool,
        typer.Option(
            "--rows",
            help=say(
                "也给出逐条结果（人用编号代替）",
                "also include each single duty, with numbers instead of people's names",
            ),
        ),
    ] = False,
    output: Output = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Write an extract of a month: counts without names."""
    from partyctl.cli.rollup.extract import write_extract

    write_extract(month, output, with_rows=rows, replace=replace, as_json=as_json)


@app.command(help=say("建立汇总处", "Start a hub"))
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=say("文件夹", "the folder of the hub"))
    ],
    organ: Annotated[
        str,
        typer.Option(
            "--organ",
            metavar=TITLE,
            help=say("汇总单位的名称", "the name of the organ that keeps the hub"),
        ),
    ],
) -> None:
    """Create a hub, the folder in which extracts are collected."""
    made = create(folder, organ)
    tell(
        say(
            f"已建立汇总处 {folder}（{organ}，编号 {made.number}）",
            f"Hub {folder} created ({organ}, ID {made.number})",
        )
    )
    tell(
        say(
            f"下一步：partyctl rollup enrol 001 支部名称 --ledger … --hub {folder}",
            f"Next: partyctl rollup enrol 001 NAME --ledger … --hub {folder}",
        )
    )


@app.command(help=say("登记一个报送的支部", "Enrol a branch that will report"))
def enrol(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            help=say("代码：字母、数字", "a code for the branch: letters and digits"),
        ),
    ],
    name: Annotated[str, typer.Argument(metavar=TITLE, help=say("支部名称", "the branch's name"))],
    ledger: Annotated[
        str,
        typer.Option(
            "--ledger",
            metavar="ID",
            help=say(
                "台账编号，提取时印出", "the ID of the branch's ledger, printed by rollup extract"
            ),
        ),
    ],
    branch: Annotated[
        int,
        typer.Option(
            "--branch",
            metavar="N",
            min=0,
            help=say(
                "台账里的第几个支部（0：整本台账）",
                "the number of the branch in its ledger; 0 for the whole ledger",
            ),
        ),
    ] = 0,
    hub: HubFolder = None,
) -> None:
    """Enrol a branch and the ledger that it reports from."""
    here = hub_at(hub)
    here.enrol(Unit(code, name.strip(), read_ledger(ledger), branch))
    tell(
        say(
            f"已登记 {code} {name}，共 {len(here.units)} 个支部",
            f"{code} {name} enrolled; {len(here.units)} in all",
        )
    )


def read_ledger(text: str) -> str:
    """Parse the ID of a ledger: 16 digits of 0–9, a–f. Raises BadUsage."""
    if len(text) != 16 or set(text) - set("0123456789abcdef"):
        raise BadUsage(
            say(
                f"台账编号“{text}”读不出来，应是 16 位的 0–9、a–f。",
                f"“{text}” is not the ID of a ledger: an ID has 16 digits, 0–9 and a–f.",
            ),
            "partyctl rollup extract --month …",
        )
    return text


@app.command(help=say("收取提取文件", "Collect extracts"))
def collect(
    places: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=say("文件|文件夹…", "FILE|FOLDER…"),
            help=say("文件，或装着它们的文件夹", "files, or folders that contain them"),
        ),
    ] = None,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild", help=say("从提取文件重做全部 Parquet", "rebuild all Parquet files")
        ),
    ] = False,
    hub: HubFolder = None,
    as_json: AsJson = False,
) -> None:
    """Collect extracts. Collect all valid files, and report the invalid files."""
    from partyctl.cli.rollup.collect import collect_files

    raise typer.Exit(collect_files(hub_at(hub), places or [], rebuild=rebuild, as_json=as_json))


@app.command(
    help=say("某月还没有报送的支部", "List the branches whose extract of a month is missing")
)
@to_file("没有报送的支部", "Who has not reported", of_ledger=False)
def missing(month: OneMonth, hub: HubFolder = None, as_json: AsJson = False) -> None:
    """List the branches that sent no report for a month. Exit with 3 if a report is missing."""
    from partyctl.cli.rollup.answering import print_missing

    raise typer.Exit(print_missing(hub_at(hub), month, as_json=as_json))


@app.command(
    help=say(
        "核对每个支部各次提取是否前后相接",
        "Check that each extract continues the branch's previous extract",
    )
)
@to_file("链头核对", "Heads", of_ledger=False)
def verify(hub: HubFolder = None, as_json: AsJson = False) -> None:
    """Check that no extract was changed, and that the extracts of each branch form a chain.

    Exit with 76 if an extract was changed or is missing, or if the journal head of an extract does
    not follow the head of the branch's previous extract.
    """
    from partyctl.cli.rollup.answering import print_verified

    raise typer.Exit(print_verified(hub_at(hub), as_json=as_json))


@app.command(
    help=say(
        "汇总：按机关、支部、章、规则或月份", "Show totals by organ, branch, chapter, rule or month"
    )
)
@to_file("汇总", "Sums", of_ledger=False)
def show(
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="organ|branch|chapter|rule|month",
            help=say(
                "按什么汇总：organ 机关、branch 支部、chapter 章、rule 规则、month 月份",
                "the grouping of totals",
            ),
        ),
    ] = "branch",
    rank: Annotated[
        bool,
        typer.Option(
            "--rank", help=say("按完成率排名", "rank branches by the share of duties met")
        ),
    ] = False,
    month: MaybeMonth = None,
    hub: HubFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show how many branches reported, then how many duties were met and how many were missed."""
    from partyctl.cli.rollup.answering import print_sums, read_by

    print_sums(hub_at(hub), read_by(by), month, rank=rank, as_json=as_json)


@app.command(
    help=say("汇总的一页（HTML，离线）", "Write one HTML page about all branches (works offline)")
)
def report(
    month: OneMonth, output: Output = None, replace: Replace = False, hub: HubFolder = None
) -> None:
    """Write a page with one month's results of all branches of the hub."""
    from partyctl.cli.rollup.report import write_report

    write_report(hub_at(hub), month, output, replace=replace)


@app.command(
    "pass-up",
    help=say(
        "把本级某月的提取装成一个文件，报给上一级",
        "Put a month's extracts into one file, for the superior's hub",
    ),
)
def pass_up(
    month: OneMonth, output: Output = None, replace: Replace = False, hub: HubFolder = None
) -> None:
    """Pack a month's extracts into one file, which the next level can collect."""
    from partyctl.cli.rollup.passing_up import write_packet

    write_packet(hub_at(hub), month, output, replace=replace)


@app.command(
    help=say("直接从手头的许多台账计算", "Compute totals directly from many local ledgers")
)
def compute(
    ledgers: Annotated[
        list[Path],
        typer.Argument(
            metavar=say("台账…", "LEDGER…"),
            help=say("台账文件，或文件夹", "ledger files, or folders that contain them"),
        ),
    ],
    month: OneMonth,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help=say("写到哪个文件夹", "the folder to write"),
        ),
    ],
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar="N", min=1, max=256, help=say("几个进程", "number of processes")
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADDRESS|local", help=say("用 Dask 集群", "compute on a Dask cluster")
        ),
    ] = None,
) -> None:
    """Judge the duties in many ledgers, in parallel, and write the results as Parquet files."""
    from partyctl.cli.rollup.computing import compute_all

    raise typer.Exit(compute_all(ledgers, month, output, workers=workers, dask=dask))
