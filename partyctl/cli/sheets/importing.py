"""`partyctl NOUN import`: preview a workbook, report its errors, or import it as a whole."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import many
from partyctl.cli.input.dates import today
from partyctl.cli.maintenance.backup import save_first
from partyctl.cli.session import current
from partyctl.cli.sheets.asking import ask
from partyctl.cli.sheets.judging import Import, Judgement, Wanted
from partyctl.cli.sheets.marks import WHAT, changed_since, is_entry_sheet, require_own
from partyctl.cli.sheets.preview import print_errors, print_preview, print_written
from partyctl.cli.sheets.progress import Progress
from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.papers.sheets.lines import NO_COLUMN, Asked, Problem, Reading
from partyctl.papers.sheets.reading import NoHead, read_sheets

if TYPE_CHECKING:
    from sqlmodel import Session

ROUNDS = 3
"""The maximum number of rounds in which the clerk is asked about unclear values.

After each round, the workbook is read again with the answers."""


def wanted(update: bool, dry_run: bool, **given: Any) -> Wanted:  # noqa: ANN401 - values of fields
    """Return the options of an import; `given`: defaults for values that are not in the sheet."""
    said = {name: value for name, value in given.items() if value is not None}
    return Wanted(today(), update, dry_run, branch=current.branch(), given=said)


class Rehearsed(Exception):
    """Raised to end the transaction without writing."""


def import_sheet(
    kinds: Sequence[Import], file: Path, sheet: str | None, wanted: Wanted, *, as_json: bool
) -> None:
    """Import a workbook, all or nothing. Raises BadInput after printing the errors.

    `kinds`: the forms that a noun can import; the first form whose headings match the file is used.
    """
    with _nothing_collected():
        for kind in kinds[:-1]:
            try:
                _import(kind, file, sheet, wanted, as_json=as_json)
            except NoHead:
                continue
            return
        _import(kinds[-1], file, sheet, wanted, as_json=as_json)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Disable the garbage collector, because every row stays in memory until the import ends.

    If the garbage collector is enabled, it scans all rows again and again. These scans take an
    eighth of the time of an import.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _import(what: Import, file: Path, sheet: str | None, wanted: Wanted, *, as_json: bool) -> None:
    reading, judgement = _run(what, file, sheet, wanted)
    for _ in range(ROUNDS):
        more = ask(judgement.problems) if judgement.problems else {}
        if not more:
            break
        wanted = replace(wanted, answers={**wanted.answers, **more})
        reading, judgement = _run(what, file, sheet, wanted)
    if not reading.entries and not judgement.problems:
        raise BadInput(say(f"{file} 里没有一行数据。", f"{file} has no rows."))
    if judgement.problems:
        print_errors(judgement, as_json=as_json)
        raise _refusal(what, file, judgement.problems)
    if wanted.dry_run:
        print_preview(what, judgement, as_json=as_json)
    else:
        print_written(what, judgement, wanted, as_json=as_json)


def _refusal(what: Import, file: Path, problems: list[Problem]) -> BadInput:
    return BadInput(
        say(
            f"{len(problems)} 处有误，一行也没有写入。",
            f"{many(len(problems), 'error')}; nothing was written.",
        ),
        f"partyctl {what.form.noun} import {file} --dry-run",
    )


def _run(what: Import, file: Path, sheet: str | None, wanted: Wanted) -> tuple[Reading, Judgement]:
    """Read the workbook and judge its rows.

    If there is no problem and this is not a dry run, commit the changes.
    """
    progress = Progress()
    asked = Asked(wanted.today, sheet, wanted.given, wanted.answers, progress.advance)
    reading = read_sheets(file, what.form, asked)
    if not (reading.problems or wanted.dry_run) and reading.entries:
        save_first("import")
    judgement = Judgement()
    try:
        with current.writing() as session:
            if any(each.kind == NO_COLUMN for each in reading.problems):
                raise Rehearsed  # a column is missing, so no row can be judged
            judgement = _judged(what, session, reading, wanted)
            if reading.problems or judgement.problems or wanted.dry_run:
                raise Rehearsed
    except Rehearsed:
        pass
    judgement.problems = sorted([*reading.problems, *judgement.problems], key=_place)
    judgement.remarks = [*reading.remarks, *judgement.remarks]
    return reading, judgement


def _place(problem: Problem) -> tuple[str, int, str]:
    return (problem.sheet, problem.row, problem.column)


def _judged(what: Import, session: "Session", reading: Reading, wanted: Wanted) -> Judgement:
    if is_entry_sheet(reading.book):
        from partyctl.ledger.writing.session import driver_of

        ledger = driver_of(session)
        require_own(reading.book, what.form, ledger)
        about = reading.book.properties.get(WHAT, "")
        now = what.fill(ledger, about, wanted.today, None)
        if changed := changed_since(reading, ledger, now):
            return Judgement(problems=changed)
    judgement = what.judge(session, reading, wanted)
    if not judgement.problems:
        judgement.problems = what.write(session, judgement, wanted)
    return judgement
