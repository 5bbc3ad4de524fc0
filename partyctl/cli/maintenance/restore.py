"""`partyctl restore`: restore a backup."""

from pathlib import Path
from typing import Annotated

import typer

from partyctl.bilingual import many
from partyctl.cli.input.options import AsJson
from partyctl.cli.output.answers import tell
from partyctl.cli.output.histories import record_label
from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.contract.maintenance import Restore
from partyctl.language import say
from partyctl.ledger.file.opening import SCHEMA
from partyctl.ledger.maintenance import restoring
from partyctl.show.tables import print_json
from partyctl.terms import Noun

app = verb()


@app.command(
    help=say(
        "用备份恢复台账（现有的先备份，再留存）", "Restore a backup; the replaced ledger is kept"
    )
)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("备份文件", "the backup"))],
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=say("只看不写", "show a preview; write nothing")),
    ] = False,
    other_ledger: Annotated[
        bool,
        typer.Option(
            "--other-ledger",
            help=say(
                "允许换成另一本台账", "restore the file, although it is a backup of another ledger"
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Restore a verified backup."""
    done = restoring.restore(
        file, current.ledger_path(), dry_run=dry_run, other_ledger=other_ledger
    )
    if as_json:
        print_json(_as_object(done, dry_run=dry_run))
        return
    for line in _foreseen(done) if dry_run else _told(done):
        tell(line)


def _foreseen(plan: restoring.Restored) -> list[str]:
    """Return the lines that say what a restore would do."""
    lines = [
        say(
            f"将用 {plan.file}（{_head(plan.restored)}）恢复 {plan.ledger}",
            f"Would restore {plan.file} ({_head(plan.restored)}) to {plan.ledger}",
        )
    ]
    if plan.replaced is not None:
        more = say(
            f"，比备份多 {plan.after} 条日志",
            f", {many(plan.after, 'more entry')} than the backup",
        )
        standing = _head(plan.replaced) + (more if plan.after is not None else "")
        lines.append(
            say(
                f"现有台账（{standing}）先备份，再移到一边",
                f"The present ledger ({standing}) is backed up, then kept under another name",
            )
        )
    return [*lines, *_next(plan), say("只看，没有写入。", "Nothing was written.")]


def _told(done: restoring.Restored) -> list[str]:
    """Return the lines that say what a restore did."""
    lines = [say(f"已恢复 {done.ledger} ← {done.file}", f"Restored {done.ledger} from {done.file}")]
    if done.backup is not None:
        lines.append(
            say(f"恢复前的备份：{done.backup}", f"The backup before the restore: {done.backup}")
        )
    if done.aside is not None:
        lines.append(say(f"原来的台账在 {done.aside}", f"The replaced ledger is in {done.aside}"))
    return [*lines, *_next(done)]


def _next(done: restoring.Restored) -> list[str]:
    then = say("下一步：partyctl migrate", "Next: partyctl migrate")
    return [*([] if done.schema == SCHEMA else [then]), *map(_brought_back, done.redact_again)]


def _brought_back(record: str) -> str:
    """Say that the restore brought back a record's erased data, and how to erase the data again."""
    noun, _, number = record.partition("#")
    whom = f"#{number}" if noun == Noun.MEMBER else record
    return (
        say(
            f"{record_label(record)}的敏感信息在备份之后脱敏过，恢复又带回：",
            f"The private values of {record} were erased after the backup was made, so the "
            "restore brought these values back. To erase them again:",
        )
        + f" partyctl journal redact '{whom}' --reason …"
    )


def _head(head: str | None) -> str:
    if head is None:
        return say("日志是空的", "an empty journal")
    return say(f"链头 {head}", f"head {head}")


def _as_object(done: restoring.Restored, *, dry_run: bool) -> Restore:
    return {
        "dry_run": dry_run,
        "file": str(done.file),
        "ledger": str(done.ledger),
        "schema": done.schema,
        "restored": done.restored,
        "replaced": done.replaced,
        "after": done.after,
        "head": done.head,
        "backup": str(done.backup) if done.backup else None,
        "aside": str(done.aside) if done.aside else None,
        "redact_again": list(done.redact_again),
        "next": None if done.schema == SCHEMA else "partyctl migrate",
    }
