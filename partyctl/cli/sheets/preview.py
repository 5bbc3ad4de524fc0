"""Print the result of an import: the values to be stored, the errors by kind, or what was stored."""

from collections.abc import Iterable
from typing import Any, cast

from partyctl.bilingual import many
from partyctl.cli.output.answers import tell
from partyctl.cli.sheets.judging import Difference, Import, Judged, Judgement, State, Wanted
from partyctl.cli.sheets.printing import printed
from partyctl.contract.sheets import (
    ImportDifference,
    Imported,
    ImportErrors,
    ImportRow,
    WrongCell,
)
from partyctl.language import say, with_colon
from partyctl.papers.sheets.form import Column
from partyctl.papers.sheets.lines import Problem
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Term

MOST_OF_A_KIND = 20
"""Print at most this many errors of a kind, and the number of further errors."""

TONES = {
    State.NEW: "met",
    State.DIFFERENT: "advised",
    State.SAME: "waived",
    State.NOTHING: "waived",
}


def print_errors(judgement: Judgement, *, as_json: bool) -> None:
    """Print the errors by kind and column, then the remarks."""
    if as_json:
        answer: ImportErrors = {
            "errors": [_error(each) for each in judgement.problems],
            "remarks": judgement.remarks,
        }
        print_json(answer)
        return
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in judgement.problems:
        kinds.setdefault((problem.kind, problem.column), []).append(problem)
    for found in kinds.values():
        _print_kind(found)
    for remark in judgement.remarks:
        tell(remark)


def _print_kind(found: list[Problem]) -> None:
    """Print a table of the errors of one kind in one column.

    If there are several errors with the same sentence, print the sentence once, above the table.
    """
    sentences = {each.sentence for each in found}
    column = found[0].column or say("整行", "the line")
    if len(sentences) == 1 and len(found) > 1:
        said = say(
            f"{column}（{len(found)} 处）：{found[0].sentence}",
            f"{column} ({len(found)}): {found[0].sentence}",
        )
        tell(said)
    headings = (
        say("工作表", "sheet"),
        say("行", "row"),
        say("列", "column"),
        say("内容", "value"),
        say("问题", "error"),
    )
    is_said = len(sentences) == 1 and len(found) > 1
    lines = [
        Line((each.sheet, str(each.row), each.column, each.value, "" if is_said else each.sentence))
        for each in found[:MOST_OF_A_KIND]
    ]
    print_table(
        headings[: 4 if is_said else 5], [Line(line.cells[: 4 if is_said else 5]) for line in lines]
    )
    if len(found) > MOST_OF_A_KIND:
        more = len(found) - MOST_OF_A_KIND
        tell(say(f"…另有 {more} 处", f"… {more} more"))


def _error(problem: Problem) -> WrongCell:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "sentence": problem.sentence,
        "kind": problem.kind,
    }


def print_preview(what: Import, judgement: Judgement, *, as_json: bool) -> None:
    """Print all values to be stored, and the differences from the ledger; write nothing."""
    if as_json:
        print_json(_as_object(what, judgement, dry_run=True))
        return
    columns = _columns(what, judgement.lines)
    several = len({line.entry.sheet for line in judgement.lines}) > 1
    headings = (
        *((say("工作表", "sheet"),) if several else ()),
        say("行", "row"),
        say("状态", "state"),
        "#",
        *(column.name for column in columns),
    )
    print_table(headings, [_line(each, columns, several) for each in judgement.lines])
    _print_differences(judgement.lines)
    _print_remarks(judgement.remarks)
    tell(
        say(
            f"{_counts(what, judgement)}；没有写入。",
            f"{_counts(what, judgement)}; nothing written.",
        )
    )


def _columns(what: Import, lines: list[Judged]) -> list[Column]:
    """Return the columns in which at least one row has a value."""
    said = {field for line in lines for field in line.stored}
    found: dict[str, Column] = {}
    for column in what.form.columns:
        if column.field in said:
            found.setdefault(column.field, column)
    return list(found.values())


def _line(line: Judged, columns: list[Column], several: bool) -> Line:
    values = (printed(column, line.stored.get(column.field)) for column in columns)
    is_known = line.number is not None and line.state is not State.NEW
    number = str(line.number) if is_known else ""
    first = (line.entry.sheet,) if several else ()
    return Line(
        (*first, str(line.entry.row), line.state.label, number, *values), tone=TONES[line.state]
    )


def _print_differences(lines: Iterable[Judged]) -> None:
    found = [(line, each) for line in lines for each in line.differences]
    if not found:
        return
    headings = (
        say("行", "row"),
        "#",
        say("列", "column"),
        say("台账", "ledger"),
        say("表", "sheet"),
        say("写入", "written by"),
    )
    print_table(
        headings,
        [
            Line((str(line.entry.row), str(line.number or ""), *_difference(each)))
            for line, each in found
        ],
        title=say("与台账不同：", "Differs from the ledger:"),
    )


def _difference(each: Difference) -> tuple[str, ...]:
    return (each.column, each.recorded, each.said, each.remedy or "--update")


def _print_remarks(remarks: list[str]) -> None:
    for remark in remarks:
        tell(remark, err=True)


def print_written(what: Import, judgement: Judgement, wanted: Wanted, *, as_json: bool) -> None:
    """Print the result of an import.

    Without --json, print the corrected values, the differences that remain, the remarks, and a last
    line that counts the rows.
    """
    if as_json:
        print_json(_as_object(what, judgement, dry_run=False))
        return
    if not wanted.update:
        _print_differences(judgement.lines)
    else:
        _tell_updates(judgement.lines)
        _print_differences(_left_alone(judgement.lines))
    _print_remarks(judgement.remarks)
    new = [line.number for line in judgement.lines if line.state is State.NEW and line.number]
    span = f" #{min(new)}–#{max(new)}" if new else ""
    counts = _counts(what, judgement, update=wanted.update)
    tell(say(f"已导入：{counts}{span}", f"Imported: {counts}{span}"))


def _tell_updates(lines: list[Judged]) -> None:
    """Print what an update has changed, one line per value: 电话：138***34 → 139***78."""
    empty = say("（空）", "(empty)")
    for line in lines:
        for each in line.differences if line.is_written else ():
            if each.remedy is None:
                change = f"{each.recorded or empty} → {each.said or empty}"
                row = say(
                    f"第 {line.entry.row} 行 #{line.number}", f"row {line.entry.row} #{line.number}"
                )
                tell(f"  {row} {with_colon(each.column, change)}")


def _left_alone(lines: list[Judged]) -> list[Judged]:
    from dataclasses import replace

    return [
        replace(line, differences=[each for each in line.differences if each.remedy is not None])
        for line in lines
    ]


def _counts(what: Import, judgement: Judgement, *, update: bool = False) -> str:
    """Count the rows by result; with `update`, also count the corrected rows."""
    words = [_word(line, update=update) for line in judgement.lines]
    parts = [f"{word} {_counted(what, words.count(word))}" for word in dict.fromkeys(sorted(words))]
    return say("，", ", ").join(parts) or _counted(what, 0)


def _counted(what: Import, number: int) -> str:
    return say(f"{number} {what.counted.chinese}", many(number, what.counted.english))


def _word(line: Judged, *, update: bool) -> str:
    if update and line.state is State.DIFFERENT and line.is_written:
        return say("更正", "corrected")
    return line.state.label


def _as_object(what: Import, judgement: Judgement, *, dry_run: bool) -> Imported:
    answer = {
        "dry_run": dry_run,
        what.rows: [_row(what, line, dry_run=dry_run) for line in judgement.lines],
        "remarks": judgement.remarks,
    }
    return cast("Imported", answer)  # the name of the field with the rows depends on the noun


def _row(what: Import, line: Judged, *, dry_run: bool) -> ImportRow:
    columns = {column.field: column for column in reversed(what.form.columns)}
    is_hidden = dry_run and line.state is State.NEW
    differs: list[ImportDifference] = [
        {"column": each.column, "ledger": each.recorded, "sheet": each.said, "remedy": each.remedy}
        for each in line.differences
    ]
    stored = {
        name: _plain(columns[name], value) for name, value in line.stored.items() if name in columns
    }
    row = {
        "id": None if is_hidden else line.number,
        "sheet": line.entry.sheet,
        "row": line.entry.row,
        "state": line.state.value,
        **stored,
        "differs": differs,
    }
    # Each stored value becomes a further field of the row in JSON. The type ImportRow does not list
    # these fields; MORE_FIELDS in contract/nouns.py has their types.
    return cast("ImportRow", row)


def _plain(column: Column, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if column.private is not None and value is not None:
        return printed(column, value)
    match value:
        case bool() | int() | None:
            return value
        case list() | tuple():
            return [_plain(column, each) for each in value]
        case Term():
            return value.value
    return printed(column, value)
