"""`partyctl rollup extract`: write the file that a branch sends to its superior each month."""

from pathlib import Path

from partyctl.bilingual import many
from partyctl.calendar import Period
from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import require_free, write_file
from partyctl.cli.rollup.extracting import extract_of, note_of
from partyctl.cli.session import current
from partyctl.contract.rollup import RollupExtract
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.rollup.collecting import ENDING
from partyctl.rollup.extract import Extract, packed
from partyctl.rollup.reading import read
from partyctl.show.tables import print_json


def write_extract(
    month: Period, output: Path | None, *, with_rows: bool, replace: bool, as_json: bool
) -> None:
    """Write a month's extract, and say what the file contains.

    The extract is recorded in the journal, unless the same extract is recorded already.
    """
    on = today()
    if month.first > on:
        raise BadUsage(
            say(f"{month} 还没有开始。", f"{month} has not begun."),
            "partyctl rollup extract --month …",
        )
    with current.reading(on) as reading:
        branches = reading.judged(current.branch())
        number = branches[0].id if current.branch() is not None else 0
        made, heads = extract_of(reading, branches, number, month, with_rows=with_rows)
    path = output or Path(f"{made.header.ledger}-{number}-{month}{ENDING}")
    require_free(path, replace=replace)
    content = packed(made)
    if not heads.noted:
        from partyctl.ledger.journal.acts import Act
        from partyctl.ledger.journal.commands import Event
        from partyctl.ledger.writing.session import note

        with current.writing() as session:
            note(session, Event(Act.EXTRACT, "", note_of(made, with_rows=with_rows)._asdict()))
    write_file(path, content, replace=replace)
    _tell(path, read(content), with_rows=with_rows, as_json=as_json)


def _tell(path: Path, made: Extract, *, with_rows: bool, as_json: bool) -> None:
    header = made.header
    if as_json:
        answer: RollupExtract = {
            "file": str(path),
            "ledger": header.ledger,
            "branch": header.branch,
            "month": header.month,
            "as_of": header.as_of,
            "head": header.head,
            "previous_head": header.previous_head,
            "coarse": header.coarse,
            "tallies": len(made.tallies),
            "duties": len(made.duties),
            "sha256": made.sha256,
        }
        print_json(answer)
        return
    tell(
        say(
            f"已写出 {path}（台账 {header.ledger}，链头 {header.head}）",
            f"{path} written (ledger {header.ledger}, head {header.head})",
        )
    )
    tell(_inside(made))
    if with_rows and header.coarse:
        tell(
            say(
                "党员不足五人，没有给出逐条结果。",
                "The branch has fewer than five members, so the extract lists no single duties.",
            )
        )


def _inside(made: Extract) -> str:
    """Say in a sentence which data the extract contains."""
    if made.header.coarse:
        held = say(
            f"各章计数 {len(made.tallies)} 项（党员不足五人，只报到章）",
            f"{many(len(made.tallies), 'count')} by chapter only (fewer than five members)",
        )
    elif made.duties:
        held = say(
            f"计数 {len(made.tallies)} 项，党费合计，逐条结果 {len(made.duties)} 条（人用编号代替）",
            f"{many(len(made.tallies), 'count')}, the sum of dues, and "
            f"{many(len(made.duties), 'duty')} with numbers instead of people's names",
        )
    else:
        held = say(
            f"计数 {len(made.tallies)} 项，党费合计",
            f"{many(len(made.tallies), 'count')} and the sum of dues",
        )
    return say(
        f"内有：{held}。没有姓名、号码、收入和文字。",
        f"The extract contains {held}. "
        "It contains no names, ID numbers or incomes, and no text that a person typed.",
    )
