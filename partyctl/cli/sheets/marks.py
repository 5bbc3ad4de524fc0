"""Recognise our own entry sheets, and find what changed in the ledger after a sheet was written."""

import json
from sqlite3 import Connection
from typing import TYPE_CHECKING

from partyctl.errors import BadInput
from partyctl.language import say, semicolon_list
from partyctl.ledger.reading.bodies import head
from partyctl.papers.sheets.choices import in_this_language
from partyctl.papers.sheets.form import Form
from partyctl.papers.sheets.grid import Book, as_text
from partyctl.papers.sheets.lines import Problem, Reading
from partyctl.show.papers import mark

if TYPE_CHECKING:
    from partyctl.cli.sheets.filling import EntrySheet

FORM, WHAT, LEDGER, HEAD = "partyctl-form", "partyctl-what", "partyctl-ledger", "partyctl-head"
ORIGINALS = "partyctl"
"""The name of the hidden sheet, which has each row's values from when the sheet was written."""


def is_entry_sheet(book: Book) -> bool:
    """Whether a workbook is an entry sheet of partyctl."""
    return FORM in book.properties


def require_own(book: Book, form: Form, ledger: Connection) -> None:
    """Raise BadInput if the entry sheet is for another form, version or ledger."""
    name, _, version = book.properties[FORM].partition("/")
    again = f"partyctl {form.noun} sheet {book.properties.get(WHAT, '')}".strip()
    if name != form.noun:
        raise BadInput(
            say(f"这是 {name} 的填报表。", f"This sheet is an entry sheet of the command {name}."),
            f"partyctl {name} import …",
        )
    if version != str(form.version):
        raise BadInput(
            say(
                f"填报表是第 {version} 版，现在是第 {form.version} 版；请重新开表。",
                f"The sheet has version {version}; the current version is {form.version}: write "
                "a new sheet.",
            ),
            again,
        )
    if book.properties.get(LEDGER) != mark(ledger):
        raise BadInput(
            say(
                f"这是另一个台账（{book.properties.get(LEDGER)}）的填报表，没有写入。",
                f"The entry sheet belongs to another ledger ({book.properties.get(LEDGER)}).",
            ),
            again,
        )


def changed_since(reading: Reading, ledger: Connection, now: "EntrySheet") -> list[Problem]:
    """Return a problem for each row whose recorded values changed since the sheet was written."""
    if reading.book.properties.get(HEAD) == head(ledger):
        return []
    before, after = _originals(reading.book, now.form), now.originals()
    columns = {column.field: column.name for column in now.columns}
    problems = []
    empty = say("（空）", "(empty)")
    for entry in reading.entries:
        number = str(entry.values.get("number", ""))
        if number not in before:
            continue
        was, is_now = before[number], after.get(number, {})
        told = [
            say(columns[name], f"{columns[name]}:") + f" {old or empty} → {new or empty}"
            for name in columns
            if (old := in_this_language(was.get(name, "")))
            != (new := in_this_language(is_now.get(name, "")))
        ]
        if told:
            sentence = say(
                f"开表以后台账改了：{semicolon_list(told)}；请重新开表",
                "the ledger has changed since the sheet was written: "
                f"{semicolon_list(told)}; write the sheet again",
            )
            problems.append(
                Problem(entry.sheet, entry.row, "", entry.named, sentence, "changed-since")
            )
    return problems


def _originals(book: Book, form: Form) -> dict[str, dict[str, str]]:
    """Return each row's original values, keyed by record number.

    Raises BadInput if the hidden sheet was removed or cannot be read.
    """
    for grid in book.hidden:
        if grid.name == ORIGINALS:
            try:
                return {as_text(row[0]): dict(json.loads(as_text(row[1]))) for row in grid.rows}
            except (ValueError, IndexError, TypeError):
                break
    raise BadInput(
        say(
            "填报表里的隐藏表被删改了，看不出开表以后台账改了什么；请重新开表。",
            "The hidden sheet was removed or changed, so later changes in the ledger cannot be found; "
            "write a new entry sheet.",
        ),
        f"partyctl {form.noun} sheet",
    )
