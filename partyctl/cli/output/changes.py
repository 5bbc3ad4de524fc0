"""Describe changed rows in the clerk's words: a record's history, or the changes that a correction made."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.output.histories import act_label, clock, record_label
from partyctl.cli.session import current
from partyctl.language import comma_list, say, semicolon_list, with_colon, worded
from partyctl.ledger.journal.owners import OWNERS
from partyctl.show.columns import Names, column_label, event_label, row_label, value_words
from partyctl.show.tables import Line, print_table, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partyctl.contract.maintenance import JournalChange

SEAL = ("schema", "quick", "objects")
"""Details of a journal entry that are not shown: digests, which mean nothing to a clerk."""

UNTOLD = ("id", "recorded_at")
"""Columns that are not shown, because a clerk learns nothing from them."""

KEPT = {
    "file": Told("密钥文件", "key file"),
    "keyring": Told("系统密钥环", "keyring"),
    "passphrase": Told("口令", "passphrase"),
}
"""The places where a key can be kept (`keys.Kept`)."""

CORRECTED = ("change", "add", "remove")
"""The kinds of changes that a correction makes."""


def print_story(changes: "Sequence[JournalChange]", names: Names) -> None:
    """Print the changes to one record, or the changes that one command made, as a table."""
    headings = (
        "#",
        say("时间", "when"),
        say("谁", "who"),
        say("命令", "command"),
        say("对象", "row"),
        say("内容", "what"),
    )
    print_table(headings, [_line(change, names) for change in changes])


def _line(change: "JournalChange", names: Names) -> Line:
    return Line(
        (
            str(change["seq"]),
            clock(change["at"]),
            change["actor"],
            change["command"],
            f"{act_label(change['act'])} {_row(change)}".strip(),
            _told(change, names),
        )
    )


def _row(change: "JournalChange") -> str:
    """Return the label of a row: its kind, and its number if it has one."""
    table, key = change["row_table"] or "", change["row_key"] or ""
    return f"{row_label(table)} #{key}" if key.isdecimal() else row_label(table) or "—"


def _told(change: "JournalChange", names: Names) -> str:
    """Return the old and new values of a change, column by column."""
    if change["erased"]:
        return say("（明细已脱敏）", "(erased)")
    told = [f"{name} {value}" for name, value in _values(change, names)]
    for name, value in change["said"].items():
        if name not in SEAL:
            told.append(f"{event_label(name)} {_said(name, value, names)}")
    return semicolon_list(told)


def _said(name: str, value: object, names: Names) -> str:
    """Return a detail of a journal entry in words: 是 for true, a branch's name for its number."""
    if isinstance(value, list):
        return comma_list(_said(name, each, names) for each in value)
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    if name == "branch" and isinstance(value, int):
        return names["branch"].get(value, f"#{value}") if value else say("全部", "all")
    if name == "kept" and value in KEPT:
        return worded(KEPT[str(value)])
    return say("（空）", "(none)") if value in (None, "") else str(value)


def _values(change: "JournalChange", names: Names) -> Iterator[tuple[str, str]]:
    """Yield each column's name and value; the value of a changed row has the form “old → new”."""
    table, old, new = change["row_table"] or "", change["old"], change["new"]
    owner = OWNERS[table].column if table in OWNERS else ""
    for name in {**old, **new}:
        if name in (*UNTOLD, owner):
            continue
        before, after = (_words(table, name, side.get(name), names) for side in (old, new))
        is_change = change["act"] == "change"
        yield (
            column_label(table, name),
            f"{before} → {after}" if is_change else after if name in new else before,
        )


def _words(table: str, name: str, value: Any, names: Names) -> str:  # noqa: ANN401 - columns have values of any type
    is_moment = name == "voided_at" and value is not None
    return clock(value) if is_moment else value_words(table, name, value, names)


def print_corrections() -> None:
    """Print each field that the last command changed: 主题：传达 → 学习."""
    corrected = current.corrected()
    if corrected is None:
        write(
            say("  和原来一样，没有改动", "  all values are the same as before, so nothing changed")
        )
        return
    changes, names = corrected
    own = changes[0]["record"]
    for change in changes:
        if change["act"] in CORRECTED:
            of = "" if change["record"] == own else f"{record_label(change['record'])} "
            for line in _corrected(change, names):
                write(f"  {of}{line}")


def _corrected(change: "JournalChange", names: Names) -> list[str]:
    values = list(_values(change, names))
    if change["act"] == "change":
        return [with_colon(name, value) for name, value in values]
    told = semicolon_list(f"{name} {value}" for name, value in values)
    return [with_colon(f"{act_label(change['act'])} {row_label(change['row_table'] or '')}", told)]
