"""`partyctl NOUN sheet`: write an entry sheet with the recorded values, to fill in and import."""

import json
from datetime import date
from pathlib import Path
from sqlite3 import Connection

from partyctl.bilingual import many
from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import write_file
from partyctl.cli.session import current
from partyctl.cli.sheets.filling import NUMBER, EntrySheet, Fill
from partyctl.cli.sheets.marks import FORM, HEAD, LEDGER, ORIGINALS, WHAT
from partyctl.cli.sheets.printing import printed
from partyctl.contract.papers import WrittenSheet
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.reading.bodies import head
from partyctl.papers.sheets.books import HEADING, Book, Sheet, fitting
from partyctl.papers.sheets.choices import offered
from partyctl.show.papers import mark, printed_foot
from partyctl.show.tables import print_json

ROOM_BELOW = 20
"""The number of empty rows for new entries below the last row. If a column has a list of choices,
its cells in these rows have the list too."""
LONGEST_CHOICES = 250
"""A list of choices must be shorter than this, in characters. Excel accepts at most 255."""


def write_filled(
    fill: Fill, what: str, output: Path | None, *, replace: bool, as_json: bool
) -> None:
    """Fill an entry sheet from this run's ledger, and write it."""
    with current.reading(today()) as reading:
        sheet = fill(reading.ledger, what, reading.on, current.branch_number(reading))
        _write(reading.ledger, sheet, output, reading.on, replace=replace, as_json=as_json)


def _write(
    ledger: Connection,
    sheet: EntrySheet,
    output: Path | None,
    day: date,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Write an entry sheet to a private file. Raises Refused."""
    if not (sheet.rows or sheet.opens_empty):
        raise Refused(
            say("台账里没有可以填的人或记录。", "The ledger has nothing to put into this sheet."),
            f"partyctl {sheet.form.noun} list",
        )
    named = "-".join(filter(None, (sheet.title.replace("/", "·"), day.isoformat())))
    path = output or Path(f"{named}.xlsx")
    write_file(path, _content(ledger, sheet, day), replace=replace)
    if as_json:
        answer: WrittenSheet = {
            "file": str(path),
            "rows": len(sheet.rows),
            "head": head(ledger),
        }
        print_json(answer)
    else:
        again = f"partyctl {sheet.form.noun} import {path}"
        tell(
            say(
                f"已写出 {path}（{len(sheet.rows)} 行）；填好后：{again}",
                f"{path} written, {many(len(sheet.rows), 'line')}; when filled: {again}",
            )
        )


def _content(ledger: Connection, sheet: EntrySheet, day: date) -> bytes:
    properties = {
        FORM: f"{sheet.form.noun}/{sheet.form.version}",
        WHAT: sheet.what,
        LEDGER: mark(ledger),
        HEAD: head(ledger),
    }
    book = Book(sheet.title, day, properties)
    _put_lines(book.sheet(sheet.title), sheet, printed_foot(ledger))
    originals = book.sheet(ORIGINALS)
    for row, (number, said) in enumerate(sheet.originals().items()):
        originals.text(row, 0, number)
        originals.text(row, 1, json.dumps(said, ensure_ascii=False))
    originals.hide()
    return book.content()


def _put_lines(page: Sheet, sheet: EntrySheet, foot: str) -> None:
    columns = sheet.columns
    top = 1 + len(sheet.notes)
    page.title(0, len(columns), sheet.title)
    for row, note in enumerate(sheet.notes, 1):
        page.note(row, note)
    for place, column in enumerate(columns):
        page.text(top, place, column.name, HEADING)
    for row, said in enumerate(sheet.rows, top + 1):
        for place, column in enumerate(columns):
            value = said.get(column.field)
            if column.field == NUMBER and value is not None:
                page.number(row, place, value)
            else:
                page.text(row, place, printed(column, value))
    last = top + len(sheet.rows) + ROOM_BELOW
    for place, column in enumerate(columns):
        words = list(dict.fromkeys(map(offered, column.choices)))
        if words and len(",".join(words)) < LONGEST_CHOICES:
            page.choices((top + 1, place), (last, place), words, strict=False)
    widths = [
        max(
            column.width,
            fitting(
                [column.name, *(printed(column, r.get(column.field)) for r in sheet.rows)],
                widest=40,
            ),
        )
        for column in columns
    ]
    page.widths(widths)
    page.heading(top, title="", foot=foot, sideways=True)
