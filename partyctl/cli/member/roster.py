"""`partyctl member import`: a preview, the errors by sheet and row, or the whole roll."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from partyctl.cli.maintenance.backup import save_first
from partyctl.cli.member.roster_rows import Entry, RowError, read_entries
from partyctl.cli.session import current
from partyctl.errors import BadInput, PartyctlError
from partyctl.language import say
from partyctl.papers.sheets.workbook import read_rows
from partyctl.show.tables import Line, print_json, print_table

if TYPE_CHECKING:
    from sqlmodel import Session

SHOWN = 50
"""How many rows of a preview, or errors, are printed before the rest is only counted."""


class DryRun(Exception):
    """Leaves the transaction without writing."""


def import_roster(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """Enter every row of a workbook as a member, or none. Raises BadInput with the errors shown."""
    entries, errors = read_entries(read_rows(file))
    if not entries and not errors:
        raise BadInput(say(f"{file} 里没有一行数据。", f"{file} has no rows."))
    if not (errors or dry_run):
        save_first("import")
    numbers: list[int] = []
    try:
        with current.writing() as session:
            numbers, refused = _add_all(session, entries)
            errors += refused
            if errors or dry_run:
                raise DryRun
    except DryRun:
        pass
    if errors:
        _print_errors(sorted(errors), as_json=as_json)
        raise BadInput(
            say(
                f"{len(errors)} 处有误，一行也没有写入。",
                f"{len(errors)} errors; nothing was written.",
            ),
            f"partyctl member import {file} --dry-run",
        )
    _print_entries(entries, numbers, dry_run=dry_run, as_json=as_json)


def _add_all(session: "Session", entries: list[Entry]) -> tuple[list[int], list[RowError]]:
    from partyctl.records.members import members

    numbers: list[int] = []
    errors: list[RowError] = []
    for entry in entries:
        try:
            members.require_new(session, entry.member)
            member = members.add(session, entry.member, entry.branch or current.branch())
            numbers.append(member.number)
        except PartyctlError as error:
            name = entry.member.name
            errors.append(RowError(entry.sheet, entry.row, "", name, error.sentence))
    return numbers, errors


def _print_errors(errors: list[RowError], *, as_json: bool) -> None:
    if as_json:
        print_json({"errors": [error._asdict() for error in errors]})
        return
    headings = (
        *(say("工作表", "sheet"), say("行", "row"), say("列", "column")),
        *(say("内容", "value"), say("问题", "error")),
    )
    lines = [Line((e.sheet, str(e.row), e.column, e.value, e.sentence)) for e in errors[:SHOWN]]
    print_table(headings, lines)
    if len(errors) > SHOWN:
        typer.echo(say(f"…另有 {len(errors) - SHOWN} 处", f"… {len(errors) - SHOWN} more"))


def _print_entries(
    entries: list[Entry], numbers: list[int], *, dry_run: bool, as_json: bool
) -> None:
    if as_json:
        rows = [
            {"id": None if dry_run else number, "sheet": entry.sheet, "row": entry.row}
            | {"name": entry.member.name, "joined_on": entry.member.joined_on.isoformat()}
            for entry, number in zip(entries, numbers, strict=True)
        ]
        print_json({"dry_run": dry_run, "members": rows})
        return
    if dry_run:
        headings = (
            say("行", "row"),
            say("姓名", "name"),
            say("入党", "joined"),
            say("党小组", "cell"),
        )
        lines = [
            Line((str(e.row), e.member.name, str(e.member.joined_on), e.member.cell or ""))
            for e in entries[:SHOWN]
        ]
        print_table(headings, lines)
        typer.echo(
            say(f"共 {len(entries)} 人，没有写入。", f"{len(entries)} members; nothing written.")
        )
        return
    span = f"#{numbers[0]}–#{numbers[-1]}"
    typer.echo(
        say(f"已导入 {len(entries)} 名党员 {span}", f"{len(entries)} members imported {span}")
    )
